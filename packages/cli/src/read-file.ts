import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/**
 * @param what  what the file is to the caller: "the input"
 * @throws UsageError when there is no such file, or it is not one that can be read
 */
export async function readTextFile(path: string, cwd: string, what: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, path), "utf8");
  } catch (error) {
    throw unreadable(path, error as NodeJS.ErrnoException, what);
  }
}

/** @param what  what the file is to the caller: "the input" */
export function unreadable(path: string, error: NodeJS.ErrnoException, what: string): UsageError {
  return new UsageError(`Cannot read ${what} ${path}: ${reasonOf(error)}`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
};

function reasonOf(error: NodeJS.ErrnoException): string {
  const { code = "" } = error;
  return (Object.hasOwn(reasons, code) ? reasons[code] : undefined) ?? error.message;
}
