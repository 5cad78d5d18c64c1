import { describe, expect, test } from "vitest";
import { scriptedAccount } from "../test/scripted-account.ts";
import type { AccountOptions, ScriptedAccount } from "../test/scripted-account.ts";
import { applyPlan } from "./apply-plan.ts";
import type { ApplyOptions } from "./apply-plan.ts";
import type { DesiredStateMachine } from "./desired.ts";
import { observe } from "./observed.ts";
import { planDeployment } from "./plan-deployment.ts";
import { rollback } from "./rollback.ts";
import type { Shift } from "./shift.ts";

const arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:Greeting";
const alias = `${arn}:live`;
const canary: Shift = { kind: "CANARY", percentage: 10, intervalSeconds: 60, bakeSeconds: 30, pollSeconds: 15 };

const desiredWith = (comment: string, shift: Shift = canary): DesiredStateMachine => ({
  arn,
  definition: { Comment: comment, StartAt: "Done", States: { Done: { Type: "Succeed" } } },
  roleArn: "arn:aws:iam::123456789012:role/greeting",
  type: "STANDARD",
  alias: "live",
  shift,
});

async function deploy(account: ScriptedAccount, desired: DesiredStateMachine, options: ApplyOptions = {}) {
  const plan = planDeployment(desired, await observe(desired, account));
  return applyPlan(plan, account, { clock: account.clock, ...options });
}

async function accountWith(comment: string, options?: AccountOptions) {
  const account = scriptedAccount(options);
  await deploy(account, desiredWith(comment));
  return account;
}

/** What a deployment told about the shift. */
function storyOf() {
  const story: string[] = [];
  const onEvent: NonNullable<ApplyOptions["onEvent"]> = (event) => {
    if (event.kind === "shifted") story.push(`${event.weight} %`);
    if (event.kind === "watched") story.push(`${event.counts.succeeded}+${event.counts.failed}`);
    if (event.kind === "rolledBack") story.push(`back: ${event.reason}`);
  };
  return { story, onEvent };
}

describe("a canary", () => {
  test("completes when its executions succeed", async () => {
    const { story, onEvent } = storyOf();
    const account = await accountWith("one", { onWait: (self) => self.addExecution(`${arn}:2`, "SUCCEEDED") });
    expect(await deploy(account, desiredWith("two"), { onEvent })).toMatchObject({ failure: undefined });
    expect(story).toEqual(["10 %", "1+0", "2+0", "3+0", "4+0", "100 %", "5+0", "6+0"]);
    expect(account.routes(alias)).toEqual({ [`${arn}:2`]: 100 });
  });

  test("goes back when they fail", async () => {
    const { story, onEvent } = storyOf();
    const account = await accountWith("one", { onWait: (self) => self.addExecution(`${arn}:2`, "FAILED") });
    const { failure } = await deploy(account, desiredWith("two"), { onEvent });
    expect(failure).toBe(
      "1 of 1 finished executions failed; tolerated are 0 %; call-1 ended as FAILED (Wrong: as scripted)",
    );
    expect(story).toEqual(["10 %", "0+1", `back: ${failure}`]);
    expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
  });

  test("goes back from 100 %, while it bakes", async () => {
    let waits = 0;
    const account = await accountWith("one", {
      onWait: (self) => {
        waits += 1;
        if (waits === 6) self.addExecution(`${arn}:2`, "TIMED_OUT");
      },
    });
    expect((await deploy(account, desiredWith("two"))).failure).toContain("1 of 1");
    expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
  });

  test("tolerates what it is told to tolerate, and counts neither aborted nor old executions", async () => {
    let waits = 0;
    const account = await accountWith("one", {
      onWait: (self) => {
        waits += 1;
        self.addExecution(`${arn}:2`, waits === 4 ? "FAILED" : "SUCCEEDED");
        self.addExecution(`${arn}:2`, "ABORTED");
      },
    });
    const tolerant = desiredWith("two", { ...canary, toleratedFailurePercentage: 25 });
    expect((await deploy(account, tolerant)).failure).toBeUndefined();
  });

  test("goes back when an alarm rings; an alarm that does not exist is refused before anything moves", async () => {
    let waits = 0;
    const account = await accountWith("one", {
      onWait: (self) => {
        waits += 1;
        if (waits === 2) self.setAlarm("errors", "ALARM");
      },
    });
    const watched = desiredWith("two", { ...canary, alarms: ["errors"] });
    await expect(deploy(account, watched)).rejects.toMatchObject({ code: "ALARM_MISSING" });
    expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
    account.setAlarm("errors", "OK");
    expect((await deploy(account, watched)).failure).toBe("in ALARM: errors");
    expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
  });

  test("that is interrupted goes on where it stood", async () => {
    const interruption = new AbortController();
    const account = await accountWith("one", { onWait: () => interruption.abort() });
    await expect(deploy(account, desiredWith("two"), { signal: interruption.signal })).rejects.toMatchObject({
      code: "INTERRUPTED",
      message: `Interrupted: ${alias} stands at 10 % on version 2. Deploy again to go on, or roll back.`,
    });
    expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 90, [`${arn}:2`]: 10 });
    const { story, onEvent } = storyOf();
    await deploy(account, desiredWith("two"), { onEvent });
    // The interval is watched again before the next step.
    expect(story).toEqual(["0+0", "0+0", "0+0", "0+0", "100 %", "0+0", "0+0"]);
  });

  test("never undoes a rollback by somebody else", async () => {
    let waits = 0;
    const pending: Promise<unknown>[] = [];
    const account = await accountWith("one", {
      onWait: (self) => {
        waits += 1;
        if (waits === 1) pending.push(rollback({ arn, alias: "live" }, self));
      },
    });
    await expect(deploy(account, desiredWith("two"))).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
    await Promise.all(pending);
    expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
  });
});

