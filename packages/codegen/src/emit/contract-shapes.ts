/**
 * Objects that stand at several places of the contracts, as types of their own: one contract's output is often the next
 * one's input, with something added. They are declared once, beside the contracts, under the name that leads to them.
 */
import { isJsonArray, isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import type { LoadedTask } from "../load/loaded-project.ts";
import { contractNames } from "./contract-names.ts";
import { generatedHeader } from "./generated-header.ts";
import { isInterface, printMembers } from "./json-schema-type.ts";
import type { NameOfDefinition } from "./json-schema-type.ts";
import { pascalCase } from "./names.ts";

/** The file, once per handlers folder. */
export const contractShapesFile = "contract-shapes.generated";

export interface ContractShapes {
  /** Declared names, with their members as text. */
  readonly declared: readonly { readonly name: string; readonly members: string }[];
  /** A side's schema with references to the shapes; what it refers to is a shape's name where `nameOf` says so. */
  refer(schema: JsonObject): JsonObject;
  readonly nameOf: NameOfDefinition;
}

export const noShapes: ContractShapes = { declared: [], refer: (schema) => schema, nameOf: () => undefined };

/** @param reserved  names that the contracts themselves declare */
export function contractShapes(tasks: readonly LoadedTask[], reserved: readonly string[]): ContractShapes {
  const found = new Map<string, Found>();
  for (const task of tasks) {
    const { inputType, outputType } = contractNames(task.name);
    for (const [side, typeName] of [
      [task.input, inputType],
      [task.output, outputType],
    ] as const) {
      if ("schema" in side) collectParts(side.schema, side.schema, found, { key: typeName });
    }
  }
  const shared = [...found].filter(([, { uses }]) => uses > 1);
  const names = nameShapes(shared, reserved);
  const refer = (root: JsonObject): JsonObject => referTo(names, root);
  return {
    declared: shared.map(([text, { schema, root }]) => ({
      name: names.get(text) ?? "",
      members: printMembers(referInside(names, schema, root), shapeName),
    })),
    refer,
    nameOf: shapeName,
  };
}

/** @returns `undefined` when there are none */
export function printContractShapes({ declared }: ContractShapes): string | undefined {
  if (declared.length === 0) return undefined;
  const types = declared.map(({ name, members }) => `\nexport interface ${name} ${members}\n`);
  return `${generatedHeader("the contracts of all tasks")}\n${types.join("")}`;
}

interface Found {
  readonly schema: JsonObject;
  readonly root: JsonObject;
  uses: number;
  readonly hints: Hint[];
}

/** The word that leads to a schema: a property's name, or a definition's. */
interface Hint {
  readonly key: string;
  /** The word that leads to the object around it. */
  readonly parent?: string;
}

/** Of a shape that stands several times, the inside is looked at once: what is only in there needs no name. */
function collect(schema: JsonValue, root: JsonObject, found: Map<string, Found>, hint: Hint): void {
  const target = followed(schema, root);
  if (!isJsonObject(target.schema) || target.isRecursive) return;
  const text = shapeText(target.schema, root);
  const named = target.name === undefined ? hint : { key: target.name };
  const known = text === undefined ? undefined : found.get(text);
  if (known !== undefined) {
    known.uses++;
    known.hints.push(named);
    return;
  }
  if (text !== undefined) found.set(text, { schema: target.schema, root, uses: 1, hints: [named] });
  collectParts(target.schema, root, found, named);
}

function collectParts(schema: JsonObject, root: JsonObject, found: Map<string, Found>, { key }: Hint): void {
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === "properties" && isJsonObject(value)) {
      for (const [name, part] of Object.entries(value)) collect(part, root, found, { key: name, parent: key });
    } else if (keyword === "oneOf" || keyword === "anyOf" || keyword === "allOf") {
      const parts = isJsonArray(value) ? value : [];
      for (const part of parts) collect(part, root, found, { key: `${key} ${tagOf(part, parts)}` });
    } else if (partKeywords.has(keyword)) {
      for (const part of isJsonArray(value) ? value : [value]) collect(part, root, found, { key: singular(key) });
    }
  }
}

/** @example singular("models") // => "model" */
function singular(word: string): string {
  return /[^s]s$/.test(word) ? word.slice(0, -1) : `${word}Item`;
}

/** What tells one alternative from the others: `status: "FAILED"` gives `failed`. */
function tagOf(schema: JsonValue, all: readonly JsonValue[]): string {
  const names = Object.keys(propertiesOf(schema));
  const name = names.find((each) => {
    const values = all.map((other) => textsOf(propertiesOf(other)[each]));
    return values.every((texts) => texts.length > 0) && new Set(values.flat()).size === values.flat().length;
  });
  return name === undefined ? "part" : textsOf(propertiesOf(schema)[name]).join(" or ").toLowerCase();
}

function propertiesOf(schema: JsonValue): JsonObject {
  return isJsonObject(schema) && isJsonObject(schema["properties"]) ? schema["properties"] : {};
}

/** The texts that a schema takes, where it names them. */
function textsOf(schema: JsonValue | undefined): readonly string[] {
  if (!isJsonObject(schema)) return [];
  const values = schema["const"] === undefined ? schema["enum"] : [schema["const"]];
  const texts = isJsonArray(values) ? values.filter((value) => typeof value === "string") : [];
  return isJsonArray(values) && texts.length === values.length ? texts : [];
}

