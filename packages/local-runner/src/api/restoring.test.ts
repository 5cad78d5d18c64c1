import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "@stepwright/asl";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqliteJournal } from "../journal/sqlite-journal.ts";
import { StepFunctionsService } from "./service.ts";

let folder: string;
let service: StepFunctionsService;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "stepwright-restoring-"))));
afterEach(() => {
  service.close();
  rmSync(folder, { recursive: true, force: true });
});

const roleArn = "arn:aws:iam::123456789012:role/local";
const arn = (name: string) => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
const waiting = (more: JsonObject) => {
  return JSON.stringify({ StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 3600, ...more } } });
};

/** @returns what could not be done again of a journal that holds these calls */
function restored(calls: readonly (readonly [operation: string, input: JsonObject])[]): readonly string[] {
  const file = join(folder, "journal.db");
  const journal = sqliteJournal(file);
  for (const [index, [operation, input]] of calls.entries()) {
    journal.appendCall({ operation, input, atEpochMs: Date.UTC(2026, 0, 1), seed: String(index) });
  }
  journal.close();
  const problems: string[] = [];
  service = new StepFunctionsService({ journal: sqliteJournal(file), onNotRestored: (told) => problems.push(told) });
  return problems;
}

test("a definition that was accepted once is there, though it would be refused today", async () => {
  const definition = waiting({ Next: "Nowhere" });
  const refused = new StepFunctionsService().call("CreateStateMachine", { name: "Old", definition, roleArn });
  await expect(refused).rejects.toMatchObject({ name: "InvalidDefinition" });
  expect(restored([["CreateStateMachine", { name: "Old", definition, roleArn }]])).toEqual([]);
  expect(await service.call("DescribeStateMachine", { stateMachineArn: arn("Old") })).toMatchObject({ definition });
});

test("a call that cannot be done again is told, and those after it are done", async () => {
  const problems = restored([
    ["CreateStateMachine", { name: "a name", definition: waiting({ End: true }), roleArn }],
    ["CreateStateMachine", { name: "Good", definition: waiting({ End: true }), roleArn }],
  ]);
  expect(problems).toEqual([
    "The journal's CreateStateMachine of 2026-01-01T00:00:00.000Z could not be done again: InvalidName: Invalid Name: 'a name'",
  ]);
  const { stateMachines } = await service.call("ListStateMachines", {});
  expect(stateMachines).toMatchObject([{ name: "Good" }]);
});

test("an execution whose definition cannot be compiled any more stays as it is, and others go on", async () => {
  const definition = JSON.stringify({ StartAt: "Odd", States: { Odd: { Type: "Odd", End: true } } });
  const problems = restored([
    ["CreateStateMachine", { name: "Old", definition, roleArn }],
    ["StartExecution", { stateMachineArn: arn("Old"), name: "run" }],
    ["CreateStateMachine", { name: "Good", definition: waiting({ End: true }), roleArn }],
    ["StartExecution", { stateMachineArn: arn("Good"), name: "run" }],
  ]);
  expect(problems).toEqual([expect.stringMatching(/^The execution \S+:Old:run could not go on: /)]);
  expect(service.statistics).toMatchObject({ stateMachines: 2, runningExecutions: 1 });
});
