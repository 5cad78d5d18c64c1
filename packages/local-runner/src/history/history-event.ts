import type { JsonObject } from "@stepwright/asl";
import type { eventDetailsMember, HistoryEventType } from "./event-type.ts";

/** An event in the JSON form of AWS's GetExecutionHistory. */
export type HistoryEvent = {
  /** Seconds since 1970 with milliseconds. */
  readonly timestamp: number;
  readonly type: HistoryEventType;
  readonly id: number;
  readonly previousEventId: number;
} & { readonly [Member in NonNullable<(typeof eventDetailsMember)[HistoryEventType]>]?: JsonObject };
