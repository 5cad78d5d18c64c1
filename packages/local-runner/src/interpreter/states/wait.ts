import { EvaluationFailure } from "@stepwright/asl";
import type { JsonValue, WaitState } from "@stepwright/asl";
import { effectiveInput } from "../effective-input.ts";
import { evaluateFields } from "../evaluators.ts";
import type { ExplainMiss } from "../evaluators.ts";
import { parseInstant } from "../instant.ts";
import type { StateRun, StateSurroundings } from "../state-compiler.ts";
import { runtimeError } from "../state-failure.ts";
import { StateScope } from "../state-scope.ts";

/** The longest delay that the service takes: 24,855 days are fine, 24,856 are not (recorded). */
const maxDelayMs = 2_147_483_647_000;

export function compileWait(state: WaitState, { language, next }: StateSurroundings): StateRun {
  const inputPath = language.input(state);
  const complete = language.complete(state, false);
  const isTimestamp = state.Timestamp !== undefined || state.TimestampPath !== undefined;
  const field = isTimestamp
    ? language.dynamic("Timestamp", state.Timestamp, state.TimestampPath, "string", missOf("TimestampPath"))
    : language.dynamic("Seconds", state.Seconds, state.SecondsPath, "number", missOf("SecondsPath"));
  const words = language.isJsonata ? jsonataWords(isTimestamp) : pathWords(isTimestamp, state);
  return (execution, thread) => {
    const input = effectiveInput(execution, thread, inputPath);
    if (input instanceof EvaluationFailure) return execution.failEvaluation(thread, input);
    const scope = new StateScope(execution, thread, input);
    evaluateFields(execution, thread, [field], scope, ([value = 0]) => {
      const atEpochMs = isTimestamp ? instantOf(value, words) : secondsLater(execution.nowEpochMs, value, words);
      if (atEpochMs instanceof EvaluationFailure) return execution.failEvaluation(thread, atEpochMs);
      const delayMs = atEpochMs - execution.nowEpochMs;
      if (delayMs > maxDelayMs) {
        return execution.failEvaluation(thread, runtimeFailure("Wait state delay is too long."));
      }
      if (delayMs <= 0) return complete(execution, thread, input, next);
      execution.sleep(thread, atEpochMs, () => complete(execution, thread, input, next));
    });
  };
}

function missOf(field: string): ExplainMiss {
  return (path) => `The ${field} parameter does not reference an input value: ${path.text}`;
}

/** How a wrong value is reported. */
interface Words {
  negative(value: JsonValue): EvaluationFailure;
  notWanted(value: JsonValue): EvaluationFailure;
}

function pathWords(isTimestamp: boolean, state: WaitState): Words {
  const path = (isTimestamp ? state.TimestampPath : state.SecondsPath) ?? "";
  return {
    negative: (value) =>
      runtimeFailure(`The SecondsPath parameter references a negative value: ${path} == ${textOf(value)}`),
    notWanted: (value) =>
      runtimeFailure(
        isTimestamp
          ? `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${textOf(value)}`
          : `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${textOf(value)}`,
      ),
  };
}

function runtimeFailure(cause: string): EvaluationFailure {
  return new EvaluationFailure(runtimeError, cause);
}

function jsonataWords(isTimestamp: boolean): Words {
  const field = isTimestamp ? "Timestamp" : "Seconds";
  const failure = (text: string) => new EvaluationFailure("States.QueryEvaluationError", text, field);
  return {
    negative: (value) => failure(`The Seconds field references a negative value: ${textOf(value)}`),
    notWanted: (value) =>
      failure(
        isTimestamp
          ? `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${textOf(value)}`
          : `The Seconds field cannot be parsed as a long value: ${textOf(value)}`,
      ),
  };
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function instantOf(value: JsonValue, words: Words): number | EvaluationFailure {
  return (typeof value === "string" ? parseInstant(value) : undefined) ?? words.notWanted(value);
}

function secondsLater(nowEpochMs: number, value: JsonValue, words: Words): number | EvaluationFailure {
  if (typeof value !== "number" || !Number.isInteger(value)) return words.notWanted(value);
  return value < 0 ? words.negative(value) : nowEpochMs + value * 1000;
}
