import { expect, test } from "vitest";
import { findDefinitions } from "./find-definitions.ts";

const definition = { StartAt: "A", States: { A: { Type: "Task", Resource: "${Fn.Arn}", End: true } } };
async function found(text: string, files: Readonly<Record<string, string>> = {}, file = "app/template.yaml") {
  const machines = findDefinitions(text, { file, readReferenced: async (path) => files[path] ?? "" });
  return Promise.all(machines.map(async ({ name, read }) => ({ name, definition: await read() })));
}

test("a definition stands for itself, and is called like its file", async () => {
  expect(await found(JSON.stringify(definition), {}, "app/order.asl.json")).toEqual([{ name: "order", definition }]);
});

test("SAM: a definition inside, its references as placeholders", async () => {
  const text = `
Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: A
        States:
          A: { Type: Task, Resource: !GetAtt Fn.Arn, End: true }
  Fn:
    Type: AWS::Serverless::Function
`;
  expect(await found(text)).toEqual([{ name: "Orders", definition }]);
});

test("SAM: a definition beside the template", async () => {
  const text = `
Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: machines/orders.asl.yaml
`;
  const yaml = "StartAt: A\nStates:\n  A: { Type: Task, Resource: !GetAtt Fn.Arn, End: true }\n";
  expect(await found(text, { "machines/orders.asl.yaml": yaml })).toEqual([{ name: "Orders", definition }]);
});

test.each([
  ["!Sub", { "Fn::Sub": JSON.stringify(definition) }],
  ["!Sub with variables", { "Fn::Sub": [JSON.stringify(definition), { "Fn.Arn": { Ref: "X" } }] }],
  ["text", JSON.stringify(definition)],
  [
    "!Join",
    {
      "Fn::Join": [
        "",
        [
          '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"',
          { "Fn::GetAtt": ["Fn", "Arn"] },
          '","End":true}}}',
        ],
      ],
    },
  ],
])("CloudFormation: DefinitionString as %s", async (_, DefinitionString) => {
  const Properties = { DefinitionString };
  const text = JSON.stringify({ Resources: { Orders: { Type: "AWS::StepFunctions::StateMachine", Properties } } });
  expect(await found(text)).toEqual([{ name: "Orders", definition }]);
});

test("Serverless Framework: inside and by file", async () => {
  const text = `
service: shop
stepFunctions:
  stateMachines:
    inside:
      definition:
        StartAt: A
        States:
          A: { Type: Task, Resource: { Fn::GetAtt: [Fn, Arn] }, End: true }
    beside:
      definition: \${file(orders.json)}
`;
  expect(await found(text, { "orders.json": JSON.stringify(definition) })).toEqual([
    { name: "inside", definition },
    { name: "beside", definition },
  ]);
});

test.each([
  ["{", "app/template.yaml: found "],
  ["[".repeat(100_000), "app/template.yaml: found "],
  [
    `a: &a [${"x, ".repeat(20)}]\nb: &b [${"*a, ".repeat(20)}]\nc: [${"*b, ".repeat(20)}]`,
    "app/template.yaml: found Excessive alias count",
  ],
  ["Resources: {}", "app/template.yaml: found neither States nor a state machine, wanted a definition"],
  [
    "Resources: { M: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: { Bucket: b, Key: k } } } }",
    "app/template.yaml, M: found a definition in S3",
  ],
  [
    "Resources: { M: { Type: AWS::StepFunctions::StateMachine, Properties: { DefinitionString: !If [a, b, c] } } }",
    'app/template.yaml, M: found {"Fn::If":["a","b","c"]}',
  ],
])("what holds no definition is refused with its place (%#)", async (text, message) => {
  await expect(found(text)).rejects.toMatchObject({
    code: "NOT_A_DEFINITION",
    message: expect.stringContaining(message),
  });
});
