import type { ExecutionRecord } from "./records.ts";

const redrivableMs = 14 * 24 * 3600 * 1000;
const maxOpenMs = 365 * 24 * 3600 * 1000;
/** Room for `ExecutionRedriven` and one more event, of the 25,000 there can be. */
const maxRedrivableEvents = 24_998;

/**
 * Why an execution cannot be redriven, without the final period that the API's reference has: recorded.
 * See the developer guide, "Redrive eligibility for unsuccessful executions".
 * @param isMachineDeleting or deleted already
 * @returns `undefined` when it can
 */
export function notRedrivableReason(
  { eventCount, startedAtEpochMs, status, stoppedAtEpochMs = startedAtEpochMs }: ExecutionRecord,
  isMachineDeleting: boolean,
  nowEpochMs: number,
): string | undefined {
  if (status === "RUNNING" || status === "SUCCEEDED") return `Execution is ${status} and cannot be redriven`;
  if (isMachineDeleting) return "State machine is in DELETING status";
  if (eventCount > maxRedrivableEvents) return "Execution history event limit exceeded";
  if (nowEpochMs - startedAtEpochMs > maxOpenMs) return "Execution has exceeded the max execution time";
  if (nowEpochMs - stoppedAtEpochMs > redrivableMs) return "Execution redrivable period exceeded";
  return undefined;
}

/** The members in which DescribeExecution tells of redrives. */
export function redriveMembers(
  record: ExecutionRecord,
  isMachineDeleting: boolean,
  nowEpochMs: number,
): { readonly redriveStatus: string; readonly redriveStatusReason: string | undefined } {
  const isOver = record.status !== "RUNNING" && record.status !== "SUCCEEDED";
  // Whoever redrives the parent redrives them: recorded.
  if (record.childOf !== undefined && isOver) {
    return { redriveStatus: "REDRIVABLE_BY_MAP_RUN", redriveStatusReason: undefined };
  }
  const reason = notRedrivableReason(record, isMachineDeleting, nowEpochMs);
  return { redriveStatus: reason === undefined ? "REDRIVABLE" : "NOT_REDRIVABLE", redriveStatusReason: reason };
}
