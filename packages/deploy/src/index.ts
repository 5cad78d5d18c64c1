// What shall be and what is
export type { DesiredLogging, DesiredStateMachine, SmokeExecution } from "./desired.ts";
export type {
  AliasRoute,
  Observable,
  ObservedAlias,
  ObservedStateMachine,
  ObservedVersion,
  WeightedVersion,
} from "./observed.ts";
export { observe } from "./observed.ts";
export type { DesiredSchedule, ObservedSchedule, ScheduleClient, ScheduleField } from "./schedule.ts";
export type { DesiredFunction, FunctionCode, PinnedVersions } from "./functions/desired-function.ts";
export { functionCode } from "./functions/desired-function.ts";
export type { ObservedFunction, ObservedFunctions } from "./functions/observed-function.ts";
export { observeFunctions } from "./functions/observed-function.ts";
export type { FunctionVersionsInUse } from "./functions/function-versions-in-use.ts";
export type { StoredParameter, ValueSources } from "./resolve-values.ts";
export { resolveValues } from "./resolve-values.ts";
// Deciding
export type { ChangedField, DeployAction, DeployPlan, Risk, RiskCode } from "./deploy-plan.ts";
export { plannedDefinition, planDeployment } from "./plan-deployment.ts";
export type { RemoteDiagnostic, RemoteValidation } from "./remote-validation.ts";
export { validateRemotely } from "./remote-validation.ts";
export type { Shift } from "./shift.ts";
export { shiftDefaults, shiftWeights } from "./shift.ts";
// Doing
export type { ApplyOptions, Deployed, DeployEvent } from "./apply-plan.ts";
export { applyPlan } from "./apply-plan.ts";
export type { ShiftEvent } from "./shift-alias.ts";
export type { ExecutionCounts } from "./version-health.ts";
export type { RolledBack } from "./rollback.ts";
export { rollback } from "./rollback.ts";
export { destroy } from "./destroy.ts";
// Looking after
export type { DeploymentStatus, Drift, RecentExecution } from "./status.ts";
export { definitionHash, deploymentStatus, driftOf } from "./status.ts";
export { versionLabel } from "./version-arn.ts";
// Services
export type { Clock } from "./clock.ts";
export { systemClock } from "./clock.ts";
export type { AlarmsClient } from "./version-health.ts";
export type { StatesClient } from "./states-client.ts";
export type { FunctionsClient } from "./functions/functions-client.ts";
export type { DeployClients } from "./deploy-clients.ts";
export type { Connection, ConnectOptions } from "./aws/connect.ts";
export { connect } from "./aws/connect.ts";
// Errors
export type { DeployErrorCode } from "./deploy-error.ts";
export { DeployError } from "./deploy-error.ts";
