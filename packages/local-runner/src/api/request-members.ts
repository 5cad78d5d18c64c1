/** Typed views of a checked request's members, and of the members of an answer. */
import { isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";

/** A required text: the request was checked. */
export function textOf(request: JsonObject, name: string): string {
  return request[name] as string;
}

export function optionalText(request: JsonObject, name: string): string | undefined {
  return request[name] as string | undefined;
}

export function optionalObject(request: JsonObject, name: string): JsonObject | undefined {
  const value = request[name];
  return isJsonObject(value) ? value : undefined;
}

export function objectsOf(request: JsonObject, name: string): readonly JsonObject[] {
  return (request[name] ?? []) as readonly JsonObject[];
}

/** AWS leaves out what it has no value for. */
export function answer(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

/** AWS's timestamps are seconds since 1970. */
export function seconds(epochMs: number): number {
  return epochMs / 1000;
}

export function optionalSeconds(epochMs: number | undefined): number | undefined {
  return epochMs === undefined ? undefined : seconds(epochMs);
}
