import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { everything } from "../../test/every-infrastructure.ts";
import { greetingProject, projectFolder } from "../../test/project-folder.ts";
import { generate } from "../generate.ts";
import { policyOf } from "../iam/policy.ts";
import { loadProject } from "../load/load-project.ts";
import type { MachineFacts } from "./infrastructure-facts.ts";
import { printSamTemplate } from "./sam-template.ts";
import { infrastructureDiagnostics } from "./infrastructure-diagnostics.ts";

const configWith = (infrastructure: object, deploy: object = {}) => ({
  "stepwright.config.ts": `export default ${JSON.stringify({
    machines: ["src/greeting.machine.ts"],
    deploy,
    infrastructure: { dir: "infra", formats: ["policy", "sam", "terraform", "facts"], ...infrastructure },
  })};`,
});

async function generated(infrastructure: object, deploy: object = {}) {
  await using project = await projectFolder({
    ...greetingProject,
    ...configWith(infrastructure, deploy),
  });
  const { differences } = await generate({ ...project, check: true });
  const text = (path: string) => differences.find((file) => file.path === `infra/${path}`)?.text ?? "";
  return { text, paths: differences.map(({ path }) => path).filter((path) => path.startsWith("infra/")) };
}

const greetingMachine: MachineFacts = {
  name: "Greeting",
  definition: "greeting.asl.json",
  policyFile: "greeting.policy.json",
  policy: { statements: [] },
  type: "STANDARD",
  substitutions: [],
  hasDirective: false,
  isDeployed: false,
  schedule: undefined,
  alias: undefined,
  tracing: false,
  logLevel: "OFF",
};

describe("a SAM template", () => {
  test("holds the function as the configuration wants it", async () => {
    const { text } = await generated(everything);
    // As CloudFormation reads it.
    const template = parse(text("template.yaml"), { schema: "yaml-1.1" });
    expect(template.Parameters).toEqual({
      NativeLayerArn: { Type: "String" },
      TableName: { Type: "String" },
      BucketName: { Type: "String" },
    });
    expect(template.Resources.GreetGuestFunction.Properties).toEqual({
      CodeUri: "../dist/functions/greet-guest",
      Handler: "index.handler",
      Runtime: "nodejs22.x",
      Architectures: ["arm64"],
      MemorySize: 1024,
      Timeout: 60,
      EphemeralStorage: { Size: 512 },
      ReservedConcurrentExecutions: 0,
      Layers: [{ Ref: "NativeLayerArn" }],
      Environment: { Variables: { NODE_OPTIONS: "--enable-source-maps", MODE: "on", TABLE: { Ref: "TableName" } } },
      Policies: [
        {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["s3:GetObject"],
              Resource: [{ "Fn::Sub": "arn:${AWS::Partition}:s3:::${BucketName}/*" }],
            },
          ],
        },
      ],
    });
  });

  test("holds the machine with its role, alias, schedule and log", async () => {
    const { text } = await generated(everything);
    const { Resources } = parse(text("template.yaml"), { schema: "yaml-1.1" });
    expect(Object.keys(Resources)).toEqual([
      "GreetGuestFunction",
      "GreetingStateMachine",
      "GreetingStateMachineLog",
      "GreetingStateMachineMissedStarts",
    ]);
    expect(Resources.GreetingStateMachine.Properties).toMatchObject({
      DefinitionUri: "../generated/greeting.asl.json",
      DefinitionSubstitutions: { GreetGuestFunctionArn: { "Fn::GetAtt": ["GreetGuestFunction", "Arn"] } },
      AutoPublishAlias: "live",
      DeploymentPreference: { Type: "CANARY", Percentage: 10, Interval: 5, Alarms: ["Failed"] },
      Tracing: { Enabled: true },
      Logging: { Level: "ERROR" },
      Events: {
        Schedule: {
          Type: "ScheduleV2",
          Properties: {
            ScheduleExpression: "cron(0 3 1 * ? *)",
            FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 15 },
            Input: '{"name":"${Ada}"}',
          },
        },
      },
    });
    expect(Resources.GreetingStateMachine.Properties.Policies[0].Statement[0]).toEqual({
      Sid: "InvokeFunctionForGreet",
      Effect: "Allow",
      Action: ["lambda:InvokeFunction"],
      Resource: [{ "Fn::GetAtt": ["GreetGuestFunction", "Arn"] }, { "Fn::Sub": "${GreetGuestFunction.Arn}:*" }],
    });
  });

  test("says above each statement who needs it", async () => {
    const { text } = await generated(everything);
    expect(text("template.yaml")).toContain("# needed by Greet\n");
    expect(text("template.yaml")).toContain("# needed by logging\n            # wide, because log delivery");
  });

  test("says the same thing twice and uses no aliases, which CloudFormation does not read", async () => {
    const scheduled = { ...greetingMachine, schedule: { expression: "rate(1 day)" } };
    const text = printSamTemplate({
      machines: [
        { ...scheduled, name: "One" },
        { ...scheduled, name: "Two" },
      ],
      functions: [],
      parameters: [],
    });
    expect(text.match(/Type: AWS::SQS::Queue/g)).toHaveLength(2);
    expect(text).not.toMatch(/[&*]a1/);
  });

  test("keeps a word that YAML 1.1 takes for a boolean a word", async () => {
    const { text } = await generated({ machines: { Greeting: { schedule: { expression: "rate(1 day)" } } } });
    expect(text("template.yaml")).toContain('Mode: "OFF"');
  });
});

