/** `contract.generated.ts`: what a handler sees of its task's contract. */
import { isJsonObject } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";
import type { ImportExtension } from "../config.ts";
import type { LoadedTask, WireSchema } from "../load/loaded-project.ts";
import { contractNames } from "./contract-names.ts";
import type { ContractNames } from "./contract-names.ts";
import { contractShapesFile, noShapes } from "./contract-shapes.ts";
import type { ContractShapes } from "./contract-shapes.ts";
import { contractViolationFile } from "./contract-violation.ts";
import { generatedHeader } from "./generated-header.ts";
import { isInterface, printDescription, printMembers, printType } from "./json-schema-type.ts";
import type { NameOfDefinition } from "./json-schema-type.ts";
import { pascalCase } from "./names.ts";

/** @param shapes  of all contracts together */
export function printContract(
  task: LoadedTask,
  importExtension: ImportExtension,
  shapes: ContractShapes = noShapes,
): string {
  const names = contractNames(task.name);
  const hasValidator = "schema" in task.input;
  const violationModule = `../${contractViolationFile}${importExtension}`;
  const sides = [
    ...printSide(task.input, names.inputType, `What ${task.name} is invoked with.`, shapes),
    "",
    ...printSide(task.output, names.outputType, `What ${task.name} returns.`, shapes),
  ];
  const words = new Set(sides.join("\n").match(/\w+/g));
  const imported = shapes.declared.map(({ name }) => name).filter((name) => words.has(name));
  const validator = `./validator.generated${importExtension}`;
  return [
    generatedHeader(`the contract ${task.name}`),
    ...(imported.length > 0 ? [importTypes(imported, `../${contractShapesFile}${importExtension}`)] : []),
    ...(hasValidator
      ? [
          `import { ContractViolationError } from ${JSON.stringify(violationModule)};`,
          `import { violationsOf } from ${JSON.stringify(validator)};`,
        ]
      : []),
    "",
    ...sides,
    "",
    "/** The errors that the task throws on purpose; Retry and Catch may name them. */",
    `export type ${names.errorType} = ${task.errors.map((name) => JSON.stringify(name)).join(" | ") || "never"};`,
    "",
    ...(hasValidator ? checkedParse(task.name, names) : uncheckedParse(names)),
    "",
  ].join("\n");
}

function importTypes(names: readonly string[], module: string): string {
  const sorted = names.toSorted();
  const line = `import type { ${sorted.join(", ")} } from ${JSON.stringify(module)};`;
  return line.length <= 120
    ? line
    : `import type {\n${sorted.map((name) => `  ${name},\n`).join("")}} from ${JSON.stringify(module)};`;
}

/** `validator.generated.ts`. Its code is minified JavaScript, hence unchecked by TypeScript. */
export function printValidator(task: string, code: string): string {
  return `${generatedHeader(`the contract ${task}`)}\n// @ts-nocheck\n${code}`;
}

function checkedParse(task: string, { inputType, parseInput }: ContractNames): readonly string[] {
  return [
    "/**",
    " * Refuses an event that does not fit the contract.",
    " *",
    " * @throws ContractViolationError",
    " */",
    `export function ${parseInput}(event: unknown): ${inputType} {`,
    "  const violations = violationsOf(event);",
    "  if (violations.length > 0) {",
    `    throw new ContractViolationError(${JSON.stringify(task)}, violations);`,
    "  }",
    `  return event as ${inputType};`,
    "}",
  ];
}

function uncheckedParse({ inputType, parseInput }: ContractNames): readonly string[] {
  return [
    "/** Checks nothing: without a schema there is nothing to check against. */",
    `export function ${parseInput}(event: unknown): ${inputType} {`,
    "  return event;",
    "}",
  ];
}

function printSide(wire: WireSchema, typeName: string, summary: string, shapes: ContractShapes): readonly string[] {
  if ("unknownBecause" in wire) {
    return [
      `/** ${summary} Its type is not known here, because ${wire.unknownBecause}. */`,
      `export type ${typeName} = unknown;`,
    ];
  }
  const schema = shapes.refer(wire.schema);
  const definitions = isJsonObject(schema["$defs"]) ? schema["$defs"] : {};
  const nameOf: NameOfDefinition = (definition) =>
    Object.hasOwn(definitions, definition) ? `${typeName}${pascalCase(definition)}` : shapes.nameOf(definition);
  const described = { ...schema, description: describedBy(schema, summary) };
  return [
    ...printNamedType(described, typeName, nameOf),
    ...Object.entries(definitions).flatMap(([name, definition]) => [
      "",
      ...printNamedType(isJsonObject(definition) ? definition : {}, nameOf(name) ?? "", nameOf),
    ]),
  ];
}

function describedBy(schema: JsonObject, summary: string): string {
  const own = schema["description"];
  return typeof own === "string" && own !== "" ? `${summary}\n\n${own}` : summary;
}

function printNamedType(schema: JsonObject, typeName: string, nameOf: NameOfDefinition): readonly string[] {
  return [
    ...printDescription(schema),
    isInterface(schema)
      ? `export interface ${typeName} ${printMembers(schema, nameOf)}`
      : `export type ${typeName} = ${printType(schema, nameOf)};`.replace("= \n", "=\n"),
  ];
}
