/** Where two JSON values differ, leaf by leaf, in words. */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { deepEqual, isJsonArray, isJsonObject } from "@stepwright/asl";

/** More than so many leaves are counted and not told. */
const maxLeaves = 4;

/** @returns `"a" -> "b"`, `/Payload/id added` …; `undefined` when they are equal */
export function describeChange(before: JsonValue | undefined, after: JsonValue | undefined): string | undefined {
  const leaves = leavesBetween(before, after, "");
  if (leaves.length === 0) return undefined;
  return leaves.length <= maxLeaves ? leaves.join(", ") : `${leaves.length} members changed`;
}

function leavesBetween(before: JsonValue | undefined, after: JsonValue | undefined, place: string): readonly string[] {
  if (isSame(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => leavesBetween(own(before, key), own(after, key), `${place}/${key}`));
  }
  if (isJsonArray(before) && isJsonArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => leavesBetween(item, after[index], `${place}[${index}]`));
  }
  const where = place === "" ? "" : `${place} `;
  if (before === undefined) return [`${where}added: ${shortText(after)}`];
  if (after === undefined) return [`${where}removed: ${shortText(before)}`];
  return [`${where}${shortText(before)} -> ${shortText(after)}`];
}

/** Absent is the same as absent. */
function isSame(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  return before === undefined || after === undefined ? before === after : deepEqual(before, after);
}

function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** JSON, cut where it would fill a line. */
export function shortText(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? "";
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
