import type { Diagnostic } from "@stepwright/asl";
import { expect, expectTypeOf, test } from "vitest";
import {
  and,
  at,
  build,
  defineTask,
  isPresent,
  Jsonata,
  jsonata,
  machine,
  not,
  numericGreaterThan,
  plain,
  present,
  States,
  stringEquals,
} from "./index.ts";
import type { OutputOf, PathFlow } from "./index.ts";

interface Batch {
  models: { name: string; weight?: number }[];
  "odd key": { 0: string };
  limit: number;
}
const input = plain<Batch>();
const train = defineTask<{ name: string }, { auc: number; outcome: "OK" | "STOPPED" }, "NoCapacity">("Train");
const ask = defineTask<{ QueueUrl: string; MessageBody: { text: string; token: string } }, { approved: boolean }>(
  "Ask",
);
const tell = defineTask<{ text: string }, null>("Tell");

test("a JSONPath machine prints every option as its ASL field", () => {
  const { definition, diagnostics } = build(
    machine("All", { input, comment: "everything", timeoutSeconds: 3600 })
      .map(
        "Each",
        {
          items: (s) => s.input.models,
          itemSelector: (s) => ({ name: s.context.Map.Item.Value.name, run: s.context.Execution.Name }),
          maxConcurrency: (s) => s.input.limit,
          resultPath: "$.trained",
          catch: (errors) => errors.on(["States.ALL"], { resultPath: "$.error" }, (flow) => flow.fail("Gave up")),
        },
        (item) =>
          item.task("Train", train, {
            comment: "long",
            parameters: (s) => ({ name: s.input.name }),
            resultSelector: (s) => ({ auc: s.result.auc, names: [s.result.outcome, "x"] }),
            timeoutSeconds: 60,
            heartbeatSeconds: 10,
            retry: [{ errors: ["NoCapacity"], intervalSeconds: 2, maxDelaySeconds: 9, jitterStrategy: "FULL" }],
            assign: (s) => ({ auc: s.result.auc }),
          }),
      )
      .choice("Any?", (choose) =>
        choose
          .when(
            (s) => and(isPresent(s.input["odd key"]["0"]), not(numericGreaterThan(s.input.limit, 3))),
            (flow) => flow.pass("Shape", { parameters: (s) => ({ text: States.Format("{} {it's}", s.input.limit) }) }),
          )
          .otherwise((flow) => flow.pass("Take", { parameters: (s) => s.input.trained })),
      )
      .wait("Rest", { seconds: 5 })
      .succeed("Done"),
  );
  expect(diagnostics).toEqual([]);
  expect(definition).toMatchInlineSnapshot(`
    {
      "Comment": "everything",
      "StartAt": "Each",
      "States": {
        "Any?": {
          "Choices": [
            {
              "And": [
                {
                  "IsPresent": true,
                  "Variable": "$['odd key'][0]",
                },
                {
                  "Not": {
                    "NumericGreaterThan": 3,
                    "Variable": "$.limit",
                  },
                },
              ],
              "Next": "Shape",
            },
          ],
          "Default": "Take",
          "Type": "Choice",
        },
        "Done": {
          "Type": "Succeed",
        },
        "Each": {
          "Catch": [
            {
              "ErrorEquals": [
                "States.ALL",
              ],
              "Next": "Gave up",
              "ResultPath": "$.error",
            },
          ],
          "ItemProcessor": {
            "ProcessorConfig": {
              "Mode": "INLINE",
            },
            "StartAt": "Train",
            "States": {
              "Train": {
                "Assign": {
                  "auc.$": "$.auc",
                },
                "Comment": "long",
                "End": true,
                "HeartbeatSeconds": 10,
                "Parameters": {
                  "name.$": "$.name",
                },
                "Resource": "\${TrainFunctionArn}",
                "ResultSelector": {
                  "auc.$": "$.auc",
                  "names.$": "States.Array($.outcome, 'x')",
                },
                "Retry": [
                  {
                    "ErrorEquals": [
                      "NoCapacity",
                    ],
                    "IntervalSeconds": 2,
                    "JitterStrategy": "FULL",
                    "MaxDelaySeconds": 9,
                  },
                ],
                "TimeoutSeconds": 60,
                "Type": "Task",
              },
            },
          },
          "ItemSelector": {
            "name.$": "$$.Map.Item.Value.name",
            "run.$": "$$.Execution.Name",
          },
          "ItemsPath": "$.models",
          "MaxConcurrencyPath": "$.limit",
          "Next": "Any?",
          "ResultPath": "$.trained",
          "Type": "Map",
        },
        "Gave up": {
          "Type": "Fail",
        },
        "Rest": {
          "Next": "Done",
          "Seconds": 5,
          "Type": "Wait",
        },
        "Shape": {
          "Next": "Rest",
          "Parameters": {
            "text.$": "States.Format('{} {it\\'s}', $.limit)",
          },
          "Type": "Pass",
        },
        "Take": {
          "InputPath": "$.trained",
          "Next": "Rest",
          "Type": "Pass",
        },
      },
      "TimeoutSeconds": 3600,
    }
  `);
});

