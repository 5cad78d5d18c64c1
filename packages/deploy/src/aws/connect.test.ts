/** The real client against a scripted service on loopback. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { accountServer } from "../../test/account-server.ts";
import type { HttpServer } from "../../test/http-server.ts";
import { scriptedAccount } from "../../test/scripted-account.ts";
import type { AccountOptions } from "../../test/scripted-account.ts";
import { applyPlan } from "../apply-plan.ts";
import type { DesiredStateMachine } from "../desired.ts";
import { destroy } from "../destroy.ts";
import { functionCode } from "../functions/desired-function.ts";
import { observeFunctions } from "../functions/observed-function.ts";
import { observe } from "../observed.ts";
import { planDeployment } from "../plan-deployment.ts";
import { validateRemotely } from "../remote-validation.ts";
import { rollback } from "../rollback.ts";
import { deploymentStatus } from "../status.ts";
import { connect } from "./connect.ts";

const arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:Greeting";
const alias = `${arn}:live`;

const desiredWith = (comment: string): DesiredStateMachine => ({
  arn,
  definition: { Comment: comment, StartAt: "Done", States: { Done: { Type: "Succeed" } } },
  roleArn: "arn:aws:iam::123456789012:role/greeting",
  type: "STANDARD",
  alias: "live",
  shift: { kind: "CANARY", intervalSeconds: 30 },
});

const servers: HttpServer[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

async function connected(options?: AccountOptions, maxAttempts = 1) {
  const account = scriptedAccount(options);
  const server = await accountServer(account);
  servers.push(server);
  const { clients, ...connection } = await connect({ endpoint: server.endpoint, environment: {}, maxAttempts });
  return {
    account,
    server,
    clients,
    connection,
    deploy: async (comment: string) => {
      const desired = desiredWith(comment);
      return applyPlan(planDeployment(desired, await observe(desired, clients)), clients, { clock: account.clock });
    },
  };
}

describe("the real client", () => {
  test("deploys, updates with a canary, finds nothing to do, rolls back and destroys", async () => {
    const { account, clients, deploy, connection } = await connected();
    expect(connection).toMatchObject({ region: "us-east-1", isLocal: true });
    expect(await deploy("one")).toEqual({ arn, versionArn: `${arn}:1`, failure: undefined });
    expect(await deploy("two")).toEqual({ arn, versionArn: `${arn}:2`, failure: undefined });
    const changes = account.changes.length;
    await deploy("two");
    expect(account.changes).toHaveLength(changes);
    await rollback({ arn, alias: "live" }, clients);
    expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
    expect((await deploymentStatus(desiredWith("two"), clients)).drift.map(({ code }) => code)).toEqual([
      "REVISION_NOT_SERVED",
    ]);
    account.editByHand(arn, `{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}`);
    expect((await deploymentStatus(desiredWith("two"), clients)).drift.map(({ code }) => code)).toEqual([
      "DEFINITION_DIFFERS",
      "REVISION_UNPUBLISHED",
    ]);
    await destroy({ arn, alias: "live" }, clients);
    expect(await deploymentStatus(desiredWith("two"), clients)).toMatchObject({ observed: undefined });
  });

  test("takes a failing canary back", async () => {
    const { account, deploy } = await connected({ onWait: (self) => self.addExecution(`${arn}:2`, "FAILED") });
    await deploy("one");
    expect((await deploy("two")).failure).toBe(
      "1 of 1 finished executions failed; tolerated are 0 %; call-1 ended as FAILED (Wrong: as scripted)",
    );
    expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
  });

  test("knows AWS's conflict by its name on the wire", async () => {
    let armed = false;
    const { account, deploy } = await connected({
      before: (call, self) => {
        if (armed && call === "publishStateMachineVersion") self.editByHand(arn, `{"Comment":"console"}`);
      },
    });
    await deploy("one");
    armed = true;
    await expect(deploy("two")).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
    expect(account.routes(alias)).toEqual({ [`${arn}:1`]: 100 });
  });

  test("waits and tries again when it is throttled", async () => {
    let refusals = 2;
    const { account, deploy } = await connected(
      {
        before: (call) => {
          if (call !== "updateStateMachine" || refusals === 0) return;
          refusals -= 1;
          throw Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" });
        },
      },
      4,
    );
    await deploy("one");
    expect(await deploy("two")).toMatchObject({ versionArn: `${arn}:2` });
    expect(account.calls.filter((call) => call === "updateStateMachine")).toHaveLength(3);
  });

  test("brings code to a function, is throttled, waits until it can be called, and prunes", async () => {
    const greet = "arn:aws:lambda:eu-central-1:123456789012:function:greet";
    let refusals = 2;
    const { account, clients } = await connected(
      {
        before: (call) => {
          if (call !== "updateFunctionCode" || refusals === 0) return;
          refusals -= 1;
          throw Object.assign(new Error("Rate exceeded"), { name: "TooManyRequestsException" });
        },
      },
      4,
    );
    const withCode = (text: string): DesiredStateMachine => ({
      ...desiredWith("code"),
      definition: {
        StartAt: "Greet",
        States: { Greet: { Type: "Task", Resource: "${GreetFunctionArn}", End: true } },
      },
      shift: { kind: "ALL_AT_ONCE" },
      keepVersions: 2,
      keepFunctionVersions: 2,
      functions: [
        { substitution: "GreetFunctionArn", arn: greet, code: functionCode({ "index.mjs": Buffer.from(text) }) },
      ],
    });
    const deploy = async (desired: DesiredStateMachine) => {
      const observed = await observe(desired, clients);
      const functions = await observeFunctions(desired, observed, clients);
      return applyPlan(planDeployment(desired, observed, functions), clients, { clock: account.clock });
    };
    await expect(deploy(withCode("1"))).rejects.toMatchObject({ code: "FUNCTION_MISSING" });
    account.putFunction(greet);
    for (const text of ["1", "2", "3"]) await deploy(withCode(text));
    expect(account.definitionOf(arn)).toContain(`${greet}:3`);
    expect(account.codeOf(greet)).toEqual({
      $LATEST: withCode("3").functions?.[0]?.code.sha256,
      3: withCode("3").functions?.[0]?.code.sha256,
      2: withCode("2").functions?.[0]?.code.sha256,
    });
    expect(account.calls.filter((call) => call === "updateFunctionCode")).toHaveLength(5);
    const changes = account.changes.length;
    await deploy(withCode("3"));
    expect(account.changes).toHaveLength(changes);
  });

  test("asks for AWS's opinion where it is allowed to", async () => {
    const { clients } = await connected();
    expect(await validateRemotely(desiredWith("one"), clients.states)).toEqual({ kind: "validated", diagnostics: [] });
    const forbidden = await connected({
      before: () => {
        throw Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });
      },
    });
    expect(await validateRemotely(desiredWith("one"), forbidden.clients.states)).toEqual({
      kind: "unavailable",
      reason: "AccessDeniedException: not authorized",
    });
  });
});

describe("credentials", () => {
  test("of the account never go to an endpoint of this machine", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAREALKEY");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "real-secret");
    vi.stubEnv("AWS_SESSION_TOKEN", "real-token");
    const { server, deploy } = await connected();
    await deploy("one");
    expect(server.requests).toHaveLength(5);
    expect(JSON.stringify(server.requests)).not.toMatch(/AKIAREALKEY|real-secret|real-token/);
  });

  test("a region that nobody names is asked for", async () => {
    const home = await mkdtemp(join(tmpdir(), "stepwright-home-"));
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_CONFIG_FILE", join(home, "config"));
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(home, "credentials"));
    await expect(connect({ environment: {} })).rejects.toMatchObject({
      code: "NOT_CONNECTED",
      message: "Found no AWS region; wanted --region, AWS_REGION, or a region in the profile.",
    });
    await rm(home, { recursive: true });
  });
});
