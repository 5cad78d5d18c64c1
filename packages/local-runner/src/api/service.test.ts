import { describe, expect, test } from "vitest";
import type { JsonObject } from "@stepwright/asl";
import type { ExecutionEvent } from "../history/execution-event.ts";
import { logRecordOf } from "./log-record.ts";
import type { EventOwner } from "./records.ts";
import { operations } from "./operations/index.ts";
import { StepFunctionsService } from "./service.ts";
import type { ServiceOptions } from "./service.ts";
import { statusEventOf } from "./status-event.ts";

const roleArn = "arn:aws:iam::123456789012:role/local";
const done = { StartAt: "Done", States: { Done: { Type: "Succeed" } } };
const waiting = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 3600, End: true } } };

async function machine(service: StepFunctionsService, definition: object, more: JsonObject = {}): Promise<string> {
  const request = { name: "M", definition: JSON.stringify(definition), roleArn, ...more };
  return (await service.call("CreateStateMachine", request))["stateMachineArn"] as string;
}

function publication(versionDescription: string): JsonObject {
  return { publish: true, versionDescription };
}

async function ended(service: StepFunctionsService, executionArn: string): Promise<JsonObject> {
  const describeExecution = () => service.call("DescribeExecution", { executionArn });
  await expect.poll(async () => (await describeExecution())["status"]).not.toBe("RUNNING");
  return describeExecution();
}

