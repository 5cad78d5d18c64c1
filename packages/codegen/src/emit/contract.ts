/** `contract.generated.ts`: what a handler sees of its task's contract. */
import { isJsonObject } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";
import type { ImportExtension } from "../config.ts";
import type { LoadedTask, WireSchema } from "../load/loaded-project.ts";
import { contractViolationFile } from "./contract-violation.ts";
import { generatedHeader } from "./generated-header.ts";
import { isInterface, printDescription, printMembers, printType } from "./json-schema-type.ts";
import type { NameOfDefinition } from "./json-schema-type.ts";
import { pascalCase } from "./names.ts";

/** What other generated files import from a contract. */
export interface ContractNames {
  readonly inputType: string;
  readonly outputType: string;
  readonly errorType: string;
  readonly parseInput: string;
}

export function contractNames(task: string): ContractNames {
  const name = pascalCase(task);
  return {
    inputType: `${name}Input`,
    outputType: `${name}Output`,
    errorType: `${name}ErrorName`,
    parseInput: `parse${name}Input`,
  };
}

export function printContract(task: LoadedTask, importExtension: ImportExtension): string {
  const names = contractNames(task.name);
  const hasValidator = "schema" in task.input;
  const violationModule = `../${contractViolationFile}${importExtension}`;
  return [
    generatedHeader(`the contract ${task.name}`),
    ...(hasValidator
      ? [
          `import { ContractViolationError } from ${JSON.stringify(violationModule)};`,
          `import { violationsOf } from ${JSON.stringify(`./validator.generated${importExtension}`)};`,
        ]
      : []),
    "",
    ...printSide(task.input, names.inputType, `What ${task.name} is invoked with.`),
    "",
    ...printSide(task.output, names.outputType, `What ${task.name} returns.`),
    "",
    "/** The errors that the task throws on purpose; Retry and Catch may name them. */",
    `export type ${names.errorType} = ${task.errors.map((name) => JSON.stringify(name)).join(" | ") || "never"};`,
    "",
    ...(hasValidator ? checkedParse(task.name, names) : uncheckedParse(names)),
    "",
  ].join("\n");
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

function printSide(wire: WireSchema, typeName: string, summary: string): readonly string[] {
  if ("unknownBecause" in wire) {
    return [
      `/** ${summary} Its type is not known here, because ${wire.unknownBecause}. */`,
      `export type ${typeName} = unknown;`,
    ];
  }
  const definitions = isJsonObject(wire.schema["$defs"]) ? wire.schema["$defs"] : {};
  const nameOf: NameOfDefinition = (definition) =>
    Object.hasOwn(definitions, definition) ? `${typeName}${pascalCase(definition)}` : undefined;
  const described = { ...wire.schema, description: describedBy(wire.schema, summary) };
  return [
    ...printNamedType(described, typeName, nameOf),
    ...Object.entries(definitions).flatMap(([name, schema]) => [
      "",
      ...printNamedType(isJsonObject(schema) ? schema : {}, nameOf(name) ?? "", nameOf),
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
