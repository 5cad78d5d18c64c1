import { CodegenError } from "../codegen-error.ts";
import type { LoadedProject } from "./loaded-project.ts";

export interface FunctionBesideTasks {
  readonly name: string;
  /** Relative to the project's folder. */
  readonly module: string;
}

/**
 * The functions of the configuration that no machine calls as a task, such as one that a schedule calls.
 *
 * @throws CodegenError `CONFIG_INVALID` for a task with a module of its own: its handler has its place
 */
export function functionsBesideTasks({ config, tasks }: LoadedProject): readonly FunctionBesideTasks[] {
  const found = Object.entries(config.infrastructure.functions).flatMap(([name, { module }]) =>
    module === undefined ? [] : [{ name, module }],
  );
  const task = found.find(({ name }) => tasks.some((each) => each.name === name));
  if (task !== undefined) {
    const message = `\`infrastructure.functions.${task.name}.module\` is ${task.module}; wanted none, because ${task.name} is a task, whose handler lies in \`handlers.dir\``;
    throw new CodegenError("CONFIG_INVALID", message);
  }
  return found;
}
