/** The starter with real clients: Step Functions is our own service, S3 and DynamoDB are scripted. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SFN } from "@aws-sdk/client-sfn";
import { modelCatalog } from "@stepwright/handlers";
import type { ModelSpec } from "@stepwright/handlers";
import { createHttpDoor, StepFunctionsService } from "@stepwright/local-runner/service";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { scriptedAws } from "../../../../packages/handlers/test/scripted-aws.ts";
import type { ScriptedAws } from "../../../../packages/handlers/test/scripted-aws.ts";
import { monthlyStarter } from "./starter.ts";

const credentials = { accessKeyId: "a", secretAccessKey: "s" };
const names = { items: "BatchRetrainModels", manifest: "RetrainModelsV2" };

let service: StepFunctionsService;
let sfn: SFN;
let aws: ScriptedAws;
let aliases: Readonly<Record<keyof typeof names, string>>;

beforeAll(async () => {
  aws = await scriptedAws("");
});
beforeEach(async () => {
  service = new StepFunctionsService();
  const door = createHttpDoor(service);
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  sfn = new SFN({ endpoint, region: "eu-west-1", credentials });
  aliases = { items: await liveAlias(names.items), manifest: await liveAlias(names.manifest) };
  return () => {
    sfn.destroy();
    service.close();
    door.closeAllConnections();
    door.close();
  };
});
afterAll(() => aws.objects.clear());

/** A machine that runs until it is stopped. */
async function liveAlias(name: string): Promise<string> {
  const definition = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 3600, End: true } } };
  const { stateMachineArn, stateMachineVersionArn } = await sfn.createStateMachine({
    name,
    definition: JSON.stringify(definition),
    roleArn: "arn:aws:iam::123456789012:role/machine",
    publish: true,
  });
  const { stateMachineAliasArn = "" } = await sfn.createStateMachineAlias({
    name: "live",
    routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
  });
  expect(stateMachineAliasArn).toBe(`${stateMachineArn}:live`);
  return stateMachineAliasArn;
}

function starter(environment: Readonly<Record<string, string>> = {}, modelIds: readonly string[] = ["card-fraud"]) {
  return monthlyStarter({
    environment: {
      RETRAIN_PROFILE: "aws",
      STATE_MACHINE_ARN: aliases.items,
      MANIFEST_STATE_MACHINE_ARN: aliases.manifest,
      RETRAIN_OBJECTS: "s3://runs/retrain",
      RETRAIN_TABLE: "retrain",
      ...environment,
    },
    executions: async () => sfn,
    catalog: modelCatalog(modelIds.map((modelId) => ({ modelId, materiality: "low" }) as ModelSpec)),
    client: { region: "eu-west-1", endpoint: aws.url, credentials, maxAttempts: 1 },
  });
}

const november = { scheduledTime: "2026-11-01T03:00:00Z" };
const arnOf = (machine: string) => `arn:aws:states:us-east-1:123456789012:execution:${machine}:monthly-2026-11`;
const many = Array.from({ length: 301 }, (_, index) => `model-${index}`);

test("starts the version that is live, once for a month, however often the schedule delivers", async () => {
  const started = { name: "monthly-2026-11", kind: "items", models: 1, executionArn: arnOf(names.items) };
  expect(await starter()(november)).toEqual({ ...started, outcome: "started" });
  expect(await starter()(november)).toEqual({ ...started, outcome: "started" });
  const execution = await sfn.describeExecution({ executionArn: arnOf(names.items) });
  expect(JSON.parse(execution.input ?? "")).toEqual({
    models: [
      {
        schemaVersion: 1,
        modelId: "card-fraud",
        runId: "2026-11",
        asOf: "2026-11-01T00:00:00Z",
        trigger: "schedule",
      },
    ],
  });
  expect(execution.stateMachineAliasArn).toBe(aliases.items);
  expect((await sfn.listExecutions({ stateMachineArn: aliases.items })).executions).toHaveLength(1);
});

test("a delivery after the end finds what was there, and its status", async () => {
  await starter()(november);
  await sfn.stopExecution({ executionArn: arnOf(names.items) });
  expect(await starter()(november)).toMatchObject({ outcome: "was there", status: "ABORTED" });
});

