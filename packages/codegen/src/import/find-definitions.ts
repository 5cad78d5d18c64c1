/**
 * The state machines in a text: an ASL definition itself, or a SAM, CloudFormation or Serverless Framework template.
 * CloudFormation's references become placeholders, `${Score.Arn}`, which a deployment fills again.
 */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { isJsonArray, isJsonObject, parseDefinitionText } from "@stepwright/asl";
import { parseDocument } from "yaml";
import type { CollectionTag, ScalarTag } from "yaml";
import { CodegenError } from "../codegen-error.ts";

export interface FoundDefinition {
  /** The logical id in the template; of an ASL file, its own name. */
  readonly name: string;
  /** @throws CodegenError `NOT_A_DEFINITION`; and what `readReferenced` throws */
  readonly read: () => Promise<JsonObject>;
}

export interface FindOptions {
  /** The text's own path, with `/`. */
  readonly file: string;
  /** Reads what a template refers to, relative to the template's folder. */
  readonly readReferenced: (path: string) => Promise<string>;
}

/** @throws CodegenError `NOT_A_DEFINITION` when the text holds no definition */
export function findDefinitions(text: string, options: FindOptions): readonly FoundDefinition[] {
  const { file } = options;
  const root = readTemplate(text, file);
  if (isJsonObject(root["States"])) {
    return [{ name: nameOfFile(file), read: async () => readDefinition(text, file) }];
  }
  const embedded = machinesOf(root);
  if (embedded.length === 0) {
    throw refused(
      file,
      "neither States nor a state machine",
      "a definition, or a SAM, CloudFormation or serverless.yml template with one",
    );
  }
  return embedded.map(({ name, value }) => ({ name, read: () => open(name, value, options) }));
}

interface Embedded {
  readonly name: string;
  readonly value: EmbeddedValue;
}

type EmbeddedValue =
  | { readonly kind: "definition"; readonly value: JsonValue }
  /** The definition as JSON text. */
  | { readonly kind: "text"; readonly value: JsonValue }
  | { readonly kind: "file"; readonly value: JsonValue };

function machinesOf(root: JsonObject): readonly Embedded[] {
  const resources = [memberOf(root, "Resources"), memberOf(memberOf(root, "resources"), "Resources")];
  const declared = resources.flatMap((block) =>
    Object.entries(block).flatMap(([name, resource]) => {
      const value = isJsonObject(resource) ? embeddedIn(resource) : undefined;
      return value === undefined ? [] : [{ name, value }];
    }),
  );
  const serverless = Object.entries(memberOf(memberOf(root, "stepFunctions"), "stateMachines")).flatMap(
    ([name, machine]): readonly Embedded[] => {
      const value = isJsonObject(machine) ? machine["definition"] : undefined;
      if (value === undefined) return [];
      const path = typeof value === "string" ? /^\$\{file\(([^)]+)\)\}$/.exec(value.trim())?.[1] : undefined;
      return [{ name, value: path === undefined ? { kind: "definition", value } : { kind: "file", value: path } }];
    },
  );
  return [...declared, ...serverless];
}

const kindOfProperty: { readonly [property: string]: EmbeddedValue["kind"] } = {
  Definition: "definition",
  DefinitionString: "text",
  DefinitionUri: "file",
};

function embeddedIn(resource: JsonObject): EmbeddedValue | undefined {
  if (resource["Type"] !== "AWS::Serverless::StateMachine" && resource["Type"] !== "AWS::StepFunctions::StateMachine") {
    return undefined;
  }
  const properties = memberOf(resource, "Properties");
  for (const [property, kind] of Object.entries(kindOfProperty)) {
    const value = properties[property];
    if (value !== undefined) return { kind, value };
  }
  return undefined;
}

async function open(name: string, { kind, value }: EmbeddedValue, options: FindOptions): Promise<JsonObject> {
  const where = `${options.file}, ${name}`;
  if (kind === "file") {
    if (typeof value !== "string")
      throw refused(where, "a definition in S3", "one in a file or in the template itself");
    return readDefinition(await options.readReferenced(value), value);
  }
  const filled = withPlaceholders(value);
  if (typeof filled === "string") return readDefinition(filled, where, "json");
  if (isJsonObject(filled) && kind === "definition" && isJsonObject(filled["States"])) return filled;
  throw refused(
    where,
    JSON.stringify(filled).slice(0, 60),
    "a definition as an object, or as text that !Sub or !Join puts together",
  );
}

