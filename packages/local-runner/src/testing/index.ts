// Running
export { runScripted } from "./run-scripted.ts";
export type { ScriptedReply, TaskScript } from "../tasks/scripted-tasks.ts";
// Judging
export { executionMatchers } from "./matchers.ts";
export type { ExecutionMatchers } from "./matchers.ts";
export { describePath, visitsOf } from "./describe-path.ts";
export type { VisitedState } from "./describe-path.ts";
