import type { StateMachineDefinition } from "@stepwright/asl";
import { expect, test } from "vitest";
import { fillLocalFunctions } from "./fill-local-functions.ts";

function resourceOf(definition: StateMachineDefinition): string {
  return (definition.States["Do"] as { readonly Resource: string }).Resource;
}

function machine(Resource: string): StateMachineDefinition {
  return { StartAt: "Do", States: { Do: { Type: "Task", Resource, End: true } } };
}

const functions = "arn:aws:lambda:us-east-1:123456789012:function";

test.each([
  ["${TrainFunctionArn}", `${functions}:Train`],
  ["${TrainFunctionArn}:live", `${functions}:Train:live`],
  ["${TrainArn}", `${functions}:Train`],
  ["${Train}", `${functions}:Train`],
  // As CloudFormation's Fn::Sub names the ARN of a resource.
  ["${Train.Arn}", `${functions}:Train`],
  ["arn:${AWS::Partition}:states:::lambda:invoke", "arn:aws:states:::lambda:invoke"],
  ["arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:Train", `${functions}:Train`],
  ["arn:${Partition}:lambda:${Region}:${AccountId}:function:Train", `${functions}:Train`],
  ["arn:aws:states:::${Service}:invoke", "arn:aws:states:::${Service}:invoke"],
])("%s is %s here", (resource, filled) => {
  expect(resourceOf(fillLocalFunctions(machine(resource)))).toBe(filled);
});

test("a value that is given wins", () => {
  const values = { "AWS::Partition": "aws-cn", TrainFunctionArn: "arn:mine" };
  expect(resourceOf(fillLocalFunctions(machine("arn:${AWS::Partition}:states:::lambda:invoke"), values))).toBe(
    "arn:aws-cn:states:::lambda:invoke",
  );
  expect(resourceOf(fillLocalFunctions(machine("${TrainFunctionArn}"), values))).toBe("arn:mine");
});

test("the name of a function in a task's parameters is one too", () => {
  const filled = fillLocalFunctions({
    StartAt: "Do",
    States: {
      Do: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: { FunctionName: "${TrainFunctionArn}", Payload: "${Other}" },
        End: true,
      },
    },
  });
  expect(filled.States["Do"]).toMatchObject({
    Parameters: { FunctionName: `${functions}:Train`, Payload: "${Other}" },
  });
});
