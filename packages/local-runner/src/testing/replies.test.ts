import type { StateMachineDefinition } from "@stepwright/asl";
import { expect, test } from "vitest";
import { lambdaReplies, replies } from "./replies.ts";
import type { ScriptedContract } from "./replies.ts";
import { runScripted } from "./run-scripted.ts";

const score: ScriptedContract<{ readonly amount: number }, { readonly risk: number }, "ModelMissing"> = {
  errors: ["ModelMissing"],
};

const direct: StateMachineDefinition = {
  StartAt: "Score",
  States: {
    Score: {
      Type: "Task",
      Resource: "arn:aws:lambda:eu-west-1:123456789012:function:score",
      Retry: [{ ErrorEquals: ["ModelMissing"] }],
      End: true,
    },
  },
};

const invoked: StateMachineDefinition = {
  StartAt: "Score",
  States: {
    Score: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "score", "Payload.$": "$" },
      End: true,
    },
  },
};

test("replies stand for the task in turn", async () => {
  const script = { Score: replies(score, [{ error: "ModelMissing" }, { output: { risk: 0.2 } }]) };
  const result = await runScripted(direct, { input: { amount: 10 }, script });
  expect(result).toMatchObject({ status: "SUCCEEDED", output: { risk: 0.2 } });
});

test("a function of the payload answers lambda:invoke in Lambda's envelope", async () => {
  const script = { Score: lambdaReplies(score, ({ amount }) => ({ output: { risk: amount / 100 } })) };
  const result = await runScripted(invoked, { input: { amount: 10 }, script });
  const output = { ExecutedVersion: "$LATEST", Payload: { risk: 0.1 }, StatusCode: 200 };
  expect(result).toMatchObject({ status: "SUCCEEDED", output });
});

test("an error passes the envelope as it is", async () => {
  const script = { Score: lambdaReplies(score, [{ error: "ModelMissing", cause: "no champion" }]) };
  const result = await runScripted(invoked, { input: { amount: 10 }, script });
  expect(result).toMatchObject({ status: "FAILED", error: "ModelMissing", cause: "no champion" });
});
