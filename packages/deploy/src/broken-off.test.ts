/** Whatever call a deployment breaks at, the next one ends where an unbroken one would have ended. */
import { expect, test } from "vitest";
import { scriptedAccount } from "../test/scripted-account.ts";
import type { ScriptedAccount } from "../test/scripted-account.ts";
import { applyPlan } from "./apply-plan.ts";
import type { DesiredStateMachine } from "./desired.ts";
import { functionCode } from "./functions/desired-function.ts";
import { observeFunctions } from "./functions/observed-function.ts";
import { observe } from "./observed.ts";
import { planDeployment } from "./plan-deployment.ts";

const arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:Greeting";

const greet = "arn:aws:lambda:eu-central-1:123456789012:function:greet";
const part = "arn:aws:lambda:eu-central-1:123456789012:function:part";

const codeOf = (text: string) => functionCode({ "index.mjs": new TextEncoder().encode(text) });

const desiredWith = (comment: string): DesiredStateMachine => ({
  arn,
  definition: {
    Comment: comment,
    StartAt: "Greet",
    States: {
      Greet: { Type: "Task", Resource: "${GreetFunctionArn}", Next: "Part" },
      Part: { Type: "Task", Resource: "${PartFunctionArn}", End: true },
    },
  },
  functions: [
    { substitution: "GreetFunctionArn", arn: greet, code: codeOf(comment) },
    // The same in every release: its version is published once.
    { substitution: "PartFunctionArn", arn: part, code: codeOf("always") },
  ],
  keepFunctionVersions: 2,
  roleArn: "arn:aws:iam::123456789012:role/greeting",
  type: "STANDARD",
  alias: "live",
  tags: { release: comment },
  shift: { kind: "LINEAR", percentage: 40, intervalSeconds: 30, bakeSeconds: 15 },
  smoke: { input: "{}", timeoutSeconds: 60 },
  keepVersions: 2,
  schedule: {
    name: "monthly",
    expression: "cron(0 3 1 * ? *)",
    targetArn: `${arn}:live`,
    roleArn: "arn:aws:iam::123456789012:role/scheduler",
    input: JSON.stringify({ release: comment }),
  },
});

async function deploy(account: ScriptedAccount, comment: string) {
  const desired = desiredWith(comment);
  const observed = await observe(desired, account);
  const plan = planDeployment(desired, observed, await observeFunctions(desired, observed, account));
  return applyPlan(plan, account, { clock: account.clock });
}

/** What is left in the account, however it came about. */
async function endOf(account: ScriptedAccount, comment: string) {
  const observed = await observe(desiredWith(comment), account);
  return {
    definition: observed?.definition,
    routes: observed?.alias?.routes,
    versions: observed?.versions.map((version) => version.arn),
    tags: observed?.tags,
    schedule: observed?.schedule,
    functions: [account.codeOf(greet), account.codeOf(part)],
    smokeExecutions: account.changes.filter((call) => call === "startExecution").length,
  };
}

/** An account with the releases that came before, whose calls can be broken from then on. */
async function accountAfter(earlier: readonly string[], moment: "before" | "after") {
  let breaksIn = Infinity;
  const count = () => {
    breaksIn -= 1;
    if (breaksIn === 0) throw new Error("connection lost");
  };
  const account = scriptedAccount({ [moment]: count });
  for (const each of [greet, part]) account.putFunction(each);
  for (const comment of earlier) await deploy(account, comment);
  return {
    account,
    breakAtCall: (k: number) => {
      breaksIn = k;
    },
  };
}

test.each([
  { what: "a first deployment", earlier: [], moment: "before" },
  { what: "a first deployment", earlier: [], moment: "after" },
  { what: "an update", earlier: ["one", "two", "three"], moment: "before" },
  { what: "an update", earlier: ["one", "two", "three"], moment: "after" },
] as const)("$what that breaks $moment any call is finished by the next one", async ({ earlier, moment }) => {
  const unbroken = await accountAfter(earlier, moment);
  const callsBefore = unbroken.account.calls.length;
  await deploy(unbroken.account, "new");
  const calls = unbroken.account.calls.length - callsBefore;
  const wanted = await endOf(unbroken.account, "new");
  expect(wanted.routes).toMatchObject([{ weight: 100 }]);
  expect(calls).toBeGreaterThan(8);

  for (let k = 1; k <= calls; k += 1) {
    const { account, breakAtCall } = await accountAfter(earlier, moment);
    breakAtCall(k);
    await expect(deploy(account, "new"), `call ${k}`).rejects.toThrow("connection lost");
    await deploy(account, "new");
    expect(await endOf(account, "new"), `call ${k}, ${account.calls[callsBefore + k - 1]}`).toEqual(wanted);
    const changes = account.changes.length;
    await deploy(account, "new");
    expect(account.changes.length, `nothing is left to do after call ${k}`).toBe(changes);
  }
});
