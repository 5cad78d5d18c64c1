import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Measured {
  readonly ms: number;
  /** Of the whole process, Node itself included. */
  readonly peakMb: number;
}

/**
 * Runs one of the scripts beside this file in a process of its own, so that its memory is its own too.
 * @param isBuilt from `dist`, not from the sources
 */
export async function inChild(script: string, args: readonly string[], { isBuilt = false } = {}): Promise<Measured> {
  const conditions = isBuilt ? [] : ["--conditions=@stepwright/source"];
  const file = join(import.meta.dirname, `${script}.ts`);
  const { stdout } = await promisify(execFile)(process.execPath, [...conditions, file, ...args]);
  return JSON.parse(stdout) as Measured;
}

/** What such a script ends with. */
export function printMeasured(ms: number): void {
  console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024 } satisfies Measured));
}
