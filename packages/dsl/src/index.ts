// Machines
export { machine } from "./machine.ts";
export type { Flows, MachineOptions } from "./machine.ts";
export type { PathCatchers, PathChoices, PathFlow } from "./path-flow.ts";
export type { JsonataCatchers, JsonataChoices, JsonataFlow } from "./jsonata-flow.ts";
export { plain } from "./plain.ts";
export type { AnyOutcome, Ended, Outcome, OutputOf, VariablesOf } from "./outcome.ts";
export { build, isFlow } from "./build.ts";
export type { Machine, MachineTask } from "./build.ts";
// Distributed Maps
export { s3Object } from "./distributed-map.ts";
export type { ChildExecution, MapRunResult, S3Object } from "./distributed-map.ts";
// Task contracts
export type { AnyTaskContract, TaskContract, TaskInput, TaskOutput, TaskSchemas } from "./task.ts";
export { defineTask, functionArnSubstitution } from "./task.ts";
export type { LambdaAnswer } from "./lambda-invoke.ts";
// Service integrations
export { awsSdk } from "./aws-sdk.ts";
export type { AwsSdkErrorName, AwsSdkService, AwsShape } from "./aws-sdk.ts";
export { defineIntegration } from "./integration.ts";
export type { Integration } from "./integration.ts";
export { dynamodb } from "./integrations/dynamodb.ts";
export { http } from "./integrations/http.ts";
export { eventBridge, sns, sqs } from "./integrations/messaging.ts";
export { s3 } from "./integrations/s3.ts";
export { sagemaker } from "./integrations/sagemaker.ts";
export { stepFunctions } from "./integrations/step-functions.ts";
// Wire types
export type { NotJson, Wire } from "./wire.ts";
// References
export { at, field, present, untyped } from "./reference.ts";
export type { Reference } from "./reference.ts";
export type { Expression } from "./expression.ts";
export type { ErrorOutput, InputScope } from "./scope.ts";
// Computed values
export { States } from "./intrinsic.ts";
export { jsonata } from "./jsonata.ts";
export { Jsonata } from "./jsonata-functions.ts";
// Conditions of a Choice
export type { Condition } from "./condition.ts";
export {
  and,
  aslRule,
  booleanEquals,
  isBoolean,
  isNull,
  isNumeric,
  isPresent,
  isString,
  isTimestamp,
  not,
  numericEquals,
  numericGreaterThan,
  numericGreaterThanEquals,
  numericLessThan,
  numericLessThanEquals,
  or,
  stringEquals,
  stringGreaterThan,
  stringGreaterThanEquals,
  stringLessThan,
  stringLessThanEquals,
  stringMatches,
  timestampEquals,
  timestampGreaterThan,
  timestampGreaterThanEquals,
  timestampLessThan,
  timestampLessThanEquals,
} from "./condition.ts";
