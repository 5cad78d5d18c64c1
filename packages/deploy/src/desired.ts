import type { StateMachineDefinition } from "@stepwright/asl";
import type { DesiredFunction } from "./functions/desired-function.ts";
import type { DesiredSchedule } from "./schedule.ts";
import type { Shift } from "./shift.ts";

/** What shall stand in the account. A member that is absent is left as it stands there. */
export interface DesiredStateMachine {
  /** The state machine's; its name is the last part. */
  readonly arn: string;
  /** With every `${Name}` filled but those of `functions`. */
  readonly definition: StateMachineDefinition;
  readonly roleArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly tracing?: boolean;
  readonly logging?: DesiredLogging;
  /** These keys and values; other tags stay. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The alias that callers start; it points to the version that this deployment publishes. */
  readonly alias: string;
  /** Of the published version, at most 256 characters: a commit, a build number. */
  readonly versionDescription?: string;
  /** How new executions move to the version; all at once when absent. */
  readonly shift?: Shift;
  /** An execution of the new version that must succeed before the first caller gets it; STANDARD only. */
  readonly smoke?: SmokeExecution;
  /** The newest versions that stay, at least 2, so that one can return; all when absent. */
  readonly keepVersions?: number;
  /**
   * Their code is brought to Lambda first, and the definition names the versions published of it: a running execution
   * keeps the code that it started with.
   */
  readonly functions?: readonly DesiredFunction[];
  /** The newest versions of each function that stay, and whatever a version of the state machine names; all when absent. */
  readonly keepFunctionVersions?: number;
  /** Starts the alias, or another target, by itself. */
  readonly schedule?: DesiredSchedule;
}

export interface DesiredLogging {
  readonly level: "ALL" | "ERROR" | "FATAL" | "OFF";
  /** Of CloudWatch, ending in `:*`; needed unless the level is OFF. */
  readonly logGroupArn?: string;
  readonly includeExecutionData?: boolean;
}

export interface SmokeExecution {
  /** JSON text. */
  readonly input: string;
  /** The longest that it may take. */
  readonly timeoutSeconds: number;
}
