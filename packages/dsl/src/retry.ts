/** Retriers in the builder's words, and the error names they may mention. */
import type { JsonObject, ReservedErrorName } from "@stepwright/asl";
import { withoutUndefined } from "./without-undefined.ts";

/**
 * @see ASL specification, "Retrying after error"
 */
export interface RetrierOptions<Named extends string = string, Known extends string = string> {
  readonly errors: ErrorNames<Named, Known>;
  /** Seconds before the first retry, 1 to 99999999; 1 when absent. */
  readonly intervalSeconds?: number;
  /** 0 to 99999999; 3 when absent; 0 never retries. */
  readonly maxAttempts?: number;
  /** At least 1; 2 when absent. */
  readonly backoffRate?: number;
  /** Seconds, 1 to 31622400; no ceiling when absent. */
  readonly maxDelaySeconds?: number;
  readonly jitterStrategy?: "FULL" | "NONE";
  readonly comment?: string;
}

/**
 * The names in one Retrier or Catcher: `States.ALL` alone, or names among `Known`. `Named` is what the author wrote:
 * an unknown name becomes `Known`, so that the compiler can suggest what was meant. A list that a helper returned
 * as `string[]` cannot be checked.
 */
export type ErrorNames<Named extends string, Known extends string> =
  | readonly ["States.ALL"]
  | readonly (string extends Named ? Named : Named extends Known ? Named : NoInfer<Known>)[];

/** The names that Step Functions itself raises and a Retrier or Catcher can match, besides `States.ALL`. */
export type StatesErrorName =
  // Nothing handles `States.Runtime`.
  Exclude<ReservedErrorName, "States.ALL" | "States.Runtime"> | `States.Http.StatusCode.${number}`;

/** What the Lambda integration raises besides the function's own errors. */
export type LambdaErrorName =
  | "Lambda.ServiceException"
  | "Lambda.AWSLambdaException"
  | "Lambda.SdkClientException"
  | "Lambda.TooManyRequestsException"
  | "Lambda.ClientExecutionTimeoutException"
  | "Lambda.Unknown"
  | "Sandbox.Timedout";

export function printRetrier(options: RetrierOptions): JsonObject {
  return withoutUndefined({
    Comment: options.comment,
    ErrorEquals: options.errors,
    IntervalSeconds: options.intervalSeconds,
    MaxAttempts: options.maxAttempts,
    BackoffRate: options.backoffRate,
    MaxDelaySeconds: options.maxDelaySeconds,
    JitterStrategy: options.jitterStrategy,
  });
}
