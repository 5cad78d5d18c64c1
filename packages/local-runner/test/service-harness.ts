/** A service with one worker for all tasks, restarted at will: what its tests have in common. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { vi } from "vitest";
import { StepFunctionsService } from "../src/api/service.ts";
import type { ServiceOptions } from "../src/api/service.ts";
import { sqliteJournal } from "../src/journal/sqlite-journal.ts";
import type { TaskReply, TaskRequest } from "../src/tasks/task-invoker.ts";

const roleArn = "arn:aws:iam::123456789012:role/local";

/** Gives the state's input to the worker as `item`. */
export const task = {
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:123456789012:function:Work",
  Parameters: { "item.$": "$", "execution.$": "$$.Execution" },
  End: true,
};

export const bad: TaskReply = { status: "failed", error: "Bad", cause: "worse" };

export const never = (): Promise<TaskReply> => new Promise(() => {});

export const works = (request: TaskRequest): TaskReply => ({ status: "succeeded", output: itemOf(request) });

export function itemOf({ input }: TaskRequest): JsonValue {
  return (input as JsonObject)["item"]!;
}

export class ServiceHarness {
  readonly #folder = mkdtempSync(join(tmpdir(), "stepwright-service-"));
  #service: StepFunctionsService | undefined = undefined;
  /** What the worker does now. */
  answer: (request: TaskRequest) => TaskReply | Promise<TaskReply> = () => bad;
  /** What it was asked to do, restarts or not. */
  readonly asked: JsonValue[] = [];
  /** The calls' clock. */
  nowEpochMs = Date.now();

  /** Starts the service; one that runs is ended first, as its process would be. */
  open(options: ServiceOptions = {}): void {
    this.#service?.close();
    const invoke = (request: TaskRequest) => {
      this.asked.push(itemOf(request));
      return this.answer(request);
    };
    this.#service = new StepFunctionsService({ tasks: { invoke }, now: () => this.nowEpochMs, ...options });
  }

  openJournal(options: ServiceOptions = {}): void {
    this.#service?.close();
    this.#service = undefined;
    this.open({ journal: sqliteJournal(join(this.#folder, "journal.db")), ...options });
  }

  close(): void {
    this.#service?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get service(): StepFunctionsService {
    return this.#service!;
  }

  call(operation: string, request: JsonObject): Promise<JsonObject> {
    return this.service.call(operation, request);
  }

  async machine(definition: object, more: JsonObject = {}): Promise<string> {
    const request = { name: "M", definition: JSON.stringify(definition), roleArn, ...more };
    return (await this.call("CreateStateMachine", request))["stateMachineArn"] as string;
  }

  async start(stateMachineArn: string, input: JsonValue = {}): Promise<string> {
    const request = { stateMachineArn, name: "run", input: JSON.stringify(input) };
    return (await this.call("StartExecution", request))["executionArn"] as string;
  }

  describe(executionArn: string): Promise<JsonObject> {
    return this.call("DescribeExecution", { executionArn });
  }

  /** Describes an execution when it has ended. */
  async ended(executionArn: string): Promise<JsonObject> {
    await vi.waitUntil(async () => (await this.describe(executionArn))["status"] !== "RUNNING", { interval: 2 });
    return this.describe(executionArn);
  }

  async history(executionArn: string): Promise<readonly JsonObject[]> {
    const { events } = await this.call("GetExecutionHistory", { executionArn, maxResults: 1000 });
    return events as readonly JsonObject[];
  }

  redrive(executionArn: string, clientToken?: string): Promise<JsonObject> {
    return this.call("RedriveExecution", {
      executionArn,
      ...(clientToken === undefined ? undefined : { clientToken }),
    });
  }

  async mapRun(executionArn: string): Promise<string> {
    const { mapRuns } = await this.call("ListMapRuns", { executionArn });
    return (mapRuns as readonly { readonly mapRunArn: string }[])[0]!.mapRunArn;
  }

  /** Of a Map Run, newest first. */
  async children(mapRunArn: string, more: JsonObject = {}): Promise<readonly JsonObject[]> {
    const { executions } = await this.call("ListExecutions", { mapRunArn, ...more });
    return executions as readonly JsonObject[];
  }
}
