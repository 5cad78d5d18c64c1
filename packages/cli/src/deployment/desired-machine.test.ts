import type { LoadedMachine } from "@stepwright/codegen";
import { functionCode } from "@stepwright/deploy";
import type { Connection } from "@stepwright/deploy";
import { expect, test } from "vitest";
import { desiredMachine } from "./desired-machine.ts";
import type { MachineConfig } from "./machine-config.ts";
import { machineTarget } from "./machine-target.ts";
import { onThisMachine } from "./on-this-machine.ts";

const machine: LoadedMachine = {
  name: "Order",
  module: "src/order.machine.ts",
  definition: { StartAt: "Pay", States: { Pay: { Type: "Task", Resource: "${PayFunctionArn}", End: true } } },
  sourceMap: {},
  tasks: [{ stateName: "Pay", location: "/States/Pay", task: "Pay", substitution: "PayFunctionArn" }],
  diagnostics: [],
};

const connection: Pick<Connection, "region" | "values"> = {
  region: "eu-central-1",
  values: {
    environment: (name) => ({ PAY_ARN: "arn:aws:lambda:eu-central-1:210987654321:function:pay:7" })[name],
    parameter: async () => undefined,
    stackOutputs: async () => ({
      Role: "arn:aws:iam::210987654321:role/order",
      Scheduler: "arn:aws:iam::210987654321:role/scheduler",
    }),
  },
};

const configured: MachineConfig = {
  machine,
  deployment: {
    roleArn: "cfn:order.Role",
    substitutions: { PayFunctionArn: "env:PAY_ARN" },
    logGroupArn: "arn:aws:logs:eu-central-1:210987654321:log-group:order:*",
    smoke: { input: { total: 0 } },
    bakeMinutes: 2,
    keepVersions: 5,
    schedule: { roleArn: "cfn:order.Scheduler" },
  },
  infrastructure: {
    alias: {
      name: "prod",
      shift: "LINEAR",
      percentage: 25,
      intervalMinutes: 10,
      alarms: ["errors", "arn:aws:cloudwatch:eu-central-1:210987654321:alarm:slow"],
    },
    logLevel: "ERROR",
    tracing: true,
    schedule: { expression: "rate(1 day)", timezone: "Europe/Berlin", input: { nightly: true } },
  },
};

const arn = "arn:aws:states:eu-central-1:210987654321:stateMachine:Order";

test("the configuration, filled from elsewhere, becomes what shall stand in the account", async () => {
  expect(await desiredMachine(configured, connection, { versionDescription: "abc" })).toEqual({
    arn,
    definition: {
      StartAt: "Pay",
      States: {
        Pay: { Type: "Task", Resource: "arn:aws:lambda:eu-central-1:210987654321:function:pay:7", End: true },
      },
    },
    roleArn: "arn:aws:iam::210987654321:role/order",
    type: "STANDARD",
    alias: "prod",
    shift: {
      kind: "LINEAR",
      percentage: 25,
      intervalSeconds: 600,
      bakeSeconds: 120,
      pollSeconds: 15,
      alarms: ["errors", "slow"],
    },
    tracing: true,
    logging: { level: "ERROR", logGroupArn: "arn:aws:logs:eu-central-1:210987654321:log-group:order:*" },
    keepVersions: 5,
    versionDescription: "abc",
    smoke: { input: '{"total":0}', timeoutSeconds: 300 },
    schedule: {
      name: "Order",
      expression: "rate(1 day)",
      timezone: "Europe/Berlin",
      targetArn: `${arn}:prod`,
      roleArn: "arn:aws:iam::210987654321:role/scheduler",
      input: '{"nightly":true}',
    },
  });
});

test("who only returns or takes away asks for no other value than the role", async () => {
  const { stackOutputs } = connection.values;
  const values = { environment: () => expect.fail(), parameter: () => expect.fail(), stackOutputs };
  expect(await machineTarget(configured, { ...connection, values })).toEqual({
    arn,
    alias: "prod",
    roleArn: "arn:aws:iam::210987654321:role/order",
    schedule: { name: "Order" },
  });
});

const pay = "arn:aws:lambda:eu-central-1:210987654321:function:pay";
const payCode = functionCode({ "index.mjs": new TextEncoder().encode("export const handler = () => {};") });

/** With the code deployed, too, of a function that the substitution names. */
const withCode = (payFunctionArn: string): MachineConfig => ({
  ...configured,
  code: async () => new Map([["Pay", payCode]]),
  deployment: {
    ...configured.deployment,
    substitutions: { PayFunctionArn: payFunctionArn },
    functions: { keepVersions: 4 },
  },
});

