import { relative } from "node:path";
import type { TaskInvoker } from "@stepwright/local-runner";
import type { Terminal } from "../terminal.ts";
import { handlerThread } from "./handler-thread.ts";
import type { ServedProject } from "./open-project.ts";
import { serviceCalls } from "./service-calls.ts";

/** Who does the project's tasks: its handlers, and its AWS clients where the configuration lets them. */
export function servedTasks(
  { environment, rootDir, services, sources }: ServedProject,
  terminal: Terminal,
): { readonly tasks: TaskInvoker; readonly close: () => Promise<void> } {
  const thread = handlerThread({
    sources,
    environment,
    print: (text) => terminal.err(text),
    onReload: (file) => terminal.err(`${relative(terminal.cwd, file)} has changed: the handlers are read again\n`),
  });
  const close = (): Promise<void> => thread.close();
  if (services === undefined) return { tasks: thread, close };
  const tasks = serviceCalls({
    services,
    rootDir,
    env: terminal.env,
    hasHandler: (functionName) => Object.hasOwn(sources, functionName),
    otherwise: thread,
  });
  return { tasks, close };
}
