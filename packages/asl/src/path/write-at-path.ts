/** `ResultPath`: a value placed in the raw input. See ASL specification, "ResultPath". */
import { EvaluationFailure, type Evaluated } from "../evaluation.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { memberSetter } from "../member-setter.ts";
import { keepNumberTexts, printJson } from "../json-text.ts";
import type { Path, PathSegment } from "./path.ts";

/**
 * @param path a reference path without `$$` and variables
 * @returns the new document, which shares everything off the path with `rawInput`; missing objects are made.
 *   A path through something that is no object or list, or to an index that the list does not have,
 *   is the failure `States.ResultPathMatchFailure`.
 */
export function writeAtPath(path: Path, rawInput: JsonValue, value: JsonValue): Evaluated {
  const { segments } = path;
  const [only] = segments;
  if (only === undefined) return value;
  const parents = parentsAlong(segments, rawInput);
  if (parents === undefined) {
    return new EvaluationFailure(
      "States.ResultPathMatchFailure",
      `Unable to apply ReferencePath ${path.text} to input ${printJson(rawInput)}`,
    );
  }
  let written = value;
  for (let position = segments.length - 1; position >= 0; position -= 1) {
    written = copyWith(parents[position]!, segments[position]!, written);
  }
  return written;
}

/** The nodes that each segment is applied to; `undefined` when one of them cannot take its segment. */
function parentsAlong(segments: readonly PathSegment[], rawInput: JsonValue): JsonValue[] | undefined {
  const parents: JsonValue[] = [];
  let node: JsonValue | undefined = rawInput;
  for (const segment of segments) {
    const parent: JsonValue = node === undefined ? {} : node;
    if (segment.kind === "index" && isJsonArray(parent)) node = parent.at(segment.index);
    else if (segment.kind === "member" && isJsonObject(parent)) node = ownMember(parent, segment.name);
    else return undefined;
    // Lists do not grow; objects do.
    if (segment.kind === "index" && node === undefined) return undefined;
    parents.push(parent);
  }
  return parents;
}

function ownMember(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function copyWith(parent: JsonValue, segment: PathSegment, value: JsonValue): JsonValue {
  if (segment.kind === "index" && isJsonArray(parent)) {
    return keepNumberTexts(parent, parent.with(segment.index, value));
  }
  if (segment.kind !== "member" || !isJsonObject(parent))
    throw new Error(`A ${segment.kind} segment cannot be written to`);
  const copy: Record<string, JsonValue> = { ...parent };
  memberSetter(segment.name)(copy, value);
  return keepNumberTexts(parent, copy);
}
