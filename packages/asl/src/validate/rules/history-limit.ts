/**
 * An inline Map shares its execution's history with all its items.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html.
 */
import { historyEventsOfMap } from "../../history-events.ts";
import { isJsonArray } from "../../json.ts";
import { limits } from "../../limits.ts";
import type { WalkedState } from "../../walk.ts";
import { isDistributedMap } from "../map-mode.ts";
import type { Rule } from "../report.ts";

export const historyLimit: Rule = ({ states, options }, report) => {
  const sizeOf = (state: WalkedState): number | undefined => {
    const stated = options.expectedItems;
    if (stated !== undefined && Object.hasOwn(stated, state.name)) return stated[state.name];
    const items = state.value["Items"];
    return isJsonArray(items) ? items.length : undefined;
  };
  for (const state of states) {
    const items = state.value["Type"] === "Map" && !isDistributedMap(state) ? sizeOf(state) : undefined;
    if (items === undefined) continue;
    const events = historyEventsOfMap(state, items, sizeOf);
    if (events <= limits.historyEvents.value) continue;
    report(
      "HISTORY_LIMIT_EXCEEDED",
      `${items} items need at least ${events} history events, and an execution may have ${limits.historyEvents.value}`,
      state.place,
    );
  }
};
