/** Objects as files below a folder. */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PipelineError } from "../../failures.ts";
import type { ListedObject, ObjectReader, ObjectStore } from "../../ports.ts";
import { sha256 } from "../../sha256.ts";
import { writeFailure } from "../write-failure.ts";
import { isMissingFile, nodeFiles } from "./atomic-file.ts";
import type { FileOperations } from "./atomic-file.ts";

export function localObjectReader(root: string): ObjectReader {
  return {
    list: (prefix) => list(root, prefix),
    read: async (uri) => {
      const file = pathOf(root, uri);
      try {
        return await readFile(file);
      } catch (error) {
        throw isMissingFile(error) ? missing(uri, error) : error;
      }
    },
    localPath: async (uri) => pathOf(root, uri),
  };
}

export function localObjectStore(root: string, files: FileOperations = nodeFiles): ObjectStore {
  const writeFile: ObjectStore["writeFile"] = async (key, produce) => {
    // A name may depend on the bytes, so a file is made elsewhere in the store first.
    const making = path.join(root, "making", randomUUID());
    let target = typeof key === "string" ? placeOf(root, key) : making;
    try {
      await mkdir(path.dirname(making), { recursive: true });
      await produce(making);
      const bytes = await readFile(making);
      const hash = sha256(bytes);
      if (typeof key === "function") target = placeOf(root, key(hash));
      await mkdir(path.dirname(target), { recursive: true });
      await files.rename(making, target);
      return { uri: pathToFileURL(target).href, sha256: hash, bytes: bytes.length };
    } catch (error) {
      await rm(making, { force: true });
      throw writeFailure(target, error);
    }
  };
  return {
    ...localObjectReader(root),
    write: (key, bytes) => writeFile(key, (beside) => files.writeFile(beside, bytes)),
    writeFile,
  };
}

async function list(root: string, prefix: string): Promise<readonly ListedObject[]> {
  const folder = prefix === "" ? root : placeOf(root, prefix);
  let names: readonly string[];
  try {
    names = await readdir(folder, { recursive: true });
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw error;
  }
  const objects = await Promise.all(
    names
      .filter((name) => !path.basename(name).startsWith("."))
      .toSorted()
      .map(async (name) => {
        const file = path.join(folder, name);
        const facts = await stat(file);
        if (!facts.isFile()) return undefined;
        const key = path.relative(root, file).replaceAll(path.sep, "/");
        return {
          key,
          uri: pathToFileURL(file).href,
          bytes: facts.size,
          revision: `${facts.size}-${Math.round(facts.mtimeMs)}`,
        };
      }),
  );
  return objects.filter((object) => object !== undefined);
}

/** An event may name any URI; only what lies below the store's own folder is its to give. */
function pathOf(root: string, uri: string): string {
  const file = fileOf(uri);
  if (file !== undefined && isBelow(root, file)) return file;
  throw new PipelineError(
    "SourceUnreadableError",
    `${uri} is no object of this store; wanted a file:// URI below ${root}.`,
  );
}

function fileOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    // A host, or a slash in disguise.
    return undefined;
  }
}

/** A key is put together from names that came with an event. */
function placeOf(root: string, key: string): string {
  const place = path.join(root, key);
  if (isBelow(root, place)) return place;
  throw new PipelineError("SourceUnreadableError", `${key} is no key of this store; wanted one below ${root}.`);
}

function isBelow(root: string, file: string): boolean {
  const way = path.relative(root, file);
  // From one drive of Windows to another there is no way but the whole path.
  return way !== "" && way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

function missing(uri: string, cause: unknown): PipelineError {
  return new PipelineError("TransientDependencyError", `There is no object ${uri}.`, { cause });
}
