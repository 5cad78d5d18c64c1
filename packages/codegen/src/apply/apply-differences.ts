/**
 * Writes what differs. Every new text is complete on disk beside its target before the first rename,
 * so that a full or read-only disk leaves the old files as they were.
 */
import { join } from "node:path";
import { CodegenError } from "../codegen-error.ts";
import type { FileSystem } from "../file-system.ts";
import type { FileDifference } from "./file-difference.ts";

/** @throws CodegenError `WRITE_FAILED`, after the removal of everything that was written beside the targets */
export async function applyDifferences(
  differences: readonly FileDifference[],
  rootDir: string,
  fileSystem: FileSystem,
): Promise<void> {
  const staged = differences.map(({ path, text }) => {
    const target = join(rootDir, path);
    return { path, target, beside: `${target}.stepwright-new`, text };
  });
  const written = await Promise.allSettled(staged.map(({ beside, text }) => fileSystem.write(beside, text)));
  const failedIndex = written.findIndex((result) => result.status === "rejected");
  if (failedIndex !== -1) {
    await Promise.allSettled(staged.map(({ beside }) => fileSystem.remove(beside)));
    const cause: unknown = (written[failedIndex] as PromiseRejectedResult).reason;
    throw writeFailed(staged[failedIndex]?.path, "Nothing was changed.", cause);
  }
  for (const [index, { path, target, beside }] of staged.entries()) {
    try {
      // One after the other: the message can then say which files are new and which are not.
      await fileSystem.rename(beside, target);
    } catch (cause) {
      await Promise.allSettled(staged.slice(index).map((file) => fileSystem.remove(file.beside)));
      throw writeFailed(path, `Replaced before: ${replacedBefore(staged.slice(0, index))}.`, cause);
    }
  }
}

function replacedBefore(files: readonly { readonly path: string }[]): string {
  return files.length === 0 ? "nothing" : files.map(({ path }) => path).join(", ");
}

function writeFailed(path: string | undefined, consequence: string, cause: unknown): CodegenError {
  return new CodegenError("WRITE_FAILED", `Cannot write ${path}: ${(cause as Error).message}. ${consequence}`, {
    cause,
  });
}
