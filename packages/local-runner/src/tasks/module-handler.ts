import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { TaskHandler } from "./task-handlers.ts";

/**
 * A handler in a module file, imported when it is first needed and again whenever the file has changed, so that a
 * running execution goes on with the new code. Modules that the file imports are not looked at; a TypeScript file
 * works where Node runs TypeScript.
 *
 * @param file from the working directory
 * @param exportName `handler` when absent, as on AWS Lambda
 * @throws TypeError (from the handler, so that the task fails) when the module has no such function
 * @example runDefinition(definition, { tasks: { Train: moduleHandler("handlers/train.js") } })
 */
export function moduleHandler(file: string, exportName = "handler"): TaskHandler {
  const path = resolve(file);
  let version: number | undefined;
  let loaded: Promise<TaskHandler> | undefined;
  return async (event, context) => {
    const { mtimeMs } = await stat(path);
    if (loaded === undefined || mtimeMs !== version) {
      version = mtimeMs;
      loaded = importHandler(path, exportName, mtimeMs);
    }
    const handler = await loaded;
    return handler(event, context);
  };
}

async function importHandler(path: string, exportName: string, version: number): Promise<TaskHandler> {
  const url = pathToFileURL(path);
  // Node caches a module by its whole URL. Without a dot: loaders, such as that of vitest, read the extension at its end.
  url.searchParams.set("version", String(version).replace(".", "-"));
  const exports = (await import(url.href)) as Readonly<Record<string, unknown>>;
  const handler = exports[exportName];
  if (typeof handler === "function") return handler as TaskHandler;
  const found = Object.keys(exports).join(", ") || "nothing";
  throw new TypeError(`${path} exports ${found}; wanted a function \`${exportName}\`.`);
}
