import { join } from "node:path";
import { CodegenError } from "../codegen-error.ts";
import type { FileSystem } from "../file-system.ts";
import type { PlannedFile } from "../plan/planned-file.ts";

/** A planned file that the disk does not have, or has with another text. */
export interface FileDifference {
  readonly path: string;
  readonly kind: "missing" | "changed";
  readonly text: string;
  /** The first line that differs, from 1; `undefined` when the file is missing. */
  readonly line?: number;
}

/**
 * Compares a plan with the disk and writes nothing.
 *
 * @throws CodegenError `READ_FAILED`
 */
export async function compareWithDisk(
  files: readonly PlannedFile[],
  rootDir: string,
  fileSystem: FileSystem,
): Promise<readonly FileDifference[]> {
  const differences = await Promise.all(files.map((file) => differenceOf(file, rootDir, fileSystem)));
  return differences.filter((difference) => difference !== undefined);
}

async function differenceOf(
  file: PlannedFile,
  rootDir: string,
  fileSystem: FileSystem,
): Promise<FileDifference | undefined> {
  if (file.policy === "report") {
    return undefined;
  }
  const { path, text } = file;
  const present = await fileSystem.read(join(rootDir, path)).catch((cause: unknown) => {
    const { code = "", message } = cause as NodeJS.ErrnoException;
    throw new CodegenError("READ_FAILED", `Cannot read ${path} to compare it: ${inTheWay.get(code) ?? message}`, {
      cause,
    });
  });
  if (present === undefined) {
    return { path, kind: "missing", text };
  }
  return file.policy === "once" || present === text
    ? undefined
    : { path, kind: "changed", text, line: firstDifferentLine(present, text) };
}

/** What stands where a file should, by the operating system's code. */
const inTheWay: ReadonlyMap<string, string> = new Map([
  ["ENOTDIR", "found a file where a folder is wanted"],
  ["EISDIR", "found a folder, wanted a file"],
]);

function firstDifferentLine(left: string, right: string): number {
  const leftLines = left.split("\n");
  const rightLines = right.split("\n");
  let index = 0;
  while (leftLines[index] === rightLines[index]) {
    index += 1;
  }
  return index + 1;
}
