import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonValue } from "@stepwright/asl";
import { expect, test } from "vitest";
import { sqliteJournal } from "../journal/sqlite-journal.ts";
import { mockConfigTasks } from "../tasks/mock-config.ts";
import type { MockConfig } from "../tasks/mock-config.ts";
import { StepFunctionsService } from "./service.ts";
import type { ServiceOptions } from "./service.ts";

const config: MockConfig = {
  StateMachines: { Pay: { TestCases: { Declined: { Charge: "Declined" }, ByHand: { Approve: "Approved" } } } },
  MockedResponses: {
    Declined: { "0": { Throw: { Error: "CardDeclined", Cause: "no money" } } },
    Approved: { "0": { Return: { approved: true } } },
  },
};

async function payService() {
  const service = new StepFunctionsService({
    tasks: { Charge: () => ({ charged: true }) },
    testCases: (machine, testCase, otherwise) => mockConfigTasks(config, machine, testCase, otherwise),
    time: "virtual",
    now: () => Date.UTC(2020, 0, 1),
  });
  const states = {
    Charge: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:Charge", Next: "Pause" },
    Pause: { Type: "Wait", Seconds: 86_400, Next: "Approve" },
    Approve: { Type: "Task", Resource: "arn:aws:states:us-east-1:123456789012:activity:approve", End: true },
  };
  await service.call("CreateStateMachine", {
    name: "Pay",
    definition: JSON.stringify({ StartAt: "Charge", States: states }),
    roleArn: "arn:aws:iam::123456789012:role/local",
  });
  const stateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:Pay";
  return {
    async outcome(testCase: string) {
      const started = await service.call("StartExecution", { stateMachineArn: `${stateMachineArn}${testCase}` });
      const describe = () => service.call("DescribeExecution", { executionArn: started["executionArn"]! });
      await expect.poll(async () => (await describe())["status"]).not.toBe("RUNNING");
      return describe();
    },
    [Symbol.dispose]: () => service.close(),
  };
}

test("an execution of a test case is answered by its mocks first, in virtual time at once", async () => {
  using service = await payService();
  expect(await service.outcome("#Declined")).toMatchObject({
    status: "FAILED",
    error: "CardDeclined",
    cause: "no money",
    stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:Pay",
  });
  expect(await service.outcome("#ByHand")).toMatchObject({
    status: "SUCCEEDED",
    output: '{"approved":true}',
    startDate: Date.UTC(2020, 0, 1) / 1000,
    stopDate: Date.UTC(2020, 0, 2) / 1000,
  });
  // Without a test case nothing is mocked: this machine then wants an activity that nobody made.
  expect(await service.outcome("")).toMatchObject({ status: "FAILED", error: "States.Runtime" });
});

test("a test case that there is not is refused", async () => {
  using service = await payService();
  await expect(service.outcome("#Nope")).rejects.toMatchObject({
    name: "InvalidArn",
    message: 'The mock file has no test case of Pay "Nope"; it has Declined, ByHand.',
  });
});

test("after a restart it goes on with the mocks that there are then", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stepwright-test-cases-"));
  const open = (testCases?: ServiceOptions["testCases"]) =>
    new StepFunctionsService({
      journal: sqliteJournal(join(folder, "journal.db")),
      ...(testCases === undefined ? undefined : { testCases }),
      tasks: { Charge: () => ({ charged: true }) },
    });
  const charge = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:Charge", End: true };
  const definition = JSON.stringify({ StartAt: "Charge", States: { Charge: charge } });
  const before = open(() => ({ invoke: () => new Promise(() => {}) }));
  const roleArn = "arn:aws:iam::123456789012:role/local";
  const { stateMachineArn } = await before.call("CreateStateMachine", { name: "Pay", definition, roleArn });
  const start = async (): Promise<JsonValue> =>
    (await before.call("StartExecution", { stateMachineArn: `${stateMachineArn as string}#Any` }))["executionArn"]!;
  const executions = [await start(), await start()];
  before.close();

  const mocked = open(() => ({ invoke: () => ({ status: "succeeded", output: "mocked" }) }));
  for (const executionArn of executions) {
    const status = async () => (await mocked.call("DescribeExecution", { executionArn }))["status"];
    await expect.poll(status).toBe("SUCCEEDED");
    expect(await mocked.call("DescribeExecution", { executionArn })).toMatchObject({ output: '"mocked"' });
  }
  mocked.close();

  // What was recorded is read without mocks, too.
  const unmocked = open();
  const { executions: listed } = await unmocked.call("ListExecutions", { stateMachineArn: stateMachineArn! });
  expect(listed).toHaveLength(2);
  unmocked.close();
  rmSync(folder, { recursive: true });
});
