import { join } from "node:path";
import type { StateMachineDefinition } from "@stepwright/asl";
import { loadProject, manifestOfProject } from "@stepwright/codegen";
import type { TaskHandlers } from "@stepwright/local-runner";
import { handlerModules } from "../handler-modules.ts";
import { handlersOf } from "../open-machine.ts";

export interface OpenedProject {
  readonly machines: readonly { readonly name: string; readonly definition: StateMachineDefinition }[];
  readonly handlers: TaskHandlers;
}

/** Every machine of the project, with the handlers of all. */
export async function openProject(configFile: string): Promise<OpenedProject> {
  const project = await loadProject(configFile);
  const folder = join(project.rootDir, project.config.generatedDir);
  return { machines: project.machines, handlers: handlerModules(handlersOf(manifestOfProject(project), folder)) };
}
