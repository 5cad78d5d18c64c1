import type { DatasetItem } from "./item-source.ts";
import type { ObjectStore } from "./object-store.ts";

/** `s3:listObjectsV2`: the objects themselves are the items, their members in AWS's order (recorded). */
export async function* listObjects(store: ObjectStore, bucket: string, prefix: string): AsyncGenerator<DatasetItem> {
  for await (const { etag, key, lastModifiedEpochMs, sizeBytes } of store.list(bucket, prefix)) {
    const LastModified = Math.floor(lastModifiedEpochMs / 1000);
    const value = { Etag: etag, LastModified, Key: key, Size: sizeBytes, StorageClass: "STANDARD" };
    yield { value, source: `S3://${bucket}` };
  }
}
