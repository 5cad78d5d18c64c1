/** With what a recorded execution began. */
import type { ExecutionCase } from "./execution-case.ts";

/** Some recordings name the role otherwise than the case's replacements would: then it is given a name they leave alone. */
export function roleArnOf({ roleArn, expected }: ExecutionCase): string | undefined {
  const details = expected.history?.[0]?.["executionStartedEventDetails"] as { readonly roleArn?: string } | undefined;
  const shown = details?.roleArn;
  if (shown?.startsWith("arn:") === true) return "arn:aws:iam::111111111111:role/recorded";
  return roleArn ?? shown;
}

/** When the execution ran, so that its timestamps lie ahead or behind as they did. */
export function startTimeOf({ id, recordedDate }: ExecutionCase): number {
  // These two inputs were made anew when the corpus was: 24,855 and 24,856 days ahead of that moment.
  if (id.includes("too_far_in_future")) return Date.UTC(2026, 10, 23, 9, 15, 22);
  const [day = 1, month = 1, year = 2024, hour = 0, minute = 0, second = 0] = recordedDate.split(/\D+/).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Whether the recording ends while the execution waits: it is then stopped at its first Wait. */
export function isLeftWaiting({ expected }: ExecutionCase): boolean {
  return expected.status === "RUNNING" || expected.status === "ABORTED";
}
