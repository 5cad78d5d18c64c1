import { printJson } from "@stepwright/asl";
import type { ChildRun, OwnMapRun } from "../interpreter/thread.ts";
import type { ExecutionRecord, RecordedStatus } from "./records.ts";

/**
 * A Map Run's child as if it were an execution of its own: a view of how it stands now.
 * @param parent the execution whose Map Run it is
 */
export function childRecord(parent: ExecutionRecord, mapRun: OwnMapRun, child: ChildRun): ExecutionRecord {
  const { execution, itemCount } = child;
  const { events, outcome, redriveCount = 0, settings } = execution;
  const { executionArn, input, name, startTimeEpochMs, stateMachineArn } = settings;
  const isExpress = executionArn.includes(":express:");
  return {
    arn: executionArn,
    // Recorded: of an Express child, the rest of its ARN.
    name: isExpress ? executionArn.slice(executionArn.indexOf(`:${name}:`) + 1) : name,
    machineArn: stateMachineArn,
    machineName: parent.machineName,
    type: isExpress ? "EXPRESS" : "STANDARD",
    revision: parent.revision,
    versionArn: undefined,
    aliasArn: undefined,
    testCase: parent.testCase,
    traceHeader: undefined,
    startedAtEpochMs: startTimeEpochMs,
    status: mapRun.isPendingRedrive(executionArn) ? "PENDING_REDRIVE" : statusOf(child),
    stoppedAtEpochMs: outcome === undefined ? undefined : execution.stoppedAtEpochMs,
    payload: {
      inputText: printJson(input),
      output: outcome?.status === "SUCCEEDED" ? outcome.output : undefined,
    },
    startPlace: undefined,
    endPlace: undefined,
    error: outcome?.status === "SUCCEEDED" ? undefined : outcome?.error,
    cause: outcome?.status === "SUCCEEDED" ? undefined : outcome?.cause,
    redriveCount,
    redrivenAtEpochMs: execution.redrivenAtEpochMs,
    redriveTokens: [],
    eventCount: events.length,
    mapRunArns: [],
    run: execution,
    childOf: { mapRun, itemCount, rootArn: parent.childOf?.rootArn ?? parent.arn },
  };
}

function statusOf({ execution }: ChildRun): RecordedStatus {
  return execution.outcome?.status ?? "RUNNING";
}
