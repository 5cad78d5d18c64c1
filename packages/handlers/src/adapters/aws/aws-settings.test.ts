import { expect, test } from "vitest";
import { portChoices, portTable } from "../port-choices.ts";
import type { ChosenPort } from "../port-choices.ts";
import { awsSettings } from "./aws-settings.ts";

const settingsOf = (environment: Readonly<Record<string, string | undefined>>) =>
  awsSettings(
    environment,
    portChoices({ RETRAIN_PROFILE: "aws", ...environment }),
    new Set(Object.keys(portTable) as ChosenPort[]),
  );

const least = {
  RETRAIN_RAW: "s3://payments/raw",
  RETRAIN_OBJECTS: "s3://models",
  RETRAIN_TABLE: "retraining",
  SAGEMAKER_ROLE_ARN: "arn:aws:iam::123456789012:role/sagemaker",
  SAGEMAKER_IMAGE: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5",
};

test("fills in what is not said", () => {
  expect(settingsOf(least)).toEqual({
    raw: { bucket: "payments", prefix: "raw/" },
    objects: { bucket: "models", prefix: "" },
    tableName: "retraining",
    sageMaker: {
      roleArn: least.SAGEMAKER_ROLE_ARN,
      image: least.SAGEMAKER_IMAGE,
      trainingInstanceType: "ml.m5.xlarge",
      trainingMaxRuntimeSeconds: 2400,
      endpointInstanceType: "ml.m5.large",
      endpointInstanceCount: 1,
    },
    shift: { canaryPercent: 10, canaryWaitSeconds: 300, rollbackAlarms: [] },
  });
});

test("takes what is said", () => {
  const settings = settingsOf({
    ...least,
    ENDPOINT_HOST: "lambda",
    ENDPOINT_FUNCTION: "serve-models",
    CANARY_PERCENT: "25",
    ROLLBACK_ALARMS: "errors, latency",
    TOPIC_ARN: "arn:aws:sns:us-east-1:123456789012:models",
    EVENT_BUS_NAME: "",
  });
  expect(settings.endpointFunction).toBe("serve-models");
  expect(settings.shift).toMatchObject({ canaryPercent: 25, rollbackAlarms: ["errors", "latency"] });
  expect(settings.topicArn).toBe("arn:aws:sns:us-east-1:123456789012:models");
  expect(settings).not.toHaveProperty("eventBusName");
});

test("names everything that is absent or wrong at once", () => {
  expect(() =>
    settingsOf({ ...least, RETRAIN_RAW: "payments", RETRAIN_TABLE: undefined, CANARY_PERCENT: "60" }),
  ).toThrow(
    'RETRAIN_RAW is "payments"; wanted the payment system\'s tables as s3://bucket/prefix; ' +
      "RETRAIN_TABLE is absent; wanted a DynamoDB table's name; " +
      'CANARY_PERCENT is "60"; wanted a whole number from 1 to 50.',
  );
});
