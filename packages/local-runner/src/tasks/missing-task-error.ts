import type { TaskRequest } from "./task-invoker.ts";

/** A task that nobody can answer. An exception, not a failed task: a Catch must not hide it. */
export class MissingTaskError extends Error {
  override readonly name = "MissingTaskError";
  readonly stateName: string;
  readonly resource: string;

  constructor(request: TaskRequest, known: readonly string[], give: string) {
    super(
      `State "${request.stateName}" needs an answer for ${request.resource}, and there is none. ` +
        `${known.length === 0 ? "No tasks were given" : `Known are ${known.join(", ")}`}. Give it one: ${give}`,
    );
    this.stateName = request.stateName;
    this.resource = request.resource;
  }
}
