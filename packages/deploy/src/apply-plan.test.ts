import { printDefinition } from "@stepwright/asl";
import { expect, test } from "vitest";
import { scriptedAccount } from "../test/scripted-account.ts";
import type { AccountOptions, ScriptedAccount } from "../test/scripted-account.ts";
import { applyPlan } from "./apply-plan.ts";
import type { ApplyOptions } from "./apply-plan.ts";
import type { DesiredStateMachine } from "./desired.ts";
import { observe } from "./observed.ts";
import { planDeployment } from "./plan-deployment.ts";

const arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:Greeting";
const alias = `${arn}:live`;

const desiredWith = (comment: string, more: Partial<DesiredStateMachine> = {}): DesiredStateMachine => ({
  arn,
  definition: { Comment: comment, StartAt: "Done", States: { Done: { Type: "Succeed" } } },
  roleArn: "arn:aws:iam::123456789012:role/greeting",
  type: "STANDARD",
  alias: "live",
  versionDescription: comment,
  ...more,
});

const schedule = {
  name: "greeting-monthly",
  expression: "cron(0 3 1 * ? *)",
  targetArn: alias,
  roleArn: "arn:aws:iam::123456789012:role/scheduler",
};

async function deploy(account: ScriptedAccount, desired: DesiredStateMachine, options: ApplyOptions = {}) {
  const plan = planDeployment(desired, await observe(desired, account));
  return applyPlan(plan, account, { clock: account.clock, ...options });
}

async function accountWith(comment: string, options?: AccountOptions) {
  const account = scriptedAccount(options);
  await deploy(account, desiredWith(comment));
  return account;
}

test("a first deployment ends with an alias on version 1", async () => {
  const account = scriptedAccount();
  const deployed = await deploy(account, desiredWith("one"));
  expect(deployed).toEqual({ arn, versionArn: `${arn}:1`, failure: undefined });
  expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
  expect(account.definitionOf(arn)).toBe(printDefinition(desiredWith("one").definition));
});

test("the same again changes nothing, with everything that can be configured", async () => {
  const everything = desiredWith("one", {
    schedule,
    tags: { team: "payments" },
    keepVersions: 2,
    smoke: { input: "{}", timeoutSeconds: 60 },
    tracing: false,
    logging: { level: "OFF" },
  });
  const account = scriptedAccount();
  await deploy(account, everything);
  const before = [...account.changes];
  expect(await deploy(account, everything)).toEqual({ arn, versionArn: undefined, failure: undefined });
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

test("a revision that turns out to be live already moves no alias", async () => {
  const account = await accountWith("one");
  const desired = desiredWith("one");
  const plan = planDeployment(desired, await observe(desired, account));
  const actions = [
    { kind: "publishVersion" },
    {
      kind: "shiftAlias",
      aliasArn: alias,
      observedRoutes: [{ versionArn: `${arn}:1`, weight: 100 }],
      fromVersionArn: `${arn}:1`,
      weights: [10, 100],
    },
  ] as const;
  const before = account.changes.length;
  await applyPlan({ ...plan, actions }, account, { clock: account.clock });
  expect(account.changes.slice(before)).toEqual(["publishStateMachineVersion"]);
  expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
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
  const told: string[] = [];
  await deploy(account, desiredWith("one"), {
    onEvent: (event) => told.push(event.kind === "applied" ? event.action.kind : event.kind),
  });
  expect(told).toEqual(["createStateMachine", "publishVersion", "createAlias"]);
});

test("an interrupted deployment stops between two calls and says so", async () => {
  const account = scriptedAccount();
  const interruption = new AbortController();
  const deploying = deploy(account, desiredWith("one"), {
    signal: interruption.signal,
    onEvent: () => interruption.abort(),
  });
  await expect(deploying).rejects.toMatchObject({
    code: "INTERRUPTED",
    message: "Interrupted before publishVersion. Deploy again to go on.",
  });
  expect(account.changes).toEqual(["createStateMachine"]);
});

test("tags, a smoke execution and a schedule come with the first deployment", async () => {
  const account = scriptedAccount();
  await deploy(account, desiredWith("one", { schedule, smoke: { input: "{}", timeoutSeconds: 60 } }));
  await deploy(account, desiredWith("one", { schedule: { ...schedule, timezone: "Europe/Berlin" }, tags: { a: "b" } }));
  expect(account.changes).toEqual([
    "createStateMachine",
    "publishStateMachineVersion",
    "startExecution",
    "createStateMachineAlias",
    "createSchedule",
    "tagResource",
    "updateSchedule",
  ]);
  expect(account.scheduleNamed("greeting-monthly")).toMatchObject({ ScheduleExpressionTimezone: "Europe/Berlin" });
});

test("a failed smoke execution leaves the alias; the next deployment tries again", async () => {
  const smoke = { input: "{}", timeoutSeconds: 60 };
  const account = await accountWith("one", { started: "FAILED" });
  const desired = desiredWith("two", { smoke });
  expect((await deploy(account, desired)).failure).toMatch(
    /stepwright-smoke-2-1 ended as FAILED \(Wrong: as scripted\)$/,
  );
  expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
  expect((await deploy(account, desired)).failure).toContain("stepwright-smoke-2-2");
});

test("old versions go, but never one with running executions or the one to return to", async () => {
  const account = await accountWith("1");
  for (const comment of ["2", "3", "4"]) await deploy(account, desiredWith(comment));
  account.addExecution(`${arn}:2`, "RUNNING");
  await deploy(account, desiredWith("5", { keepVersions: 2 }));
  expect(account.versionsOf(arn)).toEqual([`${arn}:5`, `${arn}:4`, `${arn}:2`]);
});
