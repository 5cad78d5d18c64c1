import { describe, expect, test } from "vitest";
import { scriptedAccount } from "../../test/scripted-account.ts";
import type { AccountOptions, ScriptedAccount } from "../../test/scripted-account.ts";
import { applyPlan } from "../apply-plan.ts";
import type { DesiredStateMachine } from "../desired.ts";
import { observe } from "../observed.ts";
import { planDeployment, plannedDefinition } from "../plan-deployment.ts";
import { deploymentStatus } from "../status.ts";
import { functionCode } from "./desired-function.ts";
import { observeFunctions } from "./observed-function.ts";

const arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:Greeting";
const greet = "arn:aws:lambda:eu-central-1:123456789012:function:greet";

const bytes = (text: string) => new TextEncoder().encode(text);
const codeOf = (text: string) => functionCode({ "index.mjs": bytes(text) });

const desiredWith = (text: string, more: Partial<DesiredStateMachine> = {}): DesiredStateMachine => ({
  arn,
  definition: {
    StartAt: "Greet",
    States: { Greet: { Type: "Task", Resource: "${GreetFunctionArn}", End: true } },
  },
  roleArn: "arn:aws:iam::123456789012:role/greeting",
  type: "STANDARD",
  alias: "live",
  functions: [{ substitution: "GreetFunctionArn", arn: greet, code: codeOf(text) }],
  ...more,
});

async function planFor(account: ScriptedAccount, desired: DesiredStateMachine) {
  const observed = await observe(desired, account);
  return planDeployment(desired, observed, await observeFunctions(desired, observed, account));
}

async function deploy(account: ScriptedAccount, desired: DesiredStateMachine) {
  return applyPlan(await planFor(account, desired), account, { clock: account.clock });
}

function accountWithFunction(options?: AccountOptions) {
  const account = scriptedAccount(options);
  account.putFunction(greet);
  return account;
}

const calledBy = (account: ScriptedAccount) =>
  (JSON.parse(account.definitionOf(arn) ?? "{}") as { States: { Greet: { Resource: string } } }).States.Greet.Resource;

describe("an archive", () => {
  test("has the same bytes for the same files, whatever their order", () => {
    const files = { "index.mjs": bytes("export const handler = () => {};"), "index.mjs.map": bytes("{}") };
    const code = functionCode(files);
    expect(functionCode(Object.fromEntries(Object.entries(files).toReversed()))).toEqual(code);
    // Pinned: a change of this means new versions of everybody's functions.
    expect(code.sha256).toBe("dzcJ3Og5FsotPXmaGJ13x4ENxi5P5gppDLvAGJSz0Ts=");
    expect(codeOf("other").sha256).not.toBe(codeOf("one").sha256);
  });
});

