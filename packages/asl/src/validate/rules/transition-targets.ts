/**
 * StartAt, Next and Default name a state of their own States block.
 * See the ASL specification, "Transitions"; the word in the message is always 'Next', as the service has it.
 */
import { transitionsOf } from "../../graph.ts";
import type { Place } from "../../place.ts";
import { placeIn } from "../../place.ts";
import { hasPlaceholder } from "../../substitution.ts";
import type { Rule } from "../report.ts";

export const transitionTargets: Rule = ({ graphs }, report) => {
  for (const graph of graphs) {
    const names = new Set(graph.states.map((state) => state.name));
    const check = (target: string, place: Place): void => {
      if (names.has(target) || hasPlaceholder(target)) return;
      report("MISSING_TRANSITION_TARGET", `Missing 'Next' target: ${target}`, place);
    };
    const start = graph.value["StartAt"];
    if (typeof start === "string") check(start, placeIn(graph.place, "StartAt"));
    for (const state of graph.states) {
      for (const transition of transitionsOf(state)) check(transition.to, transition.place);
    }
  }
};
