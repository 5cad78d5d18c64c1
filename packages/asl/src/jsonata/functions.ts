/**
 * The functions that the service adds to JSONata, and those of the library that would read a clock, draw their own
 * random numbers, or take quadratic time.
 *
 * See https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html (seen 2026-11).
 */
import type { EvaluationScope, RandomSource } from "../evaluation.ts";
import { hash, Refusal } from "../intrinsic/intrinsic-functions.ts";
import { isJsonArray, isJsonObject, type JsonArray, type JsonValue } from "../json.ts";
import { parseJson } from "../text/json-text.ts";
import { seededRandom, uuidFrom } from "../random.ts";
import { parseWithLibrary } from "./library.ts";
import { jsonataLimits } from "./limits.ts";

/** The value of `$name` for one evaluation. */
type Binding = (scope: EvaluationScope) => unknown;

/** Keyed by name without `$`. Bound only when an expression mentions the name. */
export const jsonataFunctions: Readonly<Record<string, Binding>> = {
  // The service has no $eval, so that calling it is an attempt to invoke a non-function.
  eval: () => undefined,

  now:
    ({ nowEpochMs }) =>
    async (picture?: string, timezone?: string) => {
      const fromMillis = await libraryFromMillis();
      return fromMillis(nowEpochMs, picture, timezone);
    },
  millis:
    ({ nowEpochMs }) =>
    () =>
      nowEpochMs,
  uuid:
    ({ random }) =>
    () =>
      uuidFrom(random),
  random:
    ({ random }) =>
    (seed?: JsonValue) =>
      (seed === undefined ? random : seededRandom(numberArgument("random", 1, seed))).next(),
  shuffle:
    ({ random }) =>
    (items?: JsonValue) =>
      items === undefined ? undefined : shuffled(listOf(items), random),

  partition: () => (items?: JsonValue, size?: JsonValue) => {
    if (items === undefined) return undefined;
    const list = listOf(items);
    const length = Math.floor(numberArgument("partition", 2, size));
    if (length < 1) throw argumentError("partition", 2);
    // Nothing to partition is nothing: a recorded case.
    if (list.length === 0) return undefined;
    return Array.from({ length: Math.ceil(list.length / length) }, (_, chunk) =>
      list.slice(chunk * length, (chunk + 1) * length),
    );
  },

  range: () => (start?: JsonValue, end?: JsonValue, step?: JsonValue) => {
    const first = Math.floor(numberArgument("range", 1, start));
    const last = Math.floor(numberArgument("range", 2, end));
    const stride = Math.floor(numberArgument("range", 3, step));
    const length = Math.max(0, Math.floor((last - first) / stride) + 1);
    if (stride === 0 || length > jsonataLimits.rangeLength) throw argumentError("range", stride === 0 ? 3 : 2);
    // A sequence, so that one element stands for itself: $range(1, 9, 9) is 1, a recorded case.
    return sequence(Array.from({ length }, (_, position) => first + position * stride));
  },

  hash: () => (data?: JsonValue, algorithm?: JsonValue) => {
    if (data === undefined) return undefined;
    if (typeof algorithm !== "string") throw argumentError("hash", 2);
    const digest = hash(data, algorithm);
    if (digest instanceof Refusal) throw new Error(digest.message);
    return digest;
  },

  parse: () => (text?: JsonValue) => {
    if (text === undefined) return undefined;
    if (typeof text !== "string") throw argumentError("parse", 1);
    const parsed = parseJson(text);
    if (parsed.error !== undefined) throw new Error(parsed.error.message);
    return parsed.value;
  },

  // As the library's, which compares each with all: two hundred thousand items would take hours.
  distinct: () => (items?: JsonValue) => {
    if (!isJsonArray(items) || items.length <= 1) return items;
    const seen = new Set<unknown>();
    const kept = items.filter((item) => seen.size < seen.add(identityOf(item)).size);
    return "sequence" in items ? sequence(kept) : kept;
  },

  // As the library's, which takes seconds for widths that no state could hold.
  pad: () =>
    function (this: unknown, text?: JsonValue, width?: JsonValue, padding?: JsonValue) {
      // In a path, the text may be the context: `names.$pad(10)`.
      const isContext = typeof text === "number" && typeof this === "string";
      return isContext ? padded(this, text, width) : padded(text, width, padding);
    },
};

function padded(text: JsonValue | undefined, width: JsonValue | undefined, padding: JsonValue | undefined) {
  if (text === undefined) return undefined;
  if (typeof text !== "string") throw argumentError("pad", 1);
  const length = Math.trunc(numberArgument("pad", 2, width));
  if (Math.abs(length) > jsonataLimits.padWidth) throw argumentError("pad", 2);
  const fill = Array.from(typeof padding === "string" && padding !== "" ? padding : " ");
  const missing = Math.abs(length) - Array.from(text).length;
  const filling = Array.from({ length: Math.max(0, missing) }, (_, index) => fill[index % fill.length]).join("");
  return length > 0 ? text + filling : filling + text;
}

type FromMillis = (epochMs: number, picture?: string, timezone?: string) => string;

/** The library shows its functions to expressions only, so an expression fetches the one that formats times. */
async function libraryFromMillis(): Promise<FromMillis> {
  const expression = parseWithLibrary("$fromMillis");
  const { implementation } = await expression.evaluate<{ readonly implementation: FromMillis }>(undefined, {});
  return implementation;
}

/** The library's mark for a list that is a result and not data: a single element stands for itself, none for nothing. */
function sequence(items: readonly JsonValue[]): readonly JsonValue[] {
  return Object.assign([...items], { sequence: true });
}

function listOf(value: JsonValue): JsonArray {
  return isJsonArray(value) ? value : [value];
}

function numberArgument(name: string, index: number, value: JsonValue | undefined): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw argumentError(name, index);
  return value;
}

/** An error of the language: the library looks its message up by the code. */
function argumentError(token: string, index: number): Error {
  return Object.assign(new Error(`Argument ${index} of function "${token}"`), { code: "T0410", token, index });
}

/** Fisher and Yates, from the end. */
function shuffled(items: JsonArray, random: RandomSource): JsonArray {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random.next() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}

/** The same for equal values and for no others: a scalar itself, else text with members in order of their names. */
function identityOf(value: JsonValue): unknown {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return value;
  return JSON.stringify(value, (_key, member: JsonValue) =>
    isJsonObject(member) && !isJsonArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}
