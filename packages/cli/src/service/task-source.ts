/** Who answers a task: a module of the project, or a program or an endpoint in its place. */
import type { ServedTask } from "@stepwright/codegen";
import { httpHandler, processHandler } from "@stepwright/local-runner";
import type { TaskHandler } from "@stepwright/local-runner";

/** Paths are absolute. */
export type TaskSource = { readonly kind: "module"; readonly module: string; readonly export: string } | OutsideSource;

export type OutsideSource =
  | { readonly kind: "program"; readonly command: readonly string[]; readonly cwd: string }
  | { readonly kind: "endpoint"; readonly url: string };

/** What the configuration puts in the place of handlers, by task name. */
export function outsideSources(
  rootDir: string,
  tasks: Readonly<Record<string, ServedTask>> = {},
): Readonly<Record<string, OutsideSource>> {
  return Object.fromEntries(
    Object.entries(tasks).map(([task, { command, url = "" }]): [string, OutsideSource] => [
      task,
      command === undefined ? { kind: "endpoint", url } : { kind: "program", command, cwd: rootDir },
    ]),
  );
}

/** @param environment  added to that of this process, for programs */
export function outsideHandler(source: OutsideSource, environment: Readonly<Record<string, string>> = {}): TaskHandler {
  if (source.kind === "endpoint") return httpHandler(source.url);
  const [program = "", ...args] = source.command;
  return processHandler(program, { args, cwd: source.cwd, env: environment });
}
