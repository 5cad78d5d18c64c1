import type { JsonValue, StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { runDefinition } from "../run-definition.ts";
import type { TaskHandlers } from "./task-handlers.ts";

const direct: StateMachineDefinition = {
  StartAt: "Work",
  States: { Work: { Type: "Task", Resource: "${WorkFunctionArn}", End: true } },
};
const enveloped: StateMachineDefinition = {
  StartAt: "Work",
  States: {
    Work: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "Work", "Payload.$": "$" },
      End: true,
    },
  },
};

const run = (definition: StateMachineDefinition, tasks: TaskHandlers, input: JsonValue = { n: 1 }) =>
  runDefinition(definition, { input, tasks, time: "virtual" });

describe("results", () => {
  test.each<[string, () => unknown, JsonValue]>([
    ["undefined is null", () => undefined, null],
    ["a Date is text", () => ({ at: new Date(0) }), { at: "1970-01-01T00:00:00.000Z" }],
    ["undefined members vanish", () => ({ a: 1, b: undefined }), { a: 1 }],
    ["NaN is null", () => [Number.NaN], [null]],
    ["a promise is waited for", () => Promise.resolve("later"), "later"],
  ])("%s", async (_name, handler, output) => {
    expect(await run(direct, { Work: handler })).toMatchObject({ status: "SUCCEEDED", output });
  });

  test.each<[string, () => unknown, RegExp]>([
    ["a BigInt", () => ({ n: 1n }), /BigInt/],
    [
      "a circular object",
      () => {
        const self: Record<string, unknown> = {};
        self["self"] = self;
        return self;
      },
      /circular/,
    ],
    ["a function", () => () => 1, /a function/],
  ])("%s is a failed task that says so", async (_name, handler, words) => {
    const result = await run(direct, { Work: handler });
    expect(result).toMatchObject({ status: "FAILED", error: "Runtime.MarshalError" });
    expect(result).toHaveProperty("cause", expect.stringMatching(words));
  });

  test("lambda:invoke wraps the payload", async () => {
    const result = await run(enveloped, { Work: (event: { n: number }) => event.n + 1 });
    expect(result).toMatchObject({ output: { ExecutedVersion: "$LATEST", Payload: 2, StatusCode: 200 } });
  });
});

describe("failures", () => {
  test("an Error gives its name and a payload as Lambda's", async () => {
    class Busy extends Error {
      override readonly name = "Busy";
    }
    const result = await run(direct, {
      Work() {
        throw new Busy("try later");
      },
    });
    expect(result).toMatchObject({ status: "FAILED", error: "Busy" });
    expect(JSON.parse("cause" in result ? (result.cause ?? "") : "")).toMatchObject({
      errorType: "Busy",
      errorMessage: "try later",
      trace: expect.arrayContaining(["Busy: try later"]),
    });
  });

  test("a thrown string is one too", async () => {
    const result = await run(direct, { Work: () => Promise.reject("no") });
    expect(result).toMatchObject({
      status: "FAILED",
      error: "string",
      cause: '{"errorType":"string","errorMessage":"no","trace":[]}',
    });
  });
});

test("a handler gets its own copy of the input", async () => {
  const input = JSON.parse('{"list":[1],"__proto__":{"polluted":true}}') as JsonValue;
  const result = await run(
    direct,
    {
      Work(event: { list: number[] }) {
        event.list.push(2);
        return event;
      },
    },
    input,
  );
  expect(JSON.stringify(result.history.events[1]?.value)).toBe('{"list":[1],"__proto__":{"polluted":true}}');
  expect(JSON.stringify("output" in result ? result.output : null)).toBe(
    '{"list":[1,2],"__proto__":{"polluted":true}}',
  );
});

test("a handler is found by ARN, by name with qualifier, by name", async () => {
  const arn = "arn:aws:lambda:eu-west-1:1:function:Work:live";
  const definition: StateMachineDefinition = {
    StartAt: "Work",
    States: { Work: { Type: "Task", Resource: arn, End: true } },
  };
  for (const name of [arn, "Work:live", "Work"]) {
    expect(await run(definition, { [name]: () => name })).toMatchObject({ output: name });
  }
});

test("a task that nobody answers is refused with the way to answer it", async () => {
  await expect(run(direct, { Other: () => 1 })).rejects.toThrow(
    'State "Work" needs an answer for arn:aws:lambda:us-east-1:123456789012:function:Work, and there is none. ' +
      'Known are Other. Give it one: tasks: { "Work": (event) => … }.',
  );
});