describe("executions", () => {
  test("the same name and input give the execution that runs, another input none", async () => {
    const service = new StepFunctionsService();
    const stateMachineArn = await machine(service, waiting);
    const first = await service.call("StartExecution", { stateMachineArn, name: "n", input: "{}" });
    expect(await service.call("StartExecution", { stateMachineArn, name: "n" })).toEqual(first);
    const other = service.call("StartExecution", { stateMachineArn, name: "n", input: "1" });
    await expect(other).rejects.toMatchObject({
      name: "ExecutionAlreadyExists",
      message: "Execution Already Exists: 'arn:aws:states:us-east-1:123456789012:execution:M:n'",
    });
    service.close();
  });

  test("one that is stopped says why; stopping it again changes nothing", async () => {
    const service = new StepFunctionsService();
    const stateMachineArn = await machine(service, waiting);
    const { executionArn } = await service.call("StartExecution", { stateMachineArn });
    const stopped = await service.call("StopExecution", {
      executionArn: executionArn!,
      error: "Enough",
      cause: "Late",
    });
    expect(await service.call("StopExecution", { executionArn: executionArn! })).toEqual(stopped);
    expect(await service.call("DescribeExecution", { executionArn: executionArn! })).toMatchObject({
      status: "ABORTED",
      error: "Enough",
      cause: "Late",
      redriveStatus: "REDRIVABLE",
    });
  });

  test("a task that nobody can do fails the execution, not the service", async () => {
    const service = new StepFunctionsService();
    const task = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:none", End: true };
    const stateMachineArn = await machine(service, { StartAt: "T", States: { T: task } });
    const { executionArn } = await service.call("StartExecution", { stateMachineArn });
    expect(await ended(service, executionArn as string)).toMatchObject({
      status: "FAILED",
      error: "Lambda.ResourceNotFoundException",
    });
  });

  test("one whose placeholders are filled with nonsense is refused, and nothing is left of it", async () => {
    const service = new StepFunctionsService({ substitutions: { Work: "nonsense" } });
    const task = { Type: "Task", Resource: "${Work}", End: true };
    const stateMachineArn = await machine(service, { StartAt: "T", States: { T: task } });
    const refused = service.call("StartExecution", { stateMachineArn });
    await expect(refused).rejects.toMatchObject({
      name: "InvalidDefinition",
      message: expect.stringContaining('"nonsense"') as string,
    });
    expect(await service.call("ListExecutions", { stateMachineArn })).toEqual({ executions: [] });
  });

  test("a broken invoker fails the execution, not the service", async () => {
    const tasks = {
      invoke() {
        throw new Error("out of order");
      },
    };
    const service = new StepFunctionsService({ tasks });
    const task = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:f", End: true };
    const stateMachineArn = await machine(service, { StartAt: "T", States: { T: task } });
    const { executionArn } = await service.call("StartExecution", { stateMachineArn });
    const failure = { error: "States.Runtime", cause: "out of order" };
    expect(await ended(service, executionArn as string)).toMatchObject({ status: "FAILED", ...failure });
    const latest = { executionArn: executionArn!, reverseOrder: true, maxResults: 1 };
    const { events } = await service.call("GetExecutionHistory", latest);
    expect(events).toMatchObject([{ type: "ExecutionFailed", executionFailedEventDetails: failure }]);
  });

  test("the history comes in pages that a token of another question does not open", async () => {
    const service = new StepFunctionsService();
    const stateMachineArn = await machine(service, done);
    const { executionArn } = await service.call("StartExecution", { stateMachineArn });
    await ended(service, executionArn as string);
    const ids: unknown[] = [];
    let nextToken: unknown;
    do {
      const page: JsonObject = await service.call("GetExecutionHistory", {
        executionArn: executionArn!,
        maxResults: 3,
        reverseOrder: true,
        ...(nextToken === undefined ? undefined : { nextToken: nextToken as string }),
      });
      ids.push(...(page["events"] as readonly { readonly id: number }[]).map(({ id }) => id));
      nextToken ??= page["nextToken"];
      if (page["nextToken"] === undefined) break;
    } while (ids.length < 100);
    expect(ids).toEqual([4, 3, 2, 1]);
    const forward = service.call("GetExecutionHistory", {
      executionArn: executionArn!,
      nextToken: nextToken as string,
    });
    await expect(forward).rejects.toMatchObject({ name: "InvalidToken" });
  });

  test("a page's token is good for a day", async () => {
    let nowEpochMs = Date.UTC(2026, 0, 1);
    const service = new StepFunctionsService({ now: () => nowEpochMs });
    for (const name of ["A", "B"]) await machine(service, done, { name });
    const { nextToken } = await service.call("ListStateMachines", { maxResults: 1 });
    const next = () => service.call("ListStateMachines", { maxResults: 1, nextToken: nextToken! });
    nowEpochMs += 24 * 3600 * 1000 - 1;
    expect(await next()).toMatchObject({ stateMachines: [{ name: "B" }] });
    nowEpochMs += 1;
    await expect(next()).rejects.toMatchObject({ name: "InvalidToken", message: "Invalid Token: 'Invalid token'" });
  });
});

const parent = (resource: string, child: string, name?: string) => ({
  StartAt: "Child",
  States: {
    Child: {
      Type: "Task",
      Resource: `arn:aws:states:::states:startExecution${resource}`,
      Parameters: { StateMachineArn: child, "Input.$": "$", ...(name === undefined ? undefined : { Name: name }) },
      End: true,
    },
  },
});

