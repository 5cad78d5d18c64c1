/** What a deployment will do, as data: people review it, `applyPlan` carries it out. */
import type { DesiredStateMachine } from "./desired.ts";

export interface DeployPlan {
  readonly desired: DesiredStateMachine;
  /** The revision that the plan was made for; `applyPlan` refuses to work on another one. */
  readonly observedRevisionId: string | undefined;
  /** In the order in which they are carried out; empty when nothing is to be done. */
  readonly actions: readonly DeployAction[];
}

export type DeployAction =
  | { readonly kind: "createStateMachine" }
  | { readonly kind: "updateStateMachine"; readonly changes: readonly ChangedField[] }
  | { readonly kind: "publishVersion" }
  | { readonly kind: "createAlias" }
  /** All new executions go to the version just published; running ones end on theirs. */
  | { readonly kind: "updateAlias"; readonly aliasArn: string };

export type ChangedField = "definition" | "roleArn";
