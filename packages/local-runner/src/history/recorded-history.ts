import { printJson } from "@stepwright/asl";
import type { ExecutionEvent } from "./execution-event.ts";
import type { ExecutionHistory } from "./execution-history.ts";
import type { HistoryEvent } from "./history-event.ts";
import { toHistoryEvent } from "./to-history-event.ts";

export class RecordedHistory implements ExecutionHistory {
  readonly events: readonly ExecutionEvent[];
  readonly #inputText: string | undefined;

  /** @param inputText the execution's input as it was sent: AWS repeats it unchanged where it appears first */
  constructor(events: readonly ExecutionEvent[], inputText: string | undefined) {
    this.events = events;
    this.#inputText = inputText;
  }

  toHistoryEvents(): readonly HistoryEvent[] {
    const inputText = this.#inputText;
    return this.events.map((event) =>
      inputText !== undefined && event.id <= 2 && event.previousEventId === 0 && event.value !== undefined
        ? toHistoryEvent(event, () => inputText)
        : toHistoryEvent(event),
    );
  }
}
