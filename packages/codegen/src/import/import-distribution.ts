/** What only a Distributed Map has, as options: reader, batcher, writer, tolerated failures. */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { isJsonArray, isJsonObject, isReservedErrorName } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { objectLiteral, sequence } from "./code.ts";
import { importNumber } from "./data-flow.ts";
import { expressIntrinsic } from "./express-intrinsic.ts";
import { callback, expressTemplate, literal } from "./expressions.ts";
import type { OpenPlace, Place, Wanted } from "./place.ts";
import { openPlace, scalarPlace, typeOf, unknownPlace } from "./place.ts";
import type { Readable } from "./references.ts";
import { expressJsonata, expressPath } from "./references.ts";
import type { StepInput } from "./step-options.ts";
import { objectOf, objectsIn } from "./written-graph.ts";

export interface ImportedReader {
  /** One item. */
  readonly item: Place;
  /** Writes the items' type; to be called once everything has read them. */
  finish(): void;
}

export interface ImportedDistribution {
  /** What an iteration is given in place of one item, where items come in batches. */
  readonly batch: ((item: Place) => Place) | undefined;
  /** What the Map gives, where its writer says so. */
  readonly result: Place | undefined;
}

/** Whether `distributedMap` can say the state. Its iterations are executions, so it knows no errors but the service's. */
export function isDistributed({ fields, step, foreign }: StepInput): boolean {
  const config = objectOf(objectOf(fields["ItemProcessor"])["ProcessorConfig"]);
  const handled = [...objectsIn(step.state["Retry"]), ...objectsIn(step.state["Catch"])];
  const errors = handled.flatMap(({ ErrorEquals: names }) => (isJsonArray(names) ? [...names] : [names]));
  return (
    !foreign &&
    config["Mode"] === "DISTRIBUTED" &&
    errors.every((name) => typeof name === "string" && isReservedErrorName(name))
  );
}

export function importDistribution(input: StepInput): ImportedDistribution {
  const { fields, options } = input;
  const { ExecutionType: executionType } = objectOf(objectOf(fields["ItemProcessor"])["ProcessorConfig"]);
  const batch = importBatcher(input);
  importNumber(input, "toleratedFailurePercentage", "ToleratedFailurePercentage", "number");
  importNumber(input, "toleratedFailureCount", "ToleratedFailureCount", "number");
  if (executionType === "EXPRESS") options.members.push(["executionType", '"EXPRESS"']);
  if (typeof fields["Label"] === "string") {
    options.members.push(["label", JSON.stringify(fields["Label"])]);
    options.rest.delete("Label");
  }
  return { batch, result: importWriter(input) };
}

const listing = "arn:aws:states:::s3:listObjectsV2";
const object = "arn:aws:states:::s3:getObject";

/** @returns `undefined` where there is none, or none that the builder's types can say */
export function importReader({ fields, from, context, options }: StepInput): ImportedReader | undefined {
  const { ItemReader: reader, ItemsPath: itemsPath, Items: items } = fields;
  if (!isJsonObject(reader) || itemsPath !== undefined || items !== undefined) return undefined;
  const { Resource: resource, ReaderConfig: config, ...located } = reader;
  const reading: Reading = { fields, from, context };
  const location = importLocation(located, ["Bucket", "Key", "Prefix", "VersionId", "ExpectedBucketOwner"], reading);
  const format = config === undefined ? undefined : importReaderConfig(config, reading);
  const isListing = resource === listing;
  if (location === undefined || !(isListing || resource === object)) return undefined;
  // Only the objects of a listing are items without a format.
  if (format === undefined && (config !== undefined || !isListing)) return undefined;
  options.rest.delete("ItemReader");
  const listsObjects = isListing && objectOf(config)["Transformation"] !== "LOAD_AND_FLATTEN";
  const item: Place = listsObjects ? listedObject : openPlace();
  const slot: [string, Code] = ["itemReader", ""];
  options.members.push(slot);
  return {
    item,
    finish(): void {
      // Whatever stands in a table is text.
      if (objectOf(config)["InputType"] === "CSV" && item.kind === "open") item.members.forEach(settleAsText);
      context.use(listsObjects ? "s3Object" : "plain");
      slot[1] = objectLiteral([
        ...(isListing ? [["resource", JSON.stringify(listing)] as const] : []),
        ["item", listsObjects ? "s3Object" : sequence("plain<", typeOf(item), ">()")],
        location,
        ...(format === undefined ? [] : [["readerConfig", format] as const]),
      ]);
    },
  };
}

