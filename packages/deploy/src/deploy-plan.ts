/** What a deployment will do, as data: people review it, `applyPlan` carries it out. */
import type { DesiredStateMachine } from "./desired.ts";
import type { PinnedVersions } from "./functions/desired-function.ts";
import type { WeightedVersion } from "./observed.ts";
import type { ScheduleField } from "./schedule.ts";

export interface DeployPlan {
  readonly desired: DesiredStateMachine;
  /** The revision that the plan was made for; `applyPlan` refuses to work on another one. */
  readonly observedRevisionId: string | undefined;
  /** The versions of functions that are there already; `publishFunction` adds the others. */
  readonly pinned: PinnedVersions;
  /** In the order in which they are carried out; empty when nothing is to be done. */
  readonly actions: readonly DeployAction[];
  /** What a reviewer should know before saying yes. */
  readonly risks: readonly Risk[];
}

export type DeployAction =
  /** Publishes a version of a function, with the code of its bundle or because its settings have changed. */
  | {
      readonly kind: "publishFunction";
      readonly substitution: string;
      readonly functionArn: string;
      readonly changes: "code" | "settings";
      /** The code that the plan was made for. */
      readonly observedSha256: string;
    }
  | { readonly kind: "createStateMachine" }
  | { readonly kind: "updateStateMachine"; readonly changes: readonly ChangedField[] }
  | { readonly kind: "tagStateMachine"; readonly tags: Readonly<Record<string, string>> }
  /** Publishing a revision again gives the version that it already has. */
  | { readonly kind: "publishVersion" }
  | { readonly kind: "startSmokeExecution" }
  | { readonly kind: "createAlias" }
  /** New executions go to the version just published, in these steps; running ones end on theirs. */
  | {
      readonly kind: "shiftAlias";
      readonly aliasArn: string;
      /** The alias as the plan was made for; it is not moved from any other place. */
      readonly observedRoutes: readonly WeightedVersion[];
      /** Where a rollback returns to. */
      readonly fromVersionArn: string;
      /** The new version's weights, in percent. */
      readonly weights: readonly number[];
    }
  /** Those with running executions or another alias stay. */
  | { readonly kind: "pruneVersions"; readonly versionArns: readonly string[] }
  /** Those that a version of the state machine or an alias still names stay. */
  | { readonly kind: "pruneFunctionVersions"; readonly versionArns: readonly string[] }
  | { readonly kind: "createSchedule" }
  | { readonly kind: "updateSchedule"; readonly changes: readonly ScheduleField[] };

export type ChangedField = "definition" | "roleArn" | "tracing" | "logging";

export interface Risk {
  readonly code: RiskCode;
  readonly message: string;
}

export type RiskCode =
  | "IN_FLIGHT_EXECUTIONS"
  | "ROLE_CHANGED"
  | "ACCESS_WIDENED"
  | "CHANGED_OUTSIDE"
  | "SHIFT_ABANDONED"
  | "UNWATCHED"
  /** Of those who compare contracts: a definition holds none. */
  | "CONTRACT_CHANGED";
