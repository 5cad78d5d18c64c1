/**
 * What only a Distributed Map has: a reader of items, batches of them, a writer of results, and tolerated failures.
 * Its iterations are executions of their own, which is why they see no variables of the machine around them.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { QueryLanguage } from "@stepwright/asl";
import type { ItemContext } from "./context.ts";
import type { Expression } from "./expression.ts";
import type { TemplateIn } from "./fit.ts";
import { plain } from "./plain.ts";
import type { InputScope } from "./scope.ts";
import type { Absent, ByPathAlone, MapLimits, OrExpression, Written } from "./state-options.ts";
import type { Resolved } from "./template.ts";

interface DistributedMapLimits<Data, Variables, Language extends QueryLanguage> extends MapLimits<
  Data,
  Variables,
  Language
> {
  /** What the iterations run as; `STANDARD` when absent. */
  readonly executionType?: "STANDARD" | "EXPRESS";
  /** 0 to 100: the share of items that may fail. Without it and the count, the first failure ends the Map. */
  readonly toleratedFailurePercentage?: OrExpression<number, Data, Variables, ByPathAlone[Language]>;
  /** The number of items that may fail; the stricter of the two limits counts. */
  readonly toleratedFailureCount?: OrExpression<number, Data, Variables, ByPathAlone[Language]>;
  /** At most 40 characters; part of the Map Run's ARN. */
  readonly label?: string;
}

/** The parts that a Distributed Map may have in either query language. */
export interface DistributedMapParts<
  Data,
  Variables,
  Item,
  ItemSelection,
  BatchInput,
  Batching extends string,
  Writing extends string,
  Transformed,
  Language extends QueryLanguage,
> extends DistributedMapLimits<Data, Variables, Language> {
  /** What each iteration is given, in place of the item. */
  readonly itemSelector?: (scope: InputScope<Data, Variables, DistributedItemContext<Item>>) => ItemSelection;
  /** Gives each iteration several items at once. */
  readonly itemBatcher?: ItemBatcherOptions<Data, Variables, BatchInput, Language> & Written<Batching>;
  /** Where the results go, and how they are written; with a destination the Map's result is a `MapRunResult`. */
  readonly resultWriter?: ResultWriterOptions<Data, Variables, Transformed, Language> & Written<Writing>;
}

/** Inside a Distributed Map's `itemSelector`. */
interface DistributedItemContext<Item> extends ItemContext<Item> {
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

export type ItemReaderOptions<Item, Data, Variables, Language extends QueryLanguage> = {
  /** What one item is: a schema, `plain<Type>()`, or `s3Object` for a listing. Nothing checks it at run time. */
  readonly item: StandardSchemaV1<unknown, Item>;
} & (
  | ({
      readonly resource?: "arn:aws:states:::s3:getObject";
      readonly readerConfig: ItemFormat & ReaderLimits<Data, Variables, Language>;
    } & Place<Data, Variables, Language, S3ObjectPlace<Language>>)
  | ({
      readonly resource: "arn:aws:states:::s3:listObjectsV2";
      /** Without a format the objects themselves are the items. */
      readonly readerConfig?: ReaderLimits<Data, Variables, Language> &
        (NoFormat | (ItemFormat & { /** Reads the objects. */ readonly transformation: "LOAD_AND_FLATTEN" }));
    } & Place<Data, Variables, Language, S3Listing<Language>>)
);

/** Where to read or write, under the word of the query language. */
type Place<Data, Variables, Language extends QueryLanguage, Request> = {
  readonly [Option in PlaceOption[Language]]: (scope: InputScope<Data, Variables>) => Request;
};

interface PlaceOption {
  readonly JSONPath: "parameters";
  readonly JSONata: "arguments";
}

type Text<Language extends QueryLanguage> = string | Expression<string, Language>;

export interface S3ObjectPlace<Language extends QueryLanguage> {
  readonly Bucket: Text<Language>;
  readonly Key: Text<Language>;
  readonly VersionId?: Text<Language>;
  readonly ExpectedBucketOwner?: Text<Language>;
}

export interface S3Listing<Language extends QueryLanguage> {
  readonly Bucket: Text<Language>;
  readonly Prefix?: Text<Language>;
  readonly ExpectedBucketOwner?: Text<Language>;
}

interface ReaderLimits<Data, Variables, Language extends QueryLanguage> {
  /** 1 to 100000000; all items when absent. */
  readonly maxItems?: OrExpression<number, Data, Variables, ByPathAlone[Language]>;
}

interface NoFormat {
  readonly inputType?: never;
  readonly manifestType?: never;
  readonly transformation?: "NONE";
}

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

type ItemBatcherOptions<Data, Variables, BatchInput, Language extends QueryLanguage> = {
  /** Given to every batch beside its `Items`. */
  readonly batchInput?: (scope: InputScope<Data, Variables>) => TemplateIn<BatchInput, Language>;
} & AtLeastOne<{
  readonly maxItemsPerBatch: OrExpression<number, Data, Variables, ByPathAlone[Language]>;
  /** At most 262144. */
  readonly maxInputBytesPerBatch: OrExpression<number, Data, Variables, ByPathAlone[Language]>;
}>;

type AtLeastOne<Members> = {
  [Needed in keyof Members]: Pick<Members, Needed> & Partial<Omit<Members, Needed>>;
}[keyof Members];

export type BatcherOption = keyof ItemBatcherOptions<never, never, never, never>;

/** What an iteration is given: the item, or a batch of items where a batcher has any option `Batching`. */
export type IterationInput<Item, Batching, BatchInput> = [Batching] extends [never]
  ? Item
  : BatchInput extends Absent
    ? { Items: Item[] }
    : { BatchInput: Resolved<BatchInput>; Items: Item[] };

/** A destination, to which the results are exported, or the shape of the Map's own result, or both. */
type ResultWriterOptions<Data, Variables, Transformed, Language extends QueryLanguage> =
  | (Place<Data, Variables, Language, S3Destination<Language>> & Partial<WriterConfig<Transformed>>)
  | (WriterConfig<Transformed> & Partial<Place<Data, Variables, Language, S3Destination<Language>>>);

interface WriterConfig<Transformed> {
  readonly writerConfig: {
    readonly transformation?: Transformed;
    readonly outputType: "JSON" | "JSONL";
  };
}

export type Transformation = "NONE" | "COMPACT" | "FLATTEN";

export type WriterOption =
  | keyof ResultWriterOptions<never, never, never, "JSONPath">
  | keyof ResultWriterOptions<never, never, never, "JSONata">;

export interface S3Destination<Language extends QueryLanguage> {
  readonly Bucket: Text<Language>;
  readonly Prefix?: Text<Language>;
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