function settleAsText(column: OpenPlace): void {
  if (column.element === undefined && column.members.size === 0) column.scalar ??= "string";
}

const listedObject: Place = {
  kind: "object",
  members: new Map<string, Place>([
    ["Etag", scalarPlace("string")],
    ["Key", scalarPlace("string")],
    ["LastModified", scalarPlace("number")],
    ["Size", scalarPlace("number")],
    ["StorageClass", scalarPlace("string")],
  ]),
};

type Reading = Pick<StepInput, "fields" | "from" | "context">;

/** @returns `undefined` when the builder's types could not say it */
function importLocation(
  location: JsonObject,
  keys: readonly string[],
  reading: Reading,
): [option: string, value: Code] | undefined {
  const field = reading.context.language === "JSONPath" ? "Parameters" : "Arguments";
  const { [field]: template, ...others } = location;
  if (!isJsonObject(template) || Object.keys(others).length > 0) return undefined;
  const members: [string, Code][] = [];
  for (const [key, value] of Object.entries(template)) {
    const name = key.replace(/\.\$$/, "");
    const code = keys.includes(name) ? computed(value, key !== name, "string", reading) : undefined;
    if (code === undefined) return undefined;
    members.push([name, code]);
  }
  return members.some(([name]) => name === "Bucket")
    ? [field.toLowerCase(), callback(objectLiteral(members))]
    : undefined;
}

/** @param isPath  in JSONPath, whether the member's key says so */
function computed(value: JsonValue, isPath: boolean, wanted: Wanted, reading: Reading): Code | undefined {
  const { context, from, fields } = reading;
  const readable: Readable = {
    input: Object.hasOwn(fields, "InputPath") ? unknownPlace : from.place,
    vars: from.vars,
  };
  const isExpression = context.language === "JSONata" && typeof value === "string" && value.startsWith("{%");
  if (!isPath && !isExpression) return typeof value === wanted ? literal(value) : undefined;
  if (typeof value !== "string") return undefined;
  if (isExpression) return expressJsonata(value, readable, context.use, wanted)?.code;
  return (
    expressPath(value, readable, context.use, wanted)?.code ??
    (wanted === "string" ? expressIntrinsic(value, readable, context.use)?.code : undefined)
  );
}

/** Limits are literals, or computed by a callback. */
function importLimit(field: string, value: JsonValue, reading: Reading): [option: string, value: Code] | undefined {
  const name = field.replace(/Path$/, "");
  const code = computed(value, name !== field, "number", reading);
  return code === undefined
    ? undefined
    : [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, typeof value === "number" ? code : callback(code)];
}

const isText = (value: JsonValue): boolean => typeof value === "string";
const oneOf =
  (...texts: readonly string[]) =>
  (value: JsonValue): boolean =>
    typeof value === "string" && texts.includes(value);

const readerOptions: { readonly [field: string]: readonly [option: string, fits: (value: JsonValue) => boolean] } = {
  InputType: ["inputType", oneOf("CSV", "JSON", "JSONL", "PARQUET", "MANIFEST")],
  CSVHeaderLocation: ["csvHeaderLocation", oneOf("FIRST_ROW", "GIVEN")],
  CSVHeaders: ["csvHeaders", (value) => isJsonArray(value) && value.every(isText)],
  CSVDelimiter: ["csvDelimiter", oneOf("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB")],
  ItemsPointer: ["itemsPointer", isText],
  ManifestType: ["manifestType", oneOf("ATHENA_DATA", "S3_INVENTORY")],
  Transformation: ["transformation", oneOf("NONE", "LOAD_AND_FLATTEN")],
};

function importReaderConfig(config: JsonValue, reading: Reading): Code | undefined {
  if (!isJsonObject(config) || !hasFormat(config)) return undefined;
  const members: [string, Code][] = [];
  for (const [field, value] of Object.entries(config)) {
    const [option, fits] = (Object.hasOwn(readerOptions, field) ? readerOptions[field] : undefined) ?? [];
    const limit = field === "MaxItems" || field === "MaxItemsPath" ? importLimit(field, value, reading) : undefined;
    if (limit !== undefined) members.push(limit);
    else if (option !== undefined && fits?.(value)) members.push([option, literal(value)]);
    else return undefined;
  }
  return objectLiteral(members);
}

