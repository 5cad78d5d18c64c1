/** Machines that use every option of the builder: what `fields.test.ts` finds printed, an author can say. */
import {
  and,
  defineTask,
  isNull,
  isPresent,
  jsonata,
  machine,
  not,
  numericGreaterThan,
  or,
  plain,
  s3Object,
  States,
} from "../src/index.ts";
import type { AnyOutcome } from "../src/index.ts";

interface Everything {
  seconds: number;
  at: string;
  role: string;
  items: { id: string }[];
}
const input = plain<Everything>();
const work = defineTask<Everything, Everything, "Tired">("Work");
const retry = [
  {
    errors: ["Tired"],
    comment: "later",
    intervalSeconds: 1,
    maxAttempts: 2,
    backoffRate: 2,
    maxDelaySeconds: 9,
    jitterStrategy: "FULL",
  },
] as const;

const path = machine("Path", { input, comment: "all", version: "1.0", queryLanguage: "JSONPath", timeoutSeconds: 60 })
  .task("Fixed", work, {
    comment: "fixed",
    credentials: { roleArn: "arn:aws:iam::123456789012:role/Worker" },
    timeoutSeconds: 9,
    heartbeatSeconds: 3,
    parameters: (s) => s.input,
    resultSelector: (s) => ({ seconds: s.result.seconds, role: s.result.role, at: s.result.at, items: s.result.items }),
    resultPath: "$",
    assign: (s) => ({ seconds: s.result.seconds }),
    retry,
    catch: (errors) =>
      errors.on(
        ["States.ALL"],
        { comment: "all", resultPath: "$.error", assign: (s) => ({ cause: s.errorOutput.Cause }) },
        (flow) => flow.fail("Given up", { comment: "given up", error: "Tired", cause: "Work" }),
      ),
    outputPath: (s) => s.output,
  })
  .task("Computed", work, {
    credentials: { roleArn: (s) => s.input.role },
    timeoutSeconds: (s) => s.input.seconds,
    heartbeatSeconds: (s) => s.input.seconds,
    parameters: (s) => ({ seconds: 1, at: s.input.at, role: s.input.role, items: s.input.items }),
  })
  .parallelWith(
    "Both",
    { parameters: (s) => ({ seconds: s.input.seconds }) },
    [(branch) => branch.pass("Left"), (branch) => branch.wait("Right", { seconds: (s) => s.input.seconds })],
    {
      comment: "both",
      resultSelector: (s) => ({ first: s.result[0] }),
      resultPath: "$.both",
      assign: (s) => ({ both: s.result }),
      retry: [{ errors: ["States.ALL"] }],
      catch: (errors) => errors.on(["States.ALL"], {}, (flow) => flow.fail("Neither")),
      outputPath: (s) => s.output,
    },
  )
  .parallel("Parted", [(branch) => branch.pass("Alone")], { parameters: () => ({ alone: true }), resultPath: null })
  .map(
    "Each",
    {
      comment: "each",
      inputPath: (s) => s.input,
      items: (s) => s.input.items,
      itemSelector: (s) => ({ id: s.context.Map.Item.Value.id }),
      maxConcurrency: (s) => s.input.seconds,
      assign: (s) => ({ each: s.result }),
      retry: [{ errors: ["States.ALL"] }],
      catch: (errors) => errors.on(["States.ALL"], {}, (flow) => flow.fail("None")),
    },
    (item) => item.pass("One"),
    { resultSelector: (s) => ({ all: s.result }), resultPath: "$.each", outputPath: (s) => s.output },
  )
  .distributedMap(
    "Read",
    {
      executionType: "EXPRESS",
      label: "Read",
      maxConcurrency: 9,
      toleratedFailureCount: 1,
      toleratedFailurePercentage: 2,
      itemReader: {
        item: plain<{ id: string }>(),
        parameters: (s) => ({ Bucket: "items", Key: s.input.at }),
        readerConfig: {
          inputType: "CSV",
          csvDelimiter: "TAB",
          csvHeaderLocation: "GIVEN",
          csvHeaders: ["id"],
          maxItems: 9,
        },
      },
      itemBatcher: { maxItemsPerBatch: 3, maxInputBytesPerBatch: 100, batchInput: (s) => ({ at: s.input.at }) },
      resultWriter: {
        parameters: () => ({ Bucket: "results", Prefix: "all" }),
        writerConfig: { outputType: "JSONL", transformation: "FLATTEN" },
      },
      resultPath: "$.read",
    },
    (batch) => batch.pass("Batch"),
  )
  .distributedMap(
    "Counted",
    {
      itemReader: {
        item: plain<{ id: string }>(),
        parameters: () => ({ Bucket: "items", Key: "all.json" }),
        readerConfig: { inputType: "JSON", itemsPointer: "/items", maxItems: (s) => s.input.seconds },
      },
      toleratedFailureCount: (s) => s.input.seconds,
      toleratedFailurePercentage: (s) => s.input.seconds,
      itemBatcher: { maxItemsPerBatch: (s) => s.input.seconds, maxInputBytesPerBatch: (s) => s.input.seconds },
      resultPath: "$.counted",
    },
    (batch) => batch.pass("Count"),
  )
  .distributedMap(
    "Listed",
    {
      itemReader: {
        item: s3Object,
        resource: "arn:aws:states:::s3:listObjectsV2",
        parameters: () => ({ Bucket: "items", Prefix: "day/" }),
        readerConfig: { inputType: "PARQUET", transformation: "LOAD_AND_FLATTEN" },
      },
      resultPath: "$.listed",
    },
    (file) => file.pass("File"),
  )
  .distributedMap(
    "Inventory",
    {
      itemReader: {
        item: s3Object,
        parameters: () => ({ Bucket: "items", Key: "inventory/manifest.json" }),
        readerConfig: { manifestType: "S3_INVENTORY" },
      },
      resultPath: null,
    },
    (file) => file.pass("Listing"),
  )
  .pass("Shape", {
    comment: "shape",
    inputPath: (s) => s.input,
    parameters: (s) => ({ seconds: s.input.seconds, id: States.UUID(), at: s.input.at, role: s.input.role }),
    resultPath: "$",
    assign: (s) => ({ id: s.result.id }),
    outputPath: (s) => s.output,
  })
  .pass("Set", { result: { set: true }, resultPath: "$.set" })
  .wait("Rest", { comment: "rest", inputPath: (s) => s.input, seconds: 1, assign: () => ({ rested: true }) })
  .wait("Until", { timestamp: (s) => s.input.at, outputPath: (s) => s.output })
  .wait("Since", { timestamp: "2030-01-01T00:00:00Z" })
  .choice(
    "Which?",
    (choose) =>
      choose
        .whenWith(
          (s) => and(isPresent(s.input.seconds), or(not(isNull(s.input.at)), numericGreaterThan(s.input.seconds, 3))),
          { comment: "first", assign: () => ({ way: 1 }) },
          (flow) => flow.succeed("Done", { inputPath: (s) => s.input, outputPath: (s) => s.output, comment: "done" }),
        )
        .otherwiseWith({ assign: () => ({ way: 2 }) }, (flow) =>
          flow.fail("Failed", { error: (s) => s.input.at, cause: (s) => States.Format("at {}", s.input.at) }),
        ),
    { comment: "which" },
  );

