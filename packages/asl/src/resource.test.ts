import { expect, test } from "vitest";
import { parseTaskResource } from "./resource.ts";

const place = { partition: "aws", region: "eu-west-1", account: "123456789012" };
const integration = { kind: "optimized", partition: "aws" };

test.each([
  ["arn:aws:lambda:eu-west-1:123456789012:function:f", { kind: "lambda", ...place, functionName: "f" }],
  [
    "arn:aws:lambda:eu-west-1:123456789012:function:f:$LATEST",
    { kind: "lambda", ...place, functionName: "f", qualifier: "$LATEST" },
  ],
  ["arn:aws:states:eu-west-1:123456789012:activity:a", { kind: "activity", ...place, name: "a" }],
  [
    "arn:aws:states:::lambda:invoke",
    { ...integration, service: "lambda", action: "invoke", pattern: "requestResponse" },
  ],
  [
    "arn:aws:states:::states:startExecution.sync:2",
    { ...integration, service: "states", action: "startExecution", pattern: "sync", parsedOutput: true },
  ],
  [
    "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    { ...integration, service: "sqs", action: "sendMessage", pattern: "waitForTaskToken" },
  ],
  [
    "arn:aws:states:::aws-sdk:s3:getObject",
    { kind: "sdk", partition: "aws", service: "s3", action: "getObject", pattern: "requestResponse" },
  ],
  [
    "arn:aws:states:eu-west-1:123456789012:aws-sdk:s3:getObject",
    { kind: "sdk", partition: "aws", service: "s3", action: "getObject", pattern: "requestResponse" },
  ],
])("%s", (text, expected) => {
  expect(parseTaskResource(text)).toEqual(expected);
});

test.each([
  "someresource",
  "arn:aws:s3:::bucket",
  "arn:aws:states:::dynamodb:query",
  "arn:aws:states:::lambda:invoke.sync",
  "arn:aws:states:::aws-sdk:s3:getObject.sync",
  "arn:aws:states:::glue:startJobRun.sync:2",
  "arn:aws:states:::constructor:toString",
  "arn:aws:states:::activity:a",
  "arn:aws:lambda:eu-west-1:123456789012:layer:f",
])("%s is not recognized", (text) => {
  expect(parseTaskResource(text)).toBeUndefined();
});