test("the code of each function comes along, and its placeholder waits for the version", async () => {
  expect(await desiredMachine(withCode(pay), connection, {})).toMatchObject({
    definition: { States: { Pay: { Resource: "${PayFunctionArn}" } } },
    functions: [{ substitution: "PayFunctionArn", arn: pay, code: payCode }],
    keepFunctionVersions: 4,
  });
});

test("a function whose version or alias is named is left alone", async () => {
  expect(await desiredMachine(withCode(`${pay}:live`), connection, {})).toMatchObject({
    definition: { States: { Pay: { Resource: `${pay}:live` } } },
    functions: [],
  });
});

test("on this machine only what Step Functions knows is asked for", async () => {
  const { code } = withCode(pay);
  const config = onThisMachine({ ...configured, code, deployment: withCode(pay).deployment }, "eu-central-1");
  const desired = await desiredMachine(config, connection, {});
  expect(desired).toMatchObject({
    arn: "arn:aws:states:eu-central-1:123456789012:stateMachine:Order",
    definition: { States: { Pay: { Resource: "arn:aws:lambda:eu-central-1:123456789012:function:Pay" } } },
    alias: "prod",
    logging: { level: "ERROR" },
  });
  expect(desired.shift).not.toHaveProperty("alarms");
  for (const absent of ["schedule", "functions"]) expect(desired).not.toHaveProperty(absent);
});

test("on this machine nothing need be configured", async () => {
  const config = onThisMachine({ machine, deployment: {}, infrastructure: {} }, "eu-central-1");
  const desired = await desiredMachine(config, connection, {});
  expect(desired).toMatchObject({
    arn: "arn:aws:states:eu-central-1:123456789012:stateMachine:Order",
    definition: { States: { Pay: { Resource: "arn:aws:lambda:eu-central-1:123456789012:function:Pay" } } },
    alias: "live",
    shift: { kind: "ALL_AT_ONCE" },
  });
  expect(Object.keys(desired)).not.toContain("schedule");
});

test.each<[string, Partial<MachineConfig>]>([
  [
    "Found no deploy.machines.Order.roleArn in the configuration; wanted the execution role",
    { deployment: { substitutions: { PayFunctionArn: "arn" } } },
  ],
  [
    "The definition of Order has ${PayFunctionArn} and no values for them; wanted them in deploy.machines.Order.substitutions",
    { deployment: { roleArn: "cfn:order.Role" } },
  ],
  [
    "The role of Order is order; wanted an ARN such as arn:aws:iam::123456789012:role/name",
    { deployment: { roleArn: "order", substitutions: { PayFunctionArn: "arn" } } },
  ],
  [
    "Order is EXPRESS and has a smoke execution; wanted STANDARD, whose end AWS tells",
    { infrastructure: { type: "EXPRESS" } },
  ],
  [
    "Order has the logLevel ALL and no log group; wanted deploy.machines.Order.logGroupArn, or the logLevel OFF",
    {
      infrastructure: { logLevel: "ALL" },
      deployment: { roleArn: "cfn:order.Role", substitutions: { PayFunctionArn: "arn" } },
    },
  ],
  [
    "The schedule of Order calls StartOrders and has no target; wanted deploy.machines.Order.schedule.targetArn, the function's ARN",
    {
      infrastructure: { schedule: { expression: "rate(1 day)", function: "StartOrders" } },
      deployment: {
        roleArn: "cfn:order.Role",
        substitutions: { PayFunctionArn: "arn" },
        schedule: { roleArn: "cfn:order.Scheduler" },
      },
    },
  ],
  [
    "deploy.machines.Order.substitutions.PayFunctionArn is pay; wanted the ARN of a Lambda function, because `functions` brings it its code",
    withCode("pay"),
  ],
  [
    `Pay and Refund of Order have the same function ${pay}; wanted a function of its own for each task's code`,
    {
      ...withCode(pay),
      machine: {
        ...machine,
        tasks: [
          ...machine.tasks,
          { stateName: "Refund", location: "/States/Refund", task: "Refund", substitution: "RefundFunctionArn" },
        ],
      },
      code: async () =>
        new Map([
          ["Pay", payCode],
          ["Refund", payCode],
        ]),
      deployment: {
        ...withCode(pay).deployment,
        substitutions: { PayFunctionArn: pay, RefundFunctionArn: pay },
      },
    },
  ],
  ['The alias of Order is "1"; wanted a valid alias name', { infrastructure: { alias: { name: "1" } } }],
])("refused: %s", async (message, part) => {
  await expect(desiredMachine({ ...configured, ...part }, connection, {})).rejects.toThrow(message);
});
