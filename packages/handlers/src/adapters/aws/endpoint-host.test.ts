import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { awsBench } from "../../../test/aws-bench.ts";
import { goldenAnswers, goldenRows, goldenVersions } from "../../../test/golden-model.ts";
import { refusal } from "../../../test/scripted-aws.ts";

describe("an endpoint of SageMaker", async () => {
  const { aws, ports, time, bodiesOf } = await awsBench({ ROLLBACK_ALARMS: "errors,latency" });
  const versionOf = await goldenVersions(ports.objects);
  const { endpoints } = ports;
  const live = () => aws.endpoints.get("card-fraud")?.EndpointConfigName as string | undefined;
  const asked = () => aws.asked.map(({ operation }) => operation);
  async function promoted(version: string) {
    const staged = await endpoints.stage("card-fraud", versionOf(version));
    await staged.promote();
    await ports.aliases.move("card-fraud", (await ports.aliases.read("card-fraud")).champion?.version, {
      champion: versionOf(version),
    });
  }

  test("is made for a first version, and answers as the model does", async () => {
    await promoted("2026-09-a");
    expect(live()).toBe("card-fraud-2026-09-a");
    expect([...aws.endpoints.keys()]).toEqual(["card-fraud"]);
    const { probabilities } = goldenAnswers();
    const answer = await endpoints.score("card-fraud", goldenRows());
    expect(answer.modelVersion).toBe("2026-09-a");
    answer.scores.forEach((score, row) => expect(score).toBeCloseTo(probabilities[row] ?? -1, 6));
  });

  test("moves to the next version by a canary that alarms turn back", async () => {
    const staged = await endpoints.stage("card-fraud", versionOf("2026-10-a"));
    expect(live()).toBe("card-fraud-2026-09-a");
    expect(await staged.score([])).toMatchObject({ modelVersion: "2026-10-a" });
    await staged.promote();
    expect(live()).toBe("card-fraud-2026-10-a");
    expect(bodiesOf("UpdateEndpoint").at(-1)).toEqual({
      EndpointName: "card-fraud",
      EndpointConfigName: "card-fraud-2026-10-a",
      DeploymentConfig: {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: {
            Type: "CANARY",
            CanarySize: { Type: "CAPACITY_PERCENT", Value: 10 },
            WaitIntervalInSeconds: 300,
          },
        },
        AutoRollbackConfiguration: { Alarms: [{ AlarmName: "errors" }, { AlarmName: "latency" }] },
      },
    });
    expect([...aws.endpoints.keys()]).toEqual(["card-fraud"]);
  });

  test("that is in service with the old configuration was rolled back", async () => {
    const staged = await endpoints.stage("card-fraud", versionOf("2026-11-a"));
    aws.overrides.set("UpdateEndpoint", ({ EndpointName, EndpointConfigName }) => {
      const states = ["Updating", "RollingBack", "InService"];
      Object.assign(aws.endpoints.get(EndpointName), { pending: EndpointConfigName, states });
      return { EndpointArn: "arn" };
    });
    await expect(staged.promote()).rejects.toMatchObject({
      name: "DeploymentRolledBack",
      message: "The endpoint card-fraud is InService with card-fraud-2026-10-a; wanted card-fraud-2026-11-a.",
    });
    aws.overrides.clear();
    await staged.discard();
    expect([...aws.endpoints.keys()]).toEqual(["card-fraud"]);
    expect(live()).toBe("card-fraud-2026-10-a");
  });

  test("that a crashed attempt set in motion is attached to, and moved once", async () => {
    await (await endpoints.stage("card-fraud", versionOf("2026-12-a"))).discard();
    Object.assign(aws.endpoints.get("card-fraud"), {
      pending: "card-fraud-2026-12-a",
      states: ["Updating", "Updating", "Updating", "InService"],
    });
    const before = asked().length;
    const staged = await endpoints.stage("card-fraud", versionOf("2026-12-a"));
    await staged.promote();
    expect(asked().slice(before)).not.toContain("UpdateEndpoint");
    expect(asked().slice(before)).not.toContain("CreateEndpoint");
    expect(live()).toBe("card-fraud-2026-12-a");
  });

  test("that moves to another version is busy, and is left alone", async () => {
    const staged = await endpoints.stage("card-fraud", versionOf("2027-01-a"));
    Object.assign(aws.endpoints.get("card-fraud"), { pending: "card-fraud-else", states: ["Updating"] });
    await expect(staged.promote()).rejects.toMatchObject({
      name: "EndpointBusy",
      message: "The endpoint card-fraud is moving to card-fraud-else.",
    });
    Object.assign(aws.endpoints.get("card-fraud"), { states: ["InService"], pending: undefined });
  });

  test("that is still moving when the function must answer is asked again by the state's Retry", async () => {
    Object.assign(aws.endpoints.get("card-fraud-candidate"), { states: ["Creating"] });
    time.deadlineEpochMs = time.nowEpochMs + 60_000;
    await expect(endpoints.stage("card-fraud", versionOf("2027-01-a"))).rejects.toMatchObject({
      name: "EndpointBusy",
      message: "The endpoint card-fraud-candidate is still moving.",
    });
    time.deadlineEpochMs = Number.POSITIVE_INFINITY;
    Object.assign(aws.endpoints.get("card-fraud-candidate"), { states: ["InService"] });
  });

  test("of a candidate that another attempt left behind makes room", async () => {
    await expect(endpoints.stage("card-fraud", versionOf("2027-02-a"))).rejects.toMatchObject({
      name: "EndpointBusy",
      message: "card-fraud-candidate still serves card-fraud-2027-01-a.",
    });
    expect([...aws.endpoints.keys()]).toEqual(["card-fraud"]);
    const staged = await endpoints.stage("card-fraud", versionOf("2027-02-a"));
    await staged.discard();
  });

  test("a refusal that says something else than that it exists goes on as it came", async () => {
    aws.overrides.set("CreateModel", () => {
      throw refusal("ValidationException", "Could not assume role");
    });
    await expect(endpoints.stage("card-fraud", versionOf("2027-03-a"))).rejects.toThrow("Could not assume role");
    aws.overrides.clear();
  });

  test("serves an archive that holds the model alone", async () => {
    const key = `runs/retrain/serving/${versionOf("any").modelSha256}/model.tar.gz`;
    expect(bodiesOf("CreateModel").at(-1).PrimaryContainer.ModelDataUrl).toBe(`s3://${key}`);
    expect(aws.objects.get(key)?.subarray(0, 2)).toEqual(gzipSync("").subarray(0, 2));
  });
});
