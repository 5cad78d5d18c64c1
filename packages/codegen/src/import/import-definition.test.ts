import type { JsonObject } from "@stepwright/asl";
import { expect, test } from "vitest";
import { generateFrom, typeCheck } from "../../test/imported-source.ts";
import { importDefinition } from "./import-definition.ts";

const retry = [{ ErrorEquals: ["Busy"], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }];
const resource = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;

const order: JsonObject = {
  Comment: "takes an order",
  TimeoutSeconds: 900,
  StartAt: "Charge",
  States: {
    Charge: {
      Type: "Task",
      Resource: "${ChargeFunctionArn}",
      Parameters: { "id.$": "$.order.id", "when.$": "$$.Execution.StartTime", currency: "EUR" },
      ResultPath: "$.charge",
      Retry: retry,
      Catch: [{ ErrorEquals: ["Declined"], ResultPath: "$.error", Next: "Tell" }],
      Next: "Paid?",
    },
    "Paid?": {
      Type: "Choice",
      Choices: [
        { Variable: "$.charge.state", StringEquals: "PENDING", Next: "Wait" },
        {
          And: [
            { Variable: "$.charge.amount", NumericGreaterThan: 100 },
            { Variable: "$.order.id", IsPresent: true },
          ],
          Next: "Review",
        },
      ],
      Default: "Ship",
    },
    Wait: { Type: "Wait", Seconds: 5, Next: "Charge" },
    Review: { Type: "Pass", Result: { reviewed: true }, ResultPath: "$.review", Next: "Ship" },
    Ship: {
      Type: "Map",
      ItemsPath: "$.order.lines",
      ItemSelector: { "sku.$": "$$.Map.Item.Value.sku", "message.$": "States.Format('line {}', $.order.id)" },
      MaxConcurrency: 2,
      ItemProcessor: {
        ProcessorConfig: { Mode: "INLINE" },
        StartAt: "Pack",
        States: { Pack: { Type: "Task", Resource: resource("pack"), Retry: retry, End: true } },
      },
      Next: "Done",
    },
    Tell: {
      Type: "Task",
      Resource: "arn:aws:states:::sns:publish",
      Parameters: { "Message.$": "$.error.Cause", TopicArn: "${Topic}" },
      End: true,
    },
    Done: { Type: "Succeed" },
  },
};

test("the source reads as an author would have written it", { timeout: 60_000 }, async () => {
  const source = importDefinition(order, { name: "Order", source: "order.asl.json" });
  await expect(source).toMatchFileSnapshot("../../test/imported-order.expected.txt");
  expect(generateFrom(source)).toEqual(order);
  expect(await typeCheck([source])).toBe("");
});

const files: JsonObject = {
  StartAt: "Rows",
  States: {
    Rows: {
      Type: "Map",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW", MaxItemsPath: "$.limit" },
        Parameters: { "Bucket.$": "$.bucket", Key: "rows.csv" },
      },
      ItemSelector: { "id.$": "$$.Map.Item.Value.id", "run.$": "$$.Execution.Name" },
      ItemBatcher: { MaxItemsPerBatch: 10, BatchInput: { "bucket.$": "$.bucket" } },
      MaxConcurrency: 100,
      ToleratedFailurePercentage: 5,
      Label: "Rows",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
        StartAt: "Load",
        States: { Load: { Type: "Task", Resource: "${LoadFunctionArn}", End: true } },
      },
      ResultWriter: {
        Resource: "arn:aws:states:::s3:putObject",
        Parameters: { "Bucket.$": "$.bucket", Prefix: "results" },
        WriterConfig: { OutputType: "JSONL", Transformation: "COMPACT" },
      },
      ResultPath: "$.run",
      Retry: [{ ErrorEquals: ["States.ItemReaderFailed"], MaxAttempts: 1 }],
      Next: "Objects",
    },
    Objects: {
      Type: "Map",
      ItemReader: {
        Resource: "arn:aws:states:::s3:listObjectsV2",
        Parameters: { "Bucket.$": "$.run.ResultWriterDetails.Bucket" },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Key",
        States: { Key: { Type: "Pass", InputPath: "$.Key", End: true } },
      },
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Stop" }],
      End: true,
    },
    Stop: { Type: "Fail" },
  },
};