test("a month that was started with other models is not started again, and says with which", async () => {
  await starter({}, ["card-fraud", "auth-decline"])(november);
  await expect(starter({}, ["card-fraud", "merchant-churn"])(november)).rejects.toMatchObject({
    name: "MonthAlreadyStartedError",
    message: `${arnOf(names.items)} is RUNNING with another input: found auth-decline in it; wanted merchant-churn as well.`,
  });
});

test("more than 300 models go by a manifest to the second pipeline", async () => {
  const answer = { kind: "manifest", models: 301, executionArn: arnOf(names.manifest) };
  expect(await starter({}, many)(november)).toMatchObject({ ...answer, outcome: "started" });
  const { input = "" } = await sfn.describeExecution({ executionArn: arnOf(names.manifest) });
  const { manifest, ...run } = JSON.parse(input) as { readonly manifest: { readonly bucket: string; key: string } };
  expect(run).toEqual({ runId: "2026-11", asOf: "2026-11-01T00:00:00Z" });
  const lines = aws.objects.get(`${manifest.bucket}/${manifest.key}`)?.toString().trimEnd().split("\n") ?? [];
  expect(manifest.key).toMatch(/^retrain\/manifests\/2026-11-/);
  expect(lines.map((line) => (JSON.parse(line) as { readonly modelId: string }).modelId)).toEqual(many);

  await sfn.stopExecution({ executionArn: arnOf(names.manifest) });
  expect(await starter({}, many)(november)).toMatchObject({ outcome: "was there" });
  expect(aws.objects.get(`${manifest.bucket}/${manifest.key}`)?.toString().split("\n")).toHaveLength(302);
  await expect(starter({}, [...many, "another"])(november)).rejects.toThrow(
    /is ABORTED with another input: found \{"manifest":.*; wanted \{"manifest":/,
  );
});

test("the production models may be those that serve, as the aliases say", async () => {
  const champions = starter({ PRODUCTION_MODELS: "champions" }, ["card-fraud", "auth-decline"]);
  await expect(champions(november)).rejects.toThrow("Found no production models");
  aws.overrides.set("Scan", () => ({ Items: [{ pk: { S: "MODEL#card-fraud" } }] }));
  expect(await champions(november)).toMatchObject({ outcome: "started", models: 1 });
  aws.overrides.set("Scan", () => ({ Items: [{ pk: { S: "MODEL#forgotten" } }] }));
  await expect(champions(november)).rejects.toThrow(
    "No handler knows forgotten; wanted models of the catalog: card-fraud, auth-decline.",
  );
  aws.overrides.clear();
});

test.each<[string, unknown, Readonly<Record<string, string>>, readonly string[], string]>([
  ["an event without a time", {}, {}, ["a"], "The event has no scheduledTime; wanted {"],
  ["a time that is none", { scheduledTime: "soon" }, {}, ["a"], 'scheduledTime is "soon"; wanted a time such as'],
  ["no target", november, { STATE_MACHINE_ARN: "" }, ["a"], "STATE_MACHINE_ARN is absent; wanted the ARN of"],
  ["no ARN", november, { STATE_MACHINE_ARN: "BatchRetrainModels" }, ["a"], '"BatchRetrainModels" is no ARN of a'],
  ["an unknown source", november, { PRODUCTION_MODELS: "all" }, ["a"], 'is "all"; wanted catalog or champions.'],
  ["no place for a manifest", november, { RETRAIN_OBJECTS: "" }, many, 'RETRAIN_OBJECTS is ""; wanted s3://bucket'],
  ["no second pipeline", november, { MANIFEST_STATE_MACHINE_ARN: "" }, many, "Found 301 models and"],
])("%s is refused, and nothing is started", async (_what, event, environment, modelIds, message) => {
  await expect(starter(environment, modelIds)(event)).rejects.toThrow(message);
  expect(service.statistics.startedExecutions).toBe(0);
});

test("what Step Functions refuses for another reason is told as it came, for the schedule to try again", async () => {
  const gone = aliases.items.replace("BatchRetrainModels", "NoSuchMachine");
  await expect(starter({ STATE_MACHINE_ARN: gone })(november)).rejects.toMatchObject({
    name: "StateMachineDoesNotExist",
  });
});