test("a JSONata machine prints every option as its ASL field", () => {
  const { definition, diagnostics } = build(
    machine("All", { input, queryLanguage: "JSONata" })
      .map(
        "Each",
        { items: (s) => s.input.models, output: (s) => ({ best: jsonata<number>`$max(${s.result}.auc)` }) },
        (item) =>
          item
            .task("Train", train, {
              arguments: (s) => ({ name: s.input.name }),
              timeoutSeconds: () => jsonata<number>`30 * 2`,
              output: (s) => ({ auc: s.result.auc, from: s.input.name, list: [s.context.Execution.Id, 1] }),
              assign: (s) => ({ outcome: s.result.outcome }),
              catch: (errors) =>
                errors.on(["NoCapacity"], { output: (s) => ({ auc: 0, why: s.errorOutput.Cause }) }, (flow) => flow),
            })
            .pass("Kept"),
      )
      .choice("Good?", (choose) =>
        choose
          .when(
            (s) => numericGreaterThan(s.input.best, 0.8),
            (flow) => flow.succeed("Good", { output: (s) => ({ auc: s.input.best }) }),
          )
          .when(
            (s) => jsonata<boolean>`${s.input.best} > 0.7`,
            (flow) => flow.task("Tell", tell, { arguments: () => ({ text: "so so" }) }),
          ),
      )
      .fail("Bad", { error: "TooWeak", cause: (s) => jsonata<string>`"best: " & $string(${s.context.State.Name})` }),
  );
  expect(diagnostics).toEqual([]);
  expect(definition).toMatchInlineSnapshot(`
    {
      "QueryLanguage": "JSONata",
      "StartAt": "Each",
      "States": {
        "Bad": {
          "Cause": "{% "best: " & $string($states.context.State.Name) %}",
          "Error": "TooWeak",
          "Type": "Fail",
        },
        "Each": {
          "ItemProcessor": {
            "ProcessorConfig": {
              "Mode": "INLINE",
            },
            "StartAt": "Train",
            "States": {
              "Kept": {
                "End": true,
                "Type": "Pass",
              },
              "Train": {
                "Arguments": {
                  "name": "{% $states.input.name %}",
                },
                "Assign": {
                  "outcome": "{% $states.result.outcome %}",
                },
                "Catch": [
                  {
                    "ErrorEquals": [
                      "NoCapacity",
                    ],
                    "Next": "Kept",
                    "Output": {
                      "auc": 0,
                      "why": "{% $states.errorOutput.Cause %}",
                    },
                  },
                ],
                "Next": "Kept",
                "Output": {
                  "auc": "{% $states.result.auc %}",
                  "from": "{% $states.input.name %}",
                  "list": [
                    "{% $states.context.Execution.Id %}",
                    1,
                  ],
                },
                "Resource": "\${TrainFunctionArn}",
                "TimeoutSeconds": "{% 30 * 2 %}",
                "Type": "Task",
              },
            },
          },
          "Items": "{% $states.input.models %}",
          "Next": "Good?",
          "Output": {
            "best": "{% $max($states.result.auc) %}",
          },
          "Type": "Map",
        },
        "Good": {
          "Output": {
            "auc": "{% $states.input.best %}",
          },
          "Type": "Succeed",
        },
        "Good?": {
          "Choices": [
            {
              "Condition": "{% $states.input.best > 0.8 %}",
              "Next": "Good",
            },
            {
              "Condition": "{% $states.input.best > 0.7 %}",
              "Next": "Tell",
            },
          ],
          "Default": "Bad",
          "Type": "Choice",
        },
        "Tell": {
          "Arguments": {
            "text": "so so",
          },
          "Next": "Bad",
          "Resource": "\${TellFunctionArn}",
          "Type": "Task",
        },
      },
    }
  `);
});