test("a Distributed Map is one, with its reader, batches and writer", { timeout: 60_000 }, async () => {
  const source = importDefinition(files, { name: "Files" });
  expect(generateFrom(source)).toEqual(files);
  expect(source).not.toMatch(/\basl:|untyped/);
  await expect(source).toMatchFileSnapshot("../../test/imported-files.expected.txt");
  expect(await typeCheck([source])).toBe("");
});

test("what a Distributed Map's options cannot say stays ASL", { timeout: 60_000 }, async () => {
  const { Rows, ...others } = files["States"] as Record<string, JsonObject>;
  const reader = { Resource: "arn:aws:states:::s3:getObject", Parameters: { Bucket: { Ref: "Rows" }, Key: "k" } };
  const odd = { ...files, States: { Rows: { ...Rows, ItemReader: reader, ItemBatcher: {}, Extra: 1 }, ...others } };
  const source = importDefinition(odd, { name: "Odd" });
  expect(source).toContain(".distributedMap(");
  expect(source).toContain("ItemReader: {");
  expect(generateFrom(source)).toEqual(odd);
  expect(await typeCheck([source])).toBe("");
});

/** A job that is polled, under names of its own. */
function polled(number: string, topic: string): JsonObject {
  return {
    StartAt: `Start job ${number}`,
    States: {
      [`Start job ${number}`]: { Type: "Task", Resource: "${StartFunctionArn}", Next: `Wait ${number}` },
      [`Wait ${number}`]: { Type: "Wait", Seconds: 30, Next: `Ask ${number}` },
      [`Ask ${number}`]: {
        Type: "Task",
        Resource: "${AskFunctionArn}",
        Parameters: { "job.$": "$.job" },
        Next: `Ready ${number}?`,
      },
      [`Ready ${number}?`]: {
        Type: "Choice",
        Choices: [{ Variable: "$.status", StringEquals: "RUNNING", Next: `Wait ${number}` }],
        Default: `Tell ${number}`,
      },
      [`Tell ${number}`]: {
        Type: "Task",
        Resource: "arn:aws:states:::sns:publish",
        Parameters: { TopicArn: topic, "Message.$": "$.status" },
        End: true,
      },
    },
  };
}

const jobs: JsonObject = {
  StartAt: "Jobs",
  States: { Jobs: { Type: "Parallel", Branches: [polled("A", "${First}"), polled("B", 'arn:"b"')], End: true } },
};

test("what is repeated is a fragment, whose parameters are the differences", { timeout: 60_000 }, async () => {
  const source = importDefinition(jobs, { name: "Jobs" });
  expect(generateFrom(source)).toEqual(jobs);
  await expect(source).toMatchFileSnapshot("../../test/imported-jobs.expected.txt");
  expect(await typeCheck([source])).toBe("");
});

const computing = (who: string) => ({
  StartAt: `Start ${who}`,
  States: {
    [`Start ${who}`]: { Type: "Task", Resource: "${StartFunctionArn}", Parameters: { who }, Next: `Add ${who}` },
    [`Add ${who}`]: { Type: "Pass", QueryLanguage: "JSONata", Output: "{% $states.input.a %}", Next: `Stop ${who}` },
    [`Stop ${who}`]: { Type: "Task", Resource: "${StopFunctionArn}", End: true },
  },
});

test("a fragment holds its states in JSONata, and a member named like its parameter is written once", () => {
  const all = { Type: "Parallel", Branches: ["A", "B", "C", "D"].map(computing), End: true };
  const definition: JsonObject = { StartAt: "All", States: { All: all } };
  const source = importDefinition(definition, { name: "Jobs" });
  expect(source).toContain(`startSteps("C", "C")`);
  expect(source).toContain("parameters: () => ({ who })");
  expect(source).toContain(".inJsonata((flow) => flow.pass(`Add ${name}`");
  expect(generateFrom(source)).toEqual(definition);
});

