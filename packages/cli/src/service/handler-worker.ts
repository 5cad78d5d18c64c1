/**
 * Runs the handlers. In a thread, so that they have an environment of their own, and so that a new thread has their
 * new code, with all that they import.
 */
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { handlerInvoker, MissingTaskError } from "@stepwright/local-runner";
import type { TaskHandler, TaskReply } from "@stepwright/local-runner";
import { lazyHandler } from "../handler-modules.ts";
import { changedAtEpochMs } from "./handler-protocol.ts";
import type { FromThread, HandlerThreadData, SentRequest, ToThread } from "./handler-protocol.ts";
import { outsideHandler } from "./task-source.ts";
import type { TaskSource } from "./task-source.ts";

const { sources } = workerData as HandlerThreadData;
const invoker = handlerInvoker(
  Object.fromEntries(Object.entries(sources).map(([task, source]) => [task, handlerOf(task, source)])),
);
const underWay = new Map<number, AbortController>();

// Node 22.13 and 22.14 cannot say what a JavaScript module imports: there, a change of its own file alone is seen.
if ("registerHooks" in nodeModule) {
  nodeModule.registerHooks({
    load(url, context, nextLoad) {
      // What is bundled is gone as soon as it is read; the files that went into it are noted.
      const isOwn = url.startsWith("file:") && !/[/](?:node_modules[/]|stepwright-module-)/.test(url);
      if (isOwn) noteFile(fileURLToPath(url));
      return nextLoad(url, context);
    },
  });
}

parentPort!.on("message", (message: ToThread) => {
  if (message.type === "abort") underWay.get(message.id)?.abort();
  else void answer(message.id, message.request);
});

async function answer(id: number, request: SentRequest): Promise<void> {
  const controller = new AbortController();
  underWay.set(id, controller);
  const reply = await replyTo({ ...request, signal: controller.signal });
  underWay.delete(id);
  tell({ type: "replied", id, reply });
}

async function replyTo(request: Parameters<typeof invoker.invoke>[0]): Promise<TaskReply> {
  try {
    return await invoker.invoke(request);
  } catch (error) {
    if (!(error instanceof MissingTaskError)) throw error;
    return { status: "failed", error: "Lambda.ResourceNotFoundException", cause: error.message };
  }
}

function handlerOf(task: string, source: TaskSource): TaskHandler {
  if (source.kind !== "module") return outsideHandler(source);
  const handler = lazyHandler(task, source, (files) => files.forEach(noteFile));
  return (event, context) => {
    noteFile(source.module);
    return handler(event, context);
  };
}

const noted = new Set<string>();

function noteFile(file: string): void {
  if (noted.has(file)) return;
  noted.add(file);
  tell({ type: "loaded", file, mtimeMs: changedAtEpochMs(file) });
}

function tell(message: FromThread): void {
  parentPort!.postMessage(message);
}
