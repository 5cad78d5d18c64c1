/** One thing that a reviewer of a changed definition should know. */
import type { JsonValue } from "@stepwright/asl";

export interface Difference {
  readonly kind: DifferenceKind;
  /** In words: `timeout of Train 300 s -> 60 s`. */
  readonly message: string;
  /** Of the state, graph or machine, as AWS prints it: `/States/Train`; in the old definition when it is gone. */
  readonly location: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** What a difference is about; in the order in which a report lists them. */
export type DifferenceKind =
  /** States that came, went or changed their name. */
  | "states"
  /** What follows what. */
  | "flow"
  /** Retry and Catch. */
  | "errors"
  /** Timeouts, heartbeats, waits. */
  | "time"
  /** What is called, and how wide. */
  | "work"
  /** What travels between the states. */
  | "data"
  /** What tasks take, give and throw. */
  | "contracts"
  /** State transitions, which Standard workflows pay for. */
  | "cost"
  /** What the execution role must be allowed. */
  | "permissions"
  /** Comments, and fields under their deprecated names. */
  | "wording";

export const differenceKinds: readonly DifferenceKind[] = [
  "states",
  "flow",
  "errors",
  "time",
  "work",
  "data",
  "contracts",
  "cost",
  "permissions",
  "wording",
];
