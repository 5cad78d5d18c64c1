// Machines
export { machine } from "./machine.ts";
export type { MachineOptions } from "./machine.ts";
export type { PathFlow } from "./flow.ts";
export { build, isFlow } from "./build.ts";
export type { Machine, MachineTask } from "./build.ts";
// Task contracts
export type { AnyTaskContract, TaskContract, TaskInput, TaskOutput, TaskSchemas } from "./task.ts";
export { defineTask, functionArnSubstitution } from "./task.ts";
// Wire types
export type { NotJson, Wire } from "./wire.ts";
