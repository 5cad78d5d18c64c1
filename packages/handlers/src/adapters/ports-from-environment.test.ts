import { expect, test } from "vitest";
import { createPorts } from "./ports-from-environment.ts";

const never = () => Number.POSITIVE_INFINITY;

test("local ports need to know the world", () => {
  expect(() => createPorts({}, never)).toThrow("STEPWRIGHT_WORLD is absent; wanted the folder of a payment world.");
  expect(createPorts({ STEPWRIGHT_WORLD: "world", FAILURE_MODE: "throw" }, never).failureMode).toBe("throw");
  expect(createPorts({ RETRAIN_PROFILE: "local", STEPWRIGHT_WORLD: "world" }, never).failureMode).toBe("isolate");
});

test("AWS ports need to know where everything is", () => {
  expect(() => createPorts({ RETRAIN_PROFILE: "aws" }, never)).toThrow(
    /RETRAIN_PROFILE=aws: RETRAIN_RAW is absent.* RETRAIN_OBJECTS is absent.* SAGEMAKER_IMAGE is absent/,
  );
  const environment = {
    RETRAIN_PROFILE: "aws",
    RETRAIN_RAW: "s3://payments/raw",
    RETRAIN_OBJECTS: "s3://models",
    RETRAIN_TABLE: "retraining",
    SAGEMAKER_ROLE_ARN: "arn:aws:iam::123456789012:role/sagemaker",
    SAGEMAKER_IMAGE: "xgboost:3.0-5",
  };
  expect(createPorts(environment, never).failureMode).toBe("isolate");
});

test("another profile is refused by name", () => {
  expect(() => createPorts({ RETRAIN_PROFILE: "constructor" }, never)).toThrow(
    'RETRAIN_PROFILE is "constructor"; wanted local or aws.',
  );
});
