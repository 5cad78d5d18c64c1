import { printDefinition } from "@stepwright/asl";
import { expect, test } from "vitest";
import { scriptedAccount } from "../test/scripted-account.ts";
import type { AccountOptions, ScriptedAccount } from "../test/scripted-account.ts";
import { applyPlan } from "./apply-plan.ts";
import type { DesiredStateMachine } from "./desired.ts";
import { observe } from "./observed.ts";
import { planDeployment } from "./plan-deployment.ts";

const arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:Greeting";
const alias = `${arn}:live`;

const desiredWith = (comment: string): DesiredStateMachine => ({
  arn,
  definition: { Comment: comment, StartAt: "Done", States: { Done: { Type: "Succeed" } } },
  roleArn: "arn:aws:iam::123456789012:role/greeting",
  type: "STANDARD",
  alias: "live",
  versionDescription: comment,
});

async function deploy(account: ScriptedAccount, desired: DesiredStateMachine) {
  return applyPlan(planDeployment(desired, await observe(desired, account)), account);
}

async function accountWith(comment: string, options?: AccountOptions) {
  const account = scriptedAccount(options);
  await deploy(account, desiredWith(comment));
  return account;
}

test("a first deployment ends with an alias on version 1", async () => {
  const account = scriptedAccount();
  const deployed = await deploy(account, desiredWith("one"));
  expect(deployed).toEqual({ arn, versionArn: `${arn}:1` });
  expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
  expect(account.definitionOf(arn)).toBe(printDefinition(desiredWith("one").definition));
});

test("the same again changes nothing", async () => {
  const account = await accountWith("one");
  const before = [...account.changes];
  expect(await deploy(account, desiredWith("one"))).toEqual({ arn, versionArn: undefined });
  expect(account.changes).toEqual(before);
});

test("a new definition becomes a new version, and the alias moves last", async () => {
  const account = await accountWith("one");
  const before = account.changes.length;
  const deployed = await deploy(account, desiredWith("two"));
  expect(deployed.versionArn).toBe(`${arn}:2`);
  expect(account.changes.slice(before)).toEqual([
    "updateStateMachine",
    "publishStateMachineVersion",
    "updateStateMachineAlias",
  ]);
  expect(account.routes(alias)).toEqual({ [`${arn}:2`]: 100 });
});

test("an edit between plan and apply is noticed before anything changes", async () => {
  const account = await accountWith("one");
  const desired = desiredWith("two");
  const plan = planDeployment(desired, await observe(desired, account));
  account.editByHand(arn, `{"Comment":"console"}`);
  const before = [...account.changes];
  await expect(applyPlan(plan, account)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect(account.changes).toEqual(before);
});

test("an edit between update and publication is noticed, and the alias stays", async () => {
  let armed = false;
  const account = await accountWith("one", {
    before: (call, self) => {
      if (armed && call === "publishStateMachineVersion") self.editByHand(arn, `{"Comment":"console"}`);
    },
  });
  armed = true;
  await expect(deploy(account, desiredWith("two"))).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
});

test("a state machine created by somebody else since the plan is noticed", async () => {
  const desired = desiredWith("one");
  const account = scriptedAccount();
  const plan = planDeployment(desired, await observe(desired, account));
  await deploy(account, desiredWith("other"));
  await expect(applyPlan(plan, account)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
});

test.each(["updateStateMachine", "publishStateMachineVersion", "updateStateMachineAlias"])(
  "a failed %s leaves the alias, and the next deployment finishes the work",
  async (failing) => {
    let armed = false;
    const account = await accountWith("one", {
      before: (call) => {
        if (armed && call === failing) throw new Error("ThrottlingException");
      },
    });
    armed = true;
    await expect(deploy(account, desiredWith("two"))).rejects.toThrow("ThrottlingException");
    expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
    armed = false;
    await deploy(account, desiredWith("two"));
    expect(account.routes(alias)).toEqual({ [`${arn}:2`]: 100 });
  },
);

test("a definition with unfilled placeholders is refused before any call", async () => {
  const account = scriptedAccount();
  const task = { Type: "Task", Resource: "${GreetFunctionArn}", End: true } as const;
  const desired = { ...desiredWith("one"), definition: { StartAt: "Greet", States: { Greet: task } } };
  await expect(deploy(account, desired)).rejects.toThrow(
    `The definition of ${arn} still has \${GreetFunctionArn}; wanted their values.`,
  );
  expect(account.changes).toEqual([]);
});

test("each action is told when it is done", async () => {
  const account = scriptedAccount();
  const desired = desiredWith("one");
  const told: string[] = [];
  await applyPlan(planDeployment(desired, undefined), account, { onApplied: ({ kind }) => told.push(kind) });
  expect(told).toEqual(["createStateMachine", "publishVersion", "createAlias"]);
});
