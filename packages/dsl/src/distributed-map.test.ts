import { expect, expectTypeOf, test } from "vitest";
import { build, defineTask, machine, plain, s3Object, stringMatches } from "./index.ts";
import type { MapRunResult, OutputOf } from "./index.ts";

interface Run {
  manifest: { bucket: string; key: string };
  limit: number;
}
const train = defineTask<{ modelId: string; run: string }, { auc: number }>("Train");
const trainAll = defineTask<{ Items: { modelId: string }[]; BatchInput: { run: string } }, { auc: number }[]>(
  "TrainAll",
);

test("a reader, a selector and a writer print as ASL, and the result is where the results lie", () => {
  const flow = machine("Files", { input: plain<Run>() }).distributedMap(
    "Each",
    {
      itemReader: {
        item: plain<{ modelId: string }>(),
        parameters: (s) => ({ Bucket: s.input.manifest.bucket, Key: s.input.manifest.key }),
        readerConfig: { inputType: "JSONL", maxItems: (s) => s.input.limit },
      },
      itemSelector: (s) => ({ modelId: s.context.Map.Item.Value.modelId, run: s.context.Execution.Name }),
      maxConcurrency: 20,
      toleratedFailurePercentage: 10,
      toleratedFailureCount: (s) => s.input.limit,
      label: "Models",
      resultWriter: {
        parameters: (s) => ({ Bucket: s.input.manifest.bucket, Prefix: "results" }),
        writerConfig: { transformation: "COMPACT", outputType: "JSONL" },
      },
      resultSelector: (s) => ({ file: s.result.ResultWriterDetails.Key }),
      retry: [{ errors: ["States.ItemReaderFailed"] }],
      catch: (errors) => errors.on(["States.ExceedToleratedFailureThreshold"], {}, (failed) => failed.fail("Too many")),
    },
    (item) => item.task("Train", train),
  );
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ file: string }>();
  const { definition, diagnostics } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(definition.States["Each"]).toEqual({
    Type: "Map",
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      ReaderConfig: { InputType: "JSONL", MaxItemsPath: "$.limit" },
      Parameters: { "Bucket.$": "$.manifest.bucket", "Key.$": "$.manifest.key" },
    },
    ItemSelector: { "modelId.$": "$$.Map.Item.Value.modelId", "run.$": "$$.Execution.Name" },
    MaxConcurrency: 20,
    ToleratedFailurePercentage: 10,
    ToleratedFailureCountPath: "$.limit",
    Label: "Models",
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "Train",
      States: { Train: { Type: "Task", Resource: "${TrainFunctionArn}", End: true } },
    },
    ResultWriter: {
      Resource: "arn:aws:states:::s3:putObject",
      Parameters: { "Bucket.$": "$.manifest.bucket", Prefix: "results" },
      WriterConfig: { Transformation: "COMPACT", OutputType: "JSONL" },
    },
    ResultSelector: { "file.$": "$.ResultWriterDetails.Key" },
    Retry: [{ ErrorEquals: ["States.ItemReaderFailed"] }],
    Catch: [{ ErrorEquals: ["States.ExceedToleratedFailureThreshold"], Next: "Too many" }],
    End: true,
  });
});

test("batches carry their items and what they share", () => {
  const flow = machine("Batches", { input: plain<{ models: { modelId: string }[] }>(), queryLanguage: "JSONata" })
    .pass("Name", { assign: (s) => ({ run: s.context.Execution.Name }) })
    .distributedMap(
      "Each",
      {
        items: (s) => s.input.models,
        itemBatcher: { maxItemsPerBatch: 5, batchInput: (s) => ({ run: s.vars.run }) },
        resultWriter: { writerConfig: { transformation: "FLATTEN", outputType: "JSON" } },
        executionType: "EXPRESS",
      },
      (batch) => batch.task("Train", trainAll),
    );
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ auc: number }[]>();
  const { definition, diagnostics } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(definition.States["Each"]).toMatchObject({
    Items: "{% $states.input.models %}",
    ItemBatcher: { MaxItemsPerBatch: 5, BatchInput: { run: "{% $run %}" } },
    ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" } },
    ResultWriter: { WriterConfig: { Transformation: "FLATTEN", OutputType: "JSON" } },
  });
});

test("a listing gives objects, and formats have their own settings", () => {
  const listing = machine("List", { input: plain<{ bucket: string }>() }).distributedMap(
    "Objects",
    {
      itemReader: {
        resource: "arn:aws:states:::s3:listObjectsV2",
        item: s3Object,
        parameters: (s) => ({ Bucket: s.input.bucket }),
      },
      resultWriter: { parameters: (s) => ({ Bucket: s.input.bucket }) },
    },
    (object) =>
      object.choice("Data?", (choose) =>
        choose
          .when(
            (s) => stringMatches(s.input.Key, "*.csv"),
            (flow) => flow.pass("Size", { parameters: (s) => ({ bytes: s.input.Size }) }),
          )
          .otherwise((flow) => flow.succeed("Skip")),
      ),
  );
  expectTypeOf<OutputOf<typeof listing>>().toEqualTypeOf<MapRunResult>();
  expect(build(listing).diagnostics).toEqual([]);

  const table = machine("Table", { input: plain<{ key: string }>(), queryLanguage: "JSONata" }).distributedMap(
    "Rows",
    {
      itemReader: {
        item: plain<{ id: string }>(),
        arguments: (s) => ({ Bucket: "rows", Key: s.input.key }),
        readerConfig: {
          inputType: "CSV",
          csvHeaderLocation: "GIVEN",
          csvHeaders: ["id"],
          csvDelimiter: "TAB",
          maxItems: 3,
        },
      },
    },
    (row) => row.pass("Row", { output: (s) => ({ id: s.input.id }) }),
  );
  expectTypeOf<OutputOf<typeof table>>().toEqualTypeOf<{ id: string }[]>();
  const { definition, diagnostics } = build(table);
  expect(diagnostics).toEqual([]);
  expect(definition.States["Rows"]).toMatchObject({
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      Arguments: { Bucket: "rows", Key: "{% $states.input.key %}" },
      ReaderConfig: {
        InputType: "CSV",
        CSVHeaderLocation: "GIVEN",
        CSVHeaders: ["id"],
        CSVDelimiter: "TAB",
        MaxItems: 3,
      },
    },
  });
});
