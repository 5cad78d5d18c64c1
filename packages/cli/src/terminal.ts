/** What a command sees of the process it runs in; tests give it another one. */
import { createInterface } from "node:readline";
import { styleText } from "node:util";

export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C and by SIGTERM. Who asks for it sees to the end; a command that never does ends at once. */
  readonly signal: AbortSignal;
  /** The command's answer; nothing else may go there, so that it can be piped. */
  out(text: string): void;
  /** Progress and complaints. */
  err(text: string): void;
  readStandardInput(): Promise<string>;
  /** What the user types until the end of the line. */
  readLine(): Promise<string>;
  /** Plain text where colours are not wanted. */
  style(format: TextStyle, text: string): string;
}

type TextStyle = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

export function processTerminal(): Terminal {
  let signal: AbortSignal | undefined;
  return {
    cwd: process.cwd(),
    env: process.env,
    get signal() {
      return (signal ??= stopSignal());
    },
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    async readStandardInput() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) {
        chunks.push(chunk as Buffer);
      }
      return Buffer.concat(chunks).toString("utf8");
    },
    async readLine() {
      const lines = createInterface({ input: process.stdin });
      for await (const line of lines) return line;
      return "";
    },
    // Colours go to standard error and to text reports; a pipe on either side switches them off.
    style: (format, text) => (process.stdout.isTTY ? styleText(format, text, { stream: process.stderr }) : text),
  };
}

/** The second Ctrl-C ends the process, whatever it still does. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  return stop.signal;
}
