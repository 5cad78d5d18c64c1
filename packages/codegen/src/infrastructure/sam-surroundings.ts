/**
 * What stands around a state machine that `stepwright deploy` makes, in the place of the machine itself: its role, its
 * log group, and for its schedule a role and a queue. The outputs are what `deploy.machines` names as `cfn:Stack.Output`.
 */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import type { MachineFacts } from "./infrastructure-facts.ts";

export interface Surroundings {
  readonly resources: readonly (readonly [name: string, resource: JsonObject])[];
  readonly outputs: readonly (readonly [name: string, value: JsonValue])[];
}

export interface SurroundingsOptions {
  /** Of the machine in the template; what belongs to it is named after it. */
  readonly id: string;
  /** Of the machine's policy, with the template's references. */
  readonly statements: readonly JsonObject[];
  readonly logGroup: JsonObject;
  readonly missedStarts: JsonObject;
  /** The reference to the function that the schedule calls, if it calls one. */
  readonly starterArn: JsonValue | undefined;
}

export function surroundingsOf(
  { name, alias, logLevel, schedule }: MachineFacts,
  { id, statements, logGroup, missedStarts, starterArn }: SurroundingsOptions,
): Surroundings {
  const resources: Surroundings["resources"] = [
    [`${id}Role`, roleOf("states.amazonaws.com", statements)],
    ...(logLevel === "OFF" ? [] : [[`${id}Log`, logGroup] as const]),
    ...(schedule === undefined
      ? []
      : [
          [`${id}MissedStarts`, missedStarts] as const,
          [
            `${id}ScheduleRole`,
            roleOf("scheduler.amazonaws.com", [
              starterArn === undefined
                ? { Effect: "Allow", Action: "states:StartExecution", Resource: aliasArn(name, alias?.name ?? "live") }
                : { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: starterArn },
              { Effect: "Allow", Action: "sqs:SendMessage", Resource: { "Fn::GetAtt": [`${id}MissedStarts`, "Arn"] } },
            ]),
          ] as const,
        ]),
  ];
  return {
    resources,
    outputs: resources.map(([part]) => [`${part}Arn`, { "Fn::GetAtt": [part, "Arn"] }]),
  };
}

/** CloudFormation's text for the ARN of a machine that is no resource of the template. */
export function stateMachineArn(name: string): string {
  return `arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:${name}`;
}

function aliasArn(machine: string, alias: string): JsonObject {
  return { "Fn::Sub": `${stateMachineArn(machine)}:${alias}` };
}

function roleOf(service: string, statements: readonly JsonObject[]): JsonObject {
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: service },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
          },
        ],
      },
      ...(statements.length === 0
        ? {}
        : { Policies: [{ PolicyName: "work", PolicyDocument: { Version: "2012-10-17", Statement: statements } }] }),
    },
  };
}
