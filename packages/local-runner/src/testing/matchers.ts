/**
 * Matchers for vitest and jest: `expect.extend(executionMatchers)`. Their messages show the way the execution took.
 *
 * In TypeScript, once per project (vitest 5):
 *     declare module "vitest" {
 *       interface Matchers<R extends void | Promise<void>, T> extends ExecutionMatchers<R> {}
 *     }
 */
import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "@stepwright/asl";
import type { ExecutionResult } from "../execution-result.ts";
import { describePath, visitsOf } from "./describe-path.ts";

export interface ExecutionMatchers<Result = unknown> {
  /** @param output compared when given */
  toHaveSucceeded(output?: JsonValue): Result;
  /** @param error the error's name, compared when given */
  toHaveFailed(error?: string): Result;
  /** Each state once for each visit, in the order of entering. */
  toHaveVisited(stateNames: readonly string[]): Result;
  /** Over all visits of the state, retries included. */
  toHaveAttempted(stateName: string, attempts: number): Result;
}

interface Verdict {
  readonly pass: boolean;
  message(): string;
}

type Matcher<Expected extends readonly unknown[]> = (result: ExecutionResult, ...expected: Expected) => Verdict;

export const executionMatchers = {
  toHaveSucceeded(result, ...expected) {
    const hasOutput = expected.length > 0;
    const pass =
      result.status === "SUCCEEDED" && (!hasOutput || isDeepStrictEqual(plain(result.output), plain(expected[0])));
    return verdict(result, pass, hasOutput ? `have succeeded with ${JSON.stringify(expected[0])}` : "have succeeded");
  },
  toHaveFailed(result, error?) {
    const pass = result.status === "FAILED" && (error === undefined || result.error === error);
    return verdict(result, pass, error === undefined ? "have failed" : `have failed with ${error}`);
  },
  toHaveVisited(result, stateNames) {
    const visited = visitsOf(result).map(({ stateName }) => stateName);
    return verdict(result, isDeepStrictEqual(visited, [...stateNames]), `have visited ${stateNames.join(" → ")}`);
  },
  toHaveAttempted(result, stateName, attempts) {
    const made = visitsOf(result)
      .filter((visit) => visit.stateName === stateName)
      .reduce((sum, visit) => sum + visit.attempts, 0);
    return verdict(result, made === attempts, `have attempted ${stateName} ${attempts} times, found ${made}`);
  },
} satisfies {
  toHaveSucceeded: Matcher<[output?: JsonValue]>;
  toHaveFailed: Matcher<[error?: string]>;
  toHaveVisited: Matcher<[stateNames: readonly string[]]>;
  toHaveAttempted: Matcher<[stateName: string, attempts: number]>;
};

/** Prototypes do not matter for JSON. */
function plain(value: JsonValue | undefined): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function verdict(result: ExecutionResult, pass: boolean, wanted: string): Verdict {
  return {
    pass,
    message: () => `wanted the execution ${pass ? "not " : ""}to ${wanted}; it went\n\n${describePath(result)}\n`,
  };
}
