/** What the service knows of each thing. Times are milliseconds since 1970. */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import type { ExecutionEvent } from "../history/execution-event.ts";
import type { OwnMapRun } from "../interpreter/thread.ts";

export type MachineType = "STANDARD" | "EXPRESS";

/** What one revision of a machine says; a new one is made by each update that changes something. */
export interface MachineRevision {
  readonly definition: string;
  readonly roleArn: string;
  readonly loggingConfiguration: JsonObject;
  readonly tracingConfiguration: JsonObject;
  readonly encryptionConfiguration: JsonObject;
  /** AWS gives the first revision none. */
  readonly revisionId: string | undefined;
  readonly updatedAtEpochMs: number;
}

export interface MachineVersion {
  readonly arn: string;
  readonly number: number;
  readonly revision: MachineRevision;
  readonly description: string | undefined;
  readonly createdAtEpochMs: number;
}

export interface Route {
  readonly stateMachineVersionArn: string;
  /** Percent. */
  readonly weight: number;
}

export interface MachineAlias {
  readonly arn: string;
  readonly name: string;
  description: string | undefined;
  routes: readonly Route[];
  readonly createdAtEpochMs: number;
  updatedAtEpochMs: number;
}

export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly createdAtEpochMs: number;
  /** It stays until its last execution has ended. */
  isDeleting: boolean;
  revision: MachineRevision;
  /** In the order of their making. */
  versions: MachineVersion[];
  lastVersionNumber: number;
  readonly aliases: Map<string, MachineAlias>;
  readonly tags: Map<string, string>;
}

export interface ActivityRecord {
  readonly arn: string;
  readonly name: string;
  readonly createdAtEpochMs: number;
  readonly encryptionConfiguration: JsonObject;
  readonly tags: Map<string, string>;
}

export type RecordedStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";

/** What an execution has done so far. */
export interface RecordedRun {
  readonly events: readonly ExecutionEvent[];
  readonly mapRuns: readonly OwnMapRun[];
}

/** What an execution was given, and what it gave. */
export interface Payload {
  /** Byte for byte as sent. */
  readonly inputText: string;
  readonly output: JsonValue | undefined;
}

/** What makes an execution the child of a Map Run. */
export interface ChildOf {
  readonly mapRun: OwnMapRun;
  readonly itemCount: number;
  /** The execution that nobody but a caller started: the parent, or its parent. */
  readonly rootArn: string;
}

/** Whose history an event belongs to: an execution, or a Map Run's child. */
export type EventOwner = Pick<ExecutionRecord, "arn" | "redriveCount" | "revision">;

/** A redrive asked for with a token of the caller's: with the same token, it is not done again. */
export interface RedriveToken {
  readonly clientToken: string;
  readonly redrivenAtEpochMs: number;
}

export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly type: MachineType;
  /** As it was when the execution began; updates do not reach it. */
  readonly revision: MachineRevision;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  /** Of the mocks that answer its tasks; see `ServiceOptions.testCases`. */
  readonly testCase: string | undefined;
  readonly traceHeader: string | undefined;
  readonly startedAtEpochMs: number;
  status: RecordedStatus;
  stoppedAtEpochMs: number | undefined;
  /** `undefined`: in the journal only. */
  payload: Payload | undefined;
  /** Where the journal has the call that began it, and how it ended last. */
  startPlace: number | undefined;
  endPlace: number | undefined;
  error: string | undefined;
  cause: string | undefined;
  redriveCount: number;
  redrivenAtEpochMs: number | undefined;
  /** The last ten, oldest first. */
  redriveTokens: readonly RedriveToken[];
  /** When it ended last: the events of its history, and its Map Runs. */
  eventCount: number;
  mapRunArns: readonly string[];
  /** `undefined`: in the journal only. */
  run: RecordedRun | undefined;
  readonly childOf: ChildOf | undefined;
}
