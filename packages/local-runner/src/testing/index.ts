// Running
export { runScripted } from "./run-scripted.ts";
export type { ScriptedReply, TaskScript } from "../tasks/scripted-tasks.ts";
export { lambdaReplies, replies } from "./replies.ts";
export type { ContractReply, ScriptedContract } from "./replies.ts";
// Judging
export { executionMatchers } from "./matchers.ts";
export type { ExecutionMatchers } from "./matchers.ts";
export { describePath, visitsOf } from "./describe-path.ts";
export type { VisitedState } from "./describe-path.ts";
