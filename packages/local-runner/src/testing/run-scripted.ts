import type { StateMachineDefinition } from "@stepwright/asl";
import type { ExecutionResult } from "../execution-result.ts";
import { runDefinition } from "../run-definition.ts";
import type { RunOptions } from "../run-definition.ts";
import { scriptedTasks } from "../tasks/scripted-tasks.ts";
import type { TaskScript } from "../tasks/scripted-tasks.ts";

/** Runs a definition in virtual time, its tasks answered by a script. */
export async function runScripted(
  definition: StateMachineDefinition,
  { script = {}, ...options }: Omit<RunOptions, "tasks" | "time"> & { readonly script?: TaskScript } = {},
): Promise<ExecutionResult> {
  return runDefinition(definition, { ...options, time: "virtual", tasks: scriptedTasks(script) });
}