test("a Choice rejoins the chain, and a loop goes back", () => {
  const { definition, diagnostics } = build(
    machine("Loop", { input: plain<{ status: "RUNNING" | "DONE" }>() })
      .wait("Wait", { seconds: 30 })
      .choice("Done?", (choose) =>
        choose.when(
          (s) => stringEquals(s.input.status, "RUNNING"),
          (flow) => flow.goTo("Wait"),
        ),
      )
      .succeed("End"),
  );
  expect(diagnostics).toEqual([]);
  expect(definition.States["Done?"]).toEqual({
    Type: "Choice",
    Choices: [{ Variable: "$.status", StringEquals: "RUNNING", Next: "Wait" }],
    Default: "End",
  });
});

const trainAndKeep = (flow: PathFlow<{ name: string }>) => flow.task("Train", train, { resultPath: "$.training" });

test("a fragment is a function from flow to flow", () => {
  const flow = machine("Fragment", { input: plain<{ name: string; more: number }>() })
    .pass("First")
    .pipe(trainAndKeep)
    .pass("Last", { parameters: (s) => ({ auc: s.input.training.auc }) });
  expect(Object.keys(build(flow).definition.States)).toEqual(["First", "Train", "Last"]);
});

const shiftUntilDone = (flow: PathFlow<{ name: string }>) =>
  flow
    .wait("Wait", { seconds: 30 })
    .task("Train", train, { catch: (errors) => errors.on(["NoCapacity"], {}, (failed) => failed.goTo("Wait")) })
    .choice("Done?", (choose) =>
      choose
        .when(
          (s) => stringEquals(s.input.outcome, "STOPPED"),
          (stopped) => stopped.parallel("Both", [(branch) => branch.pass("Left")]).fail("Stopped"),
        )
        .otherwise((done) => done.pass("Take")),
    );

test("a machine has a fragment twice under two prefixes, each with its own loop", () => {
  const flow = machine("Twice", { input: plain<{ name: string }>() })
    .pipe(shiftUntilDone, { prefix: "First " })
    .pass("Again", { parameters: () => ({ name: "again" }) })
    .pipe(shiftUntilDone, { prefix: "Then " })
    .pass("Last", { parameters: (s) => ({ auc: s.input.auc }) });
  const { definition, diagnostics } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(definition.States["First Take"]).toEqual({ Type: "Pass", Next: "Again" });
  expect(definition.States["Then Train"]).toMatchObject({ Catch: [{ Next: "Then Wait" }], Next: "Then Done?" });
  expect(definition.States["Then Done?"]).toMatchObject({ Choices: [{ Next: "Then Both" }], Default: "Then Take" });
  expect(definition.States["Then Both"]).toMatchObject({ Branches: [{ StartAt: "Then Left" }], Next: "Then Stopped" });
  // @ts-expect-error the prefixed name is taken
  flow.pass("Then Wait");
});