describe("a Terraform module", () => {
  test("fills the definition and the policy from its variables", async () => {
    const { text } = await generated(everything);
    const module = JSON.parse(text("stepwright.tf.json"));
    expect(module.variable).toEqual({
      GreetGuestFunctionArn: { type: "string", description: "The ARN of the function of GreetGuest." },
    });
    expect(module.locals.substitutions.GreetGuestFunctionArn).toBe("${var.GreetGuestFunctionArn}");
    expect(module.resource.aws_sfn_state_machine.greeting).toMatchObject({
      role_arn: "${aws_iam_role.greeting.arn}",
      definition: '${templatefile("${path.module}/../generated/greeting.asl.json", local.substitutions)}',
      publish: true,
    });
    expect(module.resource.aws_iam_role_policy.greeting.policy).toBe(
      '${templatefile("${path.module}/greeting.policy.json", local.substitutions)}',
    );
    expect(module.resource.aws_scheduler_schedule.greeting.target.input).toBe('{"name":"$${Ada}"}');
    const trust = JSON.parse(module.resource.aws_iam_role.greeting_schedule.assume_role_policy);
    expect(trust.Statement[0].Principal).toEqual({ Service: "scheduler.amazonaws.com" });
  });

  test("names only what is wanted", async () => {
    const { text } = await generated({});
    expect(Object.keys(JSON.parse(text("stepwright.tf.json")).resource)).toEqual([
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_sfn_state_machine",
    ]);
  });
});

test("the facts are there as data", async () => {
  const { text } = await generated(everything);
  expect(JSON.parse(text("infrastructure.json"))).toMatchObject({
    infrastructureVersion: 1,
    machines: {
      Greeting: {
        definition: "../generated/greeting.asl.json",
        policy: "greeting.policy.json",
        substitutions: { GreetGuestFunctionArn: { task: "GreetGuest" } },
        statements: { InvokeFunctionForGreet: { neededBy: ["Greet"] } },
      },
    },
    functions: { GreetGuest: { code: "../dist/functions/greet-guest", handler: "index.handler", memoryMb: 1024 } },
  });
});

const starting = {
  machines: {
    Greeting: {
      alias: { name: "live" },
      schedule: {
        expression: "rate(1 day)",
        function: "StartGreeting",
        input: { at: "<aws.scheduler.scheduled-time>" },
      },
    },
  },
  functions: {
    StartGreeting: {
      module: "src/start.ts",
      environment: { STATE_MACHINE_ARN: "${GreetingStateMachineArn}:live" },
      statements: [{ actions: ["states:StartExecution"], resources: ["${GreetingStateMachineArn}"] }],
    },
  },
};

