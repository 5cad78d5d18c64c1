import { createHash } from "node:crypto";
import type { ObjectStore, StoredObject } from "./object-store.ts";

/** Buckets in memory, for tests: `objects` is read and written. */
export function memoryObjects(objects: Record<string, Record<string, string | Uint8Array>>): ObjectStore {
  return {
    async read(bucket, key) {
      const found = objects[bucket]?.[key];
      return found === undefined ? undefined : chunks(bytesOf(found));
    },
    list: (bucket, prefix) => chunks(...describeObjects(objects[bucket] ?? {}, prefix)),
    async write(bucket, key) {
      let content = "";
      return {
        async write(text) {
          content += text;
        },
        async close() {
          objects[bucket] = { ...objects[bucket], [key]: content };
          return Buffer.byteLength(content);
        },
      };
    },
  };
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? Buffer.from(content) : content;
}

async function* chunks<Chunk>(...all: readonly Chunk[]): AsyncGenerator<Chunk> {
  yield* all;
}

function describeObjects(
  bucket: Readonly<Record<string, string | Uint8Array>>,
  prefix: string,
): readonly StoredObject[] {
  return Object.entries(bucket)
    .filter(([key]) => key.startsWith(prefix))
    .toSorted(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([key, content]) => {
      const bytes = bytesOf(content);
      const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
      return { key, sizeBytes: bytes.length, lastModifiedEpochMs: 0, etag };
    });
}
