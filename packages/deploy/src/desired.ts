import type { StateMachineDefinition } from "@stepwright/asl";

/** What shall stand in the account. */
export interface DesiredStateMachine {
  /** The state machine's; its name is the last part. */
  readonly arn: string;
  /** With every `${Name}` filled. */
  readonly definition: StateMachineDefinition;
  readonly roleArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** The alias that callers start; it points to the version that this deployment publishes. */
  readonly alias: string;
  /** Of the published version, at most 256 characters: a commit, a build number. */
  readonly versionDescription?: string;
}
