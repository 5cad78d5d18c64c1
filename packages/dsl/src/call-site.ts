/**
 * Where in the author's code a state was written. One stack frame is captured per state; its text is read
 * only when somebody builds the machine. Source maps, where Node has them switched on, apply by themselves.
 */
import { fileURLToPath } from "node:url";
import type { SourceLocation } from "@stepwright/asl";

export interface CallSite {
  readonly stack?: string;
}

/** @param method  the builder method that the author called; the frame below it is the author's */
export function captureCallSite(method: unknown): CallSite {
  const site: CallSite = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(site, method as () => unknown);
  Error.stackTraceLimit = limit;
  return site;
}

/** @returns `undefined` for code without a file, as from `eval` */
export function locateCallSite(site: CallSite): SourceLocation | undefined {
  const frame = framePattern.exec(site.stack ?? "")?.groups;
  if (frame?.["file"] === undefined) return undefined;
  const { file, line, column } = frame;
  return { file: file.startsWith("file:") ? fileURLToPath(file) : file, line: Number(line), column: Number(column) };
}

/** `at name (file:///a.ts:1:2)`, `at async /a.ts:1:2`, `at C:\a.ts:1:2`; `node:` and `<anonymous>` are no files. */
const framePattern =
  /^\s+at (?:async )?(?:.*? \()?(?<file>(?:file:|\/|[A-Za-z]:[\\/]).*?):(?<line>\d+):(?<column>\d+)\)?$/m;
