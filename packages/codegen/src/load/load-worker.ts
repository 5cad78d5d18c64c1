/**
 * Runs the author's modules. Alone in a thread, so that one that never ends can be stopped and one that
 * changes process-wide state changes nothing of ours.
 */
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parentPort } from "node:worker_threads";
import { isValidName, nameWanted } from "@stepwright/asl";
import type { SourceLocation } from "@stepwright/asl";
import type { AnyTaskContract, Machine } from "@stepwright/dsl";
import type * as DslModule from "@stepwright/dsl";
import type { LoadedMachine, LoadedTask } from "./loaded-project.ts";
import type {
  LoadConfigRequest,
  LoadFailure,
  LoadMachinesRequest,
  LoadReply,
  LoadRequest,
  WarmRequest,
} from "./load-protocol.ts";
import { wireSchemaOf } from "./wire-schema.ts";

process.setSourceMapsEnabled(true);

parentPort?.on("message", (request: LoadRequest | WarmRequest) => {
  void (request.want === "warm" ? warm(request) : answer(request));
});

/** A package that cannot be imported is told when a module asks for it. */
async function warm({ packages }: WarmRequest): Promise<void> {
  await Promise.allSettled(packages.map((url) => import(url)));
}

async function answer(request: LoadRequest): Promise<void> {
  const reply = request.want === "config" ? await loadConfig(request) : await loadMachines(request);
  try {
    parentPort?.postMessage(reply);
  } catch (error) {
    // Functions do not cross threads.
    parentPort?.postMessage({ failure: failureOf("CONFIG_INVALID", error, request.ownFiles) } satisfies LoadReply);
  }
}

async function loadConfig({ bundle, ownFiles }: LoadConfigRequest): Promise<LoadReply> {
  try {
    return { config: (await importBundle(bundle)).default };
  } catch (error) {
    return { failure: failureOf("MODULE_THREW", error, ownFiles) };
  }
}

async function loadMachines(request: LoadMachinesRequest): Promise<LoadReply> {
  const machines: LoadedMachine[] = [];
  const contracts = new Map<string, AnyTaskContract>();
  for (const { module, bundle } of request.bundles) {
    // One after the other: the first module that fails is then the one that is told.
    const built = await buildMachine(module, bundle, request);
    if ("failure" in built) {
      return built;
    }
    machines.push(built.loaded);
    for (const { contract } of built.machine.tasks) {
      if ((contracts.get(contract.name) ?? contract) !== contract) {
        const message = `two different contracts are named ${contract.name}`;
        return { failure: { code: "NAME_TAKEN", module, message } };
      }
      contracts.set(contract.name, contract);
    }
  }
  try {
    return { machines, tasks: [...contracts.values()].map(plainTask) };
  } catch (error) {
    return { failure: failureOf("CONTRACT_UNREPRESENTABLE", error, request.ownFiles) };
  }
}

type Built = { readonly machine: Machine; readonly loaded: LoadedMachine } | { readonly failure: LoadFailure };

async function buildMachine(module: string, bundle: string, request: LoadMachinesRequest): Promise<Built> {
  const { rootDir, ownFiles } = request;
  try {
    const exported = (await importBundle(bundle)).default;
    const dsl = await importDsl(join(rootDir, module));
    const isMachine: boolean = dsl.isFlow(exported);
    if (!isMachine) {
      return { failure: { code: "NOT_A_MACHINE", module, message: `the default export is ${describe(exported)}` } };
    }
    const machine = dsl.build(exported as Parameters<typeof dsl.build>[0]);
    if (!isValidName(machine.name)) {
      const message = `the machine is named ${JSON.stringify(machine.name)}; wanted ${nameWanted}`;
      return { failure: { code: "NAME_INVALID", module, message } };
    }
    return { machine, loaded: plainMachine(machine, module, rootDir, dsl) };
  } catch (error) {
    return { failure: { ...failureOf("MODULE_THREW", error, ownFiles), module } };
  }
}

type Dsl = typeof DslModule;

/** The copy that the author's module sees: a machine is recognised by its own builder only. */
async function importDsl(moduleFile: string): Promise<Dsl> {
  const resolved = resolveFrom(moduleFile, "@stepwright/dsl");
  return resolved === undefined ? import("@stepwright/dsl") : ((await import(pathToFileURL(resolved).href)) as Dsl);
}

function resolveFrom(file: string, specifier: string): string | undefined {
  try {
    return createRequire(file).resolve(specifier);
  } catch {
    // The module gets its machine from a package that keeps the builder to itself.
    return undefined;
  }
}

async function importBundle(file: string): Promise<{ readonly default?: unknown }> {
  return (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
}

function plainMachine(machine: Machine, module: string, rootDir: string, dsl: Dsl): LoadedMachine {
  return {
    name: machine.name,
    module,
    definition: machine.definition,
    sourceMap: Object.fromEntries(
      Array.from(machine.sourceMap, ([location, source]) => [location, relativeTo(rootDir, source)]),
    ),
    tasks: machine.tasks.map(({ stateName, location, contract }) => ({
      stateName,
      location,
      task: contract.name,
      substitution: dsl.functionArnSubstitution(contract),
    })),
    // What lies in no state is about the machine as a whole: its module.
    diagnostics: machine.diagnostics.map((diagnostic) => ({
      ...diagnostic,
      source:
        diagnostic.source === undefined ? { file: module, line: 1, column: 1 } : relativeTo(rootDir, diagnostic.source),
    })),
  };
}

function plainTask(contract: AnyTaskContract): LoadedTask {
  const side = (schema: unknown, which: "input" | "output") => {
    try {
      return wireSchemaOf(schema, which);
    } catch (error) {
      throw new TypeError(`the ${which} of ${contract.name}: ${(error as Error).message}`, { cause: error });
    }
  };
  return {
    name: contract.name,
    errors: [...contract.errors],
    input: side(contract.input, "input"),
    output: side(contract.output, "output"),
  };
}

function relativeTo(rootDir: string, source: SourceLocation): SourceLocation {
  return { ...source, file: relative(rootDir, source.file).replaceAll(sep, "/") };
}

function failureOf(code: LoadFailure["code"], error: unknown, ownFiles: readonly string[]): LoadFailure {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : `threw ${describe(error)}`;
  const source = error instanceof Error ? firstOwnFrame(error, ownFiles) : undefined;
  return { code, message, ...(source === undefined ? {} : { source }) };
}

/** The innermost place in the author's own code; the stack is in its terms, since source maps are on. */
function firstOwnFrame(error: Error, ownFiles: readonly string[]): SourceLocation | undefined {
  const frames = (error.stack ?? "").matchAll(/\(?((?:file:\/\/)?[^\s()]+):(\d+):(\d+)\)?$/gm);
  return Array.from(frames, ([, place = "", line, column]) => ({
    file: place.startsWith("file:") ? fileURLToPath(place) : place,
    line: Number(line),
    column: Number(column),
  })).find(({ file }) => ownFiles.includes(file));
}

function describe(value: unknown): string {
  if (value === undefined) {
    return "absent";
  }
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
