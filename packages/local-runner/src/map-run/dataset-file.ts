/** What every reader of a kind of file takes and gives. */
import type { ReaderConfig } from "@stepwright/asl";
import type { DatasetItem } from "./item-source.ts";
import type { ObjectStore } from "./object-store.ts";

/** A file's bytes, and how to read the items in it. */
export interface DatasetFile {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly config: ReaderConfig;
}

/** An item without its source, which is the file. */
export type FileItem = Omit<DatasetItem, "source">;

export type ReadDatasetFile = (file: DatasetFile) => AsyncIterable<FileItem>;

/** The items of one object, by the kind that `config` names. */
export type ReadObject = (
  store: ObjectStore,
  bucket: string,
  key: string,
  config: ReaderConfig,
) => AsyncIterable<DatasetItem>;
