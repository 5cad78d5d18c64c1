import type { JsonObject } from "@stepwright/asl";
import { RecordedHistory } from "../../history/recorded-history.ts";
import { findExecution } from "../find-execution.ts";
import { reading } from "../operation.ts";
import { pageOf } from "../page.ts";
import { answer, textOf } from "../request-members.ts";

export const getExecutionHistory = reading((call, request) => {
  const record = findExecution(call, textOf(request, "executionArn"));
  const recorded = call.executions.runOf(record).events;
  const ordered = request["reverseOrder"] === true ? recorded.toReversed() : recorded;
  const { items, nextToken } = pageOf(call, ordered, "GetExecutionHistory", request, ({ id }) => String(id));
  const events = new RecordedHistory(
    items,
    inputTextFor(items[0]?.id, call.executions.payloadOf(record).inputText),
  ).toHistoryEvents();
  const withData = request["includeExecutionData"] !== false;
  return answer({ events: withData ? events : events.map(withoutData), nextToken });
});

/** The first event holds the input's value, so that its text can be given back. */
function inputTextFor(firstId: number | undefined, inputText: string): string | undefined {
  return firstId === 1 ? inputText : undefined;
}

const data = new Set(["input", "output", "parameters", "assignedVariables", "cause", "error"]);

function withoutData(event: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      name.endsWith("EventDetails")
        ? Object.fromEntries(Object.entries(value as JsonObject).filter(([member]) => !data.has(member)))
        : value,
    ]),
  );
}
