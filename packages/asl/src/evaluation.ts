/**
 * What every evaluated thing of the language (path, intrinsic function, payload template, JSONata expression)
 * takes and gives. Evaluation is pure: randomness and the context object come in through the scope.
 */
import type { JsonValue } from "./json.ts";

/** A scope stays as it is until the evaluation has answered; only `random` moves on. */
export interface EvaluationScope {
  /** `$` in JSONPath, `$states.input` in JSONata. */
  readonly input: JsonValue;
  /** `$$` in JSONPath, `$states.context` in JSONata. */
  readonly context: JsonValue;
  readonly variables: VariableScope;
  readonly random: RandomSource;
  /** What `$now()` and `$millis()` of JSONata answer; milliseconds since 1970. */
  readonly nowEpochMs: number;
  /** `$states.result`; present only where the language allows it. */
  readonly result?: JsonValue;
  /** `$states.errorOutput`; present only in a Catcher. */
  readonly errorOutput?: JsonValue;
}

/** The workflow variables that a state can read; a `Map` is one. */
export interface VariableScope {
  get(name: string): JsonValue | undefined;
}

export interface RandomSource {
  /** @returns a number from 0 (included) to 1 (excluded) */
  next(): number;
}

/**
 * An evaluation that failed, as a value: `error` is the name that Retry and Catch see, `cause` AWS's text
 * without the prefix that names the state, which only the caller knows.
 */
export class EvaluationFailure {
  readonly error: string;
  readonly cause: string;
  /** The field that failed, as AWS names it in `evaluationFailedEventDetails.location`: `Arguments/FunctionName`. */
  readonly location: string | undefined;

  constructor(error: string, cause: string, location?: string) {
    this.error = error;
    this.cause = cause;
    this.location = location;
  }
}

/** `undefined` never stands for a value: JSON has none. */
export type Evaluated = JsonValue | EvaluationFailure;
