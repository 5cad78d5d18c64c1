/**
 * The calls of AWS Step Functions that a deployment makes. `SFN` of `@aws-sdk/client-sfn` is one;
 * a test gives a scripted one.
 */
import type * as sfn from "@aws-sdk/client-sfn";

export interface StatesClient {
  // Reading
  describeStateMachine(input: sfn.DescribeStateMachineInput): Promise<sfn.DescribeStateMachineOutput>;
  describeStateMachineAlias(input: sfn.DescribeStateMachineAliasInput): Promise<sfn.DescribeStateMachineAliasOutput>;
  listStateMachineVersions(input: sfn.ListStateMachineVersionsInput): Promise<sfn.ListStateMachineVersionsOutput>;
  listTagsForResource(input: sfn.ListTagsForResourceInput): Promise<sfn.ListTagsForResourceOutput>;
  listExecutions(input: sfn.ListExecutionsInput): Promise<sfn.ListExecutionsOutput>;
  describeExecution(input: sfn.DescribeExecutionInput): Promise<sfn.DescribeExecutionOutput>;
  validateStateMachineDefinition(
    input: sfn.ValidateStateMachineDefinitionInput,
  ): Promise<sfn.ValidateStateMachineDefinitionOutput>;
  // Changing
  createStateMachine(input: sfn.CreateStateMachineInput): Promise<sfn.CreateStateMachineOutput>;
  updateStateMachine(input: sfn.UpdateStateMachineInput): Promise<sfn.UpdateStateMachineOutput>;
  deleteStateMachine(input: sfn.DeleteStateMachineInput): Promise<sfn.DeleteStateMachineOutput>;
  tagResource(input: sfn.TagResourceInput): Promise<sfn.TagResourceOutput>;
  publishStateMachineVersion(input: sfn.PublishStateMachineVersionInput): Promise<sfn.PublishStateMachineVersionOutput>;
  deleteStateMachineVersion(input: sfn.DeleteStateMachineVersionInput): Promise<sfn.DeleteStateMachineVersionOutput>;
  createStateMachineAlias(input: sfn.CreateStateMachineAliasInput): Promise<sfn.CreateStateMachineAliasOutput>;
  updateStateMachineAlias(input: sfn.UpdateStateMachineAliasInput): Promise<sfn.UpdateStateMachineAliasOutput>;
  startExecution(input: sfn.StartExecutionInput): Promise<sfn.StartExecutionOutput>;
}
