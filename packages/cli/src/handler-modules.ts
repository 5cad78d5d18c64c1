/** Handlers by task name, each module imported when its task is invoked for the first time. */
import { existsSync } from "node:fs";
import type { TaskHandler, TaskHandlers } from "@stepwright/local-runner";
import type { HandlerEntry } from "./open-machine.ts";

export function handlerModules(handlers: Readonly<Record<string, HandlerEntry>>): TaskHandlers {
  return Object.fromEntries(
    Object.entries(handlers)
      .filter(([, { module }]) => existsSync(module))
      .map(([task, entry]) => [task, lazyHandler(task, entry)]),
  );
}

/** @param onBundled  told the files of a module that Node cannot run as it is */
export function lazyHandler(
  task: string,
  entry: HandlerEntry,
  onBundled?: (files: readonly string[]) => void,
): TaskHandler {
  let loaded: Promise<TaskHandler> | undefined;
  return async (event, context) => {
    loaded ??= importHandler(task, entry, onBundled);
    const handler = await loaded;
    return handler(event, context);
  };
}

async function importHandler(
  task: string,
  { module, export: name }: HandlerEntry,
  onBundled?: (files: readonly string[]) => void,
): Promise<TaskHandler> {
  const { importModule } = await import("@stepwright/codegen");
  const exports = await importModule(module, undefined, onBundled);
  const handler = exports[name];
  if (typeof handler !== "function") {
    throw new TypeError(
      `${module} exports ${Object.keys(exports).join(", ") || "nothing"}; wanted a function \`${name}\` for the task ${task}`,
    );
  }
  return handler as TaskHandler;
}