const longer = (graph: JsonObject, seconds: number): JsonObject =>
  JSON.parse(JSON.stringify(graph).replace('"Seconds":30', `"Seconds":${seconds}`)) as JsonObject;

test.each([
  ["differs in more than texts", {}, [polled("A", "t"), longer(polled("B", "t"), 31)]],
  ["sees variables, as a fragment does not", { Assign: { who: 1 } }, [polled("A", "t"), polled("B", "t")]],
  ["holds what marks differences", {}, [polled("A \u{e000}0\u{e001}", "t"), polled("B", "t")]],
])("what %s is written out", (_, first, branches) => {
  const definition = {
    StartAt: "First",
    States: {
      First: { Type: "Pass", ...first, Next: "Jobs" },
      Jobs: { Type: "Parallel", Branches: branches, End: true },
    },
  };
  const source = importDefinition(definition, { name: "Jobs" });
  expect(source).not.toContain(".pipe(");
  expect(generateFrom(source)).toEqual(definition);
});

test("states in JSONata in a JSONPath machine stand together, but not with a way that goes on in JSONPath", () => {
  const inJsonata = { QueryLanguage: "JSONata" };
  const definition: JsonObject = {
    StartAt: "Sum",
    States: {
      Sum: { Type: "Pass", ...inJsonata, Output: { sum: "{% $states.input.total %}" }, Next: "Both" },
      Both: {
        Type: "Parallel",
        ...inJsonata,
        Branches: [{ StartAt: "Left", States: { Left: { Type: "Pass", ...inJsonata, End: true } } }],
        Next: "Tell",
      },
      Tell: { Type: "Task", Resource: "${Tell}", Next: "Big?" },
      "Big?": {
        Type: "Choice",
        ...inJsonata,
        Choices: [{ Condition: "{% $states.input.big %}", Next: "Stop" }],
        Default: "Done",
      },
      Done: { Type: "Succeed" },
      Stop: { Type: "Fail" },
    },
  };
  const source = importDefinition(definition, { name: "Mixed" });
  expect(source).toContain(`.inJsonata((flow) => flow
    .pass("Sum", { output: (s) => ({ sum: s.input.total }) })
    .parallel("Both", [(branch) => branch.pass("Left")]))
  .task("Tell"`);
  expect(source).toContain('asl: { QueryLanguage: "JSONata" }');
  expect(generateFrom(source)).toEqual(definition);
});

