// Task contracts
export type { AnyTaskContract, TaskContract, TaskInput, TaskOutput, TaskSchemas } from "./task.ts";
export { defineTask, functionArnSubstitution } from "./task.ts";
// Wire types
export type { NotJson, Wire } from "./wire.ts";
