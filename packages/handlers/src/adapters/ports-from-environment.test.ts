import { expect, test } from "vitest";
import { createPort, createPorts } from "./ports-from-environment.ts";

test("local ports need to know the world", async () => {
  await expect(createPorts({})).rejects.toThrow("STEPWRIGHT_WORLD is absent; wanted the folder of a payment world.");
  expect(await createPorts({ STEPWRIGHT_WORLD: "world", FAILURE_MODE: "throw" })).toMatchObject({
    failureMode: "throw",
  });
  await expect(createPorts({ STEPWRIGHT_WORLD: "world", FAILURE_MODE: "catch" })).rejects.toThrow(
    'FAILURE_MODE is "catch"; wanted isolate or throw.',
  );
  const named = await createPorts({ RETRAIN_PROFILE: "local", STEPWRIGHT_WORLD: "world" });
  expect(named.failureMode).toBe("isolate");
});

test("AWS ports need to know where everything is", async () => {
  await expect(createPorts({ RETRAIN_PROFILE: "aws" })).rejects.toThrow(
    /^RETRAIN_RAW is absent.* RETRAIN_OBJECTS is absent.* SAGEMAKER_IMAGE is absent/,
  );
  const environment = {
    RETRAIN_PROFILE: "aws",
    RETRAIN_RAW: "s3://payments/raw",
    RETRAIN_OBJECTS: "s3://models",
    RETRAIN_TABLE: "retraining",
    SAGEMAKER_ROLE_ARN: "arn:aws:iam::123456789012:role/sagemaker",
    SAGEMAKER_IMAGE: "xgboost:3.0-5",
  };
  expect(await createPorts(environment)).toMatchObject({ failureMode: "isolate" });
});

test("only what a chosen port uses must be said", async () => {
  const mixed = { STEPWRIGHT_WORLD: "world", OBJECT_STORE: "s3", TRAINER: "sagemaker" };
  await expect(createPorts(mixed)).rejects.toThrow(
    /^RETRAIN_OBJECTS is absent; [^;]*; SAGEMAKER_ROLE_ARN is absent; [^;]*; SAGEMAKER_IMAGE is absent; [^;]*\.$/,
  );
  await expect(createPorts({ RETRAIN_PROFILE: "aws", ...allLocal, LEDGER: "dynamodb" })).rejects.toThrow(
    /^RETRAIN_TABLE is absent; [^;]*\.$/,
  );
  await expect(createPort("aliases", { RETRAIN_PROFILE: "aws", RETRAIN_OBJECTS: "s3://models" })).rejects.toThrow(
    /^RETRAIN_TABLE is absent; [^;]*\.$/,
  );
});

const allLocal = {
  STEPWRIGHT_WORLD: "world",
  RAW_DATA: "local",
  OBJECT_STORE: "local",
  ALIAS_STORE: "local",
  TRAINER: "local",
  MODEL_REGISTRY: "local",
  ENDPOINT_HOST: "local",
  NOTIFIER: "local",
};
