/** What the service and the thread of its handlers tell each other. */
import { statSync } from "node:fs";
import type { TaskReply, TaskRequest } from "@stepwright/local-runner";
import type { TaskSource } from "./task-source.ts";

export interface HandlerThreadData {
  /** By task name. */
  readonly sources: Readonly<Record<string, TaskSource>>;
}

export type SentRequest = Omit<TaskRequest, "signal">;

export type ToThread =
  | { readonly type: "invoke"; readonly id: number; readonly request: SentRequest }
  | { readonly type: "abort"; readonly id: number };

export type FromThread =
  /** A file of the handlers' code, with its time when it was read. */
  | { readonly type: "loaded"; readonly file: string; readonly mtimeMs: number }
  | { readonly type: "replied"; readonly id: number; readonly reply: TaskReply };

/** When a file was last changed, in milliseconds since 1970; -1 for one that is not there. */
export function changedAtEpochMs(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -1;
}
