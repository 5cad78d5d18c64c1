import type { ExitCode } from "../src/exit-codes.ts";
import { runProgram } from "../src/program.ts";

export interface Captured {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly standardInput?: string;
  readonly signal?: AbortSignal;
}

/** Runs the whole command in this process and keeps what it printed. */
export async function stepwright(args: readonly string[], surroundings: Surroundings = {}): Promise<Captured> {
  const { cwd = process.cwd(), env = {}, standardInput = "", signal = new AbortController().signal } = surroundings;
  let out = "";
  let err = "";
  const exitCode = await runProgram(args, {
    cwd,
    env,
    signal,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readStandardInput: async () => standardInput,
    readLine: async () => standardInput.split("\n")[0] ?? "",
    style: (_, text) => text,
  });
  return { exitCode, out, err };
}
