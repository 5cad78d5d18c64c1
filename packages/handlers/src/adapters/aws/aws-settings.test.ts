import { expect, test } from "vitest";
import { awsSettings } from "./aws-settings.ts";

const least = {
  RETRAIN_RAW: "s3://payments/raw",
  RETRAIN_OBJECTS: "s3://models",
  RETRAIN_TABLE: "retraining",
  SAGEMAKER_ROLE_ARN: "arn:aws:iam::123456789012:role/sagemaker",
  SAGEMAKER_IMAGE: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5",
};

test("fills in what is not said", () => {
  expect(awsSettings(least)).toEqual({
    raw: { bucket: "payments", prefix: "raw/" },
    objects: { bucket: "models", prefix: "" },
    tableName: "retraining",
    trainer: "sagemaker",
    sageMaker: {
      roleArn: least.SAGEMAKER_ROLE_ARN,
      image: least.SAGEMAKER_IMAGE,
      trainingInstanceType: "ml.m5.xlarge",
      trainingMaxRuntimeSeconds: 2400,
      endpointInstanceType: "ml.m5.large",
      endpointInstanceCount: 1,
      canaryPercent: 10,
      canaryWaitSeconds: 300,
      rollbackAlarms: [],
    },
  });
});

test("takes what is said", () => {
  const settings = awsSettings({
    ...least,
    TRAINER: "lambda",
    CANARY_PERCENT: "25",
    ROLLBACK_ALARMS: "errors, latency",
    TOPIC_ARN: "arn:aws:sns:us-east-1:123456789012:models",
    EVENT_BUS_NAME: "",
  });
  expect(settings.trainer).toBe("lambda");
  expect(settings.sageMaker).toMatchObject({ canaryPercent: 25, rollbackAlarms: ["errors", "latency"] });
  expect(settings.topicArn).toBe("arn:aws:sns:us-east-1:123456789012:models");
  expect(settings).not.toHaveProperty("eventBusName");
});

test("names everything that is absent or wrong at once", () => {
  expect(() =>
    awsSettings({ ...least, RETRAIN_RAW: "payments", RETRAIN_TABLE: undefined, CANARY_PERCENT: "60" }),
  ).toThrow(
    'RETRAIN_PROFILE=aws: RETRAIN_RAW is "payments"; wanted the payment system\'s tables as s3://bucket/prefix; ' +
      "RETRAIN_TABLE is absent; wanted a DynamoDB table's name; " +
      'CANARY_PERCENT is "60"; wanted a whole number from 1 to 50.',
  );
});