const query = machine("Query", { input, queryLanguage: "JSONata" })
  .task("Work", work, {
    credentials: { roleArn: (s) => s.input.role },
    arguments: (s) => ({ seconds: 1, at: s.input.at, role: s.input.role, items: s.input.items }),
    timeoutSeconds: (s) => s.input.seconds,
    heartbeatSeconds: 1,
    assign: (s) => ({ seconds: s.result.seconds }),
    output: (s) => s.input,
    catch: (errors) =>
      errors.on(
        ["Tired"],
        { output: (s) => ({ cause: s.errorOutput.Cause }), assign: () => ({ tired: true }) },
        (flow) => flow.fail("Tired", { cause: (s) => s.input.cause }),
      ),
  })
  .parallelWith("Both", { arguments: (s) => ({ at: s.input.at }) }, [(branch) => branch.pass("Left")], {
    output: (s) => s.input,
  })
  .map(
    "Each",
    { items: (s) => s.input.items, itemSelector: (s) => ({ id: s.context.Map.Item.Value.id }) },
    (item) => item.pass("One"),
    { output: (s) => s.input },
  )
  .distributedMap(
    "Read",
    {
      itemReader: {
        item: plain<{ id: string }>(),
        arguments: (s) => ({ Bucket: "items", Key: s.input.at }),
        readerConfig: { inputType: "JSONL" },
      },
      resultWriter: { arguments: () => ({ Bucket: "results" }) },
    },
    (item) => item.pass("Item"),
    { output: (s) => s.input },
  )
  .pass("Shape", { output: (s) => s.input, assign: () => ({ shaped: true }) })
  .wait("Rest", { seconds: (s) => s.input.seconds, output: (s) => s.input, assign: () => ({ rested: true }) })
  .choice("Which?", (choose) =>
    choose
      .whenWith(
        () => jsonata<boolean>`$random() > 0.5`,
        { output: () => ({ way: 1 }), assign: () => ({ way: 1 }) },
        (flow) => flow.succeed("Done", { output: () => "done" }),
      )
      .otherwiseWith({ output: () => ({ way: 2 }), assign: () => ({ way: 2 }) }, (flow) => flow.succeed("Other")),
  );

const mixed = machine("Mixed", { input }).inJsonata((flow) =>
  flow
    .task("Work", work)
    .parallel("Both", [(branch) => branch.pass("Left")], { output: (s) => s.input })
    .map("Each", { items: (s) => s.input.items }, (item) => item.pass("One"), { output: (s) => s.input })
    .wait("Rest", { seconds: 1 })
    .choice("Which?", (choose) =>
      choose
        .when(
          (s) => isPresent(s.input.at),
          (way) => way.fail("Failed"),
        )
        .otherwise((way) => way.succeed("Done")),
    ),
);

const start = machine("Ends", { input });
const ends = [
  start.task("Work", work),
  start.map("Each", { items: (s) => s.input.items }, (item) => item.pass("One")),
  start.parallelWith("Both", { parameters: (s) => s.input.items }, [(branch) => branch.pass("Left")]),
];

const nested = start.choice("Which?", (choose) =>
  choose
    .when(
      (s) => or(and(isPresent(s.input.at), isPresent(s.input.role)), isNull(s.input.at)),
      (way) => way.succeed("Either"),
    )
    .when(
      (s) => not(isPresent(s.input.at)),
      (way) => way.succeed("Neither"),
    )
    .exhaustive(),
);

export const machines: readonly AnyOutcome[] = [path, query, mixed, ...ends, nested];
