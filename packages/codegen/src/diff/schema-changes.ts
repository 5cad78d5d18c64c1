/**
 * What changed between two JSON Schemas (2020-12), as a sender or a reader feels it: a schema is narrowed when it takes
 * less than before and widened when it takes more. Descriptions, titles, defaults and examples say nothing about that.
 */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { deepEqual, isJsonArray, isJsonObject } from "@stepwright/asl";
import {
  alternativesOf,
  constraintsOf,
  everyKind,
  kindsOf,
  listOf,
  mentionsReference,
  objectOf,
  referenceOf,
  resolved,
} from "./placed-schema.ts";
import type { Placed } from "./placed-schema.ts";
import { shortText } from "./value-differences.ts";

export interface SchemaChange {
  /** `changed` when some of it is taken that was not, and some is not that was, or when nobody can tell. */
  readonly effect: "narrowed" | "widened" | "changed";
  /** With the place: `models[].seed is required`. */
  readonly message: string;
}

/** @returns nothing when both take the very same values */
export function schemaChanges(before: JsonValue, after: JsonValue): readonly SchemaChange[] {
  return compare({ document: before, schema: before }, { document: after, schema: after }, "", new Set());
}

/** @param open  pairs of references that are being compared: a recursive schema is the same if all else is */
function compare(before: Placed, after: Placed, place: string, open: ReadonlySet<string>): readonly SchemaChange[] {
  const pair = JSON.stringify([referenceOf(before.schema), referenceOf(after.schema)]);
  const isReferred = pair !== "[null,null]";
  if (isReferred && open.has(pair)) return [];
  const nowOpen = isReferred ? new Set([...open, pair]) : open;
  const [old, now] = [resolved(before), resolved(after)];
  if (!isReferred && deepEqual(old.schema, now.schema) && !mentionsReference(old.schema)) return [];
  const alternatives = [alternativesOf(old), alternativesOf(now)] as const;
  if (alternatives[0].length > 1 || alternatives[1].length > 1) {
    return compareAlternatives(...alternatives, place, nowOpen);
  }
  const [[one = old], [other = now]] = alternatives;
  return compareSingle(one, other, place, nowOpen);
}

function compareSingle(before: Placed, after: Placed, place: string, open: ReadonlySet<string>) {
  const [old, now] = [constraintsOf(before), constraintsOf(after)];
  const [kindsBefore, kindsAfter] = [kindsOf(old), kindsOf(now)];
  const kinds = kindChanges(kindsBefore, kindsAfter, place);
  // Of different kinds of values nothing else can be compared.
  if (kinds.length > 0 && ![...kindsAfter].some((kind) => kindsBefore.has(kind))) return kinds;
  return [
    ...kinds,
    ...valueChanges(old, now, place),
    ...boundChanges(old, now, place),
    ...ruleChanges(old, now, place),
    ...memberChanges({ ...before, schema: old }, { ...after, schema: now }, place, open),
    ...elementChanges({ ...before, schema: old }, { ...after, schema: now }, place, open),
  ];
}

function kindChanges(before: ReadonlySet<string>, after: ReadonlySet<string>, place: string): readonly SchemaChange[] {
  const gone = [...before].filter((kind) => !after.has(kind));
  const come = [...after].filter((kind) => !before.has(kind));
  if (gone.length === 0 && come.length === 0) return [];
  const message = `${here(place)} ${wordsOf(before)} -> ${wordsOf(after)}`;
  return [{ effect: effectOf(gone.length > 0, come.length > 0), message }];
}

function wordsOf(kinds: ReadonlySet<string>): string {
  if (kinds.size === everyKind.length) return "anything";
  const words = [...kinds].filter((kind) => !(kind === "integer" && kinds.has("number")));
  return words.length === 0 ? "nothing" : words.join(" or ");
}

function valueChanges(before: JsonObject, after: JsonObject, place: string): readonly SchemaChange[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  if (old === undefined && now === undefined) return [];
  if (old === undefined || now === undefined) {
    const values = (old ?? now ?? []).map(shortText).join(", ");
    return now === undefined
      ? [change("widened", `${here(place)} no longer one of ${values}`)]
      : [change("narrowed", `${here(place)} one of ${values}`)];
  }
  return [
    ...missing(now, old).map((value) => change("narrowed", `${here(place)} no longer ${shortText(value)}`)),
    ...missing(old, now).map((value) => change("widened", `${here(place)} also ${shortText(value)}`)),
  ];
}

function missing(from: readonly JsonValue[], values: readonly JsonValue[]): readonly JsonValue[] {
  return values.filter((value) => !from.some((each) => deepEqual(each, value)));
}

