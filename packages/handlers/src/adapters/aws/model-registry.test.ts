import { describe, expect, test } from "vitest";
import { awsBench } from "../../../test/aws-bench.ts";
import { readGolden } from "../../../test/golden-model.ts";
import { refusal } from "../../../test/scripted-aws.ts";
import type { ModelRecord } from "../../index.ts";

describe("the registry of DynamoDB and SageMaker", async () => {
  const { aws, ports, bodiesOf } = await awsBench();
  const model = await ports.objects.write("models/golden.json", readGolden("libxgboost-1.7.4.json"));
  const recordOf = (version: string, modelSha256 = model.sha256): ModelRecord => ({
    modelId: "card-fraud",
    version,
    runId: "2026-09",
    asOf: "2026-09-01T00:00:00Z",
    status: "Approved",
    modelUri: model.uri,
    modelSha256,
    featureNames: ["amount"],
    baselineUri: "s3://runs/retrain/baseline.json",
    evaluationUri: "s3://runs/retrain/evaluation.json",
    lineage: { jobName: "job", seed: 1, note: "x".repeat(400) },
    card: "# A card",
  });

  test("keeps a version as record and as package", async () => {
    const { recordUri } = await ports.registry.register(recordOf("2026-09-a"));
    expect(recordUri).toMatch(/^arn:aws:sagemaker:.*:model-package\/card-fraud\/1$/);
    expect(await ports.registry.find("card-fraud", "2026-09-a")).toEqual(recordOf("2026-09-a"));
    expect(await ports.registry.find("card-fraud", "2026-09-b")).toBeUndefined();
    expect(bodiesOf("CreateModelPackage")).toEqual([
      expect.objectContaining({
        ModelPackageGroupName: "card-fraud",
        ModelApprovalStatus: "Approved",
        CustomerMetadataProperties: expect.objectContaining({ jobName: "job", seed: "1", note: "x".repeat(256) }),
        ClientToken: expect.stringMatching(/^[0-9a-f]{36}$/),
      }),
    ]);
  });

  test("registers the same version again without a second package", async () => {
    const again = await ports.registry.register(recordOf("2026-09-a"));
    expect(again.recordUri).toMatch(/card-fraud\/1$/);
    expect(bodiesOf("CreateModelPackage")).toHaveLength(1);
  });

  test("refuses another model under a version that exists, and keeps the first", async () => {
    await expect(ports.registry.register(recordOf("2026-09-a", "0".repeat(64)))).rejects.toMatchObject({
      name: "RegistryConflictError",
      message: `card-fraud 2026-09-a is registered with the model ${model.sha256}; wanted ${"0".repeat(64)}.`,
    });
    expect((await ports.registry.find("card-fraud", "2026-09-a"))?.modelSha256).toBe(model.sha256);
  });

  test("goes on after a crash between record and package, with the same token", async () => {
    aws.overrides.set("CreateModelPackage", () => {
      throw refusal("InternalFailure");
    });
    await expect(ports.registry.register(recordOf("2026-10-a"))).rejects.toThrow("InternalFailure");
    aws.overrides.clear();
    await ports.registry.register(recordOf("2026-10-a"));
    const tokens = bodiesOf("CreateModelPackage")
      .slice(1)
      .map(({ ClientToken }) => ClientToken as string);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
    expect(await ports.registry.versions("card-fraud")).toEqual(["2026-09-a", "2026-10-a"]);
  });

  test("takes only the words for an existing group as such", async () => {
    aws.overrides.set("CreateModelPackageGroup", () => {
      throw refusal("ValidationException", "Tag key is too long");
    });
    await expect(ports.registry.register(recordOf("2026-11-a"))).rejects.toThrow("Tag key is too long");
    aws.overrides.clear();
  });
});
