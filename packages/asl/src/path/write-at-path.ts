/** `ResultPath`: a value placed in the raw input. See ASL specification, "ResultPath". */
import { EvaluationFailure, type Evaluated } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
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
    if (segment.kind === "index") {
      if (!Array.isArray(node) || node.at(segment.index) === undefined) return undefined;
      parents.push(node);
      node = node.at(segment.index) as JsonValue;
    } else if (segment.kind === "member") {
      const parent: JsonValue = node ?? {};
      if (typeof parent !== "object" || Array.isArray(parent)) return undefined;
      parents.push(parent);
      node = Object.hasOwn(parent, segment.name)
        ? (parent as { readonly [name: string]: JsonValue })[segment.name]
        : undefined;
    } else {
      throw new Error(`A ${segment.kind} segment cannot be written to`);
    }
  }
  return parents;
}

function copyWith(parent: JsonValue, segment: PathSegment, value: JsonValue): JsonValue {
  if (Array.isArray(parent) && segment.kind === "index") {
    return keepNumberTexts(parent, (parent as readonly JsonValue[]).with(segment.index, value));
  }
  const { name } = segment as { readonly name: string };
  const source = parent as { readonly [name: string]: JsonValue };
  const copy: Record<string, JsonValue> = { ...source };
  // An assignment would set the prototype instead.
  if (name === "__proto__")
    Object.defineProperty(copy, name, { value, writable: true, enumerable: true, configurable: true });
  else copy[name] = value;
  return keepNumberTexts(source, copy);
}
