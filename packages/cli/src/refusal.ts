import { relative } from "node:path";
import type { SourceLocation } from "@stepwright/asl";
import { githubAnnotation } from "./diagnostics/github-annotation.ts";
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

/** For GitHub, the same beside the author's line; nothing for an error that has no place. */
export function refusalAnnotation(error: unknown, { cwd }: Terminal): string {
  const { source, code } = error as { readonly source?: SourceLocation | undefined; readonly code?: string };
  if (!(error instanceof Error) || source === undefined) return "";
  const { line, column } = source;
  const file = relative(cwd, source.file);
  return githubAnnotation({ level: "error", title: code ?? error.name, file, line, column, message: error.message });
}
