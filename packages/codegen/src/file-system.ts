/**
 * The files that generation reads and writes. Two implementations: the disk (`nodeFileSystem`) and,
 * for tests, a map in memory.
 */
import type { Dirent } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Paths are absolute. Everything but "is not there" rejects with the operating system's error. */
export interface FileSystem {
  /** @returns `undefined` when there is no such file */
  read(path: string): Promise<string | undefined>;
  /** Creates the folders above the file as well. */
  write(path: string, text: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removing what is not there is no error. */
  remove(path: string): Promise<void>;
  /** The names of the folders directly in a folder, sorted; none when the folder is not there, or is a file. */
  listFolders(path: string): Promise<readonly string[]>;
  /** As `listFolders`, for the files. */
  listFiles(path: string): Promise<readonly string[]>;
}

export const nodeFileSystem: FileSystem = {
  read: (path) => readFile(path, "utf8").catch(undefinedWhenAbsent),
  async write(path, text) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  listFolders: (path) => namesIn(path, (entry) => entry.isDirectory()),
  listFiles: (path) => namesIn(path, (entry) => entry.isFile()),
};

async function namesIn(path: string, isWanted: (entry: Dirent) => boolean): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) =>
    // A file in the folder's place holds nothing; that it is in the way, the comparison says.
    error.code === "ENOTDIR" ? undefined : undefinedWhenAbsent(error),
  );
  return (entries ?? [])
    .filter((entry) => isWanted(entry))
    .map((entry) => entry.name)
    .toSorted();
}

function undefinedWhenAbsent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
    throw error;
  }
}
