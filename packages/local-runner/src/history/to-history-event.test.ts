import { describe, expect, test } from "vitest";
import type { JsonValue, StateMachineDefinition } from "@stepwright/asl";
import { parseJson } from "@stepwright/asl";
import { runDefinition } from "../run-definition.ts";
import { eventDetailsMember } from "./event-type.ts";

const notTruncated = { truncated: false };

async function historyOf(definition: StateMachineDefinition, inputText: string) {
  const input = parseJson(inputText).value as JsonValue;
  const tasks = { Work: () => ({ done: true }) };
  const result = await runDefinition(definition, { input, inputText, tasks, time: "virtual", startTimeEpochMs: 1500 });
  return result.history.toHistoryEvents();
}

test("a task's events have AWS's members, inputs and outputs as text", async () => {
  const events = await historyOf(
    {
      StartAt: "Work",
      States: {
        Work: {
          Type: "Task",
          Resource: "arn:aws:states:::lambda:invoke",
          Parameters: { FunctionName: "Work", "Payload.$": "$" },
          Credentials: { RoleArn: "arn:aws:iam::1:role/other" },
          TimeoutSeconds: 5,
          ResultSelector: { "payload.$": "$.Payload" },
          Assign: { seen: 1 },
          End: true,
        },
      },
    },
    '{"a": 1.0}',
  );
  const names = { resourceType: "lambda", resource: "invoke" };
  expect(events.map(({ timestamp, ...event }) => [timestamp, event]).slice(0, 4)).toEqual([
    [
      1.5,
      {
        type: "ExecutionStarted",
        id: 1,
        previousEventId: 0,
        executionStartedEventDetails: {
          input: '{"a": 1.0}',
          inputDetails: notTruncated,
          roleArn: "arn:aws:iam::123456789012:role/local",
        },
      },
    ],
    [
      1.5,
      {
        type: "TaskStateEntered",
        id: 2,
        previousEventId: 0,
        stateEnteredEventDetails: { name: "Work", input: '{"a": 1.0}', inputDetails: notTruncated },
      },
    ],
    [
      1.5,
      {
        type: "TaskScheduled",
        id: 3,
        previousEventId: 2,
        taskScheduledEventDetails: {
          ...names,
          region: "us-east-1",
          parameters: '{"FunctionName":"Work","Payload":{"a":1.0}}',
          timeoutInSeconds: 5,
          taskCredentials: { roleArn: "arn:aws:iam::1:role/other" },
        },
      },
    ],
    [1.5, { type: "TaskStarted", id: 4, previousEventId: 3, taskStartedEventDetails: names }],
  ]);
  expect(events[5]).toMatchObject({
    stateExitedEventDetails: {
      name: "Work",
      output: '{"payload":{"done":true}}',
      outputDetails: notTruncated,
      assignedVariables: { seen: "1" },
      assignedVariablesDetails: notTruncated,
    },
  });
});

test("an iteration's events have the Map's name and the index", async () => {
  const events = await historyOf(
    {
      StartAt: "Each",
      States: {
        Each: { Type: "Map", ItemProcessor: { StartAt: "P", States: { P: { Type: "Pass", End: true } } }, End: true },
      },
    },
    "[7]",
  );
  expect(events.filter(({ type }) => type.startsWith("MapIteration"))).toMatchObject([
    { type: "MapIterationStarted", mapIterationStartedEventDetails: { name: "Each", index: 0 } },
    { type: "MapIterationSucceeded", mapIterationSucceededEventDetails: { name: "Each", index: 0 } },
  ]);
  expect(events[2]).toMatchObject({ mapStateStartedEventDetails: { length: 1 } });
});

describe("the event types", () => {
  test("are AWS's 62", () => {
    expect(Object.keys(eventDetailsMember)).toHaveLength(62);
  });
});
