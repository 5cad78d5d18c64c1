/**
 * A dataset as a stream of items: one reader for each kind of file, loaded when it is needed, nothing held in memory
 * but what the format demands (JSON and Parquet are read whole). See the developer guide, "ItemReader (Map)".
 */
import type { JsonValue, ReaderConfig } from "@stepwright/asl";
import { DatasetError } from "./dataset-error.ts";
import type { ReadDatasetFile } from "./dataset-file.ts";
import type { DatasetItem, ItemReadRequest } from "./item-source.ts";
import { listObjects } from "./list-objects.ts";
import type { ObjectStore } from "./object-store.ts";
import { readCsv } from "./read-csv.ts";
import { readJson } from "./read-json.ts";
import { readJsonLines } from "./read-json-lines.ts";
import { readManifest } from "./read-manifest.ts";
import { readParquet } from "./read-parquet.ts";

const readers: Readonly<Record<Exclude<ReaderConfig["InputType"], undefined | "MANIFEST">, ReadDatasetFile>> = {
  CSV: readCsv,
  JSON: readJson,
  JSONL: readJsonLines,
  PARQUET: readParquet,
};

/** @throws DatasetError (while reading) for what fails the Map Run */
export async function* readItems(request: ItemReadRequest, store: ObjectStore): AsyncGenerator<DatasetItem> {
  const { maxItems } = request;
  if (maxItems !== undefined && maxItems < 0) throw new DatasetError("field MaxItems must be positive");
  let count = 0;
  for await (const item of datasetOf(request, store)) {
    yield item;
    count += 1;
    // 0 is no limit (recorded).
    if (count === maxItems) return;
  }
}

function datasetOf({ action, config, parameters }: ItemReadRequest, store: ObjectStore): AsyncIterable<DatasetItem> {
  const bucket = textOf(parameters, "Bucket");
  if (action === "listObjectsV2") {
    const listing = listObjects(store, bucket, optionalText(parameters, "Prefix") ?? "");
    return config.Transformation === "LOAD_AND_FLATTEN" ? loadListed(store, bucket, listing, config) : listing;
  }
  const key = textOf(parameters, "Key");
  const isManifest = config.InputType === "MANIFEST" || config.ManifestType !== undefined;
  return isManifest ? readManifest(store, bucket, key, config, readObject) : readObject(store, bucket, key, config);
}

async function* loadListed(
  store: ObjectStore,
  bucket: string,
  listing: AsyncIterable<DatasetItem>,
  config: ReaderConfig,
): AsyncGenerator<DatasetItem> {
  for await (const { value } of listing) {
    yield* readObject(store, bucket, (value as { readonly Key: string }).Key, config);
  }
}

async function* readObject(
  store: ObjectStore,
  bucket: string,
  key: string,
  config: ReaderConfig,
): AsyncGenerator<DatasetItem> {
  const bytes = await store.read(bucket, key);
  if (bytes === undefined) throw new DatasetError(`There is no object s3://${bucket}/${key}.`);
  const { InputType: type = "JSON" } = config;
  if (type === "MANIFEST") throw new DatasetError("A manifest cannot name a manifest.");
  const source = `S3://${bucket}/${key}`;
  for await (const item of readers[type]({ bytes: await unpacked(bytes, key), config })) yield { ...item, source };
}

/** CSV and JSON lines may be compressed. */
async function unpacked(bytes: AsyncIterable<Uint8Array>, key: string): Promise<AsyncIterable<Uint8Array>> {
  const [, suffix] = /\.(gz|zst)$/.exec(key) ?? [];
  if (suffix === undefined) return bytes;
  const { createGunzip, createZstdDecompress } = await import("node:zlib");
  const { Readable } = await import("node:stream");
  return Readable.from(bytes).compose(suffix === "gz" ? createGunzip() : createZstdDecompress());
}

function textOf(parameters: ItemReadRequest["parameters"], name: string): string {
  const text = optionalText(parameters, name);
  if (text === undefined) throw new DatasetError(`The ItemReader has no ${name}.`);
  return text;
}

function optionalText(parameters: Readonly<Record<string, JsonValue>>, name: string): string | undefined {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined || typeof value === "string") return value;
  throw new DatasetError(`The ItemReader's ${name} must be a text, but was: ${JSON.stringify(value)}.`);
}