describe("a schedule that calls a function", () => {
  test("is the function's event in SAM; the machine's ARN is known there", async () => {
    const { Resources, Parameters } = parse((await generated(starting)).text("template.yaml"), { schema: "yaml-1.1" });
    expect(Resources.StartGreetingFunction.Properties).toMatchObject({
      CodeUri: "../dist/functions/start-greeting",
      Handler: "index.handler",
      Environment: { Variables: { STATE_MACHINE_ARN: { "Fn::Sub": "${GreetingStateMachine}:live" } } },
      DeadLetterQueue: { Type: "SQS", TargetArn: { "Fn::GetAtt": ["GreetingStateMachineMissedStarts", "Arn"] } },
      Policies: [{ Statement: [{ Action: ["states:StartExecution"], Resource: [{ Ref: "GreetingStateMachine" }] }] }],
      Events: {
        GreetingSchedule: {
          Type: "ScheduleV2",
          Properties: {
            ScheduleExpression: "rate(1 day)",
            Input: '{"at":"<aws.scheduler.scheduled-time>"}',
            DeadLetterConfig: { Arn: { "Fn::GetAtt": ["GreetingStateMachineMissedStarts", "Arn"] } },
          },
        },
      },
    });
    expect(Resources.GreetingStateMachine.Properties).not.toHaveProperty("Events");
    expect(Parameters).toBeUndefined();
  });

  test("may call that function, and leave what it could not deliver, in Terraform", async () => {
    const { resource } = JSON.parse((await generated(starting)).text("stepwright.tf.json"));
    expect(resource.aws_scheduler_schedule.greeting.target).toMatchObject({
      arn: "${var.StartGreetingFunctionArn}",
      dead_letter_config: { arn: "${aws_sqs_queue.greeting.arn}" },
    });
    expect(resource.aws_sqs_queue.greeting).toMatchObject({ sqs_managed_sse_enabled: true });
    expect(JSON.parse(resource.aws_iam_role_policy.greeting_schedule.policy).Statement).toEqual([
      { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "${var.StartGreetingFunctionArn}" },
      { Effect: "Allow", Action: "sqs:SendMessage", Resource: "${aws_sqs_queue.greeting.arn}" },
    ]);
  });
});

describe("a machine that `stepwright deploy` makes", () => {
  const deployed = { machines: { Greeting: {} } };

  test("is not in the SAM template, but what it needs is, and is told", async () => {
    const text = (await generated(everything, deployed)).text("template.yaml");
    const { Resources, Outputs } = parse(text, { schema: "yaml-1.1" });
    expect(Object.keys(Resources)).toEqual([
      "GreetGuestFunction",
      "GreetingStateMachineRole",
      "GreetingStateMachineLog",
      "GreetingStateMachineMissedStarts",
      "GreetingStateMachineScheduleRole",
    ]);
    const policyOfRole = (role: string) => Resources[role].Properties.Policies[0].PolicyDocument.Statement;
    expect(policyOfRole("GreetingStateMachineRole")[0]).toMatchObject({
      Action: ["lambda:InvokeFunction"],
      Resource: [{ "Fn::GetAtt": ["GreetGuestFunction", "Arn"] }, { "Fn::Sub": "${GreetGuestFunction.Arn}:*" }],
    });
    expect(text).toContain("# needed by Greet");
    const aliasArn = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:Greeting:live";
    expect(policyOfRole("GreetingStateMachineScheduleRole")).toEqual([
      { Effect: "Allow", Action: "states:StartExecution", Resource: { "Fn::Sub": aliasArn } },
      {
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Resource: { "Fn::GetAtt": ["GreetingStateMachineMissedStarts", "Arn"] },
      },
    ]);
    expect(Outputs).toEqual(
      Object.fromEntries(
        Object.keys(Resources).map((name) => [`${name}Arn`, { Value: { "Fn::GetAtt": [name, "Arn"] } }]),
      ),
    );
  });

  test("is named by its ARN where a function starts it, and the schedule is not the template's", async () => {
    const { text } = await generated(starting, deployed);
    const { Resources } = parse(text("template.yaml"), { schema: "yaml-1.1" });
    const arn = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:Greeting";
    const { Environment, Events, Policies } = Resources.StartGreetingFunction.Properties;
    expect(Environment.Variables.STATE_MACHINE_ARN).toEqual({ "Fn::Sub": `${arn}:live` });
    expect(Policies[0].Statement[0].Resource).toEqual([{ "Fn::Sub": arn }]);
    expect(Events).toBeUndefined();
    expect(Resources.GreetingStateMachineScheduleRole.Properties.Policies[0].PolicyDocument.Statement[0]).toEqual({
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource: { "Fn::GetAtt": ["StartGreetingFunction", "Arn"] },
    });
  });

  test("is not in the Terraform module either", async () => {
    const { output, resource } = JSON.parse((await generated(everything, deployed)).text("stepwright.tf.json"));
    expect(Object.keys(resource)).toEqual([
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_cloudwatch_log_group",
      "aws_sqs_queue",
    ]);
    expect(JSON.parse(resource.aws_iam_role_policy.greeting_schedule.policy).Statement[0].Resource).toBe(
      "arn:${data.aws_partition.here.partition}:states:${data.aws_region.here.id}:${data.aws_caller_identity.here.account_id}:stateMachine:Greeting:live",
    );
    expect(output).toEqual({
      greeting_role_arn: { value: "${aws_iam_role.greeting.arn}" },
      greeting_log_group_arn: { value: "${aws_cloudwatch_log_group.greeting.arn}:*" },
      greeting_schedule_role_arn: { value: "${aws_iam_role.greeting_schedule.arn}" },
      greeting_missed_starts_arn: { value: "${aws_sqs_queue.greeting.arn}" },
    });
  });
});