function readDefinition(text: string, file: string, format: "json" | "auto" = "auto"): JsonObject {
  const parsed = parseDefinitionText(text, { file, format });
  // YAML beside a template may use CloudFormation's tags.
  const isTagged = parsed.format === "yaml" && /[\s:]!(?:Sub|Ref|GetAtt|Join)\s/.test(text);
  const definition = isTagged ? withPlaceholders(readTemplate(text, file)) : parsed.definition;
  if (isJsonObject(definition)) return definition;
  throw refused(file, parsed.diagnostics[0]?.message ?? "no object", "a definition in JSON or YAML");
}

function readTemplate(text: string, file: string): JsonObject {
  const root = parseYaml(text, file);
  if (!isJsonObject(root)) throw refused(file, "no object", "a definition or a template");
  return root;
}

/** JSON is YAML. */
function parseYaml(text: string, file: string): JsonValue {
  try {
    const document = parseDocument(text, { customTags: cloudFormationTags, uniqueKeys: false, logLevel: "silent" });
    const [broken] = document.errors;
    if (broken === undefined) return document.toJS() as JsonValue;
    throw broken;
  } catch (error) {
    // Besides syntax errors: aliases that repeat too much, and more levels than the stack has.
    throw refused(file, (error as Error).message.split("\n")[0] ?? "", "JSON or YAML");
  }
}

function refused(where: string, found: string, wanted: string): CodegenError {
  return new CodegenError("NOT_A_DEFINITION", `${where}: found ${found}, wanted ${wanted}`);
}

/** `!Sub`, `!GetAtt` and their like, as the long form that JSON templates have. */
const cloudFormationTags = [
  "Ref",
  "Condition",
  "Sub",
  "GetAtt",
  "Join",
  "If",
  "Select",
  "FindInMap",
  "ImportValue",
  "Split",
  "Base64",
  "GetAZs",
  "Cidr",
  "Transform",
  "Equals",
  "And",
  "Or",
  "Not",
].flatMap((name): (ScalarTag | CollectionTag)[] => {
  const key = name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
  const tag = `!${name}`;
  return [
    { tag, resolve: (text: string) => ({ [key]: text }) },
    { tag, collection: "seq", resolve: (items) => ({ [key]: (items as { toJSON(): unknown }).toJSON() }) },
    { tag, collection: "map", resolve: (members) => ({ [key]: (members as { toJSON(): unknown }).toJSON() }) },
  ];
});

/** CloudFormation's functions as `${…}` where they stand for text; others stay. */
function withPlaceholders(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(withPlaceholders);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  const text = only !== undefined && entries.length === 1 ? textOf(only[0], only[1]) : undefined;
  return text ?? Object.fromEntries(entries.map(([key, member]) => [key, withPlaceholders(member)]));
}

function textOf(name: string, value: JsonValue): string | undefined {
  const print = Object.hasOwn(printers, name) ? printers[name] : undefined;
  return print?.(value);
}

const printers: { readonly [name: string]: (value: JsonValue) => string | undefined } = {
  Ref: (value) => (typeof value === "string" ? `\${${value}}` : undefined),
  "Fn::GetAtt": (value) => {
    const parts = isJsonArray(value) ? value : [value];
    return parts.every((part) => typeof part === "string") ? `\${${parts.join(".")}}` : undefined;
  },
  // The variables of the long form keep their names as placeholders.
  "Fn::Sub": (value) => {
    const text = isJsonArray(value) ? value[0] : value;
    return typeof text === "string" ? text.replaceAll("${!", "${") : undefined;
  },
  "Fn::Join": (value) => {
    const [separator, parts] = isJsonArray(value) ? value : [];
    if (typeof separator !== "string" || !isJsonArray(parts ?? null)) return undefined;
    const texts = (parts as readonly JsonValue[]).map(withPlaceholders);
    return texts.every((part) => typeof part === "string") ? texts.join(separator) : undefined;
  },
};

function memberOf(owner: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(owner, key) ? owner[key] : undefined;
  return isJsonObject(value) ? value : {};
}

/** @example nameOfFile("machines/order.asl.json") // => "order" */
function nameOfFile(file: string): string {
  return (file.split("/").at(-1) ?? file).replace(/(?:\.asl)?\.(?:json|ya?ml)$/i, "");
}
