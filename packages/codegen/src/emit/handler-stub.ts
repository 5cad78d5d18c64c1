/**
 * `handler.ts` as it is written once. Printed through a small interface, so that the printer can be exchanged:
 * ts-morph brings its own TypeScript compiler, takes a third of a second to load, and is loaded only
 * when a stub is really wanted.
 */
import type { ImportExtension } from "../config.ts";
import { contractNames } from "./contract-names.ts";

interface HandlerStub {
  readonly task: string;
  readonly importExtension: ImportExtension;
}

export type PrintHandlerStub = (stub: HandlerStub) => Promise<string>;

export const printHandlerStub: PrintHandlerStub = async ({ task, importExtension }) => {
  const { IndentationText, NewLineKind, Project } = await import("ts-morph");
  const names = contractNames(task);
  const project = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, newLineKind: NewLineKind.LineFeed },
  });
  const file = project.createSourceFile("handler.ts");
  const moduleSpecifier = `./contract.generated${importExtension}`;
  file.addImportDeclaration({ moduleSpecifier, namedImports: [names.parseInput] });
  file.addImportDeclaration({ moduleSpecifier, isTypeOnly: true, namedImports: [names.inputType, names.outputType] });
  file.addFunction({
    name: "handler",
    isExported: true,
    isAsync: true,
    docs: [{ description: `The Lambda entry of ${task}: refuses a wrong event before any work begins.` }],
    parameters: [{ name: "event", type: "unknown" }],
    returnType: `Promise<${names.outputType}>`,
    statements: `return run(${names.parseInput}(event));`,
  });
  file.addFunction({
    name: "run",
    isAsync: true,
    parameters: [{ name: "input", type: names.inputType }],
    returnType: `Promise<${names.outputType}>`,
    statements: `throw new Error(\`${task} is not written yet; it was given \${JSON.stringify(input)}\`);`,
  });
  return file.getFullText();
};
