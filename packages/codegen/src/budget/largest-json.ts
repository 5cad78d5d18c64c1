/** How many bytes a value of a JSON Schema can have at most, printed without white space. */
import { isJsonArray, isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";

/** @returns `Infinity` where the schema bounds nothing: a string without `maxLength`, a list without `maxItems` */
export function largestJsonBytes(schema: JsonObject): number {
  return largest(schema, schema, new Set());
}

function largest(schema: JsonValue | undefined, root: JsonObject, underWay: ReadonlySet<JsonValue>): number {
  // A schema that contains itself can nest without end.
  if (!isJsonObject(schema) || underWay.has(schema)) {
    return schema === false ? 0 : Infinity;
  }
  const within = new Set([...underWay, schema]);
  const inner = (part: JsonValue | undefined) => largest(part, root, within);
  if (typeof schema["$ref"] === "string") {
    return inner(resolveReference(schema["$ref"], root));
  }
  if (schema["const"] !== undefined) {
    return bytesOf(schema["const"]);
  }
  if (isJsonArray(schema["enum"])) {
    return Math.max(0, ...schema["enum"].map(bytesOf));
  }
  const choices = [schema["anyOf"], schema["oneOf"]].find(isJsonArray);
  if (choices !== undefined) {
    return Math.max(0, ...choices.map(inner));
  }
  if (isJsonArray(schema["allOf"])) {
    // Each part alone bounds the value.
    return Math.min(...schema["allOf"].map(inner));
  }
  const types = isJsonArray(schema["type"]) ? schema["type"] : [schema["type"]];
  return Math.max(...types.map((type) => largestOfType(type, schema, inner)));
}

function largestOfType(
  type: JsonValue | undefined,
  schema: JsonObject,
  inner: (part: JsonValue | undefined) => number,
): number {
  switch (type) {
    case "null":
      return 4;
    case "boolean":
      return 5;
    // The longest that JavaScript prints: `-1.2345678901234567e-300`.
    case "integer":
    case "number":
      return 24;
    case "string":
      return largestString(schema);
    case "array":
      return largestArray(schema, inner);
    case "object":
      return largestObject(schema, inner);
    default:
      return Infinity;
  }
}

/** A character is at most six bytes: `\u0000`. */
function largestString(schema: JsonObject): number {
  const longest: Readonly<Record<string, number>> = { "date-time": 40, date: 10, uuid: 36 };
  const format = schema["format"];
  const known = typeof format === "string" && Object.hasOwn(longest, format) ? longest[format] : undefined;
  const characters = typeof schema["maxLength"] === "number" ? 6 * schema["maxLength"] : Infinity;
  return 2 + Math.min(characters, known ?? Infinity);
}

function largestArray(schema: JsonObject, inner: (part: JsonValue | undefined) => number): number {
  const first = isJsonArray(schema["prefixItems"]) ? schema["prefixItems"] : [];
  const rest = schema["items"];
  const most = typeof schema["maxItems"] === "number" ? schema["maxItems"] : rest === false ? first.length : Infinity;
  const others = Math.max(0, most - first.length);
  const sizes = first.slice(0, most).map(inner);
  const sizeOfOthers = others === 0 ? 0 : others * (inner(rest) + 1);
  return 2 + sizes.reduce((sum, size) => sum + size + 1, 0) + sizeOfOthers;
}

function largestObject(schema: JsonObject, inner: (part: JsonValue | undefined) => number): number {
  if (schema["additionalProperties"] !== false) {
    return Infinity;
  }
  const properties = isJsonObject(schema["properties"]) ? Object.entries(schema["properties"]) : [];
  return 2 + properties.reduce((sum, [name, value]) => sum + bytesOf(name) + 2 + inner(value), 0);
}

function resolveReference(reference: string, root: JsonObject): JsonValue | undefined {
  if (!reference.startsWith("#")) {
    return undefined;
  }
  const names = reference
    .split("/")
    .slice(1)
    .map((name) => decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~"));
  return names.reduce<JsonValue | undefined>(
    (value, name) => (isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    root,
  );
}

function bytesOf(value: JsonValue): number {
  return Buffer.byteLength(JSON.stringify(value));
}
