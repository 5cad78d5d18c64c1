import { expect, test } from "vitest";
import { askedOnce, resolveValues } from "./resolve-values.ts";
import type { ValueSources } from "./resolve-values.ts";

const asked: string[] = [];

const sources: ValueSources = askedOnce({
  environment: (name) => ({ STAGE: "prod" })[name],
  async parameter(name) {
    asked.push(name);
    if (name === "/key") return { type: "SecureString", value: "AQICAHh-encrypted" };
    return name === "/train" ? { type: "String", value: "arn:train" } : undefined;
  },
  async stackOutputs(stack) {
    asked.push(stack);
    return stack === "retrain" ? { TrainArn: "arn:from-stack", EvaluateArn: "arn:evaluate" } : undefined;
  },
});

test("values stand in the configuration, the environment, SSM or a stack; each is asked once", async () => {
  const values = { A: "arn:aws:literal", B: "env:STAGE", C: "ssm:/train", D: "cfn:retrain.TrainArn" };
  expect(await resolveValues({ ...values, E: "cfn:retrain.EvaluateArn" }, sources)).toEqual({
    A: "arn:aws:literal",
    B: "prod",
    C: "arn:train",
    D: "arn:from-stack",
    E: "arn:evaluate",
  });
  expect(asked).toEqual(["/train", "retrain"]);
  await resolveValues({ F: "ssm:/train", G: "cfn:retrain.TrainArn" }, sources);
  expect(asked).toEqual(["/train", "retrain"]);
});

test("all that cannot be had is told at once, and a secret neither used nor printed", async () => {
  const values = { A: "env:NOPE", B: "ssm:/key", C: "ssm:/nope", D: "cfn:gone.X", E: "cfn:retrain.toString" };
  await expect(resolveValues(values, sources)).rejects.toMatchObject({
    code: "VALUE_UNAVAILABLE",
    message: [
      "A: found no environment variable NOPE",
      "B: found the SecureString /key, wanted a parameter that is no secret, because definitions are not secret",
      "C: found no SSM parameter /nope",
      "D: found no CloudFormation stack gone",
      "E: found no output toString in the stack retrain, wanted one of TrainArn, EvaluateArn",
    ].join("; "),
  });
});
