/** A bucket and the prefix below which a store lies; both `s3://bucket` and `s3://bucket/some/prefix` name one. */
import { PipelineError } from "../../failures.ts";

export interface S3Location {
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
}

export function parseS3Location(uri: string): S3Location | undefined {
  const [, bucket, prefix = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*?))?\/?$/.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, prefix: prefix === "" ? "" : `${prefix}/` };
}

export function uriOf({ bucket }: S3Location, key: string): string {
  return `s3://${bucket}/${key}`;
}

/** An event may name any URI; only what lies below the store's own prefix is its to give.
 *  @throws `SourceUnreadableError` */
export function keyOf(location: S3Location, uri: string): string {
  const root = uriOf(location, location.prefix);
  if (uri.startsWith(root) && uri.length > root.length) return uri.slice(uriOf(location, "").length);
  throw new PipelineError("SourceUnreadableError", `${uri} is no object of this store; wanted a URI below ${root}.`);
}
