import { relative } from "node:path";
import type { SourceLocation } from "@stepwright/asl";
import type { Terminal } from "./terminal.ts";

/** Errors of ours that say all there is to say. */
const refusals = new Set(["UsageError", "CodegenError", "MissingTaskError", "StalledExecutionError", "DeployError"]);

/** The sentence for an error that is the caller's to mend, with its place; `undefined` for any other error. */
export function describeRefusal(error: unknown, terminal: Terminal): string | undefined {
  if (!(error instanceof Error) || !refusals.has(error.name)) {
    return undefined;
  }
  const { source } = error as { readonly source?: SourceLocation | undefined };
  const place = source === undefined ? "" : `${relative(terminal.cwd, source.file)}:${source.line}:${source.column}: `;
  return `${terminal.style("red", "error")}: ${place}${error.message}\n`;
}
