/**
 * Manifests: a file that lists the files of the dataset. `S3_INVENTORY` gives the inventory's rows, which describe
 * objects; `ATHENA_DATA` gives the items of every file that an UNLOAD of Athena wrote.
 */
import { isJsonObject, parseJson } from "@stepwright/asl";
import type { JsonValue, ReaderConfig } from "@stepwright/asl";
import { DatasetError } from "./dataset-error.ts";
import type { ReadObject } from "./dataset-file.ts";
import type { DatasetItem } from "./item-source.ts";
import type { ObjectStore } from "./object-store.ts";
import { wholeBytes } from "./whole-bytes.ts";

export async function* readManifest(
  store: ObjectStore,
  bucket: string,
  key: string,
  config: ReaderConfig,
  readObject: ReadObject,
): AsyncGenerator<DatasetItem> {
  const bytes = await store.read(bucket, key);
  if (bytes === undefined) throw new DatasetError(`There is no object s3://${bucket}/${key}.`);
  const text = (await wholeBytes(bytes)).toString();
  if (config.ManifestType === "ATHENA_DATA") {
    for (const [, dataBucket, dataKey] of text.matchAll(/^s3:\/\/([^/\s]+)\/(\S+)$/gm)) {
      yield* readObject(store, dataBucket!, dataKey!, config);
    }
    return;
  }
  const { columns, files } = inventoryOf(text);
  const csv: ReaderConfig = { InputType: "CSV", CSVHeaderLocation: "GIVEN", CSVHeaders: columns };
  // The inventory's files lie beside its manifest, whatever the destination bucket is called here.
  for (const file of files) yield* readObject(store, bucket, file, csv);
}

function inventoryOf(text: string): { readonly columns: readonly string[]; readonly files: readonly string[] } {
  const manifest: JsonValue | undefined = parseJson(text).value;
  if (!isJsonObject(manifest)) throw new DatasetError("The inventory's manifest is not a JSON object.");
  const { fileFormat, fileSchema, files } = manifest;
  if (fileFormat !== "CSV" || typeof fileSchema !== "string" || !Array.isArray(files)) {
    throw new DatasetError("An inventory must have fileFormat CSV, a fileSchema and files.");
  }
  return {
    columns: fileSchema.split(",").map((column) => column.trim()),
    files: (files as readonly JsonValue[]).flatMap((file) =>
      isJsonObject(file) && typeof file["key"] === "string" ? file["key"] : [],
    ),
  };
}