test("a rule of a Choice assigns, and in JSONata shapes what goes on", () => {
  const path = machine("Path", { input }).choice("Big?", (choose) =>
    choose
      .whenWith(
        (s) => numericGreaterThan(s.input.limit, 3),
        { assign: (s) => ({ limit: s.input.limit }), comment: "big" },
        (flow) => flow.pass("Big", { parameters: (s) => ({ limit: s.vars.limit }) }),
      )
      .otherwise((flow) => flow.pass("Small", { parameters: () => ({ limit: 0 }) })),
  );
  expect(build(path).diagnostics).toEqual([]);
  expect(build(path).definition.States["Big?"]).toMatchObject({
    Choices: [{ NumericGreaterThan: 3, Assign: { "limit.$": "$.limit" }, Comment: "big", Next: "Big" }],
  });
  const query = machine("Query", { input, queryLanguage: "JSONata" }).choice("Big?", (choose) =>
    choose
      .whenWith(
        (s) => numericGreaterThan(s.input.limit, 3),
        { output: (s) => ({ big: s.input.limit }) },
        (flow) => flow.pass("Big", { output: (s) => ({ was: s.input.big }) }),
      )
      .otherwise((flow) => flow.succeed("Small")),
  );
  expect(build(query).diagnostics).toEqual([]);
  expect(build(query).definition.States["Big?"]).toMatchObject({
    Choices: [{ Output: { big: "{% $states.input.limit %}" }, Next: "Big" }],
  });
});

test("what reads a Map's result is typed behind its processor", () => {
  const flow = machine("Best", { input, queryLanguage: "JSONata" }).map(
    "Each",
    { items: (s) => s.input.models },
    (item) => item.task("Train", train),
    { output: (s) => ({ best: Jsonata.max(Jsonata.pluck(s.result, "auc")), from: s.input.limit }) },
  );
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ best: number; from: number }>();
  expect(build(flow).definition.States["Each"]).toMatchObject({
    Output: { best: "{% $max([$states.result.`auc`]) %}", from: "{% $states.input.limit %}" },
  });
  const path = machine("First", { input }).map(
    "Each",
    { items: (s) => s.input.models, itemSelector: (s) => ({ name: s.context.Map.Item.Value.name }) },
    (item) => item.task("Train", train),
    { resultSelector: (s) => ({ first: at(s.result, 0).auc }), resultPath: "$.training" },
  );
  expectTypeOf<OutputOf<typeof path>["training"]>().toEqualTypeOf<{ first: number | undefined }>();
  expect(build(path).definition.States["Each"]).toMatchObject({
    ResultSelector: { "first.$": "$[0].auc" },
    ResultPath: "$.training",
  });
});

test("a Map in JSONata goes through items that are written out", () => {
  const flow = machine("List", { input, queryLanguage: "JSONata" }).map(
    "Each",
    { items: (s) => [s.input.limit, 2] },
    (item) => item.pass("One"),
  );
  const { definition, diagnostics } = build(flow.end());
  expect(diagnostics).toEqual([]);
  expect(definition.States["Each"]).toMatchObject({ Type: "Map", Items: ["{% $states.input.limit %}", 2] });
});

test("a flow is immutable: two continuations of one flow know nothing of each other", () => {
  const start = machine("Start", { input }).pass("First");
  const one = start.succeed("One");
  const other = start.succeed("Other");
  expect(Object.keys(build(one).definition.States)).toEqual(["First", "One"]);
  expect(Object.keys(build(other).definition.States)).toEqual(["First", "Other"]);
  expect(Object.isFrozen(start)).toBe(true);
});

test("a task with a resource of its own is no function of ours, and may be sent its token", () => {
  const { definition, tasks, diagnostics } = build(
    machine("Approval", { input: plain<{ text: string }>() }).task("Ask", ask, {
      resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      parameters: (s) => ({
        QueueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/approvals",
        MessageBody: { text: s.input.text, token: s.context.Task.Token },
      }),
    }),
  );
  expect(diagnostics).toEqual([]);
  expect(definition.States["Ask"]).toMatchObject({
    Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    Parameters: { MessageBody: { "text.$": "$.text", "token.$": "$$.Task.Token" } },
  });
  expect(tasks).toEqual([]);
});

