import { expect, test } from "vitest";
import { portChoices, portTable } from "./port-choices.ts";

test("a profile answers every port, and each can be answered otherwise", () => {
  expect(new Set(Object.values(portChoices({})))).toEqual(new Set(["local"]));
  const onAws = portChoices({ RETRAIN_PROFILE: "aws", TRAINER: "" });
  expect(onAws).toEqual({
    raw: "s3",
    objects: "s3",
    ledger: "dynamodb",
    aliases: "dynamodb",
    trainer: "sagemaker",
    registry: "sagemaker",
    endpoints: "sagemaker",
    notifier: "sns-eventbridge",
  });
  expect(portChoices({ RETRAIN_PROFILE: "aws", ENDPOINT_HOST: "lambda" })).toEqual({ ...onAws, endpoints: "lambda" });
  expect(portChoices({ OBJECT_STORE: "s3", TRAINER: "sagemaker" })).toMatchObject({
    objects: "s3",
    trainer: "sagemaker",
    raw: "local",
  });
});

test.each(Object.values(portTable))("$variable refuses what nobody answers to", ({ variable, answers }) => {
  expect(() => portChoices({ RETRAIN_PROFILE: "aws", [variable]: "constructor" })).toThrow(
    `${variable} is "constructor"; wanted ${answers.slice(0, -1).join(", ")} or ${answers.at(-1)}.`,
  );
});

test("everything that is wrong is named at once", () => {
  expect(() => portChoices({ RETRAIN_PROFILE: "AWS", LEDGER: "sqlite" })).toThrow(
    'RETRAIN_PROFILE is "AWS"; wanted local or aws; LEDGER is "sqlite"; wanted local or dynamodb.',
  );
});

test("what reads models from S3 does not go with local objects", () => {
  expect(() => portChoices({ TRAINER: "sagemaker", ENDPOINT_HOST: "lambda" })).toThrow(
    "TRAINER=sagemaker reads models from S3; wanted OBJECT_STORE=s3; ENDPOINT_HOST=lambda reads models from S3; wanted OBJECT_STORE=s3.",
  );
});
