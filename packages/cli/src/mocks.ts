/** The file of `--mocks`: replies by state name, checked before anything runs. */
import { isJsonArray, isJsonObject, walkStates } from "@stepwright/asl";
import type { JsonObject, JsonValue, StateMachineDefinition } from "@stepwright/asl";
import type { TaskScript } from "@stepwright/local-runner";
import { UsageError } from "./usage-error.ts";

/**
 * @param file  names the mocks in the error
 * @throws UsageError that tells every wrong entry
 */
export function taskScriptFrom(mocks: JsonValue, definition: StateMachineDefinition, file: string): TaskScript {
  if (!isJsonObject(mocks)) {
    throw new UsageError(`${file}: found ${kindOf(mocks)}; wanted an object: ${example}`);
  }
  const tasks = walkStates(definition).filter(({ value }) => value["Type"] === "Task");
  const known = new Set(tasks.map(({ name }) => name));
  const problems = Object.entries(mocks).flatMap(([state, replies]) => [
    ...(known.has(state) ? [] : [`there is no Task state ${state}; there are ${[...known].join(", ") || "none"}`]),
    ...replyProblems(state, replies),
  ]);
  if (problems.length > 0) {
    throw new UsageError(`${file}: ${problems.join("; ")}`);
  }
  return mocks as JsonObject & TaskScript;
}

/** What is wrong with a state's reply or replies. */
export function replyProblems(state: string, replies: JsonValue): readonly string[] {
  return (isJsonArray(replies) ? replies : [replies])
    .filter((reply) => !isReply(reply))
    .map((reply) => `${state} has the reply ${JSON.stringify(reply)}; wanted one like ${example}`);
}

const example = `{ "Train": [{ "error": "Busy", "cause": "…" }, { "output": { "auc": 0.9 }, "delayMs": 500 }] }`;

function isReply(reply: JsonValue): boolean {
  return (
    isJsonObject(reply) &&
    (Object.hasOwn(reply, "output") || typeof reply["error"] === "string" || reply["unanswered"] === true)
  );
}

function kindOf(value: JsonValue): string {
  return isJsonArray(value) ? "a list" : `the value ${JSON.stringify(value)}`;
}
