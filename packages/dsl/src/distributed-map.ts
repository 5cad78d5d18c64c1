/**
 * What only a Distributed Map has: a reader of items, batches of them, a writer of results, and tolerated failures.
 * Its iterations are executions of their own, which is why they see no variables of the machine around them.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { ItemContext } from "./context.ts";
import type { Expression } from "./expression.ts";
import { plain } from "./plain.ts";
import type { InputScope } from "./scope.ts";
import type { Absent, MapLimits, OrExpression } from "./state-options.ts";
import type { Resolved } from "./template.ts";

export interface DistributedMapLimits<Data, Variables> extends MapLimits<Data, Variables> {
  /** What the iterations run as; `STANDARD` when absent. */
  readonly executionType?: "STANDARD" | "EXPRESS";
  /** 0 to 100: the share of items that may fail. Without it and the count, the first failure ends the Map. */
  readonly toleratedFailurePercentage?: OrExpression<number, Data, Variables>;
  /** The number of items that may fail; the stricter of the two limits counts. */
  readonly toleratedFailureCount?: OrExpression<number, Data, Variables>;
  /** At most 40 characters; part of the Map Run's ARN. */
  readonly label?: string;
}

/** Inside a Distributed Map's `itemSelector`. */
export interface DistributedItemContext<Item> extends ItemContext<Item> {
  readonly Map: {
    readonly Item: {
      /** From 0. */
      readonly Index: number;
      readonly Value: Item;
      /** The key, where the items are the members of a JSON object. */
      readonly Key?: string;
      /** The object that the item was read from, or `STATE_DATA`. */
      readonly Source: string;
    };
  };
}

export interface ItemReaderOptions<Item, Data, Variables> {
  /** `s3:getObject` when absent. */
  readonly resource?: "arn:aws:states:::s3:getObject" | "arn:aws:states:::s3:listObjectsV2";
  /** What one item is: a schema, `plain<Type>()`, or `s3Object` for a listing. Nothing checks it at run time. */
  readonly item: StandardSchemaV1<unknown, Item>;
  /** Absent only for a listing whose objects are the items. */
  readonly readerConfig?: ReaderConfigOptions<Data, Variables>;
}

export interface PathItemReaderOptions<Item, Data, Variables> extends ItemReaderOptions<Item, Data, Variables> {
  readonly parameters: (scope: InputScope<Data, Variables>) => S3Source;
}

export interface JsonataItemReaderOptions<Item, Data, Variables> extends ItemReaderOptions<Item, Data, Variables> {
  readonly arguments: (scope: InputScope<Data, Variables>) => S3Source;
}

/** The object to read, or the prefix to list. */
export interface S3Source {
  readonly Bucket: string | Expression<string>;
  readonly Key?: string | Expression<string>;
  readonly Prefix?: string | Expression<string>;
  readonly VersionId?: string | Expression<string>;
  readonly ExpectedBucketOwner?: string | Expression<string>;
}

export type ReaderConfigOptions<Data, Variables> = ItemFormat & {
  /** 1 to 100000000; all items when absent. */
  readonly maxItems?: OrExpression<number, Data, Variables>;
  /** `LOAD_AND_FLATTEN` reads the objects of a listing, each in the format that `inputType` names. */
  readonly transformation?: "NONE" | "LOAD_AND_FLATTEN";
};

type ItemFormat =
  | ({ readonly inputType: "CSV"; readonly csvDelimiter?: CsvDelimiter } & (
      | { readonly csvHeaderLocation: "FIRST_ROW" }
      | { readonly csvHeaderLocation: "GIVEN"; readonly csvHeaders: readonly string[] }
    ))
  | {
      readonly inputType: "JSON";
      /** JSON Pointer (RFC 6901) to the array or object that holds the items. */
      readonly itemsPointer?: string;
    }
  | { readonly inputType: "JSONL" | "PARQUET" }
  | { readonly inputType: "MANIFEST"; readonly manifestType: "ATHENA_DATA" }
  | { readonly manifestType: "S3_INVENTORY" };