function valuesOf({ enum: values, const: value }: JsonObject): readonly JsonValue[] | undefined {
  if (value !== undefined) return [value];
  return isJsonArray(values) ? values : undefined;
}

const bounds: { readonly [keyword: string]: readonly [isUpper: boolean, verb: string, limit: string, unit?: string] } =
  {
    minimum: [false, "is", "at least"],
    exclusiveMinimum: [false, "is", "above"],
    minLength: [false, "has", "at least", " characters"],
    minItems: [false, "has", "at least", " items"],
    minProperties: [false, "has", "at least", " members"],
    maximum: [true, "is", "at most"],
    exclusiveMaximum: [true, "is", "below"],
    maxLength: [true, "has", "at most", " characters"],
    maxItems: [true, "has", "at most", " items"],
    maxProperties: [true, "has", "at most", " members"],
  };

function boundChanges(before: JsonObject, after: JsonObject, place: string): readonly SchemaChange[] {
  return Object.entries(bounds).flatMap(([keyword, [isUpper, verb, limit, unit = ""]]): readonly SchemaChange[] => {
    const [old, now] = [before[keyword], after[keyword]];
    if (old === now) return [];
    const subject = subjectOf(place);
    if (typeof old === "number" && typeof now === "number") {
      const message = `${subject} ${verb} ${limit} ${old} -> ${now}${unit}`;
      return [{ effect: now > old === isUpper ? "widened" : "narrowed", message }];
    }
    return now === undefined
      ? [change("widened", `${subject} ${verb} no longer ${limit} ${shortText(old)}${unit}`)]
      : [change("narrowed", `${subject} ${verb} ${limit} ${shortText(now)}${unit}`)];
  });
}

/** Keywords of which it can only be said whether they are there. */
const rules = (
  "pattern format multipleOf uniqueItems propertyNames patternProperties contains not if then else dependentRequired " +
  "dependentSchemas unevaluatedProperties unevaluatedItems"
).split(" ");

function ruleChanges(before: JsonObject, after: JsonObject, place: string): readonly SchemaChange[] {
  return rules.flatMap((keyword): readonly SchemaChange[] => {
    const [old, now] = [before[keyword], after[keyword]];
    if (old === undefined ? now === undefined : now !== undefined && deepEqual(old, now)) return [];
    const subject = subjectOf(place);
    if (old === undefined) return [change("narrowed", `${subject} has ${keyword} ${shortText(now)}`)];
    return now === undefined
      ? [change("widened", `${subject} no longer has ${keyword} ${shortText(old)}`)]
      : [change("changed", `${subject} has ${keyword} ${shortText(old)} -> ${shortText(now)}`)];
  });
}

function memberChanges(
  before: Placed,
  after: Placed,
  place: string,
  open: ReadonlySet<string>,
): readonly SchemaChange[] {
  const [old, now] = [objectOf(before.schema), objectOf(after.schema)];
  const [had, has] = [objectOf(old["properties"]), objectOf(now["properties"])];
  const [needed, needs] = [namesOf(old["required"]), namesOf(now["required"])];
  const [restBefore, restAfter] = [old["additionalProperties"] ?? true, now["additionalProperties"] ?? true];
  const names = [...new Set([...Object.keys(had), ...Object.keys(has), ...needed, ...needs])];
  const members = names.flatMap((name): readonly SchemaChange[] => {
    const [one, other] = [own(had, name, restBefore), own(has, name, restAfter)];
    const at = memberPlace(place, name);
    // Of a member that only one side allows, what it must be is no news of its own.
    if (one === false && other !== false) {
      return [
        needs.has(name) ? change("changed", `${at} is new and required`) : change("widened", `${at} may be given`),
      ];
    }
    if (one !== false && other === false) {
      const isChanged = needed.has(name);
      return [change(isChanged ? "changed" : "narrowed", `${at} may no longer be given`)];
    }
    const inside = compare({ ...before, schema: one }, { ...after, schema: other }, at, open);
    const isRequired = needs.has(name);
    if (needed.has(name) === isRequired) return inside;
    // Of what only one of them names, the kind is no news of its own.
    return [
      change(isRequired ? "narrowed" : "widened", isRequired ? `${at} is required` : `${at} may be absent`),
      ...(Object.hasOwn(had, name) && Object.hasOwn(has, name) ? inside : []),
    ];
  });
  const rest = deepEqual(restBefore, restAfter)
    ? []
    : restAfter === false
      ? [change("narrowed", `${subjectOf(place)} takes no other members`)]
      : restBefore === false
        ? [change("widened", `${subjectOf(place)} takes other members too`)]
        : compare({ ...before, schema: restBefore }, { ...after, schema: restAfter }, memberPlace(place, "*"), open);
  return [...members, ...rest];
}

