import type { TaskRequest } from "./task-invoker.ts";

/**
 * Counts how often a state has asked in the same iteration before, retries included. An iteration of a Distributed Map
 * is an execution of its own.
 */
export function timesAsked(): (request: TaskRequest) => number {
  const asked = new Map<string, number>();
  return ({ executionArn, path, stateName }) => {
    const place = JSON.stringify([executionArn, stateName, path]);
    const times = asked.get(place) ?? 0;
    asked.set(place, times + 1);
    return times;
  };
}
