/**
 * Prepares a JSON Schema for compilation: the same verdicts from a third less code.
 * Annotations go, parts that occur again are shared, and unions name the property that tells their members apart.
 */
import { isJsonArray, isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";

export function validationSchema(schema: JsonObject): JsonObject {
  const bare = rewrite(schema, (part) => withDiscriminator(withoutAnnotations(part))) as JsonObject;
  return withSharedParts(bare);
}

/** Rewrites every schema inside a schema, inner ones first; what is data (`const`, `enum`, …) stays as it is. */
function rewrite(schema: JsonValue, change: (schema: JsonObject) => JsonObject): JsonValue {
  return isJsonObject(schema) ? change(mapSubschemas(schema, (part) => rewrite(part, change))) : schema;
}

function mapSubschemas(schema: JsonObject, map: (part: JsonValue) => JsonValue): JsonObject {
  return mapMembers(schema, (value, keyword) => {
    if (schemaRecords.has(keyword) && isJsonObject(value)) {
      return mapMembers(value, map);
    }
    if (!schemaKeywords.has(keyword)) {
      return value;
    }
    return isJsonArray(value) ? value.map(map) : map(value);
  });
}

const schemaRecords = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

/** Keywords whose value is a schema or a list of schemas. */
const schemaKeywords = new Set([
  "items",
  "prefixItems",
  "contains",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "propertyNames",
  "oneOf",
  "anyOf",
  "allOf",
  "not",
  "if",
  "then",
  "else",
]);

const annotations = new Set([
  "description",
  "title",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "format",
]);

function withoutAnnotations(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema).filter(
    ([keyword, value]) => !annotations.has(keyword) && !(keyword === "propertyNames" && isAnyString(value)),
  );
  return Object.fromEntries(entries);
}

/** Names of properties are strings anyway. */
function isAnyString(schema: JsonValue): boolean {
  return isJsonObject(schema) && Object.keys(schema).length === 1 && schema["type"] === "string";
}

/** Moves each part that occurs more than once to `$defs`, so that it is compiled once. */
function withSharedParts(root: JsonObject): JsonObject {
  const uses = new Map<string, number>();
  const count = (part: JsonValue): JsonValue => {
    if (isWorthSharing(part)) {
      const key = JSON.stringify(part);
      uses.set(key, (uses.get(key) ?? 0) + 1);
    }
    return isJsonObject(part) ? mapSubschemas(part, count) : part;
  };
  mapSubschemas(root, count);

  const shared = new Map<string, { readonly name: string; schema: JsonObject }>();
  const share = (part: JsonValue): JsonValue => {
    const key = isWorthSharing(part) ? JSON.stringify(part) : "";
    if (!isJsonObject(part) || (uses.get(key) ?? 0) < 2) {
      return isJsonObject(part) ? mapSubschemas(part, share) : part;
    }
    const entry = shared.get(key) ?? { name: `shared:${shared.size}`, schema: part };
    if (!shared.has(key)) {
      shared.set(key, entry);
      entry.schema = mapSubschemas(part, share);
    }
    return { $ref: `#/$defs/${entry.name}` };
  };
  const rest = mapSubschemas(root, share);
  const own = isJsonObject(rest["$defs"]) ? rest["$defs"] : {};
  const definitions = Object.fromEntries([...shared.values()].map(({ name, schema }) => [name, schema]));
  return shared.size === 0 ? rest : { ...rest, $defs: { ...own, ...definitions } };
}

function isWorthSharing(part: JsonValue): boolean {
  return (
    isJsonObject(part) &&
    (part["type"] === "object" ||
      part["type"] === "array" ||
      part["type"] === "integer" ||
      Object.hasOwn(part, "pattern"))
  );
}

/**
 * Marks a union whose members differ by the value of one required property with OpenAPI's `discriminator`,
 * so that a wrong value is judged against the member that it claims to be and not against each of them.
 */
function withDiscriminator(schema: JsonObject): JsonObject {
  const members = schema["oneOf"];
  const propertyName = isJsonArray(members) ? discriminatingProperty(members) : undefined;
  // ajv wants the type beside the discriminator.
  return propertyName === undefined ? schema : { type: "object", ...schema, discriminator: { propertyName } };
}

function discriminatingProperty(members: readonly JsonValue[]): string | undefined {
  const [first] = members;
  const candidates = isJsonObject(first) && isJsonObject(first["properties"]) ? Object.keys(first["properties"]) : [];
  return candidates.find((property) => {
    const tags = members.map((member) => tagsOf(member, property));
    const values = tags.flatMap((tag) => tag ?? []);
    return !tags.includes(undefined) && new Set(values).size === values.length;
  });
}

function tagsOf(member: JsonValue, property: string): readonly string[] | undefined {
  if (!isJsonObject(member) || !isJsonObject(member["properties"]) || !isJsonArray(member["required"])) {
    return undefined;
  }
  const schema = Object.hasOwn(member["properties"], property) ? member["properties"][property] : undefined;
  if (!isJsonObject(schema) || !member["required"].includes(property)) {
    return undefined;
  }
  const values = isJsonArray(schema["enum"]) ? schema["enum"] : [schema["const"]];
  return values.every((value) => typeof value === "string") ? values : undefined;
}

function mapMembers(object: JsonObject, map: (value: JsonValue, key: string) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}
