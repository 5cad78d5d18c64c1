/** What a command's file gives to the program. */
import type { Command } from "commander";
import type { ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** Adds arguments, options, an example and the action. The action calls `finish` once, with the exit code. */
export type DefineCommand = (command: Command, terminal: Terminal, finish: (exitCode: ExitCode) => void) => void;

export interface CommandEntry {
  readonly summary: string;
  /** Reads the command's own module; the program calls it for the one command that was asked for. */
  readonly load: () => Promise<{ readonly define: DefineCommand }>;
}