describe("the code of a function", () => {
  test("is brought first, and the definition names the version", async () => {
    const account = accountWithFunction();
    const desired = desiredWith("one");
    expect(plannedDefinition(await planFor(account, desired)).States["Greet"]).toMatchObject({
      Resource: `${greet}:next`,
    });
    expect(await deploy(account, desired)).toMatchObject({ versionArn: `${arn}:1` });
    expect(account.changes).toEqual([
      "updateFunctionCode",
      "createStateMachine",
      "publishStateMachineVersion",
      "createStateMachineAlias",
    ]);
    expect(calledBy(account)).toBe(`${greet}:1`);
    expect(account.codeOf(greet)).toMatchObject({ 1: codeOf("one").sha256 });
  });

  test("that is there already changes nothing", async () => {
    const account = accountWithFunction();
    await deploy(account, desiredWith("one"));
    const before = [...account.changes];
    expect((await planFor(account, desiredWith("one"))).actions).toEqual([]);
    await deploy(account, desiredWith("one"));
    expect(account.changes).toEqual(before);
  });

  test("that is new makes a new version of both; the old one keeps the old code", async () => {
    const account = accountWithFunction();
    await deploy(account, desiredWith("one"));
    const plan = await planFor(account, desiredWith("two"));
    expect(plan.actions.map(({ kind }) => kind)).toEqual([
      "publishFunction",
      "updateStateMachine",
      "publishVersion",
      "shiftAlias",
    ]);
    expect(plan.risks.map(({ code }) => code)).not.toContain("ACCESS_WIDENED");
    await deploy(account, desiredWith("two"));
    expect(calledBy(account)).toBe(`${greet}:2`);
    const { definition = "" } = await account.states.describeStateMachine({ stateMachineArn: `${arn}:1` });
    expect(definition).toContain(`${greet}:1`);
    expect(account.codeOf(greet)).toMatchObject({ 1: codeOf("one").sha256, 2: codeOf("two").sha256 });
  });

  test("with settings that a template changed becomes a version of its own", async () => {
    const account = accountWithFunction();
    await deploy(account, desiredWith("one"));
    account.putFunction(greet, { MemorySize: 1024 });
    expect((await planFor(account, desiredWith("one"))).actions[0]).toMatchObject({
      kind: "publishFunction",
      changes: "settings",
    });
    await deploy(account, desiredWith("one"));
    expect(account.changes).toContain("publishVersion");
    expect(calledBy(account)).toBe(`${greet}:2`);
  });

  test("that somebody else brought meanwhile is left", async () => {
    const account = accountWithFunction();
    const plan = await planFor(account, desiredWith("one"));
    account.putFunction(greet, { CodeSha256: "somebody else's" });
    await expect(applyPlan(plan, account, { clock: account.clock })).rejects.toMatchObject({
      code: "CHANGED_MEANWHILE",
    });
    expect(account.changes).toEqual([]);
  });

  test("that cannot be started is refused with Lambda's reason, and the state machine is not touched", async () => {
    const account = accountWithFunction();
    account.putFunction(greet, { State: "Failed", StateReason: "InvalidRuntime" });
    await expect(deploy(account, desiredWith("one"))).rejects.toMatchObject({
      code: "FUNCTION_FAILED",
      message: `Version 1 of ${greet} cannot be called: InvalidRuntime`,
    });
    expect(account.changes).toEqual(["updateFunctionCode"]);
  });

  test("of a function that does not exist is refused before anything changes", async () => {
    const account = scriptedAccount();
    await expect(deploy(account, desiredWith("one"))).rejects.toMatchObject({
      code: "FUNCTION_MISSING",
      message: `Found no Lambda function ${greet}; wanted it to be there: create it with your template (\`sam deploy\`), then deploy its code.`,
    });
    expect(account.changes).toEqual([]);
  });

  test("that differs shows as drift", async () => {
    const account = accountWithFunction();
    await deploy(account, desiredWith("one"));
    expect((await deploymentStatus(desiredWith("one"), account)).drift).toEqual([]);
    expect((await deploymentStatus(desiredWith("two"), account)).drift).toMatchObject([{ code: "DEFINITION_DIFFERS" }]);
  });
});

describe("old versions of a function", () => {
  const pruning = { keepVersions: 2, keepFunctionVersions: 2 };

  test("go when no version of the state machine names them", async () => {
    const account = accountWithFunction();
    for (const text of ["1", "2", "3", "4"]) await deploy(account, desiredWith(text, pruning));
    expect(account.versionsOf(arn)).toEqual([`${arn}:4`, `${arn}:3`]);
    expect(Object.keys(account.codeOf(greet))).toEqual(["3", "4", "$LATEST"]);
    expect((await planFor(account, desiredWith("4", pruning))).actions).toEqual([]);
  });

  test("stay while executions may call them, and while an alias leads to them", async () => {
    const account = accountWithFunction();
    for (const text of ["1", "2", "3"]) await deploy(account, desiredWith(text));
    account.addExecution(`${arn}:1`, "RUNNING");
    account.aliasTo(`${greet}:2`);
    await deploy(account, desiredWith("4", pruning));
    expect(account.versionsOf(arn)).toEqual([`${arn}:4`, `${arn}:3`, `${arn}:1`]);
    expect(Object.keys(account.codeOf(greet))).toEqual(["1", "2", "3", "4", "$LATEST"]);
  });

  test("go, too, when another deployment is faster at it", async () => {
    let isRacing = false;
    const account = accountWithFunction({
      // Between the list and the look at what it names.
      after: (call, { states }) => {
        if (!isRacing || call !== "listStateMachineVersions") return;
        isRacing = false;
        void states.deleteStateMachineVersion({ stateMachineVersionArn: `${arn}:1` });
      },
    });
    for (const text of ["1", "2"]) await deploy(account, desiredWith(text));
    isRacing = true;
    await deploy(account, desiredWith("3", pruning));
    expect(account.versionsOf(arn)).toEqual([`${arn}:3`, `${arn}:2`]);
    expect(Object.keys(account.codeOf(greet))).toEqual(["2", "3", "$LATEST"]);
  });

  test("all stay unless a number is given", async () => {
    const account = accountWithFunction();
    for (const text of ["1", "2", "3", "4"]) await deploy(account, desiredWith(text, { keepVersions: 2 }));
    expect(account.changes).not.toContain("deleteFunction");
  });
});
