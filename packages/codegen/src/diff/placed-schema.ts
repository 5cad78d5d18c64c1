/** A JSON Schema that can be asked what it takes: references followed, `allOf` merged, annotations left out. */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { isJsonArray, isJsonObject } from "@stepwright/asl";

/** A schema and the document that its references point into. */
export interface Placed {
  readonly document: JsonValue;
  readonly schema: JsonValue;
}

export const everyKind = ["null", "boolean", "integer", "number", "string", "array", "object"] as const;

/** The kinds of values that a schema takes; a number takes integers too. */
export function kindsOf({ type, enum: values, const: value }: JsonObject): ReadonlySet<string> {
  if (value !== undefined) return new Set([kindOf(value)]);
  if (isJsonArray(values)) return new Set(values.map(kindOf));
  const named: readonly JsonValue[] = type === undefined ? everyKind : isJsonArray(type) ? type : [type];
  const kinds = named.filter((kind) => typeof kind === "string");
  return new Set(kinds.includes("number") ? [...kinds, "integer"] : kinds);
}

function kindOf(value: JsonValue): string {
  if (value === null) return "null";
  if (isJsonArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

export function alternativesOf(placed: Placed): readonly Placed[] {
  const schema = objectOf(placed.schema);
  const listed = schema["anyOf"] ?? schema["oneOf"];
  if (!isJsonArray(listed)) return [placed];
  const { anyOf: _any, oneOf: _one, ...besides } = schema;
  const beside = withoutAnnotations(besides);
  return listed.flatMap((part) => {
    const inner = resolved({ ...placed, schema: part });
    const merged = Object.keys(beside).length === 0 ? inner.schema : { allOf: [inner.schema, beside] };
    return alternativesOf({ ...placed, schema: merged });
  });
}

/** What a schema demands, its `allOf` merged in as far as keywords do not meet. */
export function constraintsOf(placed: Placed): JsonObject {
  const { schema } = resolved(placed);
  if (schema === false) return { enum: [] };
  if (!isJsonObject(schema)) return {};
  const { allOf, ...besides } = withoutAnnotations(schema);
  return listOf(allOf).reduce<JsonObject>(
    (merged, part) => mergeConstraints(merged, constraintsOf({ ...placed, schema: part })),
    besides,
  );
}

function mergeConstraints(one: JsonObject, other: JsonObject): JsonObject {
  const required = [...new Set([...listOf(one["required"]), ...listOf(other["required"])])];
  return {
    ...one,
    ...other,
    ...(one["properties"] === undefined && other["properties"] === undefined
      ? {}
      : { properties: { ...objectOf(one["properties"]), ...objectOf(other["properties"]) } }),
    ...(required.length === 0 ? {} : { required }),
  };
}

const annotations: ReadonlySet<string> = new Set([
  "$schema",
  "$id",
  "$defs",
  "$comment",
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
]);

function withoutAnnotations(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !annotations.has(keyword)));
}

export function referenceOf(schema: JsonValue): string | null {
  const reference = isJsonObject(schema) ? schema["$ref"] : undefined;
  return typeof reference === "string" ? reference : null;
}

export function mentionsReference(schema: JsonValue): boolean {
  return JSON.stringify(schema).includes('"$ref"');
}

/** A reference followed; one that leads out of the document or in a circle stays. */
export function resolved(placed: Placed): Placed {
  let { schema } = placed;
  for (let steps = 0; steps < 20; steps++) {
    const reference = referenceOf(schema);
    const target = reference?.startsWith("#") ? pointed(placed.document, reference.slice(1)) : undefined;
    if (target === undefined) break;
    schema = target;
  }
  return { ...placed, schema };
}

function pointed(document: JsonValue, pointer: string): JsonValue | undefined {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<JsonValue | undefined>((value, key) => {
      if (isJsonArray(value)) return value[Number(key)];
      return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }, document);
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : [];
}

export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
