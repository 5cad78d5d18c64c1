/**
 * The types of contracts that give plain types and no schema (`defineTask<In, Out>("Name")`): at run time there is
 * nothing of them left, so they are read from the author's source by TypeScript. That takes half a second, and is done
 * only where a project has such contracts.
 */
import { dirname, sep } from "node:path";
import { Project, ts } from "ts-morph";
import { CodegenError } from "../codegen-error.ts";
import type { LoadedTask, WireSchema } from "./loaded-project.ts";
import { schemaOfType } from "./type-schema.ts";

export interface TypedTasks {
  readonly tasks: readonly LoadedTask[];
  /** Absolute paths of the modules that the types stand in. */
  readonly inputFiles: readonly string[];
}

/**
 * @param inputFiles  absolute paths of the project's own modules
 * @param rootDir     absolute; whose types a watcher should know of
 * @throws CodegenError `CONTRACT_UNREPRESENTABLE` for a type that JSON cannot carry
 */
export function typePlainContracts(
  tasks: readonly LoadedTask[],
  inputFiles: readonly string[],
  rootDir: string,
): TypedTasks {
  const sources = inputFiles.filter((file) => /\.[cm]?tsx?$/.test(file));
  const program = openProgram(sources);
  const calls = sources.flatMap((file) => definitionsIn(program.getSourceFile(file)));
  return {
    tasks: tasks.map((task) => {
      const [call, ...others] = calls.filter(({ name }) => name === task.name);
      const sideOf = (side: "input" | "output"): WireSchema => {
        const known = task[side];
        if (!isPlain(known)) return known;
        if (call === undefined || others.length > 0) return unnamed(task.name, call === undefined);
        const node = typeOfSide(call.node, side);
        return node === undefined ? known : { schema: schemaOf(node, program, `the ${side} of ${task.name}`) };
      };
      const errors = call === undefined || task.errors.length > 0 ? task.errors : errorNames(call.node, program);
      return { ...task, errors, input: sideOf("input"), output: sideOf("output") };
    }),
    inputFiles: program
      .getSourceFiles()
      .map(({ fileName }) => fileName.replaceAll("/", sep))
      .filter((file) => file.startsWith(rootDir + sep) && !file.includes(`${sep}node_modules${sep}`)),
  };
}

export function isPlain(wire: WireSchema): boolean {
  return "unknownBecause" in wire && wire.isPlainType === true;
}

/** The third type argument: `"Declined" | "Busy"`. */
function errorNames({ typeArguments, arguments: given }: ts.CallExpression, program: ts.Program): readonly string[] {
  const node = given.length === 1 ? typeArguments?.[2] : undefined;
  if (node === undefined) return [];
  const type = program.getTypeChecker().getTypeFromTypeNode(node);
  return (type.isUnion() ? type.types : [type]).flatMap((each) => (each.isStringLiteral() ? each.value : []));
}

function unnamed(task: string, isMissing: boolean): WireSchema {
  return {
    unknownBecause: isMissing
      ? `no module of the project says defineTask<…>("${task}") with its types`
      : `several modules of the project say defineTask("${task}")`,
  };
}

function schemaOf(node: ts.TypeNode, program: ts.Program, what: string) {
  try {
    return schemaOfType(program.getTypeChecker().getTypeFromTypeNode(node), program, node);
  } catch (error) {
    const file = node.getSourceFile();
    const { line, character } = file.getLineAndCharacterOfPosition(node.getStart());
    throw new CodegenError("CONTRACT_UNREPRESENTABLE", `${what}: ${(error as Error).message}`, {
      source: { file: file.fileName, line: line + 1, column: character + 1 },
      cause: error,
    });
  }
}

interface Definition {
  readonly name: string;
  readonly node: ts.CallExpression;
}

function definitionsIn(file: ts.SourceFile | undefined): readonly Definition[] {
  const found: Definition[] = [];
  if (file !== undefined) visit(file);
  return found;

  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node) && calledName(node) === "defineTask") {
      const [name] = node.arguments;
      if (name !== undefined && ts.isStringLiteralLike(name)) found.push({ name: name.text, node });
    }
    ts.forEachChild(node, visit);
  }
}

function calledName({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

/** `defineTask<In, Out>(…)`, or `plain<In>()` in `defineTask("Name", { input: plain<In>(), … })`. */
function typeOfSide(call: ts.CallExpression, side: "input" | "output"): ts.TypeNode | undefined {
  const [, schemas] = call.arguments;
  if (schemas === undefined) return call.typeArguments?.[side === "input" ? 0 : 1];
  if (!ts.isObjectLiteralExpression(schemas)) return undefined;
  const member = schemas.properties.find((property) => property.name?.getText() === side);
  const value = member !== undefined && ts.isPropertyAssignment(member) ? member.initializer : undefined;
  return value !== undefined && ts.isCallExpression(value) && calledName(value) === "plain"
    ? value.typeArguments?.[0]
    : undefined;
}

/** With the author's own settings, so that modules are found as the author's compiler finds them. */
function openProgram(sources: readonly string[]): ts.Program {
  const tsConfigFilePath = ts.findConfigFile(dirname(sources[0] ?? "."), (path) => ts.sys.fileExists(path));
  const project = new Project({
    ...(tsConfigFilePath === undefined ? {} : { tsConfigFilePath }),
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      ...(tsConfigFilePath === undefined
        ? { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.NodeNext, lib: ["lib.esnext.d.ts"] }
        : {}),
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      allowImportingTsExtensions: true,
    },
  });
  sources.forEach((file) => project.addSourceFileAtPath(file));
  return project.getProgram().compilerObject;
}
