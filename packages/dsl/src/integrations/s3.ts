/**
 * S3's everyday actions, which are AWS SDK integrations; any other goes through `awsSdk("s3")`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
import { integration } from "../integration.ts";

interface ObjectName {
  Bucket: string;
  Key: string;
  VersionId?: string;
}

export interface PutObjectRequest {
  Bucket: string;
  Key: string;
  /** Anything but a string is written as its JSON text. */
  Body?: unknown;
  ContentType?: string;
  IfNoneMatch?: string;
}

export interface CopyObjectRequest {
  Bucket: string;
  Key: string;
  /** `bucket/key` of the object to copy, URL-encoded. */
  CopySource: string;
}

export interface ListObjectsRequest {
  Bucket: string;
  Prefix?: string;
  Delimiter?: string;
  MaxKeys?: number;
  ContinuationToken?: string;
}

export interface ListedObjects {
  /** Absent when nothing has the prefix. */
  Contents?: { Key: string; Size: number; ETag: string; LastModified: string }[];
  IsTruncated?: boolean;
  NextContinuationToken?: string;
  KeyCount?: number;
}

interface ObjectFacts {
  ContentLength: number;
  ContentType?: string;
  ETag: string;
  LastModified: string;
  VersionId?: string;
}

export type S3ErrorName = `S3.${string}Exception`;

const action = <Request, Response>() => {
  return <const Action extends string>(name: Action) =>
    integration<`aws-sdk:s3:${Action}`, Request, Response, S3ErrorName>(`aws-sdk:s3:${name}`);
};

export const s3 = Object.freeze({
  /** `Body` is the object's text. */
  getObject: action<ObjectName, ObjectFacts & { Body: string }>()("getObject"),
  headObject: action<ObjectName, ObjectFacts>()("headObject"),
  putObject: action<PutObjectRequest, { ETag: string; VersionId?: string }>()("putObject"),
  copyObject: action<CopyObjectRequest, { CopyObjectResult: { ETag: string; LastModified: string } }>()("copyObject"),
  deleteObject: action<ObjectName, { DeleteMarker?: boolean; VersionId?: string }>()("deleteObject"),
  listObjectsV2: action<ListObjectsRequest, ListedObjects>()("listObjectsV2"),
});
