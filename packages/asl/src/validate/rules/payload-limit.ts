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
  const most = limits.payloadBytes.value;
  for (const { value, place } of states) {
    for (const field of fields) {
      const data = Object.hasOwn(value, field) ? (value[field] as JsonValue) : null;
      // A character has three bytes at most; only what might be too much is counted exactly.
      if (certainBytes(data, (text) => text.length * 3) <= most) continue;
      const bytes = certainBytes(data, utf8Bytes);
      if (bytes <= most) continue;
      report(
        "PAYLOAD_LIMIT_EXCEEDED",
        `'${field}' has at least ${bytes} bytes, and a state may pass on ${most}`,
        placeIn(place, field),
      );
    }
  }
};

/** With quotes, colons and commas. */
function certainBytes(value: JsonValue, bytesOf: (text: string) => number): number {
  if (typeof value === "string") return value.startsWith("{%") ? 0 : bytesOf(value) + 2;
  let bytes = 1;
  if (isJsonArray(value)) {
    for (const item of value) bytes += 1 + certainBytes(item, bytesOf);
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      const member = key.endsWith(".$") ? 0 : certainBytes(value[key] as JsonValue, bytesOf);
      bytes += bytesOf(key) + 4 + member;
    }
  } else {
    bytes = String(value).length;
  }
  return bytes;
}

const encoder = new TextEncoder();

function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}