describe("executions that executions start", () => {
  test.each([
    ["", undefined],
    [".sync", '{"n":1}'],
    [".sync:2", { n: 1 }],
  ])("startExecution%s gives the output %j", async (resource, output) => {
    const service = new StepFunctionsService();
    const child = await machine(service, done, { name: "Child" });
    const stateMachineArn = await machine(service, parent(resource, child, "one"));
    const { executionArn } = await service.call("StartExecution", { stateMachineArn, input: '{"n":1}' });
    const described = await ended(service, executionArn as string);
    expect(described["status"]).toBe("SUCCEEDED");
    const answer = JSON.parse(described["output"] as string) as Record<string, unknown>;
    expect(answer["ExecutionArn"]).toBe("arn:aws:states:us-east-1:123456789012:execution:Child:one");
    expect(answer["Output"]).toEqual(output);
  });

  test("a child that nobody waits for any more is stopped", async () => {
    const service = new StepFunctionsService();
    const child = await machine(service, waiting, { name: "Child" });
    const stateMachineArn = await machine(service, parent(".sync", child, "one"));
    const { executionArn } = await service.call("StartExecution", { stateMachineArn });
    const childArn = "arn:aws:states:us-east-1:123456789012:execution:Child:one";
    const childStatus = async () =>
      (await service.call("DescribeExecution", { executionArn: childArn }).catch(() => undefined))?.["status"];
    await expect.poll(childStatus).toBe("RUNNING");
    await service.call("StopExecution", { executionArn: executionArn! });
    await expect.poll(childStatus).toBe("ABORTED");
  });

  test("a machine that does not exist fails the task", async () => {
    const service = new StepFunctionsService();
    const none = "arn:aws:states:us-east-1:123456789012:stateMachine:None";
    const stateMachineArn = await machine(service, parent("", none));
    const { executionArn } = await service.call("StartExecution", { stateMachineArn });
    expect(await ended(service, executionArn as string)).toMatchObject({
      error: "StepFunctions.StateMachineDoesNotExistException",
    });
  });
});

