import { printJson } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import type { ExecutionEvent } from "./execution-event.ts";
import type { ExecutionHistory } from "./execution-history.ts";
import type { HistoryEvent } from "./history-event.ts";
import { toHistoryEvent } from "./to-history-event.ts";

export class RecordedHistory implements ExecutionHistory {
  readonly events: readonly ExecutionEvent[];
  readonly #textOf: (value: JsonValue) => string;

  /** @param inputText the execution's input as it was sent; `undefined` when nobody knows */
  constructor(events: readonly ExecutionEvent[], inputText: string | undefined) {
    this.events = events;
    this.#textOf = inputText === undefined ? printJson : keepInputText(events[0]?.value, inputText);
  }

  toHistoryEvents(): readonly HistoryEvent[] {
    return this.events.map((event) => toHistoryEvent(event, this.#textOf));
  }
}

/**
 * AWS passes the input's own text on, blanks and all, for as long as nothing but Parallel's result list is made
 * of it (recorded).
 */
function keepInputText(input: JsonValue | undefined, inputText: string): (value: JsonValue) => string {
  if (typeof input !== "object" || input === null) return printJson;
  const contains = (value: JsonValue): boolean =>
    value === input || (Array.isArray(value) && value.length > 0 && value.every(contains));
  const textOf = (value: JsonValue): string => {
    if (value === input) return inputText;
    return Array.isArray(value) && contains(value) ? `[${value.map(textOf).join(",")}]` : printJson(value);
  };
  return textOf;
}
