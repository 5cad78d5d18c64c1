/** Files that are whole or absent: written beside, then renamed. */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseStored } from "../../stored-json.ts";
import { writeFailure } from "../write-failure.ts";

/** The writing half of a file system, so that a full disk can be had in a test. */
export interface FileOperations {
  readonly writeFile: (path: string, bytes: Uint8Array | string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
}

export const nodeFiles: FileOperations = { writeFile: (file, bytes) => writeFile(file, bytes), rename };

export async function writeFileAtomically(
  file: string,
  bytes: Uint8Array | string,
  files: FileOperations = nodeFiles,
): Promise<void> {
  await produceFileAtomically(file, (beside) => files.writeFile(beside, bytes), files);
}

/** `produce` fills a file in the same folder, which takes the name when it is whole and vanishes when it is not. */
export async function produceFileAtomically(
  file: string,
  produce: (beside: string) => Promise<void>,
  files: FileOperations = nodeFiles,
): Promise<void> {
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}.part`);
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await produce(beside);
    await files.rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw writeFailure(file, error);
  }
}

/** `undefined` when there is no such file. */
export async function readFileIfPresent(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}

/** What this program wrote; `undefined` when there is no such file. @throws SyntaxError that names a file that is not JSON */
export async function readJsonIfPresent<Kind>(file: string): Promise<Kind | undefined> {
  const bytes = await readFileIfPresent(file);
  if (bytes === undefined) return undefined;
  try {
    return parseStored<Kind>(bytes);
  } catch (error) {
    throw new SyntaxError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

export function isMissingFile(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
