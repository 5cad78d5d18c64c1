import { posix } from "node:path";
import type { FileSystem } from "../src/file-system.ts";

export interface MemoryFileSystem extends FileSystem {
  readonly files: Map<string, string>;
}

/** @param fail  called before every change with what is about to happen; throws to let it fail */
export function memoryFileSystem(
  initial: Readonly<Record<string, string>> = {},
  fail: (operation: "write" | "rename", path: string) => void = () => undefined,
): MemoryFileSystem {
  const files = new Map(Object.entries(initial));
  const below = (path: string) =>
    [...files.keys()]
      .filter((file) => file.startsWith(`${path}/`))
      .map((file) => posix.relative(path, file).split("/"));
  return {
    files,
    read: async (path) => files.get(path),
    async write(path, text) {
      fail("write", path);
      files.set(path, text);
    },
    async rename(from, to) {
      fail("rename", to);
      files.set(to, files.get(from) ?? "");
      files.delete(from);
    },
    async remove(path) {
      files.delete(path);
    },
    async listFolders(path) {
      const names = below(path).flatMap((parts) => (parts.length > 1 ? [parts[0] ?? ""] : []));
      return [...new Set(names)].toSorted();
    },
    listFiles: async (path) =>
      below(path)
        .flatMap((parts) => (parts.length === 1 ? parts : []))
        .toSorted(),
  };
}
