/** What stands for S3: buckets of objects. A folder, memory, or an adapter of your own. */
export interface ObjectStore {
  /** @returns `undefined` when there is no such object */
  read(bucket: string, key: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Every object whose key begins with `prefix`, in the order of the keys' UTF-8 bytes. */
  list(bucket: string, prefix: string): AsyncIterable<StoredObject>;
  write(bucket: string, key: string): Promise<ObjectWriter>;
}

export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly lastModifiedEpochMs: number;
  /** As S3 gives it, quotation marks included. */
  readonly etag: string;
}

export interface ObjectWriter {
  write(text: string): Promise<void>;
  /** The object exists from now on. @returns its size */
  close(): Promise<number>;
}
