import { findMapRun } from "../find-map-run.ts";
import { reading } from "../operation.ts";
import type { CallContext, CheckedRequest } from "../operation.ts";
import { pageOf } from "../page.ts";
import type { ExecutionRecord } from "../records.ts";
import { answer, optionalSeconds, optionalText, seconds } from "../request-members.ts";
import { ServiceError, validationError } from "../service-error.ts";
import { findMachine } from "../service-state.ts";

/** Newest first. */
export const listExecutions = reading((call, request) => {
  const status = optionalText(request, "statusFilter");
  const matching = executionsOf(call, request)
    .filter((record) => status === undefined || record.status === status)
    // Nothing has been redriven.
    .filter(() => request["redriveFilter"] !== "REDRIVEN")
    .toReversed();
  const { items, nextToken } = pageOf(matching, "ListExecutions", request, ({ arn }) => arn);
  return answer({ executions: items.map(listItem), nextToken });
});

function executionsOf({ state }: CallContext, request: CheckedRequest): readonly ExecutionRecord[] {
  const machineArn = optionalText(request, "stateMachineArn");
  const mapRunArn = optionalText(request, "mapRunArn");
  if ((machineArn === undefined) === (mapRunArn === undefined)) {
    throw validationError("Must provide exactly one of the following parameters: stateMachineArn or mapRunArn");
  }
  if (mapRunArn !== undefined) {
    findMapRun(state, mapRunArn);
    return [];
  }
  const { alias, machine, version } = findMachine(state, machineArn!);
  if (machine.type === "EXPRESS") {
    throw new ServiceError(
      "StateMachineTypeNotSupported",
      "This operation is not supported by this type of state machine",
    );
  }
  return state
    .executionsOf(machine.arn)
    .filter((record) => version === undefined || record.versionArn === version.arn)
    .filter((record) => alias === undefined || record.aliasArn === alias.arn);
}

function listItem(record: ExecutionRecord) {
  return answer({
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: record.status,
    startDate: seconds(record.startedAtEpochMs),
    stopDate: optionalSeconds(record.stoppedAtEpochMs),
    stateMachineVersionArn: record.versionArn,
    stateMachineAliasArn: record.aliasArn,
    redriveCount: 0,
  });
}