type CsvDelimiter = "COMMA" | "PIPE" | "SEMICOLON" | "SPACE" | "TAB";

/** What `s3:listObjectsV2` gives as an item. */
export interface S3Object {
  /** In its own quotes. */
  readonly Etag: string;
  readonly Key: string;
  /** Seconds since 1970. */
  readonly LastModified: number;
  /** Bytes. */
  readonly Size: number;
  readonly StorageClass: string;
}

/** The `item` of a reader that lists a bucket. */
export const s3Object: StandardSchemaV1<S3Object> = plain<S3Object>();

/** At least one of the two limits. */
export interface ItemBatcherOptions<Data, Variables, BatchInput> {
  readonly maxItemsPerBatch?: OrExpression<number, Data, Variables>;
  /** At most 262144. */
  readonly maxInputBytesPerBatch?: OrExpression<number, Data, Variables>;
  /** Given to every batch beside its `Items`. */
  readonly batchInput?: (scope: InputScope<Data, Variables>) => BatchInput;
}

export type BatcherOption = keyof ItemBatcherOptions<never, never, never>;

/** What an iteration is given: the item, or a batch of items where a batcher has any option `Batching`. */
export type IterationInput<Item, Batching, BatchInput> = [Batching] extends [never]
  ? Item
  : BatchInput extends Absent
    ? { Items: Item[] }
    : { BatchInput: Resolved<BatchInput>; Items: Item[] };

export interface ResultWriterOptions<Transformed> {
  /** Without a destination it shapes the Map's own result. */
  readonly writerConfig?: {
    readonly transformation?: Transformed;
    readonly outputType: "JSON" | "JSONL";
  };
}

export type Transformation = "NONE" | "COMPACT" | "FLATTEN";

export interface PathResultWriterOptions<Data, Variables, Transformed> extends ResultWriterOptions<Transformed> {
  /** Where the results are exported to; the Map's result is then a `MapRunResult`. */
  readonly parameters?: (scope: InputScope<Data, Variables>) => S3Destination;
}

export interface JsonataResultWriterOptions<Data, Variables, Transformed> extends ResultWriterOptions<Transformed> {
  /** Where the results are exported to; the Map's result is then a `MapRunResult`. */
  readonly arguments?: (scope: InputScope<Data, Variables>) => S3Destination;
}

export type WriterOption =
  | keyof PathResultWriterOptions<never, never, never>
  | keyof JsonataResultWriterOptions<never, never, never>;

/** Tells the compiler which options were written, while it does not look into them. */
export type Written<Option extends string> = { readonly [Name in Option]: unknown };

export interface S3Destination {
  readonly Bucket: string | Expression<string>;
  readonly Prefix?: string | Expression<string>;
}

/** The result of a Distributed Map that exports its results. */
export interface MapRunResult {
  MapRunArn: string;
  ResultWriterDetails: {
    Bucket: string;
    /** Of the `manifest.json` that names the files of results. */
    Key: string;
  };
}

/** What a Distributed Map gives, whose iterations give `Output` and whose writer has the options `Writing`. */
export type MapRunOutput<Writing extends string, Transformed, Output> = [
  Extract<Writing, "parameters" | "arguments">,
] extends [never]
  ? [Transformed] extends ["FLATTEN"]
    ? (Output extends readonly (infer Element)[] ? Element : Output)[]
    : [Transformed] extends ["NONE"]
      ? ChildExecution[]
      : Output[]
  : MapRunResult;

/** An iteration as the transformation `NONE` tells of it. */
export interface ChildExecution {
  ExecutionArn: string;
  Name: string;
  Status: string;
  /** JSON text. */
  Input?: string;
  /** JSON text. */
  Output?: string;
  Error?: string;
  Cause?: string;
  StartDate: string;
  StopDate?: string;
}
