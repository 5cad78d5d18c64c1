/** A case of kind `execution` as it stands in its file; conformance/README.md explains the members. */
import type { JsonValue } from "../../packages/asl/src/index.ts";
import type { ConformanceCase } from "./case.ts";

export interface ExecutionCase extends ConformanceCase {
  readonly recordedDate: string;
  readonly notes?: unknown;
  readonly stateMachineType: "STANDARD" | "EXPRESS";
  readonly startOp: "StartExecution" | "StartSyncExecution";
  readonly stateMachineName: string | null;
  readonly executionName: string | null;
  readonly definition: JsonValue;
  readonly definitionText?: string;
  readonly inputText: string | null;
  readonly roleArn: string | null;
  readonly environment?: { readonly s3Objects?: Readonly<Record<string, Record<string, string>>> };
  readonly replay: { readonly complete: boolean; readonly why?: readonly string[] };
  readonly taskReplies?: readonly RecordedReply[];
  readonly expected: {
    readonly status?: string | null;
    readonly output?: JsonValue;
    readonly error?: unknown;
    readonly cause?: unknown;
    readonly history?: readonly RecordedEvent[];
  };
}

export interface RecordedReply {
  readonly scheduledEventId: number;
  readonly state: string;
  readonly iterations?: readonly { readonly map: string; readonly index: number }[];
  readonly outcome: "succeeded" | "failed" | "timedOut" | "submitFailed" | "startFailed" | "scheduleFailed";
  readonly output?: JsonValue;
  readonly submittedOutput?: JsonValue;
  readonly error?: JsonValue;
  readonly cause?: JsonValue;
}

export interface RecordedEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [details: string]: unknown;
}
