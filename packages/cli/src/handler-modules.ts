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

export function lazyHandler(task: string, entry: HandlerEntry): TaskHandler {
  let loaded: Promise<TaskHandler> | undefined;
  return async (event, context) => {
    loaded ??= importHandler(task, entry);
    const handler = await loaded;
    return handler(event, context);
  };
}

async function importHandler(task: string, { module, export: name }: HandlerEntry): Promise<TaskHandler> {
  const { importModule } = await import("@stepwright/codegen");
  const exports = await importModule(module);
  const handler = exports[name];
  if (typeof handler !== "function") {
    throw new TypeError(
      `${module} exports ${Object.keys(exports).join(", ") || "nothing"}; wanted a function \`${name}\` for the task ${task}`,
    );
  }
  return handler as TaskHandler;
}
