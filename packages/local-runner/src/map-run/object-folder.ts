/** A folder that stands for S3: a bucket is a folder in it, an object a file in that, its key the file's path. */
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, readdir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { ObjectStore, ObjectWriter, StoredObject } from "./object-store.ts";

/** @throws Error (from its methods) for a bucket or a key that would lead out of the folder */
export function objectFolder(folder: string): ObjectStore {
  const root = resolve(folder);
  const fileOf = (bucket: string, key: string): string => {
    const file = resolve(root, bucket, key);
    if (!isWithin(resolve(root, bucket), file) || !isWithin(root, resolve(root, bucket))) {
      throw new Error(`The object s3://${bucket}/${key} would lie outside of the folder ${root}.`);
    }
    return file;
  };
  return {
    async read(bucket, key) {
      const file = fileOf(bucket, key);
      return existsSync(file) ? createReadStream(file) : undefined;
    },
    list: (bucket, prefix) => listFiles(fileOf(bucket, "."), prefix),
    async write(bucket, key) {
      const file = fileOf(bucket, key);
      await mkdir(dirname(file), { recursive: true });
      return openFile(file);
    },
  };
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== ".." && !path.startsWith(`..${sep}`) && resolve(folder, path) === file;
}

async function* listFiles(bucketFolder: string, prefix: string): AsyncGenerator<StoredObject> {
  if (!existsSync(bucketFolder)) return;
  const { createHash } = await import("node:crypto");
  const entries = await readdir(bucketFolder, { recursive: true, withFileTypes: true });
  const keys = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(bucketFolder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((key) => key.startsWith(prefix))
    .toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  for (const key of keys) {
    const { size, mtimeMs } = await stat(join(bucketFolder, key));
    // S3's is a digest of the content; reading every file only to list it would cost too much.
    const etag = createHash("md5").update(`${key}\n${size}\n${mtimeMs}`).digest("hex");
    yield { key, sizeBytes: size, lastModifiedEpochMs: Math.round(mtimeMs), etag: `"${etag}"` };
  }
}

async function openFile(file: string): Promise<ObjectWriter> {
  const handle = await open(file, "w");
  let sizeBytes = 0;
  return {
    async write(text) {
      sizeBytes += (await handle.write(text)).bytesWritten;
    },
    async close() {
      await handle.close();
      return sizeBytes;
    },
  };
}