/** The combinations that the builder's types have. */
function hasFormat({ InputType: type, ...config }: JsonObject): boolean {
  const has = (...fields: readonly string[]) => Object.keys(config).every((field) => fields.includes(field));
  const always = ["MaxItems", "MaxItemsPath", "Transformation"];
  if (type === undefined) return config["ManifestType"] === "S3_INVENTORY" && has("ManifestType", ...always);
  if (type === "MANIFEST") return config["ManifestType"] === "ATHENA_DATA" && has("ManifestType", ...always);
  if (type === "JSON") return has("ItemsPointer", ...always);
  if (type !== "CSV") return has(...always);
  const isGiven = config["CSVHeaderLocation"] === "GIVEN";
  return (
    has("CSVHeaderLocation", "CSVHeaders", "CSVDelimiter", ...always) &&
    (isGiven
      ? config["CSVHeaders"] !== undefined
      : config["CSVHeaders"] === undefined && config["CSVHeaderLocation"] === "FIRST_ROW")
  );
}

const batchLimits: ReadonlySet<string> = new Set([
  "MaxItemsPerBatch",
  "MaxItemsPerBatchPath",
  "MaxInputBytesPerBatch",
  "MaxInputBytesPerBatchPath",
]);

function importBatcher({ fields, from, context, options }: StepInput): ((item: Place) => Place) | undefined {
  const batcher = fields["ItemBatcher"];
  if (!isJsonObject(batcher)) return undefined;
  const { BatchInput: batchInput, ...limits } = batcher;
  // The builder wants a limit, and in JSONPath an object.
  if (Object.keys(limits).length === 0) return undefined;
  if (batchInput !== undefined && context.language === "JSONPath" && !isJsonObject(batchInput)) return undefined;
  const members: [string, Code][] = [];
  for (const [field, value] of Object.entries(limits)) {
    const limit = batchLimits.has(field) ? importLimit(field, value, { fields, from, context }) : undefined;
    if (limit === undefined) return undefined;
    members.push(limit);
  }
  const readable: Readable = { input: from.place, vars: from.vars };
  const shared =
    batchInput === undefined ? undefined : expressTemplate(batchInput, context.language, readable, context.use);
  if (shared !== undefined) members.push(["batchInput", callback(shared.code)]);
  options.members.push(["itemBatcher", objectLiteral(members)]);
  options.rest.delete("ItemBatcher");
  return (element) => ({
    kind: "object",
    members: new Map<string, Place>([
      ...(shared === undefined ? [] : [["BatchInput", shared.place] as const]),
      ["Items", { kind: "array", element }],
    ]),
  });
}

/** @returns what the Map gives, where its writer says so */
function importWriter({ fields, from, context, options }: StepInput): Place | undefined {
  const writer = fields["ResultWriter"];
  if (!isJsonObject(writer)) return undefined;
  const { Resource: resource, WriterConfig: config, ...location } = writer;
  const members: [string, Code][] = [];
  if (Object.keys(location).length > 0 || resource !== undefined) {
    const destination = importLocation(location, ["Bucket", "Prefix"], { fields, from, context });
    if (resource !== "arn:aws:states:::s3:putObject" || destination === undefined) return undefined;
    members.push(destination);
  }
  if (config !== undefined) {
    const { Transformation: transformation, OutputType: outputType, ...others } = objectOf(config);
    const isKnown =
      oneOf("JSON", "JSONL")(outputType ?? null) &&
      (transformation === undefined || oneOf("NONE", "COMPACT", "FLATTEN")(transformation)) &&
      Object.keys(others).length === 0;
    if (!isKnown) return undefined;
    const written = Object.entries({ transformation, outputType }).filter(([, value]) => value !== undefined);
    members.push(["writerConfig", literal(Object.fromEntries(written) as JsonObject)]);
  }
  options.members.push(["resultWriter", objectLiteral(members)]);
  options.rest.delete("ResultWriter");
  return resource === undefined ? { kind: "array" } : mapRun;
}

/** What a Map gives whose results are exported. */
const mapRun: Place = {
  kind: "object",
  members: new Map<string, Place>([
    ["MapRunArn", scalarPlace("string")],
    [
      "ResultWriterDetails",
      {
        kind: "object",
        members: new Map(["Bucket", "Key"].map((key): [string, OpenPlace] => [key, scalarPlace("string")])),
      },
    ],
  ]),
};
