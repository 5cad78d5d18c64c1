/**
 * Prints a JSON Schema (2020-12) as a TypeScript type. What a schema demands beyond a type (a pattern, a bound)
 * is left to the validator; what this printer does not know becomes `unknown`, never a wrong type.
 */
import { isJsonArray, isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";

/** The name of a definition (`$defs`) as a type; `undefined` when there is none of that name. */
export type NameOfDefinition = (definition: string) => string | undefined;

/** @param indent  what stands before a closing brace */
export function printType(schema: JsonValue | undefined, nameOf: NameOfDefinition, indent = ""): string {
  return print(schema, nameOf, indent).text;
}

/** The braces and members of an object schema: `{ readonly modelId: string; … }`, one a line. */
export function printMembers(schema: JsonObject, nameOf: NameOfDefinition, indent = ""): string {
  const inner = `${indent}  `;
  const required = new Set(listOf(schema["required"]));
  const lines = Object.entries(objectOf(schema["properties"])).flatMap(([key, member]) => {
    const mark = required.has(key) ? "" : "?";
    return [
      ...printDescription(member, inner),
      `${inner}readonly ${propertyName(key)}${mark}: ${printType(member, nameOf, inner)};`,
    ];
  });
  return ["{", ...lines, `${indent}}`].join("\n");
}

/** The description of a schema as a doc comment; no line when there is none. */
export function printDescription(schema: JsonValue, indent = ""): readonly string[] {
  const text = isJsonObject(schema) ? schema["description"] : undefined;
  if (typeof text !== "string" || text.trim() === "") {
    return [];
  }
  const lines = text
    .replaceAll("*/", String.raw`*\/`)
    .trim()
    .split(/\r?\n/);
  return lines.length === 1
    ? [`${indent}/** ${lines[0]} */`]
    : [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}

/** Whether a schema can be printed as an `interface`: an object whose members all have names. */
export function isInterface(schema: JsonValue): schema is JsonObject {
  return (
    isJsonObject(schema) &&
    schema["type"] === "object" &&
    Object.keys(objectOf(schema["properties"])).length > 0 &&
    !deciding.some((keyword) => Object.hasOwn(schema, keyword))
  );
}

/** A printed type and whether it needs parentheses inside a wider one. */
interface Printed {
  readonly text: string;
  readonly form: "closed" | "array" | "union" | "intersection";
}

type PrintSchema = (schema: JsonObject, nameOf: NameOfDefinition, indent: string) => Printed;

const unknown: Printed = { text: "unknown", form: "closed" };

function print(schema: JsonValue | undefined, nameOf: NameOfDefinition, indent: string): Printed {
  if (!isJsonObject(schema)) {
    return schema === false ? closed("never") : unknown;
  }
  const keyword = deciding.find((key) => Object.hasOwn(schema, key));
  if (keyword !== undefined) {
    return printKeyword[keyword](schema, nameOf, indent);
  }
  const { type } = schema;
  return union(
    (isJsonArray(type) ? type : [type]).map((name) => printNamed(name)(schema, nameOf, indent)),
    indent,
  );
}

/** The keywords that say more than `type`, in the order in which they decide. */
const deciding = ["$ref", "const", "enum", "oneOf", "anyOf", "allOf"] as const;

const printKeyword: Readonly<Record<(typeof deciding)[number], PrintSchema>> = {
  $ref: ({ $ref }, nameOf) => {
    const definition = typeof $ref === "string" ? /^#\/\$defs\/(.+)$/.exec($ref)?.[1] : undefined;
    const name = definition === undefined ? undefined : nameOf(unescapePointer(definition));
    return name === undefined ? unknown : closed(name);
  },
  const: (schema) => literal(schema["const"]),
  enum: (schema, _, indent) => union(listOf(schema["enum"]).map(literal), indent),
  oneOf: (schema, nameOf, indent) => unionOf(schema["oneOf"], nameOf, indent),
  anyOf: (schema, nameOf, indent) => unionOf(schema["anyOf"], nameOf, indent),
  allOf: (schema, nameOf, indent) => {
    const parts = listOf(schema["allOf"]).map((part) => print(part, nameOf, indent));
    const [only] = parts;
    return parts.length === 1 && only !== undefined
      ? only
      : { text: parts.map((part) => inside(part, ["union"])).join(" & "), form: "intersection" };
  },
};

const printers: Readonly<Record<string, PrintSchema>> = {
  string: () => closed("string"),
  number: () => closed("number"),
  integer: () => closed("number"),
  boolean: () => closed("boolean"),
  null: () => closed("null"),
  array: printArray,
  object: printObject,
};

function printNamed(type: JsonValue | undefined): PrintSchema {
  const printer = typeof type === "string" && Object.hasOwn(printers, type) ? printers[type] : undefined;
  return printer ?? (() => unknown);
}

function printArray(schema: JsonObject, nameOf: NameOfDefinition, indent: string): Printed {
  const first = listOf(schema["prefixItems"]);
  const items = print(schema["items"], nameOf, indent);
  if (first.length === 0) {
    return { text: `readonly ${element(items)}[]`, form: "array" };
  }
  const required = typeof schema["minItems"] === "number" ? schema["minItems"] : 0;
  const parts = first.map((part, index) => {
    const printed = print(part, nameOf, indent);
    return index < required ? printed.text : `${element(printed)}?`;
  });
  const rest = schema["items"] === false ? [] : [`...${element(items)}[]`];
  return { text: `readonly [${[...parts, ...rest].join(", ")}]`, form: "array" };
}

function printObject(schema: JsonObject, nameOf: NameOfDefinition, indent: string): Printed {
  if (Object.keys(objectOf(schema["properties"])).length > 0) {
    return closed(printMembers(schema, nameOf, indent));
  }
  const { additionalProperties } = schema;
  return closed(`Readonly<Record<string, ${printType(additionalProperties, nameOf, indent)}>>`);
}

function unionOf(parts: JsonValue | undefined, nameOf: NameOfDefinition, indent: string): Printed {
  return union(
    listOf(parts).map((part) => print(part, nameOf, indent)),
    indent,
  );
}

function union(parts: readonly Printed[], indent: string): Printed {
  const different = new Map(parts.map((part) => [part.text, part]));
  const [only] = different.values();
  if (only === undefined || different.has("unknown")) {
    return unknown;
  }
  if (different.size === 1) {
    return only;
  }
  const texts = [...different.values()].map((part) => inside(part, ["intersection"]));
  // A member of several lines gets a line and two columns of its own.
  const text = texts.some((part) => part.includes("\n"))
    ? texts.map((part) => `\n${indent}  | ${part.replaceAll("\n", "\n    ")}`).join("")
    : texts.join(" | ");
  return { text, form: "union" };
}

function literal(value: JsonValue | undefined): Printed {
  return typeof value === "object" && value !== null ? unknown : closed(JSON.stringify(value) ?? "unknown");
}

function closed(text: string): Printed {
  return { text, form: "closed" };
}

function element(part: Printed): string {
  return inside(part, ["array", "union", "intersection"]);
}

function inside({ text, form }: Printed, parenthesised: readonly Printed["form"][]): string {
  return parenthesised.includes(form) ? `(${text})` : text;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : [];
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function propertyName(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function unescapePointer(text: string): string {
  return decodeURIComponent(text).replaceAll("~1", "/").replaceAll("~0", "~");
}
