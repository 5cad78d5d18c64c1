/** One section a rule: what it refuses or warns of, and what it lets through. AWS's own answers are cases in conformance/. */
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { diagnosticCodes } from "./codes.ts";
import type { ValidateOptions } from "./report.ts";
import { validateDefinition } from "./validate-definition.ts";
import { validateText } from "./validate-text.ts";

const lambda = "arn:aws:lambda:eu-west-1:123456789012:function:f";
const work = { Type: "Task", Resource: lambda, End: true };
const done = { Type: "Succeed" };

/** A machine of these states that starts at the first one. */
function machine(states: Readonly<Record<string, JsonValue>>, more: JsonObject = {}): JsonObject {
  return { ...more, StartAt: Object.keys(states)[0] ?? "", States: states };
}

/** `CODE location`, one for each diagnostic. */
function found(definition: JsonValue, options?: ValidateOptions): readonly string[] {
  return validateDefinition(definition, options).map(({ code, location }) => `${code} ${location ?? "-"}`);
}

const refused = "SCHEMA_VALIDATION_FAILED";

const foundInJsonata = (state: JsonObject): readonly string[] =>
  found(machine({ A: state }, { QueryLanguage: "JSONata" }));

const foundInChoice = (rule: JsonObject): readonly string[] =>
  found(machine({ A: { Type: "Choice", Choices: [{ ...rule, Next: "B" }] }, B: done }));

