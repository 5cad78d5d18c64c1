/**
 * The 18 intrinsic functions, as one table: how many arguments each takes, of which type, and what it answers.
 *
 * Results are those of the service where a recording shows them; where its own words for a refusal are not known,
 * the refusal says in ours what was found and what was wanted.
 *
 * See https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html (seen 2026-11).
 */
import { createHash } from "node:crypto";
import { deepEqual } from "../equality.ts";
import type { RandomSource } from "../evaluation.ts";
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from "../json.ts";
import { parseJson, printJson } from "../text/json-text.ts";
import { seededRandom, uuidFrom } from "../random.ts";
import { fillTemplate, parseFormatTemplate } from "./format-template.ts";
import type { IntrinsicName } from "./intrinsic.ts";

/** Why a function cannot answer: the part of the cause after "had the following error: ". */
export class Refusal {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

export interface IntrinsicFunction {
  readonly minArguments: number;
  readonly maxArguments: number;
  /** @param values as many as the bounds allow */
  call(values: readonly JsonValue[], random: RandomSource): JsonValue | Refusal;
}

/** Characters; DOC, for `Base64Encode`, `Base64Decode` and `Hash`. */
const maxTextLength = 10_000;
/** DOC, for `ArrayRange`. */
const maxRangeLength = 1000;
const int32 = { min: -2_147_483_648, max: 2_147_483_647 };

/** A parameter's type: what it makes of an argument, or a `Refusal`. */
type Parameter<Value> = (value: JsonValue) => Value | Refusal;

const any: Parameter<JsonValue> = (value) => value;
const array: Parameter<JsonArray> = (value) => (isJsonArray(value) ? value : wanted("an array", value));
const object: Parameter<JsonObject> = (value) => (isJsonObject(value) ? value : wanted("an object", value));
const string: Parameter<string> = (value) => (typeof value === "string" ? value : wanted("a string", value));
const shortString: Parameter<string> = (value) => {
  if (typeof value === "string" && value.length > maxTextLength) {
    return new Refusal(`found a string of ${value.length} characters, wanted at most ${maxTextLength}`);
  }
  return string(value);
};
/** Rounded half up, as Java's `Math.round` and JavaScript's do; `+ 0` makes -0 the 0 that Java has. */
const integer: Parameter<number> = (value) => {
  if (typeof value !== "number") return wanted("a number", value);
  const rounded = Math.round(value) + 0;
  return rounded < int32.min || rounded > int32.max ? wanted("an integer of 32 bits", value) : rounded;
};

function wanted(what: string, found: JsonValue): Refusal {
  return new Refusal(`found ${excerpt(found)}, wanted ${what}`);
}

function excerpt(value: JsonValue): string {
  if (isJsonArray(value)) return `an array of ${value.length}`;
  if (isJsonObject(value)) return "an object";
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function define<Values extends readonly unknown[]>(
  parameters: { readonly [Position in keyof Values]: Parameter<Values[Position]> },
  call: (values: Values, random: RandomSource) => JsonValue | Refusal,
): IntrinsicFunction {
  return {
    minArguments: parameters.length,
    maxArguments: parameters.length,
    call(values, random) {
      const checked: unknown[] = [];
      for (const [position, parameter] of parameters.entries()) {
        const value: unknown = parameter(values[position] ?? null);
        if (value instanceof Refusal) return value;
        checked.push(value);
      }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every position went through its parameter
      return call(checked as unknown as Values, random);
    },
  };
}

const mathRandom = define([integer, integer], ([start, end], random) =>
  start < end
    ? start + Math.floor(random.next() * (end - start))
    : new Refusal(`found the start ${start} and the end ${end}, wanted a start below the end`),
);

export const intrinsicFunctions: Readonly<Record<IntrinsicName, IntrinsicFunction>> = {
  "States.Array": { minArguments: 0, maxArguments: Infinity, call: (values) => [...values] },

  "States.ArrayContains": define([array, any], ([items, value]) => items.some((item) => deepEqual(item, value))),

  "States.ArrayGetItem": define([array, integer], ([items, index]) =>
    index >= 0 && index < items.length
      ? items[index]!
      : new Refusal(`found the index ${index}, wanted one from 0 to ${items.length - 1}`),
  ),

  "States.ArrayLength": define([array], ([items]) => items.length),

  "States.ArrayPartition": define([array, integer], ([items, size]) => {
    if (size < 1) return new Refusal(`found the chunk size ${size}, wanted at least 1`);
    return Array.from({ length: Math.ceil(items.length / size) }, (_, chunk) =>
      items.slice(chunk * size, (chunk + 1) * size),
    );
  }),

  "States.ArrayRange": define([integer, integer, integer], ([start, end, step]) => {
    if (step === 0) return new Refusal("found the step 0, wanted any other");
    const length = Math.max(0, Math.floor((end - start) / step) + 1);
    if (length > maxRangeLength) return new Refusal(`found ${length} elements, wanted at most ${maxRangeLength}`);
    return Array.from({ length }, (_, position) => start + position * step);
  }),

  "States.ArrayUnique": define([array], ([items]) => unique(items)),

  "States.Base64Encode": define([shortString], ([text]) => Buffer.from(text, "utf8").toString("base64")),

  "States.Base64Decode": define([shortString], ([text]) =>
    /^[A-Za-z0-9+/]*={0,2}$/.test(text)
      ? Buffer.from(text, "base64").toString("utf8")
      : wanted("a string in Base64", text),
  ),

  "States.Hash": define([any, string], ([data, algorithm]) => hash(data, algorithm)),

  "States.JsonMerge": define([object, object, any], ([one, other, deep]) =>
    // Deep merging is in the specification, and the service refuses it.
    deep === false ? { ...one, ...other } : wanted("false, because only shallow merging is supported", deep),
  ),

  "States.StringToJson": define([string], ([text]) => {
    if (text.trim() === "") return null;
    const parsed = parseJson(text);
    if (parsed.error !== undefined) return new Refusal(`found a string that is not JSON: ${parsed.error.message}`);
    return Object.is(parsed.value, -0) ? 0 : parsed.value;
  }),

  "States.JsonToString": define([any], ([value]) => printJson(value)),

  "States.MathRandom": {
    minArguments: 2,
    maxArguments: 3,
    call([start = null, end = null, seed], random) {
      if (seed === undefined) return mathRandom.call([start, end], random);
      const seedNumber = integer(seed);
      return seedNumber instanceof Refusal ? seedNumber : mathRandom.call([start, end], seededRandom(seedNumber));
    },
  },

  "States.MathAdd": define([integer, integer], ([one, other]) => integer(one + other)),

  "States.StringSplit": define([string, string], ([text, separators]) => {
    const pieces: string[] = [];
    let piece = "";
    for (const character of text) {
      if (!separators.includes(character)) {
        piece += character;
      } else {
        if (piece !== "") pieces.push(piece);
        piece = "";
      }
    }
    return piece === "" ? pieces : [...pieces, piece];
  }),

  "States.UUID": define([], (_none, random) => uuidFrom(random)),

  "States.Format": {
    minArguments: 1,
    maxArguments: Infinity,
    call([template = null, ...values]) {
      const text = string(template);
      return text instanceof Refusal ? text : fillTemplateOrRefuse(parseFormatTemplate(text), values);
    },
  },
};

export function isIntrinsicName(name: string): name is IntrinsicName {
  return Object.hasOwn(intrinsicFunctions, name);
}

/** @param pieces the texts between the placeholders */
export function fillTemplateOrRefuse(pieces: readonly string[], values: readonly JsonValue[]): string | Refusal {
  const placeholders = pieces.length - 1;
  return placeholders === values.length
    ? fillTemplate(pieces, values)
    : new Refusal(
        `found ${values.length} arguments for ${placeholders} placeholders {}, wanted as many as placeholders`,
      );
}

/** Scalars by identity, so that long lists of them take no quadratic time; -0 cannot come from JSON here. */
function unique(items: JsonArray): JsonArray {
  const scalars = new Set<JsonValue>();
  const structures: JsonValue[] = [];
  return items.filter((item) => {
    if (typeof item !== "object" || item === null) return scalars.size < scalars.add(item).size;
    if (structures.some((structure) => deepEqual(structure, item))) return false;
    structures.push(item);
    return true;
  });
}

const hashAlgorithms: ReadonlyMap<string, string> = new Map([
  ["MD5", "md5"],
  ["SHA-1", "sha1"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
]);

/** Lower-case hexadecimal. Data that is no string is hashed as its JSON text. Also `$hash` of JSONata. */
export function hash(data: JsonValue, algorithm: string): string | Refusal {
  const name = hashAlgorithms.get(algorithm);
  if (name === undefined) return wanted(`one of ${[...hashAlgorithms.keys()].join(", ")}`, algorithm);
  const text = shortString(typeof data === "string" ? data : printJson(data));
  return text instanceof Refusal ? text : createHash(name).update(text, "utf8").digest("hex");
}
