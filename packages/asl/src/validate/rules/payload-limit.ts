/**
 * Data that stands in the definition and is too much for a state's output. Only what is certain counts:
 * evaluated members may become anything.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html.
 */
import { isJsonArray, isJsonObject } from "../../json.ts";
import type { JsonValue } from "../../json.ts";
import { limits } from "../../limits.ts";
import { placeIn } from "../../place.ts";
import type { Rule } from "../report.ts";

const fields = ["Result", "Parameters", "Arguments", "Output"];

export const payloadLimit: Rule = ({ states }, report) => {
  for (const { value, place } of states) {
    for (const field of fields) {
      if (!Object.hasOwn(value, field)) continue;
      const bytes = certainBytes(value[field] as JsonValue);
      if (bytes <= limits.payloadBytes.value) continue;
      report(
        "PAYLOAD_LIMIT_EXCEEDED",
        `'${field}' has at least ${bytes} bytes, and a state may pass on ${limits.payloadBytes.value}`,
        placeIn(place, field),
      );
    }
  }
};

function certainBytes(value: JsonValue): number {
  if (typeof value === "string") return value.startsWith("{%") ? 0 : utf8Bytes(value) + 2;
  if (isJsonArray(value)) return value.reduce<number>((bytes, item) => bytes + 1 + certainBytes(item), 1);
  if (isJsonObject(value)) {
    return Object.entries(value).reduce((bytes, [key, member]) => {
      const own = key.endsWith(".$") ? 0 : certainBytes(member);
      return bytes + utf8Bytes(key) + 4 + own;
    }, 1);
  }
  return String(value).length;
}

const encoder = new TextEncoder();

function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}
