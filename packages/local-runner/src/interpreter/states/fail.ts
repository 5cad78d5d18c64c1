import type { FailState, JsonValue } from "@stepwright/asl";
import { evaluateFields } from "../evaluators.ts";
import type { StateRun, StateSurroundings } from "../state-compiler.ts";
import { StateScope } from "../state-scope.ts";

/** `ErrorPath` and `CausePath` read the raw input: a Fail state has no `InputPath`. */
export function compileFail(state: FailState, { language }: StateSurroundings): StateRun {
  const fields = [
    language.dynamicText("Error", state.Error, state.ErrorPath),
    language.dynamicText("Cause", state.Cause, state.CausePath),
  ];
  return (execution, thread) =>
    evaluateFields(execution, thread, fields, new StateScope(execution, thread, thread.input), ([error, cause]) =>
      execution.fail(thread, { error: textOf(error), cause: textOf(cause) }),
    );
}

function textOf(value: JsonValue | undefined): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}
