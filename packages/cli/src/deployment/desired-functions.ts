/** Which functions get which code. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { parseArn } from "@stepwright/asl";
import { bundleHandlers } from "@stepwright/codegen";
import type { LoadedMachine } from "@stepwright/codegen";
import { functionCode } from "@stepwright/deploy";
import type { DesiredFunction, FunctionCode } from "@stepwright/deploy";
import { UsageError } from "../usage-error.ts";

/** By task. */
export type HandlerCode = ReadonlyMap<string, FunctionCode>;

/** Bundles every handler anew, and takes what then stands in its folder. */
export async function bundledCode(configFile: string): Promise<HandlerCode> {
  const bundles = await bundleHandlers({ configFile });
  const codes = bundles.map(async ({ task, dir }) => [task, functionCode(await filesIn(dir))] as const);
  return new Map(await Promise.all(codes));
}

async function filesIn(dir: string): Promise<Readonly<Record<string, Uint8Array>>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async ({ name, parentPath }) => {
      const file = join(parentPath, name);
      return [relative(dir, file).replaceAll(sep, "/"), await readFile(file)] as const;
    });
  return Object.fromEntries(await Promise.all(files));
}

/**
 * The functions that substitutions name without a version or alias: those get the code of their tasks' handlers.
 *
 * @param substitutions  with their values
 * @throws UsageError for a value that is no function, and for two tasks of one function
 */
export function desiredFunctions(
  { name, tasks }: Pick<LoadedMachine, "name" | "tasks">,
  substitutions: Readonly<Record<string, string>>,
  codes: HandlerCode,
): readonly DesiredFunction[] {
  const taskOf = new Map(tasks.map(({ substitution, task }) => [substitution, task]));
  const owners = new Map<string, string>();
  return Array.from(taskOf, ([substitution, task]): DesiredFunction | undefined => {
    const arn = substitutions[substitution];
    const code = codes.get(task);
    if (arn === undefined || code === undefined || isQualified(name, substitution, arn)) return undefined;
    const owner = owners.get(arn);
    if (owner !== undefined) {
      throw new UsageError(
        `${owner} and ${task} of ${name} have the same function ${arn}; wanted a function of its own for each task's code`,
      );
    }
    owners.set(arn, task);
    return { substitution, arn, code };
  }).filter((desired) => desired !== undefined);
}

/** Whether the ARN names a version or an alias of the function. */
function isQualified(machine: string, substitution: string, text: string): boolean {
  const arn = parseArn(text);
  const [kind, , qualifier] = arn?.resource.split(":") ?? [];
  if (arn?.service !== "lambda" || kind !== "function") {
    throw new UsageError(
      `deploy.machines.${machine}.substitutions.${substitution} is ${text}; wanted the ARN of a Lambda function, because \`functions\` brings it its code`,
    );
  }
  return qualifier !== undefined;
}
