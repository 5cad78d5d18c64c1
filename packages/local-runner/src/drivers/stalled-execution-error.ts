import type { Execution } from "../interpreter/execution.ts";

/** Nothing will ever happen again: no task, no timer, and nobody who could answer. On AWS this would wait for ever. */
export class StalledExecutionError extends Error {
  constructor(execution: Execution) {
    const waiting = execution.waitingTasks().map((name) => `"${name}"`);
    super(
      `The execution ${execution.settings.executionArn} will never end: ${waiting.join(", ") || "it"} waits for an answer that nobody can give. ` +
        "Let the task reply, give its state a TimeoutSeconds, or answer its token through startExecution.",
    );
    this.name = "StalledExecutionError";
  }
}
