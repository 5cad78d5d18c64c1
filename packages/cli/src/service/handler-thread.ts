/**
 * The handlers of `stepwright serve`. Whenever a file of their code has changed, the next task is given to a new
 * thread; what the old one has under way it brings to its end.
 */
import { Worker } from "node:worker_threads";
import type { TaskInvoker, TaskReply, TaskRequest } from "@stepwright/local-runner";
import { changedAtEpochMs } from "./handler-protocol.ts";
import type { FromThread, HandlerThreadData, ToThread } from "./handler-protocol.ts";
import type { TaskSource } from "./task-source.ts";

export interface HandlerThreadOptions {
  /** By task name. */
  readonly sources: Readonly<Record<string, TaskSource>>;
  /** All that the handlers see. */
  readonly environment: Readonly<Record<string, string>>;
  /** What handlers print. */
  readonly print: (text: string) => void;
  /** Told the file because of which the handlers are read again. */
  readonly onReload: (file: string) => void;
}

export interface HandlerThread extends TaskInvoker {
  close(): Promise<void>;
}

/** The thread begins with the first task. */
export function handlerThread(options: HandlerThreadOptions): HandlerThread {
  let current: Generation | undefined;
  const alive = new Set<Generation>();
  const generation = (): Generation => {
    const changed = current?.changedFile();
    if (current !== undefined && alive.has(current) && changed === undefined) return current;
    if (changed !== undefined) options.onReload(changed);
    void current?.endWhenIdle();
    const next = new Generation(options, () => alive.delete(next));
    alive.add(next);
    current = next;
    return next;
  };
  return {
    invoke: (request) => generation().invoke(request),
    async close() {
      await Promise.all([...alive].map((each) => each.end()));
    },
  };
}

/** The compiler rewrites imports and not this name. */
const workerFile = import.meta.url.endsWith(".ts")
  ? new URL("./handler-worker.ts", import.meta.url)
  : new URL("./handler-worker.js", import.meta.url);

class Generation {
  readonly #worker: Worker;
  readonly #files = new Map<string, number>();
  readonly #underWay = new Map<number, (reply: TaskReply) => void>();
  #lastId = 0;
  #isLast = false;

  constructor({ environment, print, sources }: HandlerThreadOptions, onEnded: () => void) {
    const workerData: HandlerThreadData = { sources };
    this.#worker = new Worker(workerFile, { workerData, env: environment, stdout: true, stderr: true });
    this.#worker.stdout.on("data", (text: Buffer) => print(text.toString()));
    this.#worker.stderr.on("data", (text: Buffer) => print(text.toString()));
    this.#worker.on("message", (message: FromThread) => this.#hear(message));
    let failure = "";
    this.#worker.on("error", (error) => (failure = `: ${String(error)}`));
    this.#worker.once("exit", (code) => {
      onEnded();
      this.#failAll(`The handlers' thread ended with ${code}${failure}`);
    });
  }

  /** A file that is not as it was when the thread read it. */
  changedFile(): string | undefined {
    for (const [file, mtimeMs] of this.#files) {
      if (changedAtEpochMs(file) !== mtimeMs) return file;
    }
    return undefined;
  }

  invoke({ signal, ...request }: TaskRequest): Promise<TaskReply> {
    const id = (this.#lastId += 1);
    const abort = (): void => this.#tell({ type: "abort", id });
    const { promise, resolve } = Promise.withResolvers<TaskReply>();
    this.#underWay.set(id, resolve);
    this.#tell({ type: "invoke", id, request });
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    return promise.finally(() => signal.removeEventListener("abort", abort));
  }

  async endWhenIdle(): Promise<void> {
    this.#isLast = true;
    if (this.#underWay.size === 0) await this.end();
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #tell(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromThread): void {
    if (message.type === "loaded") {
      this.#files.set(message.file, message.mtimeMs);
      return;
    }
    this.#underWay.get(message.id)?.(message.reply);
    this.#underWay.delete(message.id);
    if (this.#isLast && this.#underWay.size === 0) void this.end();
  }

  /** As Lambda reports a function whose process ended. */
  #failAll(errorMessage: string): void {
    const cause = JSON.stringify({ errorType: "Runtime.ExitError", errorMessage });
    for (const resolve of this.#underWay.values()) resolve({ status: "failed", error: "Runtime.ExitError", cause });
    this.#underWay.clear();
  }
}
