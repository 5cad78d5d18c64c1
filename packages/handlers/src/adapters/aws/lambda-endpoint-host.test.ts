import { describe, expect, test } from "vitest";
import { awsBench } from "../../../test/aws-bench.ts";
import { goldenAnswers, goldenRows, goldenVersions } from "../../../test/golden-model.ts";
import { mapInOrder } from "../../in-order.ts";

describe("models that one Lambda function serves", async () => {
  const { aws, ports, time, bodiesOf } = await awsBench({
    ENDPOINT_HOST: "lambda",
    ENDPOINT_FUNCTION: "serve-models",
    ROLLBACK_ALARMS: "errors",
  });
  const { endpoints, aliases } = ports;
  const versionOf = await goldenVersions(ports.objects);
  const alarm = (state: string, fromEpochMs = 0) => {
    aws.overrides.set("DescribeAlarms", () => {
      const StateValue = time.nowEpochMs >= fromEpochMs ? state : "OK";
      return { MetricAlarms: [{ AlarmName: "errors", StateValue }] };
    });
  };
  const aliasOf = (modelId: string) => {
    const { FunctionVersion, RoutingConfig } = aws.lambda.aliases.get(modelId) ?? {};
    return { number: FunctionVersion as unknown, weights: RoutingConfig?.AdditionalVersionWeights as unknown };
  };
  /** As the deployment does it: the alias of the registry, then the callers. */
  async function deployed(modelId: string, version: string) {
    const staged = await endpoints.stage(modelId, versionOf(version));
    const { champion } = await aliases.read(modelId);
    await aliases.move(modelId, champion?.version, { champion: versionOf(version) });
    await staged.promote();
    return staged;
  }
  alarm("OK");

  test("are published, answer those who name them, then everybody", async () => {
    const staged = await endpoints.stage("card-fraud", versionOf("v1"));
    const { probabilities } = goldenAnswers();
    const answer = await staged.score(goldenRows());
    expect(answer.modelVersion).toBe("v1");
    answer.scores.forEach((score, row) => expect(score).toBeCloseTo(probabilities[row] ?? -1, 6));
    expect(aws.lambda.aliases.size).toBe(0);
    await deployed("card-fraud", "v1");
    expect(aliasOf("card-fraud")).toEqual({ number: "1", weights: undefined });
    expect(await endpoints.score("card-fraud", [])).toEqual({ scores: [], modelVersion: "v1" });
  });

  test("keep the rest of the function's environment", () => {
    expect(aws.lambda.versions.get("1")?.environment).toMatchObject({ KEPT: "yes", MODEL_ID: "card-fraud" });
  });

  test("are published once, however often they are staged", async () => {
    await endpoints.stage("card-fraud", versionOf("v1"));
    expect(bodiesOf("PublishVersion")).toHaveLength(1);
  });

  test("get a tenth of the calls before all of them", async () => {
    const startedAt = time.nowEpochMs;
    await deployed("card-fraud", "v2");
    const [canary, all] = bodiesOf("UpdateAlias").slice(-2);
    expect(canary).toMatchObject({
      FunctionVersion: "1",
      RoutingConfig: { AdditionalVersionWeights: { "2": 0.1 } },
      RevisionId: "1",
    });
    expect(all).toMatchObject({ FunctionVersion: "2", RoutingConfig: { AdditionalVersionWeights: {} } });
    expect(time.nowEpochMs - startedAt).toBeGreaterThanOrEqual(300_000);
    expect((await endpoints.score("card-fraud", [])).modelVersion).toBe("v2");
  });

  test("leave the callers to the old one when an alarm speaks", async () => {
    const staged = await endpoints.stage("card-fraud", versionOf("v3"));
    alarm("ALARM", time.nowEpochMs + 60_000);
    await expect(staged.promote()).rejects.toMatchObject({
      name: "DeploymentRolledBack",
      message: "errors in alarm: the callers of card-fraud stay with the version before.",
    });
    expect(aliasOf("card-fraud")).toEqual({ number: "2", weights: { "3": 0.1 } });
    await staged.discard();
    expect(aliasOf("card-fraud")).toEqual({ number: "2", weights: {} });
    alarm("OK");
  });

  test("move no caller while an alarm speaks already, or when there is none", async () => {
    const staged = await endpoints.stage("card-fraud", versionOf("v3"));
    const moves = bodiesOf("UpdateAlias").length;
    alarm("ALARM");
    await expect(staged.promote()).rejects.toMatchObject({ name: "DeploymentRolledBack" });
    aws.overrides.set("DescribeAlarms", () => ({ MetricAlarms: [] }));
    await expect(staged.promote()).rejects.toThrow("There is no CloudWatch alarm errors.");
    await staged.discard();
    expect(bodiesOf("UpdateAlias")).toHaveLength(moves);
    alarm("OK");
  });

  test("leave the canary of another deployment alone when they are discarded", async () => {
    const mine = await endpoints.stage("card-fraud", versionOf("v1"));
    aws.lambda.aliases.get("card-fraud").RoutingConfig = { AdditionalVersionWeights: { "3": 0.1 } };
    await mine.discard();
    expect(aliasOf("card-fraud")).toEqual({ number: "2", weights: { "3": 0.1 } });
    aws.lambda.aliases.get("card-fraud").RoutingConfig = { AdditionalVersionWeights: {} };
  });

  test("whose canary outlasts the function are busy, and the callers go back", async () => {
    const staged = await endpoints.stage("card-fraud", versionOf("v3"));
    time.deadlineEpochMs = time.nowEpochMs + 100_000;
    await expect(staged.promote()).rejects.toMatchObject({ name: "EndpointBusy" });
    time.deadlineEpochMs = Number.POSITIVE_INFINITY;
    expect(aliasOf("card-fraud")).toEqual({ number: "2", weights: { "3": 0.1 } });
    await staged.discard();
    expect(aliasOf("card-fraud")).toEqual({ number: "2", weights: {} });
  });

  test("that were promoted and failed afterwards give way to the champion before, or to nobody", async () => {
    const staged = await deployed("card-fraud", "v3");
    await aliases.move("card-fraud", "v3", { champion: versionOf("v2") });
    await staged.discard();
    expect(aliasOf("card-fraud")).toEqual({ number: "2", weights: {} });
    const first = await deployed("auth-decline", "v1");
    await aliases.move("auth-decline", "v1", {});
    await first.discard();
    expect(aws.lambda.aliases.has("auth-decline")).toBe(false);
  });

  test("are not moved by two deployments at once", async () => {
    const staged = await endpoints.stage("card-fraud", versionOf("v3"));
    alarm("OK");
    const before = aws.overrides.get("DescribeAlarms")!;
    aws.overrides.set("DescribeAlarms", (body) => {
      aws.lambda.aliases.get("card-fraud").revision += 1;
      return before(body);
    });
    await expect(staged.promote()).rejects.toMatchObject({
      name: "EndpointBusy",
      message: "Another deployment moves the alias card-fraud.",
    });
    alarm("OK");
    await staged.discard();
  });

  test("are staged for several models at once, each with an environment of its own", async () => {
    const modelIds = ["model-a", "model-b", "model-c"];
    const staged = await Promise.all(modelIds.map((modelId) => endpoints.stage(modelId, versionOf("v1"))));
    const served = await mapInOrder(staged, (each) => each.score([]));
    expect(served.map(({ modelVersion }) => modelVersion)).toEqual(["v1", "v1", "v1"]);
    const published = [...aws.lambda.versions.values()].map(({ description }) => description.split(" ")[0]);
    expect(new Set(published.slice(-3))).toEqual(new Set(modelIds));
    for (const { environment, description } of aws.lambda.versions.values()) {
      expect(description).toBe(
        `${environment["MODEL_ID"]} ${environment["MODEL_VERSION"]} ${versionOf("any").modelSha256}`,
      );
    }
  });

  test("that cannot be read fail their smoke test", async () => {
    const gone = { ...versionOf("v9"), modelSha256: "0".repeat(64) };
    const staged = await endpoints.stage("card-fraud", gone);
    await expect(staged.score([])).rejects.toMatchObject({
      name: "SmokeTestFailed",
      message: expect.stringContaining("ModelArtifactCorruptError"),
    });
  });

  test("wait for whoever changes the function, until they must answer", async () => {
    aws.lambda.latest.environment = {
      ...aws.lambda.latest.environment,
      MODEL_ID: "slow",
      MODEL_STAGED_AT: String(time.nowEpochMs),
    };
    const startedAt = time.nowEpochMs;
    await endpoints.stage("card-fraud", versionOf("v10"));
    expect(time.nowEpochMs - startedAt).toBeGreaterThanOrEqual(30_000);
    time.deadlineEpochMs = time.nowEpochMs + 1_000;
    await expect(endpoints.stage("card-fraud", versionOf("v11"))).rejects.toMatchObject({
      name: "EndpointBusy",
      message: "The function serve-models had no moment to publish v11.",
    });
    time.deadlineEpochMs = Number.POSITIVE_INFINITY;
  });
});
