/** `ResultPath`: a value placed in the raw input. See ASL specification, "ResultPath". */
import { EvaluationFailure, type Evaluated } from "../evaluation.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import { setMember } from "../set-member.ts";
import { keepNumberTexts, printJson } from "../text/json-text.ts";
import type { Path, PathSegment } from "./path.ts";

/** No JSON that the service reads is deeper. */
const maxDepth = 1000;

/**
 * @param path a reference path without `$$` and variables
 * @returns the new document, which shares everything off the path with `rawInput`; missing objects are made.
 *   A path through something that is no object or list, or to an index that the list does not have,
 *   is the failure `States.ResultPathMatchFailure`.
 */
export function writeAtPath({ segments, text }: Path, rawInput: JsonValue, value: JsonValue): Evaluated {
  const written = segments.length > maxDepth ? undefined : writeFrom(rawInput, segments, 0, value);
  if (written !== undefined) return written;
  const cause = `Unable to apply ReferencePath ${text} to input ${printJson(rawInput)}`;
  return new EvaluationFailure("States.ResultPathMatchFailure", cause);
}

/**
 * @param node what the path has come to; `undefined` where an object is to be made
 * @returns the node's new value, or `undefined` when the path does not fit
 */
function writeFrom(
  node: JsonValue | undefined,
  segments: readonly PathSegment[],
  position: number,
  value: JsonValue,
): JsonValue | undefined {
  const segment = segments[position];
  if (segment === undefined) return value;
  if (segment.kind === "index") return writeItem(node, segment.index, segments, position, value);
  if (segment.kind !== "member") throw new Error(`A ${segment.kind} segment cannot be written to`);
  if (node !== undefined && !isJsonObject(node)) return undefined;
  const { name } = segment;
  const old = node !== undefined && Object.hasOwn(node, name) ? node[name] : undefined;
  const written = writeFrom(old, segments, position + 1, value);
  if (written === undefined) return undefined;
  const copy: Record<string, JsonValue> = { ...node };
  setMember(copy, name, written);
  return node === undefined ? copy : keepNumberTexts(node, copy);
}

/** Lists do not grow. */
function writeItem(
  node: JsonValue | undefined,
  index: number,
  segments: readonly PathSegment[],
  position: number,
  value: JsonValue,
): JsonValue | undefined {
  const old = isJsonArray(node) ? node.at(index) : undefined;
  if (!isJsonArray(node) || old === undefined) return undefined;
  const written = writeFrom(old, segments, position + 1, value);
  return written === undefined ? undefined : keepNumberTexts(node, node.with(index, written));
}
