// What shall be and what is
export type { DesiredStateMachine } from "./desired.ts";
export type { AliasRoute, ObservedAlias, ObservedStateMachine } from "./observed.ts";
export { observe } from "./observed.ts";
// Deciding
export type { ChangedField, DeployAction, DeployPlan } from "./deploy-plan.ts";
export { planDeployment } from "./plan-deployment.ts";
// Doing
export type { ApplyOptions, Deployed } from "./apply-plan.ts";
export { applyPlan } from "./apply-plan.ts";
export type { StatesClient } from "./states-client.ts";
// Errors
export type { DeployErrorCode } from "./deploy-error.ts";
export { DeployError } from "./deploy-error.ts";
