/** The thread that runs the author's modules, and the clock that watches it. */
import { Worker } from "node:worker_threads";
import { CodegenError } from "../codegen-error.ts";
import type { LoadFailure, LoadReply, LoadRequest, WarmRequest } from "./load-protocol.ts";

export interface Loader {
  /**
   * @param what  names the modules in the error of a time limit
   * @throws CodegenError `MODULE_TIMED_OUT`, or what `asError` makes of a failure
   */
  ask(request: LoadRequest, what: string, asError: (failure: LoadFailure) => Error): Promise<LoadReply>;
  /** Has packages imported before the first question. @param packages  their URLs */
  warm(packages: readonly string[]): void;
  stop(): Promise<void>;
}

/** The compiler rewrites imports and not this name. */
const workerFile = import.meta.url.endsWith(".ts")
  ? new URL("./load-worker.ts", import.meta.url)
  : new URL("./load-worker.js", import.meta.url);

/** @param timeLimitMs  for one question; 10,000 when absent */
export function startLoader(timeLimitMs = 10_000): Loader {
  const worker = new Worker(workerFile, { stdout: true });
  // Standard output belongs to the command's own answer.
  worker.stdout.pipe(process.stderr, { end: false });
  return {
    async ask(request, what, asError) {
      const reply = await replyOf(worker, request, what, timeLimitMs);
      if (reply.failure !== undefined) {
        throw asError(reply.failure);
      }
      return reply;
    },
    warm: (packages) => worker.postMessage({ want: "warm", packages } satisfies WarmRequest),
    async stop() {
      await worker.terminate();
    },
  };
}

function replyOf(worker: Worker, request: LoadRequest, what: string, timeLimitMs: number): Promise<LoadReply> {
  const { promise, resolve, reject } = Promise.withResolvers<LoadReply>();
  const onExit = () =>
    reject(
      new CodegenError(
        "MODULE_THREW",
        `${what} ended the process while it was loaded; wanted a module that only builds machines`,
      ),
    );
  const onError = (cause: unknown) => {
    const isFull = (cause as { readonly code?: unknown } | undefined)?.code === "ERR_WORKER_OUT_OF_MEMORY";
    const happened = isFull ? "took all memory while it was loaded" : `failed after it was loaded: ${String(cause)}`;
    reject(new CodegenError("MODULE_THREW", `${what} ${happened}`, { cause }));
  };
  const timer = setTimeout(() => {
    const message = `${what} did not finish loading within ${timeLimitMs / 1000} s; wanted a module that only builds machines, without waiting or endless loops`;
    reject(new CodegenError("MODULE_TIMED_OUT", message));
  }, timeLimitMs);
  worker.once("message", resolve).once("error", onError).once("exit", onExit);
  worker.postMessage(request);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off("message", resolve).off("error", onError).off("exit", onExit);
  });
}
