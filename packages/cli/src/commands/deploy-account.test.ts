/** The commands of a deployment as in a real account: regions, profiles, credentials and functions, against a scripted one. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import type { ProjectFolder } from "../../../codegen/test/project-folder.ts";
import { accountServer } from "../../../deploy/test/account-server.ts";
import { httpServer } from "../../../deploy/test/http-server.ts";
import type { HttpServer } from "../../../deploy/test/http-server.ts";
import { scriptedAccount } from "../../../deploy/test/scripted-account.ts";
import type { ScriptedAccount } from "../../../deploy/test/scripted-account.ts";
import { generate } from "@stepwright/codegen";
import { stepwright } from "../../test/captured-terminal.ts";
import type { Captured } from "../../test/captured-terminal.ts";

const arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:Greeting";
const greet = "arn:aws:lambda:eu-central-1:123456789012:function:greet";
const handlerFile = "src/handlers/greet-guest/handler.ts";
const handlerWith = (greeting: string) => `export const handler = async () => ({ greeting: "${greeting}" });`;

const config = {
  machines: ["src/greeting.machine.ts"],
  deploy: {
    machines: {
      Greeting: {
        roleArn: "arn:aws:iam::123456789012:role/greeting",
        substitutions: { GreetGuestFunctionArn: "env:GREET_ARN" },
        functions: { keepVersions: 2 },
      },
    },
  },
};

const secrets = ["env-secret", "env-token", "profile-secret"];

let refuse: (operation: string) => void;
let account: ScriptedAccount;
let server: HttpServer;
let folder: ProjectFolder;

beforeEach(async () => {
  refuse = () => {};
  account = scriptedAccount({ before: (operation) => refuse(operation), functionUpdateMs: 0 });
  account.putFunction(greet);
  server = await accountServer(account);
  folder = await projectFolder({
    ...greetingProject,
    "stepwright.config.ts": `export default ${JSON.stringify(config)};`,
    "aws-config": "[profile staging]\nregion = eu-central-1\n",
    "aws-credentials": "[staging]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = profile-secret\n",
  });
  await generate(folder);
  await folder.write(handlerFile, handlerWith("Hello"));
  // The SDK's own way to another endpoint, which is no reason to think that no account is behind it.
  vi.stubEnv("AWS_ENDPOINT_URL", server.endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "env-secret");
  vi.stubEnv("AWS_SESSION_TOKEN", "env-token");
  vi.stubEnv("AWS_CONFIG_FILE", `${folder.dir}/aws-config`);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", `${folder.dir}/aws-credentials`);
  for (const name of ["AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"]) vi.stubEnv(name, undefined);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

function withoutKeys(): void {
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
}

const told: Captured[] = [];

async function call(command: string, ...args: readonly string[]): Promise<Captured> {
  const captured = await stepwright([command, ...args], { cwd: folder.dir, env: { GREET_ARN: greet } });
  told.push(captured);
  return captured;
}

const inEurope = ["--region", "eu-central-1"];
const signatures = () => server.requests.map(({ headers }) => String(headers.authorization));

describe("a deployment with the code of its functions", () => {
  test("is planned, made, found up to date, changed and rolled back", async () => {
    const planned = await call("plan", ...inEurope);
    expect(planned).toMatchObject({
      exitCode: 1,
      out: `${arn}\n  + version of function greet: new code\n  + state machine, STANDARD\n  + version\n  + alias live\n`,
    });
    expect(account.changes).toEqual([]);

    expect(await call("deploy", ...inEurope)).toMatchObject({ exitCode: 0, out: `${arn}:1 is live\n` });
    expect(account.definitionOf(arn)).toContain(`"Resource": "${greet}:1"`);

    const changes = account.changes.length;
    expect(await call("deploy", ...inEurope)).toMatchObject({ exitCode: 0, out: `${arn} is up to date\n` });
    expect(account.changes).toHaveLength(changes);
    expect(await call("status", ...inEurope)).toMatchObject({ exitCode: 0 });

    await folder.write(handlerFile, handlerWith("Good evening"));
    expect((await call("plan", ...inEurope)).out).toContain(`${greet}:next`);
    expect((await call("status", ...inEurope)).out).toContain("! DEFINITION_DIFFERS");
    expect(await call("deploy", ...inEurope)).toMatchObject({ exitCode: 0, out: `${arn}:2 is live\n` });
    expect(account.definitionOf(arn)).toContain(`"Resource": "${greet}:2"`);
    expect(await call("rollback", ...inEurope)).toMatchObject({ exitCode: 0 });
    expect(account.routes(`${arn}:live`)).toEqual({ [`${arn}:1`]: 100 });
  });

  test("names the function that nobody has created", async () => {
    const captured = await stepwright(["deploy", ...inEurope], {
      cwd: folder.dir,
      env: { GREET_ARN: greet.replace("greet", "nobody") },
    });
    expect(captured.exitCode).toBe(2);
    expect(captured.err).toContain(
      "Found no Lambda function arn:aws:lambda:eu-central-1:123456789012:function:nobody;",
    );
  });
});

test("a rollback and a destruction ask for no value that they have no use for", async () => {
  await call("deploy", ...inEurope);
  await folder.write(handlerFile, handlerWith("Good evening"));
  await call("deploy", ...inEurope);
  const surroundings = { cwd: folder.dir, env: {} };
  expect((await stepwright(["status", ...inEurope], surroundings)).err).toContain("no environment variable GREET_ARN");
  expect(await stepwright(["rollback", ...inEurope], surroundings)).toMatchObject({ exitCode: 0, err: "" });
  expect(account.routes(`${arn}:live`)).toEqual({ [`${arn}:1`]: 100 });
  expect(await stepwright(["destroy", "--yes", ...inEurope], surroundings)).toMatchObject({ exitCode: 0, err: "" });
  expect(account.definitionOf(arn)).toBeUndefined();
});

describe("credentials", () => {
  test("are those of the environment", async () => {
    await call("plan", ...inEurope);
    expect(signatures()).not.toEqual([]);
    for (const each of signatures()) expect(each).toMatch(/Credential=AKIAENVIRONMENT\/\d+\/eu-central-1\//);
  });

  test("and region are those of the profile that is named", async () => {
    withoutKeys();
    expect(await call("plan", "--profile", "staging")).toMatchObject({ exitCode: 1 });
    for (const each of signatures()) expect(each).toMatch(/Credential=AKIAPROFILE\/\d+\/eu-central-1\//);
  });

  test("of a profile that is not there are told to be missing, with its name", async () => {
    withoutKeys();
    const { err, exitCode } = await call("plan", "--profile", "production", ...inEurope);
    expect(exitCode).toBe(2);
    expect(err).toContain("Found no AWS credentials in the profile production; wanted ");
  });

  test("are printed by nothing that goes well or wrong", async () => {
    await call("plan", ...inEurope, "--json");
    await call("deploy", ...inEurope, "--json");
    refuse = () => {
      throw Object.assign(new Error("User is not authorized to perform: states:DescribeStateMachine"), {
        name: "AccessDeniedException",
      });
    };
    const refused = await call("plan", ...inEurope);
    expect(refused).toMatchObject({
      exitCode: 2,
      err: "error: AWS refuses: AccessDeniedException: User is not authorized to perform: states:DescribeStateMachine\n",
    });
    const text = JSON.stringify(told);
    expect(told.length).toBeGreaterThan(3);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

const htmlServer = () =>
  httpServer(async () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<html>" }));

describe("an endpoint that is no AWS", () => {
  test("is told by what it answers", async () => {
    await using page = await htmlServer();
    expect(await call("plan", "--endpoint", page.endpoint)).toMatchObject({
      exitCode: 2,
      err: "error: Found an answer with the HTTP status 200 that the SDK cannot read; wanted one of AWS: is it another service, or a proxy?\n",
    });
  });

  test("is not reached when it speaks no TLS", async () => {
    await using page = await htmlServer();
    const { err, exitCode } = await call("plan", "--endpoint", page.endpoint.replace("http:", "https:"));
    expect(exitCode).toBe(2);
    expect(err).toContain("error: Cannot reach the service: write EPROTO");
  });
});
