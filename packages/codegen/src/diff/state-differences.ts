/** How two versions of one state differ, apart from where they lead: one entry per field, in a table. */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { deepEqual, isJsonArray, isJsonObject } from "@stepwright/asl";
import type { DifferenceKind } from "./difference.ts";
import { describeChange, shortText } from "./value-differences.ts";

/** A difference without its place. */
export interface Change {
  readonly kind: DifferenceKind;
  readonly message: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** @param of  the state's name, or `the machine` */
export function fieldChanges(before: JsonObject, after: JsonObject, of: string): readonly Change[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].flatMap((field) => {
    const [old, now] = [own(before, field), own(after, field)];
    if (old !== undefined && now !== undefined && deepEqual(old, now)) return [];
    const describe = Object.hasOwn(describers, field) ? describers[field] : undefined;
    return (describe ?? inWords(field, "work"))(old, now, of).map((change) => ({ ...valuesOf(old, now), ...change }));
  });
}

function valuesOf(before: JsonValue | undefined, after: JsonValue | undefined): Partial<Change> {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

export function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

type Describe = (before: JsonValue | undefined, after: JsonValue | undefined, of: string) => readonly Change[];

/** Told where the transitions and the graphs inside a state are compared. */
const elsewhere: Describe = () => [];

const describers: { readonly [field: string]: Describe } = {
  Comment: inWords("comment", "wording"),
  Version: inWords("Version", "wording"),
  Type: (before, after, of) => [{ kind: "states", message: `${of} is a ${text(after)}, no longer a ${text(before)}` }],
  QueryLanguage: inWords("query language", "data"),
  // Errors
  Retry: (before, after, of) => listChanges("retry", before, after, of, retrierWords),
  Catch: (before, after, of) => listChanges("catch", before, after, of, catcherWords),
  Error: inWords("error", "errors"),
  ErrorPath: inWords("error", "errors"),
  Cause: inWords("cause", "errors"),
  CausePath: inWords("cause", "errors"),
  // Time
  TimeoutSeconds: seconds("timeout"),
  TimeoutSecondsPath: inWords("timeout", "time"),
  HeartbeatSeconds: seconds("heartbeat limit"),
  HeartbeatSecondsPath: inWords("heartbeat limit", "time"),
  Seconds: seconds("wait"),
  SecondsPath: inWords("wait", "time"),
  Timestamp: inWords("wait", "time"),
  TimestampPath: inWords("wait", "time"),
  // Work
  Resource: (before, after, of) => [{ kind: "work", message: `${of} calls ${text(after)}, no longer ${text(before)}` }],
  // Data
  ...Object.fromEntries(
    [
      "InputPath",
      "OutputPath",
      "ResultPath",
      "Parameters",
      "Arguments",
      "ResultSelector",
      "Result",
      "Output",
      "Assign",
      "Items",
      "ItemsPath",
      "ItemSelector",
    ].map((field) => [field, inWords(field, "data")]),
  ),
  // Flow
  Next: elsewhere,
  // Only `true` ends; where it comes or goes, `Next` goes or comes.
  End: (before, after, of) =>
    before === undefined || after === undefined ? [] : inWords("End", "flow")(before, after, of),
  Default: elsewhere,
  Choices: elsewhere,
  StartAt: elsewhere,
  States: elsewhere,
  Branches: elsewhere,
  ItemProcessor: elsewhere,
  Iterator: elsewhere,
};

function text(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : shortText(value);
}

/** `ResultPath of Train "$.a" -> "$.b"`, `ResultPath added to Train: "$.b"`. */
function inWords(name: string, kind: DifferenceKind): Describe {
  return (before, after, of) => {
    if (before === undefined) return [{ kind, message: `${name} added to ${of}: ${shortText(after)}` }];
    if (after === undefined) return [{ kind, message: `${name} removed from ${of}: ${shortText(before)}` }];
    return [{ kind, message: `${name} of ${of} ${describeChange(before, after) ?? "changed"}` }];
  };
}

function seconds(name: string): Describe {
  return (before, after, of) => {
    if (before === undefined) return [{ kind: "time", message: `${name} of ${printSeconds(after)} added to ${of}` }];
    if (after === undefined)
      return [{ kind: "time", message: `${name} of ${printSeconds(before)} removed from ${of}` }];
    return [{ kind: "time", message: `${name} of ${of} ${printSeconds(before)} -> ${printSeconds(after)}` }];
  };
}

function printSeconds(value: JsonValue | undefined): string {
  return typeof value === "number" ? `${value} s` : text(value);
}

/** Words of a list's members; a member that is missing here is told by its own name. */
type Words = { readonly [field: string]: { readonly word: string; readonly unit?: string } | "elsewhere" };

const retrierWords: Words = {
  ErrorEquals: "elsewhere",
  MaxAttempts: { word: "retries" },
  IntervalSeconds: { word: "first delay", unit: " s" },
  BackoffRate: { word: "backoff rate" },
  MaxDelaySeconds: { word: "longest delay", unit: " s" },
  JitterStrategy: { word: "jitter" },
};

const catcherWords: Words = { ErrorEquals: "elsewhere", Next: "elsewhere" };

/** Retriers and Catchers are the same when they are for the same errors. */
function listChanges(
  name: "retry" | "catch",
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  of: string,
  words: Words,
): readonly Change[] {
  const [old, now] = [entriesOf(before), entriesOf(after)];
  if (old.length > 0 && now.length === 0) return [{ kind: "errors", message: `${name} removed from ${of}` }];
  const [oldErrors, newErrors] = [old.map(([errors]) => errors), now.map(([errors]) => errors)];
  const added = now.filter(([errors]) => !oldErrors.includes(errors));
  const removed = old.filter(([errors]) => !newErrors.includes(errors));
  const inOrder = oldErrors.filter((errors) => newErrors.includes(errors));
  const moved = newErrors.filter((errors) => oldErrors.includes(errors)).join() !== inOrder.join();
  const changes = [
    ...added.map(([errors, entry]) => `${name} on ${errors} added to ${of}${summary(entry, words)}`),
    ...removed.map(([errors]) => `${name} on ${errors} removed from ${of}`),
    ...(moved ? [`${name} of ${of} tried in another order: ${newErrors.join("; ")}`] : []),
    ...now.flatMap(([errors, entry]) => {
      const same = old.find(([oldError]) => oldError === errors)?.[1];
      return same === undefined ? [] : memberChanges(same, entry, `${name} on ${errors} of ${of}`, words);
    }),
  ];
  return changes.map((message) => ({ kind: "errors", message }));
}

function entriesOf(list: JsonValue | undefined): readonly (readonly [errors: string, entry: JsonObject])[] {
  if (!isJsonArray(list)) return [];
  return list.filter(isJsonObject).map((entry) => {
    const errors = entry["ErrorEquals"];
    return [isJsonArray(errors) ? errors.map(text).join(", ") : shortText(errors), entry];
  });
}

function summary(entry: JsonObject, words: Words): string {
  const next = entry["Next"];
  if (typeof next === "string") return `, leading to ${next}`;
  const parts = Object.entries(entry).flatMap(([field, value]) => {
    const known = Object.hasOwn(words, field) ? words[field] : undefined;
    return known === undefined || known === "elsewhere" ? [] : [`${known.word} ${text(value)}${known.unit ?? ""}`];
  });
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function memberChanges(before: JsonObject, after: JsonObject, of: string, words: Words): readonly string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].flatMap((field) => {
    const [old, now] = [own(before, field), own(after, field)];
    const known = Object.hasOwn(words, field) ? words[field] : undefined;
    if (known === "elsewhere" || (old !== undefined && now !== undefined && deepEqual(old, now))) return [];
    const { word, unit = "" } = known ?? { word: field };
    const print = (value: JsonValue | undefined) => (value === undefined ? "default" : `${text(value)}${unit}`);
    return [`${word} of ${of} ${print(old)} -> ${print(now)}`];
  });
}
