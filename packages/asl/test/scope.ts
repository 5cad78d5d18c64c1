/** The scope of an evaluation for tests: empty but for what the test says, and the same on every run. */
import type { EvaluationScope } from "../src/evaluation.ts";
import type { JsonObject, JsonValue } from "../src/json.ts";

export interface ScopeParts {
  readonly input?: JsonValue;
  readonly context?: JsonValue;
  readonly variables?: JsonObject;
  readonly result?: JsonValue;
  readonly errorOutput?: JsonValue;
  readonly nowEpochMs?: number;
  readonly seed?: number;
}

export function scopeOf({ variables = {}, seed = 1, ...parts }: ScopeParts = {}): EvaluationScope {
  let state = seed;
  return {
    input: {},
    context: {},
    nowEpochMs: Date.UTC(2026, 0, 1),
    ...parts,
    variables: new Map(Object.entries(variables)),
    // A linear congruential generator: poor randomness, good repeatability.
    random: {
      next() {
        state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
        return state / 2 ** 32;
      },
    },
  };
}