const definitions: Readonly<Record<string, JsonObject>> = {
  "JSONata, with expressions, variables and an Output in a Catcher": {
    QueryLanguage: "JSONata",
    StartAt: "Sum",
    States: {
      Sum: {
        Type: "Pass",
        Output: { total: "{% $sum($states.input.lines.`price`) %}", first: "{% $states.input.name %}", odd: "{%1%}" },
        Assign: { who: "{% $states.input.name %}" },
        Next: "Go",
      },
      Go: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: { FunctionName: "${Go}", Payload: "{% $states.input.total %}" },
        TimeoutSeconds: "{% 2 * 3 %}",
        Output: "{% $states.result.Payload %}",
        Catch: [
          { ErrorEquals: ["States.ALL"], Output: { why: "{% $states.errorOutput.Cause & `x` %}" }, Next: "Stop" },
        ],
        Next: "Which",
      },
      Which: {
        Type: "Choice",
        Choices: [
          { Condition: "{% $who = 'me' %}", Next: "Done" },
          { Condition: "{% true %}", Assign: { x: 1 }, Output: { a: 1 }, Next: "Stop" },
        ],
        Default: "Stop",
      },
      Stop: { Type: "Fail", Error: "Stopped", Cause: "{% $states.input.why %}" },
      Done: { Type: "Succeed", Output: "{% $who %}" },
    },
  },
  "a JSONata state and paths without a reference in a JSONPath machine": {
    Version: "1.0",
    StartAt: "One",
    States: {
      One: {
        Type: "Pass",
        Parameters: {
          "all.$": "$.orders[*].id",
          "last.$": "$.orders[-1]",
          "first.$": "$.orders[0]['odd key']",
          "then.$": "$.then",
        },
        OutputPath: "$.all",
        Next: "Two",
      },
      Two: {
        Type: "Task",
        QueryLanguage: "JSONata",
        Resource: resource("two"),
        Arguments: "{% 1 %}",
        Output: "{% 2 %}",
        Next: "Three",
      },
      Three: { Type: "Choice", Choices: [{ Variable: "$.a", IsNull: false, Next: "Four" }] },
      Four: { Type: "Wait", Seconds: "${Seconds}" as unknown as number, Next: "Five" },
      Five: { Type: "Fail", CausePath: "States.JsonToString($)" },
    },
  },
  "ways that jump over states that come later": {
    StartAt: "A",
    States: {
      A: {
        Type: "Choice",
        Choices: [
          { Variable: "$.a", BooleanEquals: true, Next: "B" },
          { Variable: "$.c", BooleanEquals: true, Next: "C" },
        ],
        Default: "D",
      },
      B: { Type: "Choice", Choices: [{ Variable: "$.b", StringMatches: "x*", Next: "E" }], Default: "C" },
      C: { Type: "Pass", Next: "D" },
      D: { Type: "Parallel", Branches: [{ StartAt: "X", States: { X: { Type: "Pass", End: true } } }], Next: "E" },
      E: { Type: "Pass", End: true },
    },
  },
  "what a branch and a processor say besides their states": {
    StartAt: "Both",
    States: {
      Both: {
        Type: "Parallel",
        Branches: [
          { StartAt: "A", States: { A: { Type: "Pass", End: true } } },
          { Comment: "the other", StartAt: "B", States: { B: { Type: "Pass", End: true } } },
        ],
        Next: "Each",
      },
      Each: {
        Type: "Map",
        ItemProcessor: {
          Comment: "one",
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: "C",
          States: { C: { Type: "Pass", End: true } },
        },
        End: true,
      },
    },
  },
  "names that are data": {
    StartAt: "__proto__",
    States: Object.fromEntries([
      [
        "__proto__",
        { Type: "Pass", Result: Object.fromEntries([["__proto__", { a: "`${b}`\u2028" }]]), Next: "constructor" },
      ],
      ["constructor", { Type: "Task", Resource: "${Delete}", End: true }],
    ]),
  },
};

test.each(Object.entries(definitions))("%s", (_, definition) => {
  expect(generateFrom(importDefinition(definition, { name: "Again" }))).toEqual(definition);
});

test("all these sources type-check", { timeout: 60_000 }, async () => {
  const sources = Object.values(definitions).map((definition) => importDefinition(definition, { name: "Again" }));
  expect(await typeCheck(sources)).toBe("");
  expect(await typeCheck([...sources, "export const wrong: string = 1;"])).toMatch(
    /^[^\n]*5\.ts\(1,14\): error TS2322/,
  );
});

test.each([
  [{ StartAt: "A", States: { A: { Type: "Pass", Next: "B" } } }, "found /States/A leading to B, wanted a state of /"],
  [{ StartAt: "A", States: { A: { Type: "Pass" } } }, "found neither Next nor End in /States/A"],
  [{ StartAt: "A", States: { A: { Type: "Succeed" }, B: { Type: "Succeed" } } }, "found no way to /States/B"],
  [
    { StartAt: "A", States: { A: { Type: "Sleep", End: true } } },
    'found Type "Sleep" in /States/A, wanted a state\'s type',
  ],
  [{ States: {} }, "found StartAt undefined, wanted a state of /"],
])("what leads nowhere is refused: %j", (definition, message) => {
  expect(() => importDefinition(definition as JsonObject, { name: "X" })).toThrow(message);
});
