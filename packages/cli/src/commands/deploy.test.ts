/** The commands of a deployment against our own service, over HTTP with the real client. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { handlerInvoker } from "@stepwright/local-runner";
import { StepFunctionsService, createHttpDoor } from "@stepwright/local-runner/service";
import { applyPlan, connect, observe, planDeployment } from "@stepwright/deploy";
import type { DesiredStateMachine } from "@stepwright/deploy";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import type { ProjectFolder } from "../../../codegen/test/project-folder.ts";
import { stepwright } from "../../test/captured-terminal.ts";

const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:Greeting";

let folder: ProjectFolder;
let service: StepFunctionsService;
let endpoint: string;
let closeDoor: () => void;

beforeAll(async () => {
  folder = await projectFolder(greetingProject);
  service = new StepFunctionsService({
    tasks: handlerInvoker({ GreetGuest: ({ name }: { name: string }) => ({ greeting: `Hello, ${name}` }) }),
  });
  const door = createHttpDoor(service, { allowedHosts: [], onBug: (reason) => expect.fail(String(reason)) });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  closeDoor = () => {
    door.closeAllConnections();
    door.close();
  };
});

afterAll(async () => {
  closeDoor();
  service.close();
  await folder[Symbol.asyncDispose]();
});

const call = (command: string, ...args: readonly string[]) =>
  stepwright([command, "--endpoint", endpoint, ...args], { cwd: folder.dir });

test("a machine is planned, deployed, looked at, changed, rolled back and destroyed", async () => {
  expect(await call("status")).toMatchObject({ exitCode: 1, out: `${arn}\n  not deployed\n` });

  const planned = await call("plan");
  expect(planned).toMatchObject({ exitCode: 1 });
  expect(planned.out).toBe(`${arn}\n  + state machine, STANDARD\n  + version\n  + alias live\n`);

  expect(await call("deploy")).toMatchObject({ exitCode: 0, out: `${arn}:1 is live\n` });
  expect(await call("plan")).toMatchObject({ exitCode: 0, out: `${arn}\n  nothing to do\n` });
  expect(await call("deploy")).toMatchObject({ exitCode: 0, out: `${arn} is up to date\n` });

  const described = await service.call("DescribeStateMachine", { stateMachineArn: arn });
  const { States, ...rest } = JSON.parse(described["definition"] as string) as Record<string, unknown>;
  const definition = JSON.stringify({ ...rest, Comment: "by hand", States });
  await service.call("UpdateStateMachine", { stateMachineArn: arn, definition });
  const drifted = await call("status");
  expect(drifted.exitCode).toBe(1);
  expect(drifted.out).toContain("! DEFINITION_DIFFERS");
  expect(drifted.out).toContain("! REVISION_UNPUBLISHED");

  const again = await call("plan", "--json");
  expect(JSON.parse(again.out)).toMatchObject({
    changes: true,
    actions: [
      { kind: "updateStateMachine", changes: ["definition"] },
      { kind: "publishVersion" },
      { kind: "shiftAlias" },
    ],
    differences: [{ kind: "wording" }],
    risks: [{ code: "CHANGED_OUTSIDE" }],
    validation: { kind: "validated" },
  });
  expect(await call("deploy", "--interval", "0")).toMatchObject({ exitCode: 0, out: `${arn}:2 is live\n` });
  expect(await call("status")).toMatchObject({ exitCode: 0 });

  expect(await call("rollback")).toMatchObject({
    exitCode: 0,
    out: `${arn}:live leads to version 1 again; it led to version 2\n`,
  });
  expect((await call("status")).out).toContain("live: version 1 at 100 %");

  expect(await call("destroy")).toMatchObject({ exitCode: 1, out: "" });
  expect(await call("destroy", "--yes")).toMatchObject({ exitCode: 0 });
  expect(await call("status")).toMatchObject({ out: `${arn}\n  not deployed\n` });
});

test("a canary completes on executions that succeed, and goes back on ones that fail", async () => {
  const { clients } = await connect({ endpoint, environment: {} });
  const machine = `${arn}Canary`;
  const desiredWith = (end: "Succeed" | "Fail", comment: string): DesiredStateMachine => ({
    arn: machine,
    definition: { Comment: comment, StartAt: "End", States: { End: { Type: end } } },
    roleArn: "arn:aws:iam::123456789012:role/local",
    type: "STANDARD",
    alias: "live",
    shift: { kind: "CANARY", percentage: 50, intervalSeconds: 60 },
  });
  const running = async () =>
    (await clients.states.listExecutions({ stateMachineArn: machine, statusFilter: "RUNNING" })).executions?.length;
  /** Callers, each time the deployment waits: many enough that the new version gets some. */
  const clock = {
    async wait() {
      for (let start = 0; start < 40; start += 1) {
        await clients.states.startExecution({ stateMachineArn: `${machine}:live`, input: "{}" });
      }
      await vi.waitUntil(async () => (await running()) === 0, { timeout: 60_000 });
    },
  };
  const deploy = async (desired: DesiredStateMachine) =>
    applyPlan(planDeployment(desired, await observe(desired, clients)), clients, { clock });
  const routes = async () =>
    (await clients.states.describeStateMachineAlias({ stateMachineAliasArn: `${machine}:live` })).routingConfiguration;

  await deploy(desiredWith("Succeed", "one"));
  expect(await deploy(desiredWith("Succeed", "two"))).toMatchObject({ versionArn: `${machine}:2`, failure: undefined });
  expect(await routes()).toEqual([{ stateMachineVersionArn: `${machine}:2`, weight: 100 }]);
  expect((await deploy(desiredWith("Fail", "three"))).failure).toMatch(/finished executions failed/);
  expect(await routes()).toEqual([{ stateMachineVersionArn: `${machine}:2`, weight: 100 }]);
});