interface Followed {
  readonly schema: JsonValue;
  readonly name?: string;
  /** It contains itself, so its type cannot be told apart from others by its text. */
  readonly isRecursive?: true;
}

function followed(schema: JsonValue, root: JsonObject): Followed {
  const name = definitionOf(schema);
  const definitions = root["$defs"];
  if (name === undefined || !isJsonObject(definitions)) return { schema };
  const target = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (target === undefined) return { schema };
  return reaches(target, name, root) ? { schema: target, name, isRecursive: true } : { schema: target, name };
}

function definitionOf(schema: JsonValue): string | undefined {
  const reference = isJsonObject(schema) ? schema["$ref"] : undefined;
  return typeof reference === "string" ? /^#\/\$defs\/([^/]+)$/.exec(reference)?.[1] : undefined;
}

function reaches(schema: JsonValue, name: string, root: JsonObject, seen: ReadonlySet<string> = new Set()): boolean {
  const definitions = isJsonObject(root["$defs"]) ? root["$defs"] : {};
  const names = Array.from(JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"/]+)"/g), ([, each = ""]) => each);
  return names.some(
    (each) =>
      each === name || (!seen.has(each) && reaches(definitions[each] ?? true, name, root, new Set([...seen, each]))),
  );
}

/** The members as they would be printed, which is what makes two shapes one; `undefined` for what is no shape. */
function shapeText(schema: JsonObject, root: JsonObject): string | undefined {
  if (!isInterface(schema)) return undefined;
  const flat = inlined(schema, root);
  return flat === undefined ? undefined : printMembers(flat, () => undefined);
}

/** @returns `undefined` when something recursive is inside */
function inlined(schema: JsonObject, root: JsonObject): JsonObject | undefined {
  let isRecursive = false;
  const flat = mapParts(schema, (part) => {
    const target = followed(part, root);
    if (target.isRecursive === true) isRecursive = true;
    const inner = isJsonObject(target.schema) && !isRecursive ? inlined(target.schema, root) : target.schema;
    if (inner === undefined) isRecursive = true;
    return inner ?? true;
  });
  return isRecursive ? undefined : flat;
}

function mapParts(schema: JsonObject, map: (part: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]): [string, JsonValue] => {
      if (keyword === "properties" && isJsonObject(value)) {
        return [keyword, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, map(part)]))];
      }
      if (!partKeywords.has(keyword)) return [keyword, value];
      return [keyword, isJsonArray(value) ? value.map(map) : map(value)];
    }),
  );
}

const partKeywords: ReadonlySet<string> = new Set([
  "items",
  "prefixItems",
  "additionalProperties",
  "oneOf",
  "anyOf",
  "allOf",
]);

/** Types that the printed code itself uses, and JavaScript's own. */
const globals = ["Record", "Readonly", "Date", "Error", "Map", "Set", "Object", "String", "Number", "Boolean", "Array"];

function nameShapes(shared: readonly (readonly [text: string, Found])[], reserved: readonly string[]) {
  const names = new Map<string, string>();
  const taken = new Set([...globals, ...reserved]);
  for (const [text, { hints }] of shared) {
    const wanted = pascalCase(bestHint(hints)).replace(/^(?=\d|$)/, "Shape");
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
    taken.add(name);
    names.set(text, name);
  }
  return names;
}

/** The word that most places have in common; of siblings with words of their own, one of what they are together. */
function bestHint(hints: readonly Hint[]): string {
  const [first] = hints;
  const { parent } = first ?? {};
  const keys = hints.map(({ key }) => key);
  if (parent !== undefined && new Set(keys).size === keys.length && hints.every((hint) => hint.parent === parent)) {
    return singular(parent);
  }
  const countOf = (key: string) => keys.filter((each) => each === key).length;
  return keys.toSorted((one, other) => countOf(other) - countOf(one))[0] ?? "";
}

type ShapeNames = ReadonlyMap<string, string>;

const shapePrefix = "shape:";

function shapeName(definition: string): string | undefined {
  return definition.startsWith(shapePrefix) ? definition.slice(shapePrefix.length) : undefined;
}

function referTo(names: ShapeNames, root: JsonObject): JsonObject {
  const { $defs: definitions, ...schema } = root;
  const rewritten = referInside(names, schema, root);
  if (!isJsonObject(definitions)) return rewritten;
  const kept = Object.entries(definitions).flatMap(([name, part]): (readonly [string, JsonValue])[] => {
    const text = isJsonObject(part) ? shapeText(part, root) : undefined;
    if (text !== undefined && names.has(text)) return [];
    return [[name, isJsonObject(part) ? referInside(names, part, root) : part]];
  });
  return kept.length === 0 ? rewritten : { ...rewritten, $defs: Object.fromEntries(kept) };
}

function referInside(names: ShapeNames, schema: JsonObject, root: JsonObject): JsonObject {
  return mapParts(schema, (part) => {
    if (!isJsonObject(part)) return part;
    const target = followed(part, root).schema;
    const text = isJsonObject(target) ? shapeText(target, root) : undefined;
    const name = text === undefined ? undefined : names.get(text);
    if (name === undefined) return definitionOf(part) === undefined ? referInside(names, part, root) : part;
    const { description = isJsonObject(target) ? target["description"] : undefined } = part;
    return { $ref: `#/$defs/${shapePrefix}${name}`, ...(description === undefined ? {} : { description }) };
  });
}
