import { expect, test } from "vitest";
import { parseTaskTarget } from "./task-target.ts";

test.each([
  ["arn:aws:lambda:us-east-1:1:function:Train", { kind: "lambda", functionName: "Train", qualifier: undefined }],
  ["arn:aws-cn:lambda:cn-north-1:1:function:Train:live", { kind: "lambda", functionName: "Train", qualifier: "live" }],
  ["arn:aws:states:us-east-1:1:activity:Approve", { kind: "activity", activityName: "Approve" }],
  [
    "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    {
      kind: "integration",
      resourceType: "sqs",
      resource: "sendMessage.waitForTaskToken",
      action: "sendMessage",
      pattern: "waitForTaskToken",
    },
  ],
  [
    "arn:aws:states:::states:startExecution.sync:2",
    {
      kind: "integration",
      resourceType: "states",
      resource: "startExecution.sync:2",
      action: "startExecution",
      pattern: "sync",
    },
  ],
  [
    "arn:aws:states:::aws-sdk:s3:getObject",
    {
      kind: "integration",
      resourceType: "aws-sdk:s3",
      resource: "getObject",
      action: "getObject",
      pattern: "requestResponse",
    },
  ],
  ["Train", undefined],
])("%s", (resource, target) => {
  expect(parseTaskTarget(resource)).toEqual(target);
});
