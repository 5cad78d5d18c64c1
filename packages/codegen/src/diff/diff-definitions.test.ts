import type { JsonObject, JsonValue } from "@stepwright/asl";
import { isJsonArray, isJsonObject } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { diffDefinitions } from "./diff-definitions.ts";

const pipeline: JsonObject = {
  Comment: "trains",
  TimeoutSeconds: 900,
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      ItemsPath: "$.models",
      MaxConcurrency: 3,
      ItemProcessor: {
        ProcessorConfig: { Mode: "INLINE" },
        StartAt: "Train",
        States: {
          Train: {
            Type: "Task",
            Resource: "arn:aws:lambda:eu-west-1:123456789012:function:train",
            TimeoutSeconds: 300,
            Parameters: { "id.$": "$.id", mode: "full" },
            Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 2, MaxAttempts: 3 }],
            Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Note" }],
            Next: "Good?",
          },
          "Good?": {
            Type: "Choice",
            Choices: [{ Variable: "$.auc", NumericGreaterThan: 0.7, Next: "Deploy" }],
            Default: "Note",
          },
          Deploy: {
            Type: "Parallel",
            Branches: [{ StartAt: "Push", States: { Push: { Type: "Pass", Result: { a: [1, 2] }, End: true } } }],
            End: true,
          },
          Note: { Type: "Wait", Seconds: 5, End: true },
        },
      },
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
};

/** The pipeline with other values at some places; `undefined` removes what is there. */
function changed(...edits: readonly (readonly [path: string, value: JsonValue | undefined])[]): JsonObject {
  const copy = structuredClone(pipeline) as Record<string, unknown>;
  for (const [path, value] of edits) {
    const keys = path.split("/");
    const last = keys.pop() ?? "";
    const holder = keys.reduce((from, key) => from[key] as Record<string, unknown>, copy);
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  }
  return copy as JsonObject;
}

function messages(after: JsonObject, before = pipeline): readonly string[] {
  return diffDefinitions(before, after).map(({ message }) => message);
}

const inner = "States/Each/ItemProcessor/States";

describe("in the words of a reviewer", () => {
  test.each<[string, readonly (readonly [string, JsonValue | undefined])[], readonly string[]]>([
    ["retry gone", [[`${inner}/Train/Retry`, undefined]], ["retry removed from Train"]],
    ["retry changed", [[`${inner}/Train/Retry/0/MaxAttempts`, 5]], ["retries of retry on Busy of Train 3 -> 5"]],
    ["timeout", [[`${inner}/Train/TimeoutSeconds`, 60]], ["timeout of Train 300 s -> 60 s"]],
    ["timeout of the machine", [["TimeoutSeconds", undefined]], ["timeout of 900 s removed from the machine"]],
    ["catch gone", [[`${inner}/Train/Catch`, undefined]], ["catch removed from Train"]],
    [
      "catch leads elsewhere",
      [[`${inner}/Train/Catch/0/Next`, "Good?"]],
      ["catch on States.ALL of Train goes on with Good?, no longer with Note"],
    ],
    ["data", [[`${inner}/Train/Parameters/mode`, "quick"]], ['Parameters of Train /mode "full" -> "quick"']],
    ["concurrency", [["States/Each/MaxConcurrency", 10]], ["MaxConcurrency of Each 3 -> 10"]],
    [
      "a condition",
      [[`${inner}/Good?/Choices/0/NumericGreaterThan`, 0.8]],
      ["Good? goes on with Deploy when $.auc > 0.8, before: when $.auc > 0.7"],
    ],
    [
      "a default",
      [[`${inner}/Good?/Default`, "Deploy"]],
      ["Good?, when no rule matches, goes on with Deploy, no longer with Note"],
    ],
    ["a comment", [["Comment", "retrains"]], ['comment of the machine "trains" -> "retrains"']],
    [
      "a state in between, and what it costs and may do",
      [
        [`${inner}/Train/Next`, "Tell"],
        [
          `${inner}/Tell`,
          {
            Type: "Task",
            Resource: "arn:aws:states:::sns:publish",
            Parameters: { TopicArn: "arn:aws:sns:eu-west-1:123456789012:t" },
            Next: "Good?",
          },
        ],
      ],
      [
        "Task Tell added between Train and Good?",
        "+1 transition per item of Each (3 -> 4 on the longest way)",
        "IAM widened: sns:Publish on arn:aws:sns:eu-west-1:123456789012:t",
      ],
    ],
    [
      "a renamed state",
      [
        ["States/Each/Next", "Finished"],
        ["States/Done", undefined],
        ["States/Finished", { Type: "Succeed" }],
      ],
      ["state renamed Done -> Finished"],
    ],
    [
      "a branch",
      [
        [
          `${inner}/Deploy/Branches`,
          [
            { StartAt: "Push", States: { Push: { Type: "Pass", Result: { a: [1, 2] }, End: true } } },
            { StartAt: "Pull", States: { Pull: { Type: "Pass", End: true } } },
          ],
        ],
      ],
      ["1 branch added to Deploy"],
    ],
  ])("%s", (_, edits, expected) => {
    expect(messages(changed(...edits))).toEqual(expected);
  });

  test("the other way round, what was added is removed", () => {
    const more = changed(["States/Done", { Type: "Pass", Next: "End" }], ["States/End", { Type: "Succeed" }]);
    expect(messages(pipeline, more)).toEqual([
      "Succeed End removed behind Done",
      "Done is a Succeed, no longer a Pass",
      "Done goes no further, before: End",
      "-1 transition per execution (3 -> 2 on the longest way)",
    ]);
  });

  test("a name that could be either of two is not called renamed", () => {
    const one: JsonObject = {
      StartAt: "A",
      States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", End: true } },
    };
    const other: JsonObject = {
      StartAt: "C",
      States: { C: { Type: "Pass", Next: "D" }, D: { Type: "Pass", End: true } },
    };
    expect(messages(other, one).filter((message) => message.includes("renamed"))).toEqual([]);
  });
});

test("every difference has its place and its values", () => {
  expect(diffDefinitions(pipeline, changed([`${inner}/Train/TimeoutSeconds`, 60]))).toEqual([
    {
      kind: "time",
      message: "timeout of Train 300 s -> 60 s",
      location: "/States/Each/ItemProcessor/States/Train",
      before: 300,
      after: 60,
    },
  ]);
});

test("the same definition has no difference, whatever the order of its fields", () => {
  const reversed = (value: JsonValue): JsonValue => {
    if (isJsonArray(value)) return value.map(reversed);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, member]) => [key, reversed(member)]),
    );
  };
  expect(diffDefinitions(pipeline, reversed(pipeline) as JsonObject)).toEqual([]);
});

test("no change of any value inside a state goes untold", () => {
  const leaves = leavesOf(pipeline, []).filter((path) => path.startsWith("States/"));
  expect(leaves.length).toBe(34);
  const untold = leaves.filter((path) => {
    const differences = diffDefinitions(pipeline, changed([path, "something else"]));
    return !differences.some(({ location }) => location.startsWith("/States/"));
  });
  expect(untold).toEqual([]);
});

function leavesOf(value: JsonValue, path: readonly string[]): readonly string[] {
  if (isJsonArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, String(index)]));
  if (isJsonObject(value)) return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
  return [path.join("/")];
}