test("only what is asked for is written", async () => {
  expect((await generated({ formats: [] })).paths).toEqual([]);
  expect((await generated({ formats: ["sam"] })).paths).toEqual(["infra/template.yaml"]);
  expect((await generated({ formats: ["policy"] })).paths).toEqual([
    "infra/greeting.policy.json",
    "infra/greeting.policy.md",
  ]);
});

test("a configuration that speaks of what is not there is refused", async () => {
  await expect(generated({ machines: { Greting: {} } })).rejects.toThrow(
    "`infrastructure.machines` names Greting, which is no machine; wanted one of Greeting",
  );
  await expect(generated({ functions: { Greet: {} } })).rejects.toThrow(
    "`infrastructure.functions` names Greet, which is no task and has no `module`; wanted one of GreetGuest",
  );
  await expect(generated({ functions: { GreetGuest: { module: "src/greet.ts" } } })).rejects.toThrow(
    "`infrastructure.functions.GreetGuest.module` is src/greet.ts; wanted none, because GreetGuest is a task",
  );
  const schedule = { expression: "rate(1 day)", function: "Starter" };
  await expect(generated({ machines: { Greeting: { schedule } } })).rejects.toThrow(
    "`infrastructure.machines.*.schedule.function` names Starter, which is no function; wanted one of GreetGuest",
  );
});

test("a policy that IAM would refuse is an error", async () => {
  await using folder = await projectFolder(greetingProject);
  const project = await loadProject(folder.configFile);
  const diagnosticsFor = (topics: number) => {
    const resources = Array.from({ length: topics }, (_, index) => `arn:aws:sns:eu-west-1:123456789012:topic-${index}`);
    const tell = { Type: "Task", Resource: "arn:aws:states:::sns:publish", End: true };
    const policy = policyOf(
      { StartAt: "Tell", States: { Tell: tell } },
      { machine: "Greeting", resources: { Tell: resources } },
    );
    const facts = { machines: [{ ...greetingMachine, policy }], functions: [], parameters: [] };
    return infrastructureDiagnostics(facts, project);
  };
  expect(diagnosticsFor(100)).toEqual([]);
  expect(diagnosticsFor(400)).toMatchObject([
    { severity: "ERROR", code: "POLICY_TOO_LARGE", source: { file: "src/greeting.machine.ts" } },
  ]);
});