test("a deployment that is stopped says how far it came, and the next one goes on", async () => {
  const config = `export default { machines: ["src/greeting.machine.ts"], infrastructure: { formats: [], machines: {
    Greeting: { alias: { name: "live", shift: "CANARY", percentage: 10, intervalMinutes: 10 } } } } };`;
  await using project = await projectFolder({ ...greetingProject, "stepwright.config.ts": config });
  const deploy = (signal: AbortSignal, ...args: readonly string[]) =>
    stepwright(["deploy", "--endpoint", endpoint, ...args], { cwd: project.dir, signal });
  const never = new AbortController().signal;
  await deploy(never, "--interval", "0");
  const contract = await project.read("src/greeting.machine.ts");
  await project.write("src/greeting.machine.ts", contract.replace('"Greeted"', '"Welcomed"'));

  const { clients } = await connect({ endpoint, environment: {} });
  const weights = async () => {
    const alias = await clients.states.describeStateMachineAlias({ stateMachineAliasArn: `${arn}:live` });
    return alias.routingConfiguration?.map(({ weight }) => weight);
  };
  const stop = new AbortController();
  const stopped = deploy(stop.signal);
  await vi.waitUntil(async () => (await weights())?.length === 2, { timeout: 60_000 });
  stop.abort();
  expect(await stopped).toMatchObject({
    exitCode: 4,
    err: expect.stringMatching(
      /stopped: Interrupted: .*:live stands at 10 % on version \d+\. Deploy again to go on, or roll back\.\n$/,
    ),
  });
  expect(await deploy(never, "--interval", "0")).toMatchObject({ exitCode: 0 });
  expect(await weights()).toEqual([100]);
  await stepwright(["destroy", "--yes", "--endpoint", endpoint], { cwd: project.dir });
});

test("a narrowed contract is a risk, for who says what is deployed", async () => {
  await using project = await projectFolder(greetingProject);
  const plan = (...args: readonly string[]) =>
    stepwright(["plan", "--endpoint", endpoint, ...args], { cwd: project.dir });
  await stepwright(["generate"], { cwd: project.dir });
  await project.write("bare.asl.json", await project.read("generated/greeting.asl.json"));
  expect((await plan("--since", "generated/greeting.asl.json")).out).not.toContain("CONTRACT_CHANGED");
  const contracts = greetingProject["src/contracts.ts"] ?? "";
  await project.write("src/contracts.ts", contracts.replace("min(1)", "min(3)"));
  expect((await plan("--since", "generated/greeting.asl.json")).out).toMatch(
    /! CONTRACT_CHANGED input contract of GreetGuest narrowed: .*name.* \(\/States\/Greet\)/,
  );
  expect(await plan("--since", "bare.asl.json")).toMatchObject({
    exitCode: 2,
    err: "error: --since is bare.asl.json, and no contracts are beside it; wanted a generated definition with its manifest.json\n",
  });
});

test("what is missing is said in one sentence", async () => {
  expect(await call("plan", "Nobody")).toMatchObject({
    exitCode: 2,
    err: "error: Found no machine Nobody in stepwright.config.ts; wanted one of Greeting\n",
  });
  expect(await call("rollback", "Greeting", "--to", "one")).toMatchObject({
    exitCode: 2,
    err: `error: --to is "one"; wanted a version's number\n`,
  });
  expect(await call("deploy", "Greeting", "--description", "x".repeat(257))).toMatchObject({
    exitCode: 2,
    err: "error: --description has 257 characters; wanted at most 256\n",
  });
  // A scheme of the name "localhost" for whoever parses URLs; the SDK would send real keys somewhere.
  expect(await stepwright(["plan", "--endpoint", "localhost:8083"], { cwd: folder.dir })).toMatchObject({
    exitCode: 2,
    err: `error: --endpoint is "localhost:8083"; wanted a URL such as http://127.0.0.1:8083\n`,
  });
  const lost = await stepwright(["plan", "--endpoint", "http://127.0.0.1:1"], { cwd: folder.dir });
  expect(lost.exitCode).toBe(2);
  expect(lost.err).toContain("error: Cannot reach the service:");
});

test("credentials that nobody has are named, and the ones that are refused are not printed", async () => {
  const configured = `export default { machines: ["src/greeting.machine.ts"], deploy: { machines: { Greeting: {
    roleArn: "arn:aws:iam::123456789012:role/greeting", substitutions: { GreetGuestFunctionArn: "ssm:/greet" } } } } };`;
  await using project = await projectFolder({ ...greetingProject, "stepwright.config.ts": configured });
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"]) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("AWS_CONFIG_FILE", `${project.dir}/no-config`);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", `${project.dir}/no-credentials`);
  const found = await stepwright(["plan", "--region", "eu-central-1"], { cwd: project.dir });
  vi.unstubAllEnvs();
  expect(found).toEqual({
    exitCode: 2,
    out: "",
    err: "error: Found no AWS credentials; wanted AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile (--profile), `aws sso login`, or a role of the machine\n",
  });
});