test("a rollback by somebody else before the first step is not undone either", async () => {
  const account = scriptedAccount({
    // While the smoke execution runs.
    after: (call, { states }) => {
      const routingConfiguration = [{ stateMachineVersionArn: `${arn}:1`, weight: 100 }];
      if (call === "startExecution") {
        void states.updateStateMachineAlias({ stateMachineAliasArn: alias, routingConfiguration });
      }
    },
  });
  await deploy(account, desiredWith("one"));
  await deploy(account, desiredWith("two", { kind: "ALL_AT_ONCE" }));
  const third = { ...desiredWith("three"), smoke: { input: "{}", timeoutSeconds: 60 } };
  await expect(deploy(account, third)).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
    message: `${alias} was moved by somebody else: found ${arn}:1=100, wanted ${arn}:2=100. It was left as it is.`,
  });
  expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
});

test("a linear shift takes every step", async () => {
  const { story, onEvent } = storyOf();
  const account = await accountWith("one");
  await deploy(account, desiredWith("two", { kind: "LINEAR", percentage: 40, intervalSeconds: 10 }), { onEvent });
  expect(story).toEqual(["40 %", "0+0", "80 %", "0+0", "100 %"]);
});

describe("a rollback", () => {
  test("returns to the version that served before, with one call", async () => {
    const account = await accountWith("one");
    for (const comment of ["two", "three"]) await deploy(account, desiredWith(comment));
    await rollback({ arn, alias: "live" }, account);
    expect(account.routes(alias)).toEqual({ [`${arn}:2`]: 100 });
    await deploy(account, desiredWith("four"));
    const before = account.changes.length;
    // Version 3 was rolled back itself: it is not the one that served before version 4.
    expect(await rollback({ arn, alias: "live" }, account)).toMatchObject({ toVersionArn: `${arn}:2` });
    expect(account.changes.slice(before)).toEqual(["updateStateMachineAlias"]);
    expect(await rollback({ arn, alias: "live" }, account)).toMatchObject({ toVersionArn: `${arn}:1` });
    await expect(rollback({ arn, alias: "live" }, account)).rejects.toMatchObject({ code: "NO_EARLIER_VERSION" });
    expect(await rollback({ arn, alias: "live" }, account, 3)).toMatchObject({ toVersionArn: `${arn}:3` });
  });

  test("asks for nothing but the state machine", async () => {
    const account = await accountWith("one");
    await deploy(account, desiredWith("two"));
    const schedule = { name: "monthly", expression: "rate(1 day)", targetArn: alias, roleArn: "role" };
    const desired: DesiredStateMachine = { ...desiredWith("two"), schedule };
    await rollback(desired, account);
    expect(account.calls).not.toContain("getSchedule");
  });

  test("of what is not there is refused", async () => {
    await expect(rollback({ arn, alias: "live" }, scriptedAccount())).rejects.toMatchObject({ code: "NOT_DEPLOYED" });
    const account = await accountWith("one");
    await expect(rollback({ arn, alias: "live" }, account, 7)).rejects.toThrow(
      `Found no version 7 of ${arn}; wanted one of 1.`,
    );
  });
});