describe("machines", () => {
  test("one that is deleted stays until its last execution has ended", async () => {
    const service = new StepFunctionsService();
    const stateMachineArn = await machine(service, waiting);
    const { executionArn } = await service.call("StartExecution", { stateMachineArn });
    await service.call("DeleteStateMachine", { stateMachineArn });
    expect(await service.call("DescribeStateMachine", { stateMachineArn })).toMatchObject({ status: "DELETING" });
    const start = () => service.call("StartExecution", { stateMachineArn });
    await expect(start()).rejects.toMatchObject({ name: "StateMachineDeleting" });
    await service.call("StopExecution", { executionArn: executionArn! });
    await expect(start()).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
  });

  test("an alias leads to its versions by weight, and the execution says which", async () => {
    const service = new StepFunctionsService();
    const stateMachineArn = await machine(service, done, { publish: true });
    await service.call("UpdateStateMachine", { stateMachineArn, roleArn: `${roleArn}2`, publish: true });
    const { stateMachineAliasArn } = await service.call("CreateStateMachineAlias", {
      name: "live",
      routingConfiguration: [
        { stateMachineVersionArn: `${stateMachineArn}:1`, weight: 80 },
        { stateMachineVersionArn: `${stateMachineArn}:2`, weight: 20 },
      ],
    });
    const versions: unknown[] = [];
    for (let index = 0; index < 200; index += 1) {
      const { executionArn } = await service.call("StartExecution", { stateMachineArn: stateMachineAliasArn! });
      const described = await service.call("DescribeExecution", { executionArn: executionArn! });
      expect(described["stateMachineAliasArn"]).toBe(stateMachineAliasArn);
      versions.push(described["stateMachineVersionArn"]);
    }
    expect(new Set(versions)).toEqual(new Set([`${stateMachineArn}:1`, `${stateMachineArn}:2`]));
    expect(versions.filter((arn) => arn === `${stateMachineArn}:1`).length).toBeGreaterThan(100);
  });

  test("one may be created again as it is now; what was published first counts", async () => {
    const service = new StepFunctionsService();
    const stateMachineArn = await machine(service, done);
    expect(await machine(service, done, { roleArn: `${roleArn}-2`, publish: false })).toBe(stateMachineArn);
    await service.call("PublishStateMachineVersion", { stateMachineArn, description: "first" });
    await expect(machine(service, done)).rejects.toThrow(
      "State Machine Already Exists: This state machine was already created with a published version.",
    );
    const changed = { ...done, Comment: "changed" };
    await service.call("UpdateStateMachine", { stateMachineArn, definition: JSON.stringify(changed) });
    await service.call("PublishStateMachineVersion", { stateMachineArn, description: "second" });
    await expect(machine(service, done, publication("first"))).rejects.toThrow(
      `State Machine Already Exists: '${stateMachineArn}'`,
    );
    await expect(machine(service, changed, publication("second"))).rejects.toThrow(
      "State Machine Already Exists: This state machine was already created with a published version using a different description.",
    );
    const again = { name: "M", definition: JSON.stringify(changed), roleArn, ...publication("first") };
    expect(await service.call("CreateStateMachine", again)).toMatchObject({
      stateMachineArn,
      stateMachineVersionArn: `${stateMachineArn}:1`,
    });
  });

  test("an update that changes nothing keeps revision and date", async () => {
    let now = Date.now();
    const service = new StepFunctionsService({ now: () => now });
    const stateMachineArn = await machine(service, done);
    const definition = JSON.stringify(waiting);
    now += 1000;
    const updated = await service.call("UpdateStateMachine", { stateMachineArn, definition });
    now += 1000;
    expect(await service.call("UpdateStateMachine", { stateMachineArn, definition })).toEqual(updated);
  });

  test("an alias is deleted as often as one likes; a deleted version's executions are still listed", async () => {
    const service = new StepFunctionsService();
    const stateMachineArn = await machine(service, done, { publish: true });
    const stateMachineVersionArn = `${stateMachineArn}:1`;
    const { stateMachineAliasArn } = await service.call("CreateStateMachineAlias", {
      name: "live",
      routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
    });
    const { executionArn } = await service.call("StartExecution", { stateMachineArn: stateMachineAliasArn! });
    const started = await service.call("GetExecutionHistory", { executionArn: executionArn!, maxResults: 1 });
    expect(started["events"]).toMatchObject([
      { executionStartedEventDetails: { roleArn, stateMachineAliasArn, stateMachineVersionArn } },
    ]);
    for (let time = 0; time < 2; time += 1) {
      await service.call("DeleteStateMachineAlias", { stateMachineAliasArn: stateMachineAliasArn! });
    }
    await service.call("DeleteStateMachineVersion", { stateMachineVersionArn });
    const listed = await service.call("ListExecutions", { stateMachineArn: stateMachineVersionArn });
    expect(listed["executions"]).toMatchObject([{ executionArn }]);
    const again = service.call("StartExecution", { stateMachineArn: stateMachineVersionArn });
    await expect(again).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
  });

  test("a version shows no tags and takes none; AWS's own keys are nobody's", async () => {
    const service = new StepFunctionsService();
    const resourceArn = await machine(service, done, { publish: true });
    expect(await service.call("ListTagsForResource", { resourceArn: `${resourceArn}:1` })).toEqual({ tags: [] });
    const tags = [{ key: "team", value: "" }];
    const onVersion = service.call("TagResource", { resourceArn: `${resourceArn}:1`, tags });
    await expect(onVersion).rejects.toMatchObject({ name: "ResourceNotFound" });
    const reserved = service.call("TagResource", { resourceArn, tags: [...tags, { key: "aws:owner", value: "me" }] });
    await expect(reserved).rejects.toMatchObject({ name: "AccessDeniedException" });
    const many = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: "v" }));
    await expect(service.call("TagResource", { resourceArn, tags: many })).rejects.toMatchObject({
      name: "TooManyTags",
      members: { resourceName: resourceArn },
    });
    expect(await service.call("ListTagsForResource", { resourceArn })).toEqual({ tags: [] });
  });

  test.each([
    [[60, 30], "Sum of routing configuration weights must equal 100. Received: [60, 30]"],
    [[100], "Routing configuration must contain state machine version ARNs. Received: ["],
  ])("routes of the weights %j are refused", async (weights, message) => {
    const service = new StepFunctionsService();
    const stateMachineArn = await machine(service, done, { publish: true });
    await service.call("UpdateStateMachine", { stateMachineArn, roleArn: `${roleArn}2`, publish: true });
    const routingConfiguration = weights.map((weight, index) => ({
      stateMachineVersionArn: weights.length === 1 ? stateMachineArn : `${stateMachineArn}:${index + 1}`,
      weight,
    }));
    const created = service.call("CreateStateMachineAlias", { name: "live", routingConfiguration });
    await expect(created).rejects.toThrow(message);
  });
});

