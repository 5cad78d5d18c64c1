/** Values between Step Functions, which shows JSON with capital letters, and the SDK, which has types and streams. */
import { isJsonObject } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";

/** `aws-sdk:` integrations show times as text, optimized ones as milliseconds (recorded). */
export type ShownTimes = "text" | "epochMs";

/** Members whose own members are the user's names, not the API's. */
const freeMembers = new Set(["DockerLabels", "Options", "Parameters", "Tags"]);

/** Members as the API names them. */
export function toSdk(value: JsonValue, isCamelCase: boolean): JsonValue {
  if (!isCamelCase) return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => toSdk(item, isCamelCase));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      freeMembers.has(name) && isJsonObject(member) ? member : toSdk(member, isCamelCase),
    ]),
  );
}

/** A response as Step Functions shows it: capital letters, bytes and streams as text, nothing empty. */
export async function fromSdk(value: unknown, isCamelCase: boolean, times: ShownTimes): Promise<JsonValue | undefined> {
  if (value === undefined || value === null || typeof value === "function") return undefined;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object") return value as JsonValue;
  if (value instanceof Date) return times === "text" ? value.toISOString() : value.getTime();
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if ("transformToString" in value && typeof value.transformToString === "function") {
    return (await value.transformToString()) as string;
  }
  if (Array.isArray(value)) {
    const items = await Promise.all(value.map((item) => fromSdk(item, isCamelCase, times)));
    return items.map((item) => item ?? null);
  }
  const members = await Promise.all(
    Object.entries(value)
      .filter(([name]) => name !== "$metadata")
      .map(async ([name, member]) => {
        const shown = shownName(name, isCamelCase);
        const isFree = freeMembers.has(shown) && !Array.isArray(member);
        return [shown, await fromSdk(member, isCamelCase && !isFree, times)] as const;
      }),
  );
  return Object.fromEntries(members.filter((member): member is [string, JsonValue] => member[1] !== undefined));
}

function shownName(name: string, isCamelCase: boolean): string {
  return isCamelCase ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}