test("what the validator finds points at the author's line", () => {
  const { diagnostics, sourceMap } = build(machine("Bad", { input }).wait("Wait", { timestamp: "tomorrow" }));
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({ severity: "ERROR", source: sourceMap.get("/States/Wait") });
  expect(sourceMap.get("/States/Wait")?.file).toBe(import.meta.filename);
});

test("of several states around a mistake, the innermost one is named", () => {
  const { diagnostics, sourceMap } = build(
    machine("Nested", { input })
      .parallel("Both", [(branch) => branch.pass("Bot"), (branch) => branch.wait("Left", { timestamp: "tomorrow" })])
      .pass("Bo"),
  );
  const [{ location, source }] = diagnostics as [Diagnostic];
  expect(location).toMatch(/^\/States\/Both\/Branches\[1\]\/States\/Left/);
  expect(source).toEqual(sourceMap.get("/States/Both/Branches[1]/States/Left"));
});

test("names that JavaScript reserves are data", () => {
  const { definition } = build(
    machine("Own", { input: plain<{ __proto__: string; prototype: string }>() }).pass("Keys", {
      parameters: (s) => ({ ["__proto__"]: s.input.__proto__, prototype: present(s.input.prototype) }),
    }),
  );
  const { Parameters } = definition.States["Keys"] as { Parameters: object };
  expect(Object.entries(Parameters)).toEqual([
    ["__proto__.$", "$.__proto__"],
    ["prototype.$", "$.prototype"],
  ]);
});

test("what JSONPath cannot say is refused at the call, naming what was found", () => {
  const start = machine("Refused", { input });
  // @ts-expect-error a JSONPath state takes references and States functions, not JSONata
  expect(() => start.pass("Odd", { parameters: () => ({ sum: jsonata<number>`1 + 1` }) })).toThrow(
    /found the JSONata expression "1 \+ 1" in a JSONPath state/,
  );
  expect(() => build({})).toThrow(/wanted a flow that began with machine/);
});

test("any state can be written as ASL, typed at its edges", () => {
  const { definition, diagnostics, sourceMap } = build(
    machine("Raw", { input: plain<{ bucket: string }>() })
      .state(
        "Each file",
        {
          Type: "Map",
          ItemReader: {
            Resource: "arn:aws:states:::s3:listObjectsV2",
            Parameters: { "Bucket.$": "$.bucket" },
          },
          ItemProcessor: {
            ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
            StartAt: "Keep",
            States: { Keep: { Type: "Pass", End: true } },
          },
        },
        plain<{ Key: string }[]>(),
      )
      .pass("First", { parameters: (s) => ({ key: States.ArrayGetItem(s.input, 0), run: s.context.Execution.Name }) }),
  );
  expect(diagnostics).toEqual([]);
  expect(definition.States["Each file"]).toMatchObject({ Type: "Map", Next: "First" });
  expect([...sourceMap.keys()]).toEqual(["/States/Each file", "/States/First"]);
});

test("a name that only the run knows is checked when the machine is built", () => {
  const name: string = "Same";
  const { diagnostics } = build(machine("Names", { input }).pass(name).pass(name));
  expect(diagnostics).toMatchObject([
    { code: "DUPLICATE_STATE_NAME", location: "/States/Same", source: { file: import.meta.filename } },
  ]);
});

test("a Choice that leads nowhere is an error, not an execution that fails", () => {
  const { diagnostics } = build(
    machine("Nowhere", { input }).choice("Big?", (choose) =>
      choose.when(
        (s) => numericGreaterThan(s.input.limit, 3),
        (flow) => flow.succeed("Big"),
      ),
    ),
  );
  expect(diagnostics).toMatchObject([{ severity: "ERROR", location: "/States/Big?/Default" }]);
});
