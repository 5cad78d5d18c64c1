/** A Task's Resource, taken apart. See the developer guide, "Task state", and "Integration patterns". */
import type { IntegrationPattern, TaskTarget } from "./task-invoker.ts";

const patterns: readonly (readonly [suffix: RegExp, pattern: IntegrationPattern])[] = [
  [/\.waitForTaskToken$/, "waitForTaskToken"],
  [/\.sync(?::2)?$/, "sync"],
];

/** @returns `undefined` for a text that names nothing a Task can run */
export function parseTaskTarget(resource: string): TaskTarget | undefined {
  const lambda = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)(?::([^:]+))?$/.exec(resource);
  if (lambda !== null) return { kind: "lambda", functionName: lambda[1]!, qualifier: lambda[2] };
  const activity = /^arn:[^:]+:states:[^:]+:[^:]+:activity:(.+)$/.exec(resource);
  if (activity !== null) return { kind: "activity", activityName: activity[1]! };
  const integration = /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:[^:]+|[^:]+):(.+)$/.exec(resource);
  if (integration === null) return undefined;
  const [, resourceType, name] = integration as unknown as [string, string, string];
  const [suffix, pattern] = patterns.find(([text]) => text.test(name)) ?? [/$/, "requestResponse" as const];
  return { kind: "integration", resourceType, resource: name, action: name.replace(suffix, ""), pattern };
}
