/** The template of `States.Format`: texts around `{}` placeholders. */
import { isJsonArray, type JsonArray, type JsonObject, type JsonPrimitive, type JsonValue } from "../json.ts";

/** @returns the texts around the placeholders, one more than there are; an escaped `\{}` is text */
export function parseFormatTemplate(template: string): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  for (let offset = 0; offset < template.length; offset += 1) {
    const char = template.charAt(offset);
    if (char === "\\" && offset + 1 < template.length) {
      offset += 1;
      piece += template.charAt(offset);
    } else if (char === "{" && template.charAt(offset + 1) === "}") {
      offset += 1;
      pieces.push(piece);
      piece = "";
    } else {
      piece += char;
    }
  }
  return [...pieces, piece];
}

/** @param values one for each placeholder */
export function fillTemplate(pieces: readonly string[], values: readonly JsonValue[]): string {
  let text = pieces[0] ?? "";
  for (const [position, value] of values.entries()) text += javaText(value) + (pieces[position + 1] ?? "");
  return text;
}

/**
 * A value as Java's `toString` prints it, which is what the service inserts: `{Arg1=1, Arg2=[]}` (a recorded case).
 * Not recursive, so that depth costs no stack.
 */
export function javaText(value: JsonValue): string {
  let text = "";
  /** What is still to print, last first: punctuation as it is, values in boxes. */
  const pending: (string | { readonly value: JsonValue })[] = [{ value }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "string") text += next;
    else if (typeof next.value !== "object" || next.value === null) text += javaScalarText(next.value);
    else pending.push(...structureParts(next.value).toReversed());
  }
  return text;
}

function structureParts(structure: JsonArray | JsonObject): (string | { readonly value: JsonValue })[] {
  if (isJsonArray(structure)) {
    return ["[", ...structure.flatMap((value, index) => (index === 0 ? [{ value }] : [", ", { value }])), "]"];
  }
  const members = Object.entries(structure);
  return ["{", ...members.flatMap(([key, value], index) => [`${index === 0 ? "" : ", "}${key}=`, { value }]), "}"];
}

function javaScalarText(value: JsonPrimitive): string {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return String(value);
  // Java's notation always has a fraction: 1.0E10, 2.5E-7.
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${exponent.replace("+", "")}`;
}
