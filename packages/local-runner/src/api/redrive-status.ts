import type { ExecutionRecord } from "./records.ts";

const redrivableMs = 14 * 24 * 3600 * 1000;

/**
 * Why an execution cannot be redriven, without the final period that the API's reference has: recorded.
 * @returns `undefined` when it can
 */
export function notRedrivableReason(
  { status, stoppedAtEpochMs }: ExecutionRecord,
  nowEpochMs: number = Date.now(),
): string | undefined {
  if (status === "RUNNING" || status === "SUCCEEDED") return `Execution is ${status} and cannot be redriven`;
  return stoppedAtEpochMs !== undefined && nowEpochMs - stoppedAtEpochMs > redrivableMs
    ? "Execution redrivable period exceeded"
    : undefined;
}
