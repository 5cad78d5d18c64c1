import type { JsonValue } from "@stepwright/asl";
import { DatasetError } from "./dataset-error.ts";
import type { DatasetFile, FileItem } from "./dataset-file.ts";
import { wholeBytes } from "./whole-bytes.ts";

/** Rows as objects, one row group decoded at a time. What JSON has no type for becomes text, as in Athena's JSON. */
export async function* readParquet({ bytes }: DatasetFile): AsyncGenerator<FileItem> {
  const { parquetMetadata, parquetReadObjects } = await import("hyparquet");
  const content = await wholeBytes(bytes);
  const file = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer;
  let from = 0;
  for (const { num_rows: rows } of metadataOf(() => parquetMetadata(file)).row_groups) {
    const rowEnd = from + Number(rows);
    const found = await parquetReadObjects({ file, rowStart: from, rowEnd }).catch(notParquet);
    for (const row of found) yield { value: toJson(row) };
    from = rowEnd;
  }
}

function metadataOf<Metadata>(read: () => Metadata): Metadata {
  try {
    return read();
  } catch (reason) {
    return notParquet(reason);
  }
}

function notParquet(reason: unknown): never {
  throw new DatasetError(`The dataset cannot be read as Parquet: ${(reason as Error).message}`);
}

function toJson(value: unknown): JsonValue {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]));
  }
  return (value ?? null) as JsonValue;
}
