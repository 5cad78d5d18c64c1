import { isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import type { TaskTarget } from "../tasks/task-invoker.ts";

/** What the service adds to the parameters of a task, behind its own (recorded); by resource type and resource. */
const added: Readonly<Record<string, JsonObject>> = {
  "ecs:runTask.sync": { StartedBy: "AWS Step Functions" },
};

/** @returns `undefined` when nothing is added */
export function parameterAdder(target: TaskTarget): ((argument: JsonValue) => JsonValue) | undefined {
  if (target.kind !== "integration") return undefined;
  const name = `${target.resourceType}:${target.resource}`;
  const more = Object.hasOwn(added, name) ? added[name] : undefined;
  return more && ((argument) => (isJsonObject(argument) ? { ...argument, ...more } : argument));
}
