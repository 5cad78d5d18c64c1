import { changing } from "../operation.ts";
import { notRedrivableReason } from "../redrive-status.ts";
import { optionalText, seconds, textOf } from "../request-members.ts";
import { ServiceError, doesNotExist, labeledArnRefused } from "../service-error.ts";
import { arnOf } from "../service-state.ts";

/** A client token is known for so long, and only the last ones are. */
const tokenMs = 15 * 60 * 1000;
const keptTokens = 10;

/**
 * Idempotent by client token, whatever has become of the execution since: recorded.
 * See https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html.
 */
export const redriveExecution = changing((call, request) => {
  const { nowEpochMs, state } = call;
  const executionArn = textOf(request, "executionArn");
  const { label } = arnOf(executionArn, "execution");
  if (label !== undefined) throw labeledArnRefused("Execution");
  const record = state.executions.get(executionArn);
  if (record === undefined) throw doesNotExist("Execution", executionArn);
  const clientToken = optionalText(request, "clientToken");
  const known = record.redriveTokens.filter(({ redrivenAtEpochMs }) => nowEpochMs - redrivenAtEpochMs < tokenMs);
  const before = known.find((token) => token.clientToken === clientToken);
  if (before !== undefined) return { redriveDate: seconds(before.redrivenAtEpochMs) };
  const reason = notRedrivableReason(record, state.isDeleting(record.machineArn), nowEpochMs);
  if (reason !== undefined) {
    throw new ServiceError("ExecutionNotRedrivable", `Execution ${executionArn} invalid for redrive as: ${reason}`);
  }
  call.assertRunnable(record.revision);
  record.status = "RUNNING";
  record.stoppedAtEpochMs = undefined;
  record.error = undefined;
  record.cause = undefined;
  record.redriveCount += 1;
  record.redrivenAtEpochMs = nowEpochMs;
  if (clientToken !== undefined) {
    record.redriveTokens = [...known, { clientToken, redrivenAtEpochMs: nowEpochMs }].slice(-keptTokens);
  }
  call.launch(record);
  return { redriveDate: seconds(nowEpochMs) };
});
