/** What must survive the process: each change of the service's state, and each event that an execution was told. */
import type { JsonObject } from "@stepwright/asl";
import type { InterpreterEvent } from "../interpreter/event.ts";

/** A call that changed something. Doing it again with the same time and seed gives the same. */
export interface RecordedCall {
  readonly operation: string;
  readonly input: JsonObject;
  readonly atEpochMs: number;
  readonly seed: string;
}

/** An event as the interpreter was told it. */
export interface ToldEvent {
  readonly event: InterpreterEvent;
  readonly atEpochMs: number;
  /** The random numbers drawn before it. */
  readonly randomDraws: number;
}

/** What is left of an execution that has ended: the rest is found by telling its events again. */
export interface RecordedEnd {
  readonly executionArn: string;
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  readonly stoppedAtEpochMs: number;
  /** JSON text. */
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Of its whole history. */
  readonly eventCount: number;
  readonly mapRunArns: readonly string[];
}

export type JournalEntry =
  | { readonly kind: "call"; readonly call: RecordedCall }
  | { readonly kind: "end"; readonly end: RecordedEnd };

/** The journal can no longer be written: what is not kept may not be answered. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

/** What is appended is kept by the end of the event loop's turn. */
export interface Journal {
  /** Whether it gives back what was appended. */
  readonly keeps: boolean;
  /** Secret, made once: task tokens and random numbers are derived from it. */
  readonly key: string;
  /** @returns its place */
  appendCall(call: RecordedCall): number;
  appendEvent(executionArn: string, told: ToldEvent): void;
  /** @returns its place */
  appendEnd(end: RecordedEnd): number;
  /** Of an execution whose ARN may be given again. */
  forgetEvents(executionArn: string): void;
  /**
   * Resolves when all that was appended is kept: before anything is answered that follows from it. What is appended in
   * one turn is kept at once, so that many calls wait for the disk together.
   * @throws JournalError when that cannot be, now and ever after
   */
  kept(): Promise<void>;
  /** Calls and ends, in their order. */
  entries(): Iterable<JournalEntry & { readonly place: number }>;
  entryAt(place: number): JournalEntry;
  events(executionArn: string): readonly ToldEvent[];
  close(): void;
}
