import { remoteError, remoteResult } from "./remote-handler-error.ts";
import type { TaskHandler } from "./task-handlers.ts";

export interface ProcessHandlerOptions {
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A handler in any language, as a program: it reads the event as JSON from standard input and writes the result as
 * JSON to standard output. An exit code other than 0 fails the task; the last line of standard error may then say
 * `{"errorType": …, "errorMessage": …}`, otherwise the error is `Runtime.ExitError`. The program is killed when nobody
 * waits for it any more.
 *
 * @example runDefinition(definition, { tasks: { Train: processHandler("python3", { args: ["train.py"] }) } })
 */
export function processHandler(command: string, { args = [], cwd, env }: ProcessHandlerOptions = {}): TaskHandler {
  return async (event, { signal }) => {
    const { spawn } = await import("node:child_process");
    const child = spawn(command, args, {
      signal,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...env },
      ...(cwd === undefined ? undefined : { cwd }),
    });
    const output = textOf(child.stdout);
    const errors = textOf(child.stderr);
    // A program may end without reading its input; its exit code says what became of it.
    child.stdin.on("error", () => undefined).end(JSON.stringify(event));
    const ended = Promise.withResolvers<string>();
    child.once("error", ended.reject);
    child.once("close", (code, killedBy) => ended.resolve(killedBy ?? String(code)));
    const status = await ended.promise;
    if (status === "0") return remoteResult(await output, command);
    throw exitError(command, status, await errors);
  };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function exitError(command: string, status: string, errors: string): Error {
  const lastLine = errors.trimEnd().split("\n").at(-1)!;
  if (lastLine.startsWith("{")) return remoteError(lastLine, "Runtime.ExitError");
  const errorMessage = `${command} ended with ${status}${errors === "" ? "" : `: ${errors.trimEnd().slice(-2000)}`}`;
  return remoteError(JSON.stringify({ errorType: "Runtime.ExitError", errorMessage }), "Runtime.ExitError");
}
