import type { OwnMapRun } from "../interpreter/thread.ts";
import { childRecord } from "./child-record.ts";
import type { CallContext } from "./operation.ts";
import type { ExecutionRecord } from "./records.ts";
import { noSuchResource } from "./service-error.ts";
import { arnOf } from "./service-state.ts";

export interface FoundMapRun {
  readonly mapRun: OwnMapRun;
  /** Whose Map Run it is. */
  readonly record: ExecutionRecord;
}

/** @throws ServiceError `InvalidArn`, `ResourceNotFound` */
export function findMapRun(call: CallContext, mapRunArn: string): FoundMapRun {
  const { stateMachine, label } = arnOf(mapRunArn, "mapRun");
  for (const found of mapRunsOf(call, stateMachine, label)) {
    if (found.mapRun.mapRunArn === mapRunArn) return found;
  }
  throw noSuchResource(mapRunArn);
}

/** A child of a Map Run, by its ARN. */
export function findChild(
  call: CallContext,
  executionArn: string,
  machineName: string,
  label: string,
): ExecutionRecord | undefined {
  for (const { mapRun, record } of mapRunsOf(call, machineName, label)) {
    const child = mapRun.children.get(executionArn);
    if (child !== undefined) return childRecord(record, mapRun, child);
  }
  return undefined;
}

/** The Map state that a label was made for which the definition does not give. */
export function stateOfMadeLabel(call: CallContext, machineName: string, label: string): string | undefined {
  for (const { mapRun } of mapRunsOf(call, machineName, label)) return mapRun.stateName;
  return undefined;
}

/** Of all executions of a machine, latest first: a history that only the journal has is read if it can be the one. */
function* mapRunsOf({ executions, state }: CallContext, machineName: string, label: string): Generator<FoundMapRun> {
  const inArn = `:mapRun:${machineName}/${label}:`;
  for (const record of [...state.executions.values()].toReversed()) {
    if (record.machineName !== machineName || record.type === "EXPRESS") continue;
    if (record.run === undefined && !record.mapRunArns.some((arn) => arn.includes(inArn))) continue;
    for (const found of below(record, executions.runOf(record).mapRuns)) {
      if (found.mapRun.mapRunArn.includes(inArn)) yield found;
    }
  }
}

/** With the Map Runs of the children. */
function* below(record: ExecutionRecord, mapRuns: readonly OwnMapRun[]): Generator<FoundMapRun> {
  for (const mapRun of mapRuns) {
    yield { mapRun, record };
    for (const child of mapRun.children.values()) {
      if (child.execution.mapRuns.length > 0) {
        yield* below(childRecord(record, mapRun, child), child.execution.mapRuns);
      }
    }
  }
}
