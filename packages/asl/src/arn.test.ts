import { expect, test } from "vitest";
import { parseArn, parseStatesArn, printArn, printStatesArn } from "./arn.ts";

const home = "arn:aws-cn:states:cn-north-1:123456789012";

test.each([
  [`${home}:stateMachine:Train`, { kind: "stateMachine", name: "Train" }],
  [`${home}:stateMachine:Train/Label`, { kind: "stateMachine", name: "Train", label: "Label" }],
  [`${home}:stateMachine:Train:12`, { kind: "version", name: "Train", version: 12 }],
  [`${home}:stateMachine:Train:live`, { kind: "alias", name: "Train", alias: "live" }],
  [`${home}:execution:Train:run-1`, { kind: "execution", stateMachine: "Train", name: "run-1" }],
  [`${home}:execution:Train/Label:id`, { kind: "execution", stateMachine: "Train", label: "Label", name: "id" }],
  [`${home}:express:Train:run-1:uuid`, { kind: "express", stateMachine: "Train", name: "run-1", run: "uuid" }],
  [`${home}:mapRun:Train/Label:uuid`, { kind: "mapRun", stateMachine: "Train", label: "Label", run: "uuid" }],
  [`${home}:activity:work`, { kind: "activity", name: "work" }],
])("%s", (text, expected) => {
  const arn = parseStatesArn(text);
  expect(arn).toEqual({ partition: "aws-cn", region: "cn-north-1", account: "123456789012", ...expected });
  expect(arn && printStatesArn(arn)).toBe(text);
});

test.each([
  "",
  "arn",
  "arn:aws",
  "arn:aws:states:::",
  "not:an:arn",
  "arn:aws:s3:::bucket",
  `${home}:mapRun:Train:uuid`,
  `${home}:activity:two words`,
])("%j is no ARN of Step Functions", (text) => {
  expect(parseStatesArn(text)).toBeUndefined();
});

test("an ARN of any service is taken apart and put together", () => {
  const text = "arn:aws:lambda:eu-west-1:123456789012:function:f:live";
  const arn = parseArn(text);
  expect(arn).toEqual({
    partition: "aws",
    service: "lambda",
    region: "eu-west-1",
    account: "123456789012",
    resource: "function:f:live",
  });
  expect(arn && printArn(arn)).toBe(text);
});
