/** What an operation is given, and what it gives. */
import type { JsonObject } from "@stepwright/asl";
import type { TaskInvoker } from "../tasks/task-invoker.ts";
import type { ActivityQueues } from "./activity-queues.ts";
import type { Executions } from "./executions.ts";
import type { ExecutionRecord, MachineRevision, MachineType } from "./records.ts";
import type { ServiceState } from "./service-state.ts";

export interface CallContext {
  readonly state: ServiceState;
  readonly executions: Executions;
  readonly activities: ActivityQueues;
  /** Does the work of a state that is tested alone. */
  readonly tasks: TaskInvoker;
  /** When the call came. A recorded call that is done again has its old time. */
  readonly nowEpochMs: number;
  /** How long GetActivityTask waits for a task. */
  readonly activityPollMs: number;
  /** Aborted when the caller has gone away. */
  readonly signal: AbortSignal | undefined;
  /** A UUID; the same when a recorded call is done again. */
  readonly newId: () => string;
  /** Starts the execution after the call has been recorded. */
  readonly launch: (record: ExecutionRecord) => void;
  /** Drops what the journal has of an execution. */
  readonly forget: (executionArn: string) => void;
  readonly isOwnToken: (taskToken: string) => boolean;
  /** @throws ServiceError `InvalidDefinition` */
  readonly assertDefinition: (definition: string, type: MachineType) => void;
  /** @throws ServiceError `InvalidDefinition` when placeholders were filled with what cannot run */
  readonly assertRunnable: (revision: MachineRevision) => void;
  /** @throws ServiceError when the mocks have no such test case */
  readonly assertTestCase: (stateMachineName: string, testCase: string) => void;
}

/** A request whose members have the types and bounds of the service's model. */
export type CheckedRequest = JsonObject;

export interface Operation {
  /** Whether the call changes what must survive the process. Such an operation answers without waiting. */
  readonly isRecorded: boolean;
  /** @throws ServiceError */
  readonly run: (call: CallContext, request: CheckedRequest) => JsonObject | Promise<JsonObject>;
}

export function reading(run: Operation["run"]): Operation {
  return { isRecorded: false, run };
}

export function changing(run: (call: CallContext, request: CheckedRequest) => JsonObject): Operation {
  return { isRecorded: true, run };
}
