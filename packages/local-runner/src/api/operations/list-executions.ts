import { childRecord } from "../child-record.ts";
import { findMapRun } from "../find-map-run.ts";
import { reading } from "../operation.ts";
import type { CallContext, CheckedRequest } from "../operation.ts";
import { pageOf } from "../page.ts";
import type { ExecutionRecord } from "../records.ts";
import { answer, optionalSeconds, optionalText, seconds } from "../request-members.ts";
import { ServiceError, validationError } from "../service-error.ts";
import { arnOf, findMachine } from "../service-state.ts";

/** Newest first. */
export const listExecutions = reading((call, request) => {
  const status = optionalText(request, "statusFilter");
  const filter = optionalText(request, "redriveFilter");
  const matching = executionsOf(call, request)
    .filter((record) => status === undefined || record.status === status)
    .filter(({ redriveCount }) => filter === undefined || redriveCount > 0 === (filter === "REDRIVEN"))
    .toReversed();
  const { items, nextToken } = pageOf(call, matching, "ListExecutions", request, ({ arn }) => arn);
  return answer({ executions: items.map(listItem), nextToken });
});

function executionsOf(call: CallContext, request: CheckedRequest): readonly ExecutionRecord[] {
  const machineArn = optionalText(request, "stateMachineArn");
  const mapRunArn = optionalText(request, "mapRunArn");
  if ((machineArn === undefined) === (mapRunArn === undefined)) {
    throw validationError("Must provide exactly one of the following parameters: stateMachineArn or mapRunArn");
  }
  if (mapRunArn !== undefined) return childrenOf(call, mapRunArn);
  if (request["redriveFilter"] !== undefined) {
    throw validationError("RedriveFilter cannot be applied to ListExecutions call with StateMachine ARN");
  }
  const { kind, machine } = findMachineOf(call, machineArn!);
  if (machine.type === "EXPRESS") {
    throw new ServiceError(
      "StateMachineTypeNotSupported",
      "This operation is not supported by this type of state machine",
    );
  }
  return call.state
    .executionsOf(machine.arn)
    .filter((record) => kind !== "version" || record.versionArn === machineArn)
    .filter((record) => kind !== "alias" || record.aliasArn === machineArn);
}

/** The executions of a version are still listed when it has been deleted: recorded. */
function findMachineOf({ state }: CallContext, text: string) {
  const { kind } = arnOf(text, "stateMachine", "version", "alias");
  const machineArn = kind === "version" ? text.slice(0, text.lastIndexOf(":")) : text;
  return { kind, machine: findMachine(state, machineArn).machine };
}

/** In the order of starting; an Express child that was redriven began then. */
function childrenOf(call: CallContext, mapRunArn: string): readonly ExecutionRecord[] {
  const { mapRun, record } = findMapRun(call, mapRunArn);
  return Array.from(mapRun.children.values(), (child) => childRecord(record, mapRun, child)).toSorted(
    (left, right) => left.startedAtEpochMs - right.startedAtEpochMs,
  );
}

function listItem(record: ExecutionRecord) {
  return answer({
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: record.status,
    startDate: seconds(record.startedAtEpochMs),
    stopDate: optionalSeconds(record.stoppedAtEpochMs),
    mapRunArn: record.childOf?.mapRun.mapRunArn,
    itemCount: record.childOf?.itemCount,
    stateMachineVersionArn: record.versionArn,
    stateMachineAliasArn: record.aliasArn,
    redriveCount: record.redriveCount,
    redriveDate: optionalSeconds(record.redrivenAtEpochMs),
  });
}
