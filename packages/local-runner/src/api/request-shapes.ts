/**
 * The members that each operation takes, with the constraints of the service's model.
 * Source: the model of `@aws-sdk/client-sfn` and https://docs.aws.amazon.com/step-functions/latest/apireference/.
 */

export interface MemberShape {
  readonly type: "string" | "integer" | "number" | "boolean" | "list" | "structure";
  readonly required?: true;
  /** Length of a string or list, value of a number. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
  readonly members?: RequestShape;
  /** Of a list. */
  readonly item?: MemberShape;
}

export type RequestShape = Readonly<Record<string, MemberShape>>;

type Constraints = Omit<MemberShape, "type">;

function string(constraints: Constraints = {}): MemberShape {
  return { type: "string", ...constraints };
}

function integer(min: number, max?: number): MemberShape {
  return { type: "integer", min, ...(max === undefined ? undefined : { max }) };
}

function required(shape: MemberShape): MemberShape {
  return { ...shape, required: true };
}

function structure(members: RequestShape): MemberShape {
  return { type: "structure", members };
}

function list(item: MemberShape, constraints: Constraints = {}): MemberShape {
  return { type: "list", item, ...constraints };
}

const arn = required(string({ min: 1, max: 256 }));
// In the words of the recorded message, needless backslashes included.
const aliasName = new RegExp(String.raw`^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$`);
const name = string({ min: 1, max: 80 });
const boolean: MemberShape = { type: "boolean" };
const text = string({ max: 262_144 });
const error = string({ max: 256 });
const cause = string({ max: 32_768 });
const definition = string({ min: 1, max: 1_048_576 });
const description = string({ max: 256 });
const taskToken = required(string({ min: 1, max: 2048 }));
const includedData = string({ values: ["ALL_DATA", "METADATA_ONLY"] });
const traceHeader = string({ max: 256 });
// The order is that of the recorded messages.
const executionStatus = string({
  values: ["SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"],
});
const machineType = string({ values: ["STANDARD", "EXPRESS"] });
const tagKey = string({ min: 1, max: 128 });
const tags = list(structure({ key: tagKey, value: string({ max: 256 }) }));

const paging: RequestShape = { maxResults: integer(0, 1000), nextToken: string({ min: 1, max: 1024 }) };

const loggingConfiguration = structure({
  level: string({ values: ["ALL", "ERROR", "FATAL", "OFF"] }),
  includeExecutionData: boolean,
  destinations: list(structure({ cloudWatchLogsLogGroup: structure({ logGroupArn: string({ min: 1, max: 256 }) }) })),
});
const encryptionConfiguration = structure({
  kmsKeyId: string({ min: 1, max: 2048 }),
  kmsDataKeyReusePeriodSeconds: integer(60, 900),
  type: required(string({ values: ["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"] })),
});
const routingConfiguration = list(structure({ stateMachineVersionArn: arn, weight: required(integer(0, 100)) }), {
  min: 1,
  max: 2,
});
const machineSettings: RequestShape = {
  loggingConfiguration,
  tracingConfiguration: structure({ enabled: boolean }),
  encryptionConfiguration,
  publish: boolean,
  versionDescription: description,
};

export const requestShapes = {
  CreateActivity: { name: required(name), tags, encryptionConfiguration },
  CreateStateMachine: {
    name: required(name),
    definition: required(definition),
    roleArn: arn,
    type: machineType,
    tags,
    ...machineSettings,
  },
  CreateStateMachineAlias: {
    description,
    name: required({ ...name, pattern: aliasName }),
    routingConfiguration: required(routingConfiguration),
  },
  DeleteActivity: { activityArn: arn },
  DeleteStateMachine: { stateMachineArn: arn },
  DeleteStateMachineAlias: { stateMachineAliasArn: arn },
  DeleteStateMachineVersion: { stateMachineVersionArn: required(string({ min: 1, max: 2000 })) },
  DescribeActivity: { activityArn: arn },
  DescribeExecution: { executionArn: arn, includedData },
  DescribeMapRun: { mapRunArn: required(string({ min: 1, max: 2000 })) },
  DescribeStateMachine: { stateMachineArn: arn, includedData },
  DescribeStateMachineAlias: { stateMachineAliasArn: arn },
  DescribeStateMachineForExecution: { executionArn: arn, includedData },
  GetActivityTask: { activityArn: arn, workerName: name },
  GetExecutionHistory: {
    executionArn: arn,
    ...paging,
    reverseOrder: boolean,
    includeExecutionData: boolean,
  },
  ListActivities: paging,
  ListExecutions: {
    stateMachineArn: string({ min: 1, max: 256 }),
    statusFilter: executionStatus,
    maxResults: integer(0, 1000),
    nextToken: string({ min: 1, max: 3096 }),
    mapRunArn: string({ min: 1, max: 2000 }),
    redriveFilter: string({ values: ["REDRIVEN", "NOT_REDRIVEN"] }),
  },
  ListMapRuns: { executionArn: arn, ...paging },
  ListStateMachineAliases: { stateMachineArn: arn, ...paging },
  ListStateMachineVersions: { stateMachineArn: arn, ...paging },
  ListStateMachines: paging,
  ListTagsForResource: { resourceArn: arn },
  PublishStateMachineVersion: { stateMachineArn: arn, revisionId: string(), description },
  RedriveExecution: { executionArn: arn, clientToken: string({ min: 1, max: 64, pattern: /^[!-~]+$/ }) },
  SendTaskFailure: { taskToken, error, cause },
  SendTaskHeartbeat: { taskToken },
  SendTaskSuccess: { taskToken, output: required(text) },
  StartExecution: { stateMachineArn: arn, name, input: text, traceHeader },
  StartSyncExecution: { stateMachineArn: arn, name, input: text, traceHeader, includedData },
  StopExecution: { executionArn: arn, error, cause },
  TagResource: { resourceArn: arn, tags: required(tags) },
  TestState: {
    definition: required(definition),
    roleArn: string({ min: 1, max: 256 }),
    input: text,
    inspectionLevel: string({ values: ["INFO", "DEBUG", "TRACE"] }),
    revealSecrets: boolean,
    variables: text,
    stateName: name,
    mock: structure({}),
    context: text,
    stateConfiguration: structure({}),
  },
  UntagResource: { resourceArn: arn, tagKeys: required(list(tagKey)) },
  UpdateMapRun: {
    mapRunArn: required(string({ min: 1, max: 2000 })),
    maxConcurrency: integer(0),
    toleratedFailurePercentage: { type: "number", min: 0, max: 100 },
    toleratedFailureCount: integer(0),
  },
  UpdateStateMachine: {
    stateMachineArn: arn,
    definition,
    roleArn: string({ min: 1, max: 256 }),
    ...machineSettings,
  },
  UpdateStateMachineAlias: { stateMachineAliasArn: arn, description, routingConfiguration },
  ValidateStateMachineDefinition: {
    definition: required(string({ max: 1_048_576 })),
    type: machineType,
    severity: string({ values: ["ERROR", "WARNING"] }),
    maxResults: integer(0, 100),
  },
} as const satisfies Readonly<Record<string, RequestShape>>;

export type OperationName = keyof typeof requestShapes;

export function isOperationName(candidate: string): candidate is OperationName {
  return Object.hasOwn(requestShapes, candidate);
}
