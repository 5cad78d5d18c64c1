/**
 * The calls of AWS Step Functions that a deployment makes. `SFN` of `@aws-sdk/client-sfn` is one;
 * a test gives a scripted one.
 */
import type {
  CreateStateMachineAliasInput,
  CreateStateMachineAliasOutput,
  CreateStateMachineInput,
  CreateStateMachineOutput,
  DescribeStateMachineAliasInput,
  DescribeStateMachineAliasOutput,
  DescribeStateMachineInput,
  DescribeStateMachineOutput,
  PublishStateMachineVersionInput,
  PublishStateMachineVersionOutput,
  UpdateStateMachineAliasInput,
  UpdateStateMachineAliasOutput,
  UpdateStateMachineInput,
  UpdateStateMachineOutput,
} from "@aws-sdk/client-sfn";

export interface StatesClient {
  describeStateMachine(input: DescribeStateMachineInput): Promise<DescribeStateMachineOutput>;
  createStateMachine(input: CreateStateMachineInput): Promise<CreateStateMachineOutput>;
  updateStateMachine(input: UpdateStateMachineInput): Promise<UpdateStateMachineOutput>;
  publishStateMachineVersion(input: PublishStateMachineVersionInput): Promise<PublishStateMachineVersionOutput>;
  describeStateMachineAlias(input: DescribeStateMachineAliasInput): Promise<DescribeStateMachineAliasOutput>;
  createStateMachineAlias(input: CreateStateMachineAliasInput): Promise<CreateStateMachineAliasOutput>;
  updateStateMachineAlias(input: UpdateStateMachineAliasInput): Promise<UpdateStateMachineAliasOutput>;
}