function elementChanges(
  before: Placed,
  after: Placed,
  place: string,
  open: ReadonlySet<string>,
): readonly SchemaChange[] {
  const [old, now] = [objectOf(before.schema), objectOf(after.schema)];
  const [first, second] = [listOf(old["prefixItems"]), listOf(now["prefixItems"])];
  const [restBefore, restAfter] = [old["items"] ?? true, now["items"] ?? true];
  const count = Math.max(first.length, second.length);
  const compareItem = (one: JsonValue, other: JsonValue, at: string) =>
    compare({ ...before, schema: one }, { ...after, schema: other }, at, open);
  return [
    ...Array.from({ length: count }, (_, index) =>
      compareItem(first[index] ?? restBefore, second[index] ?? restAfter, `${place}[${index}]`),
    ).flat(),
    ...compareItem(restBefore, restAfter, `${place}[]`),
  ];
}

/**
 * Alternatives are paired by what they say, then by the constants that tell them apart; what is left over came or went.
 */
function compareAlternatives(
  before: readonly Placed[],
  after: readonly Placed[],
  place: string,
  open: ReadonlySet<string>,
): readonly SchemaChange[] {
  const left = [...after];
  const pairs = new Map<Placed, Placed>();
  const pairBy = (matches: (one: Placed, other: Placed) => boolean) => {
    for (const one of before) {
      const index = pairs.has(one) ? -1 : left.findIndex((other) => matches(one, other));
      const [other] = index === -1 ? [] : left.splice(index, 1);
      if (other !== undefined) pairs.set(one, other);
    }
  };
  pairBy((one, other) => compare(one, other, place, open).length === 0);
  pairBy((one, other) => {
    const tag = tagOf(one);
    return tag !== undefined && tag === tagOf(other);
  });
  const gone = before.filter((one) => !pairs.has(one));
  // One that is left on either side is the same one, changed.
  const [lastBefore, lastAfter] = [gone[0], left[0]];
  if (gone.length === 1 && left.length === 1 && lastBefore !== undefined && lastAfter !== undefined) {
    pairs.set(lastBefore, lastAfter);
    gone.length = 0;
    left.length = 0;
  }
  return [
    ...gone.map((one) => change("narrowed", `${here(place)} no longer ${describe(one)}`)),
    ...left.map((other) => change("widened", `${here(place)} also ${describe(other)}`)),
    ...[...pairs].flatMap(([one, other]) => {
      const tag = tagOf(one);
      return compare(one, other, tag === undefined ? place : `${place}(${tag})`, open);
    }),
  ];
}

/** The constants of an alternative: `status=COMPLETED`. */
function tagOf(placed: Placed): string | undefined {
  const members = Object.entries(objectOf(constraintsOf(placed)["properties"]));
  const constants = members.flatMap(([name, member]) => {
    const { schema } = resolved({ ...placed, schema: member });
    const value = isJsonObject(schema) ? schema["const"] : undefined;
    return value === undefined ? [] : [{ name, value }];
  });
  // Those that are texts tell kinds apart; the others are versions and the like.
  const texts = constants.filter(({ value }) => typeof value === "string");
  const telling = texts.length > 0 ? texts : constants;
  return telling.length === 0
    ? undefined
    : telling
        .map(({ name, value }) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
        .join(", ");
}

function describe(placed: Placed): string {
  const tag = tagOf(placed);
  if (tag !== undefined) return tag;
  const schema = constraintsOf(placed);
  return schema["const"] === undefined ? wordsOf(kindsOf(schema)) : shortText(schema["const"]);
}

function effectOf(less: boolean, more: boolean): SchemaChange["effect"] {
  if (less && more) return "changed";
  return less ? "narrowed" : "widened";
}

function change(effect: SchemaChange["effect"], message: string): SchemaChange {
  return { effect, message };
}

function here(place: string): string {
  return `${subjectOf(place)} is`;
}

/** The place as the subject of a sentence. */
function subjectOf(place: string): string {
  return place === "" ? "it" : place;
}

function memberPlace(place: string, name: string): string {
  return place === "" ? name : `${place}.${name}`;
}

function own(object: JsonObject, name: string, otherwise: JsonValue): JsonValue {
  return Object.hasOwn(object, name) ? (object[name] ?? true) : otherwise;
}

function namesOf(value: JsonValue | undefined): ReadonlySet<string> {
  return new Set(listOf(value).filter((name) => typeof name === "string"));
}