describe("requests", () => {
  test.each([
    ["Nothing", {}, "UnknownOperationException"],
    ["__proto__", {}, "UnknownOperationException"],
    ["ListStateMachines", [], "SerializationException"],
    ["ListStateMachines", { maxResults: "1" }, "SerializationException"],
    ["StartExecution", {}, "ValidationException"],
    ["StartExecution", { stateMachineArn: "arn:aws:s3:::bucket" }, "InvalidArn"],
    ["SendTaskSuccess", { taskToken: "none", output: "{" }, "InvalidToken"],
    ["SendTaskSuccess", { taskToken: "none", output: "{}" }, "InvalidToken"],
    ["DescribeMapRun", { mapRunArn: "arn:aws:states:us-east-1:123456789012:mapRun:M/l:r" }, "ResourceNotFound"],
  ] as const)("%s of %j is refused with %3$s", async (operation, request, name) => {
    const refused = new StepFunctionsService().call(operation, request);
    await expect(refused).rejects.toMatchObject({ name });
  });

  test("all broken constraints are told at once", async () => {
    const refused = new StepFunctionsService().call("CreateActivity", { name: "", tags: [{ key: "k".repeat(129) }] });
    await expect(refused).rejects.toThrow(/^2 validation errors detected: .*'name'.*; .*'tags\.1\.member\.key'/);
  });

  test("there are 37 operations", () => {
    expect(Object.keys(operations)).toHaveLength(37);
  });
});

describe("logs and events", () => {
  const logGroupArn = "arn:aws:logs:us-east-1:123456789012:log-group:/states/m:*";
  const fail = { StartAt: "F", States: { F: { Type: "Fail", Error: "E", Cause: "C" } } };

  async function logged(level: string, includeExecutionData: boolean): Promise<readonly JsonObject[]> {
    const records: JsonObject[] = [];
    const onEvent = (owner: EventOwner, event: ExecutionEvent) => {
      const log = logRecordOf(owner, event);
      if (log !== undefined) records.push(log);
    };
    const service = new StepFunctionsService({ onEvent });
    const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn } }];
    const stateMachineArn = await machine(service, fail, {
      loggingConfiguration: { level, includeExecutionData, destinations },
    });
    const { executionArn } = await service.call("StartExecution", { stateMachineArn });
    await ended(service, executionArn as string);
    return records;
  }

  test.each([
    ["ALL", ["ExecutionStarted", "FailStateEntered", "ExecutionFailed"]],
    ["ERROR", ["FailStateEntered", "ExecutionFailed"]],
    ["FATAL", ["ExecutionFailed"]],
  ])("the level %s keeps %j", async (level, types) => {
    expect((await logged(level, true)).map(({ type }) => type)).toEqual(types);
  });

  test("without execution data, inputs are left out and errors are not", async () => {
    const [started, , failed] = await logged("ALL", false);
    expect(started!["details"]).toEqual({ roleArn });
    expect(failed).toMatchObject({ details: { error: "E", cause: "C" }, id: "3", previous_event_id: "2" });
  });

  test("a Standard execution tells its beginning and its end, an Express one nothing", async () => {
    const told: unknown[] = [];
    const onStatus: ServiceOptions["onStatus"] = (record) => {
      told.push((statusEventOf(record)?.["detail"] as JsonObject | undefined)?.["status"]);
    };
    const service = new StepFunctionsService({ onStatus });
    const stateMachineArn = await machine(service, fail);
    const { executionArn } = await service.call("StartExecution", { stateMachineArn });
    await ended(service, executionArn as string);
    expect(told).toEqual(["RUNNING", "FAILED"]);
    const express = await machine(service, done, { name: "X", type: "EXPRESS" });
    await service.call("StartSyncExecution", { stateMachineArn: express });
    expect(told.slice(2).filter((status) => status !== undefined)).toEqual([]);
  });
});
