// Configuration
export type {
  AliasInfrastructure,
  BudgetsConfig,
  BundleConfig,
  DeployConfig,
  FunctionInfrastructure,
  FunctionsDeployment,
  FunctionStatement,
  GraphFormat,
  GraphsConfig,
  HandlersConfig,
  ImportExtension,
  InfrastructureConfig,
  InfrastructureFormat,
  MachineDeployment,
  MachineInfrastructure,
  RunConfig,
  ServeConfig,
  ServedConnection,
  ServedServices,
  ServedTask,
  ScheduleDeployment,
  ScheduleInfrastructure,
  SmokeDeployment,
  StepwrightConfig,
} from "./config.ts";
export { defineConfig } from "./config.ts";
export type { ResolvedConfig } from "./resolve-config.ts";
// Loading
export type { LoadOptions } from "./load/load-project.ts";
export type { LoadedMachine, LoadedProject, LoadedTask, TaskUse, WireSchema } from "./load/loaded-project.ts";
export { findConfig } from "./load/find-config.ts";
export { importModule } from "./load/import-module.ts";
export { loadProject } from "./load/load-project.ts";
// Generating
export type { FileDifference } from "./apply/file-difference.ts";
export type { FileSystem } from "./file-system.ts";
export type { GenerateOptions, Generation } from "./generate.ts";
export type { PlannedFile } from "./plan/planned-file.ts";
export { generate } from "./generate.ts";
export type { WatchOptions } from "./watch.ts";
export { watchAndGenerate } from "./watch.ts";
// Generated files
export type { Manifest, ManifestMachine, ManifestSubstitution, ManifestTask } from "./emit/manifest.ts";
export type { ContractDocument } from "./emit/contract-schema.ts";
export { contractDocument } from "./emit/contract-schema.ts";
export type { AslSourceMap } from "./emit/source-map.ts";
export { manifestOfProject } from "./plan/plan-generation.ts";
// Pictures
export { printGraph } from "./graph/print-graph.ts";
// Importing
export type { FindOptions, FoundDefinition } from "./import/find-definitions.ts";
export { findDefinitions } from "./import/find-definitions.ts";
export type { ImportOptions } from "./import/import-definition.ts";
export { importDefinition } from "./import/import-definition.ts";
// Bundling
export type { BundledFile, BundleOptions, HandlerBundle } from "./bundle/bundle-handlers.ts";
export { bundleHandlers } from "./bundle/bundle-handlers.ts";
// Infrastructure
export type { Condition } from "./iam/permission.ts";
export type { Policy, PolicyOptions, PolicyStatement } from "./iam/policy.ts";
export { policyOf } from "./iam/policy.ts";
export { policyDocument } from "./iam/policy-document.ts";
// Budgets
export type { Budget, BudgetOptions, Span } from "./budget/budget.ts";
export type { MachineBudget, PayloadBound } from "./budget/project-budget.ts";
export { budgetOf } from "./budget/budget.ts";
// Comparing
export type { Difference, DifferenceKind } from "./diff/difference.ts";
export type { MachineContract, MachineContracts } from "./diff/contract-differences.ts";
export type { DiffOptions } from "./diff/diff-definitions.ts";
export { diffDefinitions } from "./diff/diff-definitions.ts";
// Errors
export type { CodegenErrorCode } from "./codegen-error.ts";
export { CodegenError } from "./codegen-error.ts";
