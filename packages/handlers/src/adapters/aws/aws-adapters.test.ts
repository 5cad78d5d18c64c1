import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { awsBench } from "../../../test/aws-bench.ts";
import { bench, itemOf, retrain, smallWorld } from "../../../test/small-world.ts";
import { handlers } from "../../index.ts";

describe("the seven handlers on AWS", async () => {
  const { aws, ports, home, bodiesOf } = await awsBench();
  const world = await smallWorld(home);
  await upload(world.folder, aws.objects);
  const local = await retrain(bench({ home, world: world.folder }).run, itemOf("card-fraud"));
  const remote = await retrain(handlers(ports), itemOf("card-fraud"));

  test("decide and measure as they do on this machine", () => {
    expect(remote.status).toMatchObject({
      status: "DEPLOYED",
      version: local.status.version,
      metrics: local.status.metrics,
    });
    if (local.evaluated.outcome !== "OK") throw new Error("not evaluated");
    expect(remote.evaluated).toMatchObject({ decision: local.evaluated.decision });
    expect(remote.trained).toMatchObject({ training: { trainer: "sagemaker", seconds: 77 } });
  });

  test("write every object once, with its checksum", () => {
    const puts = aws.asked.filter(({ operation }) => operation.startsWith("PUT "));
    expect(puts.length).toBeGreaterThan(5);
    for (const { headers } of puts) {
      expect(headers["if-none-match"]).toBe("*");
      expect(headers["x-amz-checksum-sha256"]).toHaveLength(44);
    }
  });

  test("train on Parquet, for less time than somebody waits", () => {
    const [job] = bodiesOf("CreateTrainingJob");
    expect(job).toMatchObject({
      StoppingCondition: { MaxRuntimeInSeconds: 2_400 },
      HyperParameters: { num_round: "25" },
    });
    expect(job.InputDataConfig[0]).toMatchObject({ ChannelName: "train", ContentType: "application/x-parquet" });
  });

  test("tell people and programs once, and leave no candidate behind", async () => {
    await retrain(handlers(ports), itemOf("card-fraud"));
    expect(bodiesOf("Publish")).toHaveLength(1);
    expect(bodiesOf("PutEvents")).toHaveLength(1);
    expect([...aws.endpoints.keys()]).toEqual(["card-fraud"]);
  });

  test("an event that was refused under status 200 is not sent", async () => {
    aws.overrides.set("PutEvents", () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] }));
    const telling = ports.notifier.notify({ key: "k", subject: "é".repeat(200), detail: {} });
    await expect(telling).rejects.toThrow("EventBridge refused the event: InternalFailure");
    aws.overrides.clear();
    expect(await ports.notifier.notify({ key: "k", subject: "s", detail: {} })).toEqual({ sent: true });
    expect(bodiesOf("Publish").filter(({ Subject }) => Subject === "?".repeat(99))).toHaveLength(1);
  });
});

describe("the handlers without SageMaker's machines", async () => {
  const { aws, ports, home, bodiesOf } = await awsBench({
    TRAINER: "lambda",
    ENDPOINT_HOST: "lambda",
    ENDPOINT_FUNCTION: "serve-models",
  });
  const world = await smallWorld(home);
  await upload(world.folder, aws.objects);
  const { trained, status } = await retrain(handlers(ports), itemOf("card-fraud"));

  test("train in the function, and serve by another", async () => {
    expect(trained).toMatchObject({ training: { trainer: "lambda" } });
    expect(status).toMatchObject({ status: "DEPLOYED", serving: status.version });
    expect(bodiesOf("CreateTrainingJob")).toEqual([]);
    expect(aws.endpoints.size).toBe(0);
    expect(await ports.endpoints.score("card-fraud", [])).toEqual({ scores: [], modelVersion: status.version });
  });

  test("do nothing again when they are asked again", async () => {
    const again = await retrain(handlers(ports), itemOf("card-fraud"));
    expect(again.status).toEqual(status);
    expect(aws.lambda.versions.size).toBe(1);
    expect(bodiesOf("Publish")).toHaveLength(1);
  });
});

async function upload(worldFolder: string, objects: Map<string, Buffer>): Promise<void> {
  const raw = path.join(worldFolder, "raw");
  for (const name of await readdir(raw, { recursive: true })) {
    if (name.endsWith(".parquet")) objects.set(`data/raw/${name}`, await readFile(path.join(raw, name)));
  }
}
