import type { JsonObject } from "@stepwright/asl";
import { expect, test } from "vitest";
import { Place } from "../history/place.ts";
import { parseTaskTarget } from "../tasks/task-target.ts";
import type { IntegrationTarget, TaskRequest } from "../tasks/task-invoker.ts";
import { nestedExecution } from "./nested-execution.ts";

const resource = "arn:aws:states:::states:startExecution.sync:2";

function request(signal: AbortSignal): TaskRequest {
  return {
    resource,
    target: parseTaskTarget(resource)!,
    stateName: "Start",
    input: { StateMachineArn: "machine" },
    attempt: 0,
    executionArn: "parent",
    scheduledAtEpochMs: 0,
    path: Place.top.path,
    timeoutSeconds: undefined,
    heartbeatSeconds: undefined,
    taskToken: "token",
    signal,
  };
}

test.each(["while its start is being kept", "later"])(
  "a child that nobody waits for any more is stopped: %s",
  async (when) => {
    const stop = new AbortController();
    const stopped = Promise.withResolvers<void>();
    const calls: string[] = [];
    const call = async (operation: string): Promise<JsonObject> => {
      calls.push(operation);
      if (operation === "StopExecution") stopped.resolve();
      if (operation === "StartExecution" && when !== "later") stop.abort();
      return { executionArn: "child", input: "{}", startDate: 0 };
    };
    const ended = async (): Promise<void> => {
      if (when === "later") stop.abort();
      await stopped.promise;
    };
    const given = request(stop.signal);
    await nestedExecution({ call, ended }, given, given.target as IntegrationTarget);
    expect(calls).toEqual(["StartExecution", "StopExecution", "DescribeExecution"]);
  },
);
