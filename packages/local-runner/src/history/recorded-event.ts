/** One event in memory. Millions of them are made: one shape, no text, its moment and place shared with its neighbours. */
import type { JsonValue } from "@stepwright/asl";
import type { HistoryEventType } from "./event-type.ts";
import type { ExecutionEvent, ExecutionEventDetails } from "./execution-event.ts";
import type { ExecutionPath } from "./execution-path.ts";
import type { Moment } from "./moment.ts";
import type { Place } from "./place.ts";

export class RecordedEvent implements ExecutionEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: HistoryEventType;
  readonly moment: Moment;
  readonly stateName: string | undefined;
  readonly attempt: number;
  readonly value: JsonValue | undefined;
  readonly details: ExecutionEventDetails | undefined;
  readonly place: Place;

  constructor(
    id: number,
    previousEventId: number,
    type: HistoryEventType,
    moment: Moment,
    place: Place,
    stateName: string | undefined,
    attempt: number,
    value: JsonValue | undefined,
    details: ExecutionEventDetails | undefined,
  ) {
    this.id = id;
    this.previousEventId = previousEventId;
    this.type = type;
    this.moment = moment;
    this.place = place;
    this.stateName = stateName;
    this.attempt = attempt;
    this.value = value;
    this.details = details;
  }

  get timestampEpochMs(): number {
    return this.moment.epochMs;
  }

  get path(): ExecutionPath {
    return this.place.path;
  }
}
