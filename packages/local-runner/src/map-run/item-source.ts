/** What a Distributed Map asks of its `ItemReader` and `ResultWriter`, and what it is told: plain data both ways. */
import type { JsonValue, ReaderConfig, WriterConfig } from "@stepwright/asl";

/** An `ItemReader`, its parameters and `MaxItems` evaluated. */
export interface ItemReadRequest {
  readonly stateName: string;
  /** `s3:getObject`, `s3:listObjectsV2`. */
  readonly action: string;
  /** `Bucket`, `Key`, `Prefix`, … */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly config: ReaderConfig;
  /** `undefined` for all. */
  readonly maxItems: number | undefined;
  /** Items handed over already: a reading that was not opened here goes on after them. */
  readonly from: number;
}

/** One item of a dataset. */
export interface DatasetItem {
  readonly value: JsonValue;
  /** Of an object's members only. */
  readonly key?: string;
  /** What `$$.Map.Item.Source` shows: `STATE_DATA`, `S3://bucket`, `S3://bucket/key`. */
  readonly source: string;
}

export type ItemsRead =
  | { readonly status: "read"; readonly items: readonly DatasetItem[]; readonly isLast: boolean }
  | { readonly status: "failed"; readonly cause: string };

/** A `ResultWriter` that exports, its parameters evaluated. */
export interface ResultWriteRequest {
  readonly stateName: string;
  readonly mapRunArn: string;
  /** Each redrive writes into a folder of its own. */
  readonly redriveCount: number;
  /** `Bucket`, `Prefix`. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly config: WriterConfig;
}

/** What became of a child execution: the members of `DescribeExecution`, as AWS writes them into the result files. */
export interface ResultRecord {
  readonly status: "SUCCEEDED" | "FAILED" | "PENDING";
  readonly value: JsonValue;
}

export type ResultsWritten =
  | { readonly status: "written"; readonly bucket: string; readonly key: string }
  | { readonly status: "failed"; readonly cause: string };
