import { expect, test } from "vitest";
import { scriptedAccount } from "../test/scripted-account.ts";
import { applyPlan } from "./apply-plan.ts";
import type { DesiredStateMachine } from "./desired.ts";
import { destroy } from "./destroy.ts";
import { observe } from "./observed.ts";
import { planDeployment } from "./plan-deployment.ts";

const arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:Greeting";

const desired: DesiredStateMachine = {
  arn,
  definition: { StartAt: "Done", States: { Done: { Type: "Succeed" } } },
  roleArn: "arn:aws:iam::123456789012:role/greeting",
  type: "STANDARD",
  alias: "live",
  schedule: {
    name: "monthly",
    expression: "cron(0 3 1 * ? *)",
    targetArn: `${arn}:live`,
    roleArn: "arn:aws:iam::123456789012:role/scheduler",
  },
};

test("the schedule goes before what it would start, and both may be gone already", async () => {
  const account = scriptedAccount();
  await applyPlan(planDeployment(desired, undefined), account, { clock: account.clock });
  const before = account.changes.length;
  await destroy(desired, account);
  expect(account.changes.slice(before)).toEqual(["deleteSchedule", "deleteStateMachine"]);
  expect(await observe(desired, account)).toBeUndefined();
  await destroy(desired, account);
  expect(account.scheduleNamed("monthly")).toBeUndefined();
});
