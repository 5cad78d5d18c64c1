import { expect, test } from "vitest";
import { fillSubstitutions, substitutionsOf } from "./substitution.ts";

const definition = {
  StartAt: "A",
  States: {
    A: {
      Type: "Task",
      Resource: "${TrainFunctionArn}",
      TimeoutSeconds: "${Timeout}",
      Parameters: { Bucket: "s3://${Bucket}/${Prefix}", "x.$": "$.x" },
      End: true,
    },
  },
};

test("finds every placeholder with its place", () => {
  expect(substitutionsOf(definition)).toEqual([
    { name: "TrainFunctionArn", location: "/States/A/Resource" },
    { name: "Timeout", location: "/States/A/TimeoutSeconds" },
    { name: "Bucket", location: "/States/A/Parameters/Bucket" },
    { name: "Prefix", location: "/States/A/Parameters/Bucket" },
  ]);
});

test("fills values with their type and says what is missing", () => {
  const filled = fillSubstitutions(definition, { TrainFunctionArn: "arn:f", Timeout: 30, Bucket: "b" });
  expect(filled.unfilled).toEqual(["Prefix"]);
  expect(filled.definition.States.A).toEqual({
    Type: "Task",
    Resource: "arn:f",
    TimeoutSeconds: 30,
    Parameters: { Bucket: "s3://b/${Prefix}", "x.$": "$.x" },
    End: true,
  });
  expect(definition.States.A.Resource).toBe("${TrainFunctionArn}");
});

test("takes no value from the prototype of the values, and fills nothing into keys", () => {
  const filled = fillSubstitutions({ "${a}": "${constructor}" }, { a: "b" });
  expect(filled).toEqual({ definition: { "${a}": "${constructor}" }, unfilled: ["constructor"] });
});