const foundInDistributedMap = (
  more: JsonObject,
  mode: JsonObject = { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
): readonly string[] =>
  found(
    machine({
      M: { Type: "Map", ItemProcessor: { ProcessorConfig: mode, ...machine({ I: done }) }, ...more, End: true },
    }),
  );

const passWithText = (characters: number) =>
  machine({ A: { Type: "Pass", Result: "é".repeat(characters), End: true } });

describe("the definition itself", () => {
  test.each([[null], [1], ["text"], [[]]])("%j is no definition", (value) => {
    expect(validateDefinition(value)).toEqual([
      { severity: "ERROR", code: refused, message: "Definition must be a valid JSON object" },
    ]);
  });

  test("severity ERROR leaves the warnings out", () => {
    const definition = machine({ A: { Type: "Pass", Result: { "a.$": "$.a" }, End: true } });
    expect(found(definition)).toEqual(["PASS_RESULT_IS_STATIC /States/A/Result/a.$"]);
    expect(found(definition, { severity: "ERROR" })).toEqual([]);
  });

  test("the order of findings is the same on every run", () => {
    const definition = machine({ A: { Type: "Task", Next: "X" }, B: { Type: "Wait", End: true } });
    expect(found(definition)).toEqual(found(structuredClone(definition)));
  });
});

describe("shape", () => {
  test("a state without Type, and one that is no object", () => {
    expect(found(machine({ A: {}, B: 1 }))).toEqual([
      `${refused} /States/A`,
      `${refused} /States/B`,
      "MISSING_END_STATE -",
    ]);
  });

  test("names of the prototype are unknown fields like any other", () => {
    const state = JSON.parse('{"Type":"Succeed","__proto__":{},"constructor":1,"toString":2}') as JsonObject;
    expect(found(machine({ A: state }))).toEqual(Array(3).fill(`${refused} /States/A`));
  });

  test.each<[string, JsonObject]>([
    ["Resource", { Type: "Task", Resource: 1, End: true }],
    ["Comment", { Type: "Pass", Comment: {}, End: true }],
    ["End", { Type: "Pass", End: "true" }],
    ["Seconds", { Type: "Wait", Seconds: 1.5, End: true }],
    ["Seconds", { Type: "Wait", Seconds: "{% 1 %}", End: true }],
    ["Choices", { Type: "Choice", Choices: {} }],
    ["Retry[0]", { ...work, Retry: ["States.ALL"] }],
    ["Assign", { Type: "Pass", Assign: [], End: true }],
    ["ResultSelector", { ...work, ResultSelector: "$" }],
  ])("%s of the wrong type", (field, state) => {
    expect(found(machine({ A: state }), { severity: "ERROR" })).toContain(`${refused} /States/A/${field}`);
  });

  test("placeholders stand for any value", () => {
    const state = { ...work, Resource: "${F}", TimeoutSeconds: "${T}", Retry: "${R}", InputPath: "${P}" };
    expect(found(machine({ A: state }))).toEqual([]);
    expect(found(machine({ A: { ...work, Resource: { "Fn::GetAtt": ["F", "Arn"] } } }))).toEqual([]);
  });

  test.each(["2030-01-01T00:00:00Z", "2030-01-01T00:00:00.123456+05:30", "2028-02-29T23:59:59Z"])(
    "%s is a time",
    (Timestamp) => {
      expect(found(machine({ A: { Type: "Wait", Timestamp, End: true } }))).toEqual([]);
    },
  );

  test.each([
    "2030-01-01",
    "2030-13-01T00:00:00Z",
    "2029-02-29T00:00:00Z",
    "2030-01-01T24:00:00Z",
    "2030-01-01T00:00:00",
    "2030-01-01t00:00:00z",
  ])("%s is none", (Timestamp) => {
    expect(found(machine({ A: { Type: "Wait", Timestamp, End: true } }))).toEqual([`${refused} /States/A/Timestamp`]);
  });
});

describe("paths and templates", () => {
  test.each<[string, string]>([
    ["InputPath", "$.a["],
    ["ResultPath", "$$.a"],
    ["ResultPath", "$variable.a"],
    ["OutputPath", "States.UUID()"],
  ])("%s %s is refused", (field, value) => {
    expect(found(machine({ A: { Type: "Pass", [field]: value, End: true } }))).toEqual([
      `${refused} /States/A/${field}`,
    ]);
  });

  test.each<[string, string | null]>([
    ["InputPath", null],
    ["InputPath", "$..a[?(@.b > 1)]"],
    ["OutputPath", "$$.Execution.Id"],
    ["ResultPath", "$.a['b c'][0]"],
  ])("%s %s is accepted", (field, value) => {
    expect(found(machine({ A: { Type: "Pass", [field]: value, End: true } }))).toEqual([]);
  });

  test("a dynamic member is a path or a call, wherever it stands in the template", () => {
    const Parameters = {
      "a.$": "text",
      list: [{ "b.$": 1 }],
      fine: { "c.$": "States.Format('{}', $.x)" },
      text: "States.",
    };
    expect(found(machine({ A: { Type: "Pass", Parameters, End: true } }))).toEqual([
      `${refused} /States/A/Parameters`,
      `${refused} /States/A/Parameters/list[0]`,
    ]);
  });

  test("a member may not stand twice after its .$ is dropped", () => {
    const Parameters = { a: 1, "a.$": "$.a" };
    expect(found(machine({ A: { Type: "Pass", Parameters, End: true } }))).toEqual([`${refused} /States/A/Parameters`]);
  });

  test("ErrorPath and CausePath take calls that return text", () => {
    expect(
      found(machine({ A: { Type: "Fail", ErrorPath: "States.UUID()", CausePath: "States.MathAdd(1, 2)" } })),
    ).toEqual([`${refused} /States/A/CausePath`]);
  });
});

describe("JSONata", () => {
  test.each<[string, string]>([
    ["{% 1 + %}", "INVALID_JSONATA_EXPRESSION"],
    ["{% $$.a %}", "UNSUPPORTED_JSONATA_EXPRESSION"],
    ["{% $eval('1') %}", "UNSUPPORTED_JSONATA_EXPRESSION"],
    ["{% $states.result %}", "UNSUPPORTED_JSONATA_EXPRESSION"],
    ["{% $states.errorOutput %}", "UNSUPPORTED_JSONATA_EXPRESSION"],
    ["{% 1", refused],
  ])("%s is refused in the Output of a Pass", (text, code) => {
    expect(foundInJsonata({ Type: "Pass", Output: { list: [text] }, End: true })).toEqual([
      `${code} /States/A/Output/list[0]`,
    ]);
  });

  test("result and errorOutput may be read where they are set", () => {
    const Catch = [{ ErrorEquals: ["States.ALL"], Output: "{% $states.errorOutput %}", Next: "B" }];
    const state = { ...work, Output: "{% $states.result.a %}", Assign: { x: "{% $states.result %}" }, Catch };
    expect(found(machine({ A: state, B: done }, { QueryLanguage: "JSONata" }))).toEqual([]);
  });

  test("numbers, conditions and texts may be expressions; keys never are", () => {
    const Choices = [{ Condition: "{% $states.input.a = 1 %}", Next: "B" }];
    const states = {
      A: { Type: "Choice", Choices, Default: "C" },
      B: { Type: "Wait", Seconds: "{% $states.input.n %}", End: true },
      C: { Type: "Fail", Error: "{% $states.input.e %}", Cause: " {% text %}" },
    };
    expect(found(machine(states, { QueryLanguage: "JSONata" }))).toEqual([]);
  });
});

describe("exclusive fields", () => {
  test("End: false does not end", () => {
    expect(found(machine({ A: { Type: "Pass", End: false }, B: done }))).toContain(`${refused} /States/A`);
  });

  test("a Map has one ItemSelector, a Task one timeout", () => {
    const ItemProcessor = machine({ I: done });
    const each = { Type: "Map", ItemProcessor, ItemSelector: {}, Parameters: {}, Next: "B" };
    expect(found(machine({ A: each, B: { ...work, TimeoutSeconds: 1, TimeoutSecondsPath: "$.t" } }))).toEqual([
      `${refused} /States/A`,
      `${refused} /States/B`,
    ]);
  });
});

describe("choice rules", () => {
  test.each<[string, JsonObject, string]>([
    ["no condition", {}, "/States/A/Choices[0]"],
    ["two operators", { Variable: "$.a", IsNull: true, IsString: true }, "/States/A/Choices[0]"],
    ["no operator", { Variable: "$.a" }, "/States/A/Choices[0]"],
    ["an empty And", { And: [] }, "/States/A/Choices[0]/And"],
    ["a rule deep inside", { Or: [{ Not: { And: [{ Variable: "$.a" }] } }] }, "/States/A/Choices[0]/Or[0]/Not/And[0]"],
    ["an operand of the wrong type", { Variable: "$.a", NumericEquals: "1" }, "/States/A/Choices[0]/NumericEquals"],
    ["a time that is none", { Variable: "$.a", TimestampEquals: "today" }, "/States/A/Choices[0]/TimestampEquals"],
  ])("%s", (_what, rule, location) => {
    expect(foundInChoice(rule)).toEqual([`${refused} ${location}`]);
  });

  test("nested rules that are whole", () => {
    expect(
      foundInChoice({
        And: [{ Variable: "$.a", IsPresent: true }, { Not: { Variable: "$.a", StringEqualsPath: "$.b" } }],
      }),
    ).toEqual([]);
  });
});

describe("variables", () => {
  test("an inner scope does not assign what an outer one has, but across a distributed Map it may", () => {
    const inner = machine({ I: { Type: "Pass", Assign: { "x.$": "$.a", mine: 1 }, End: true } });
    const outer = (ItemProcessor: JsonObject) =>
      machine({ A: { Type: "Pass", Assign: { x: 1 }, Next: "M" }, M: { Type: "Map", ItemProcessor, End: true } });
    expect(found(outer(inner))).toEqual([`${refused} /States/M/ItemProcessor/States/I/Assign/x.$`]);
    const ProcessorConfig = { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" };
    expect(found(outer({ ...inner, ProcessorConfig }))).toEqual([]);
  });

  test("sibling branches may share a name; a name has 80 characters at most", () => {
    const branch = (name: string) =>
      machine({ [name]: { Type: "Pass", Assign: { x: 1, [`é${"n".repeat(79)}`]: 1 }, End: true } });
    expect(found(machine({ A: { Type: "Parallel", Branches: [branch("L"), branch("R")], End: true } }))).toEqual([]);
    expect(found(machine({ A: { Type: "Pass", Assign: { ["n".repeat(81)]: 1 }, End: true } }))).toMatchObject([
      expect.stringContaining("INVALID_VARIABLE_NAME"),
    ]);
  });
});

describe("Express", () => {
  test.each([
    "arn:aws:states:::ecs:runTask.sync",
    "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "arn:aws:states:eu-west-1:123456789012:activity:a",
  ])("no %s, in the machine and in Express children of a distributed Map", (Resource) => {
    const states = machine({ A: { Type: "Task", Resource, End: true } });
    expect(found(states)).toEqual([]);
    expect(found(states, { type: "EXPRESS" })).toEqual([`${refused} /States/A/Resource`]);
    const ItemProcessor = { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" }, ...states };
    expect(found(machine({ M: { Type: "Map", ItemProcessor, End: true } }))).toEqual([
      `${refused} /States/M/ItemProcessor/States/A/Resource`,
    ]);
  });
});

describe("distributed Maps", () => {
  test.each<[JsonObject, readonly string[]]>([
    [{ ItemBatcher: { MaxItemsPerBatch: 1 }, ToleratedFailurePercentage: 12.5, Label: "a" }, []],
    [{ ItemBatcher: { BatchInput: {} } }, [`${refused} /States/M/ItemBatcher`]],
    [{ ItemBatcher: { MaxItemsPerBatch: 1, MaxItemsPerBatchPath: "$.n" } }, [`${refused} /States/M/ItemBatcher`]],
    [{ ResultWriter: {} }, [`${refused} /States/M/ResultWriter`]],
    [{ ResultWriter: { WriterConfig: { OutputType: "JSONL" } } }, []],
    [{ ToleratedFailurePercentage: 101 }, [`${refused} /States/M/ToleratedFailurePercentage`]],
    [{ Label: "a b" }, ["INVALID_LABEL_NAME /States/M/Label"]],
    [{ Label: "" }, ["INVALID_LABEL_NAME /States/M/Label"]],
    [{ Label: "l".repeat(41) }, ["INVALID_LABEL_NAME /States/M/Label"]],
  ])("%j", (more, expected) => {
    expect(foundInDistributedMap(more)).toEqual(expected);
  });

  test("an inline Map has no reader, and its tolerances are idle", () => {
    const reader = { Resource: "arn:aws:states:::s3:getObject" };
    expect(foundInDistributedMap({ ItemReader: reader, ToleratedFailureCount: 1 }, { Mode: "INLINE" })).toEqual([
      `${refused} /States/M`,
      "DISTRIBUTED_ONLY_FIELD /States/M/ToleratedFailureCount",
    ]);
  });

  test("labels are unique", () => {
    const ItemProcessor = (name: string) => ({
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      ...machine({ [name]: done }),
    });
    const map = { Type: "Map", Label: "same" };
    expect(
      found(
        machine({
          A: { ...map, ItemProcessor: ItemProcessor("I"), Next: "B" },
          B: { ...map, ItemProcessor: ItemProcessor("J"), End: true },
        }),
      ),
    ).toEqual(["DUPLICATE_LABEL_NAME /States/B/Label"]);
  });
});

describe("advice of ours", () => {
  test("text that looks like a path", () => {
    const states = {
      A: { Type: "Pass", Parameters: { a: "$.a", b: ["$.b"], price: "$5" }, Next: "B" },
      B: { ...work, TimeoutSeconds: "$.t" },
    };
    expect(found(machine(states))).toEqual([
      `${refused} /States/B/TimeoutSeconds`,
      "NO_DOLLAR /States/A/Parameters/a",
      "NO_PATH /States/B/TimeoutSeconds",
    ]);
  });

  test("retriers and catchers that never act", () => {
    const Retry = [
      { ErrorEquals: ["States.TaskFailed"] },
      { ErrorEquals: ["Custom", "States.Permissions"] },
      { ErrorEquals: ["States.Timeout"] },
      { ErrorEquals: ["States.Runtime"] },
      { ErrorEquals: ["States.Tiemout"] },
    ];
    const Catch = [
      { ErrorEquals: ["Custom"], Next: "B" },
      { ErrorEquals: ["Custom"], Next: "B" },
      { ErrorEquals: ["States.ALL"], Next: "B" },
    ];
    expect(found(machine({ A: { ...work, Retry, Catch }, B: done }))).toEqual([
      "UNREACHABLE_RETRIER /States/A/Retry[1]",
      "UNREACHABLE_RETRIER /States/A/Retry[3]",
      "UNKNOWN_ERROR_NAME /States/A/Retry[4]/ErrorEquals[0]",
      "UNREACHABLE_RETRIER /States/A/Retry[4]",
      "UNREACHABLE_CATCHER /States/A/Catch[1]",
    ]);
  });

  test("a heartbeat that the timeout always beats", () => {
    expect(found(machine({ A: { ...work, TimeoutSeconds: 10, HeartbeatSeconds: 10 } }))).toEqual([
      "HEARTBEAT_NOT_BELOW_TIMEOUT /States/A/HeartbeatSeconds",
    ]);
    expect(found(machine({ A: { ...work, TimeoutSeconds: 10, HeartbeatSeconds: 9 } }))).toEqual([]);
  });

  test("a Map with too many items for one history", () => {
    const definition = machine({ M: { Type: "Map", ItemProcessor: machine({ I: work }), End: true } });
    // 4 + 7 each: 3570 items are the most.
    expect(found(definition, { expectedItems: { M: 3570 } })).toEqual([]);
    expect(found(definition, { expectedItems: { M: 3571 } })).toEqual(["HISTORY_LIMIT_EXCEEDED /States/M"]);
    expect(found(definition)).toEqual([]);
  });

  test("data that is too much for one state", () => {
    expect(found(passWithText(131_071))).toEqual([]);
    expect(found(passWithText(131_072))).toEqual(["PAYLOAD_LIMIT_EXCEEDED /States/A/Result"]);
  });
});

describe("validateText", () => {
  test("adds the line and column of the member at fault", () => {
    const text = `{\n  "StartAt": "A",\n  "States": {\n    "A": {"Type": "Pass",\n      "Next": "B"}\n  }\n}`;
    expect(validateText(text, { file: "a.asl.json" })).toEqual([
      {
        severity: "ERROR",
        code: "MISSING_TRANSITION_TARGET",
        message: "Missing 'Next' target: B",
        location: "/States/A/Next",
        source: { file: "a.asl.json", line: 5, column: 7 },
      },
      {
        severity: "ERROR",
        code: "MISSING_END_STATE",
        message: "Workflow has no terminal state",
        source: { file: "a.asl.json", line: 1, column: 1 },
      },
    ]);
  });

  test("finds the same in YAML, after what is wrong with the text", () => {
    const text = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Type: Pass\n    Next: B\n";
    expect(validateText(text).map(({ code, source }) => [code, source?.line])).toEqual([
      ["DUPLICATE_FIELD", 5],
      ["MISSING_TRANSITION_TARGET", 6],
      ["MISSING_END_STATE", 1],
    ]);
  });
});

test("every code says what it means", () => {
  for (const { help } of Object.values(diagnosticCodes)) expect(help).toMatch(/\.$/);
});
