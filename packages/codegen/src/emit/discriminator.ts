/**
 * Marks unions whose members differ by the value of one required property, so that a wrong value
 * is judged against the one member it claims to be and not against each of them.
 */
import { isJsonArray, isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";

/** The schema with OpenAPI's `discriminator` added to every `oneOf` that allows it; ajv reads it. */
export function withDiscriminators(schema: JsonObject): JsonObject {
  return mark(schema) as JsonObject;
}

function mark(value: JsonValue): JsonValue {
  if (isJsonArray(value)) {
    return value.map(mark);
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const marked = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mark(member)]));
  const propertyName = isJsonArray(value["oneOf"]) ? discriminatingProperty(value["oneOf"]) : undefined;
  // ajv wants the type beside the discriminator.
  return propertyName === undefined ? marked : { type: "object", ...marked, discriminator: { propertyName } };
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
