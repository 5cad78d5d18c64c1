import type { ObjectStore, StoredObject } from "./object-store.ts";

/** Buckets in memory, for tests: `objects` is read and written. */
export function memoryObjects(objects: Record<string, Record<string, string | Uint8Array>>): ObjectStore {
  return {
    async read(bucket, key) {
      const found = objects[bucket]?.[key];
      return found === undefined ? undefined : chunks(bytesOf(found));
    },
    list: (bucket, prefix) => describeObjects(objects[bucket] ?? {}, prefix),
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

async function* describeObjects(
  bucket: Readonly<Record<string, string | Uint8Array>>,
  prefix: string,
): AsyncGenerator<StoredObject> {
  const { createHash } = await import("node:crypto");
  const found = Object.entries(bucket)
    .filter(([key]) => key.startsWith(prefix))
    .toSorted(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  for (const [key, content] of found) {
    const bytes = bytesOf(content);
    const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    yield { key, sizeBytes: bytes.length, lastModifiedEpochMs: 0, etag };
  }
}
