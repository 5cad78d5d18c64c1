import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqliteJournal } from "../journal/sqlite-journal.ts";
import { StepFunctionsService } from "./service.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "stepwright-left-to-journal-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:Either";

async function open() {
  const service = new StepFunctionsService({ journal: sqliteJournal(join(folder, "journal.db")) });
  const choice = { Variable: "$.isGood", BooleanEquals: true, Next: "Good" };
  const definition = {
    StartAt: "Choose",
    States: {
      Choose: { Type: "Choice", Choices: [choice], Default: "Bad" },
      Good: { Type: "Pass", Result: { is: "good" }, End: true },
      Bad: { Type: "Fail", Error: "Bad", Cause: "as told" },
    },
  };
  const roleArn = "arn:aws:iam::123456789012:role/local";
  await service.call("CreateStateMachine", { name: "Either", definition: JSON.stringify(definition), roleArn });
  return {
    service,
    async start(name: string, input: string): Promise<string> {
      const { executionArn } = await service.call("StartExecution", { stateMachineArn, name, input });
      return executionArn as string;
    },
    describe: (executionArn: string) => service.call("DescribeExecution", { executionArn }),
    types: async (executionArn: string): Promise<readonly string[]> => {
      const { events } = await service.call("GetExecutionHistory", { executionArn });
      return (events as readonly { readonly type: string }[]).map(({ type }) => type);
    },
  };
}

test("an execution that ended long ago is described, redriven and told from the journal, before and after a restart", async () => {
  const first = await open();
  // Blanks show that the text is given back as it was sent.
  const good = await first.start("good", '{ "isGood": true }');
  const bad = await first.start("bad", '{ "isGood": false }');
  for (let n = 0; n < 1002; n += 1) await first.start(`later-${n}`, '{"isGood":true}');

  const check = async ({ describe, types }: Awaited<ReturnType<typeof open>>, ends: number): Promise<void> => {
    const output = '{"is":"good"}';
    expect(await describe(good)).toMatchObject({ status: "SUCCEEDED", input: '{ "isGood": true }', output });
    const described = await describe(bad);
    expect(described).toMatchObject({ status: "FAILED", input: '{ "isGood": false }', error: "Bad", cause: "as told" });
    expect(described).not.toHaveProperty("output");
    expect(await types(good)).toEqual([
      "ExecutionStarted",
      "ChoiceStateEntered",
      "ChoiceStateExited",
      "PassStateEntered",
      "PassStateExited",
      "ExecutionSucceeded",
    ]);
    expect((await types(bad)).filter((type) => type === "ExecutionFailed")).toHaveLength(ends);
  };
  await check(first, 1);
  await first.service.call("RedriveExecution", { executionArn: bad });
  await check(first, 2);
  first.service.close();

  const second = await open();
  await check(second, 2);
  second.service.close();
});
