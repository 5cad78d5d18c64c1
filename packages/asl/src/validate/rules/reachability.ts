/**
 * Some chain of transitions leads from StartAt to every state. A machine without an end is reported for that alone.
 * See the ASL specification, "Transitions"; that the service refuses is public experience with CreateStateMachine.
 */
import { isTerminal, reachableStates } from "../../graph.ts";
import type { Rule } from "../report.ts";

export const reachability: Rule = ({ graphs }, report) => {
  for (const graph of graphs) {
    if (graph.role === "StateMachine" && !graph.states.some(isTerminal)) continue;
    if (typeof graph.value["StartAt"] !== "string") continue;
    const reached = reachableStates(graph);
    for (const { name, place } of graph.states) {
      if (!reached.has(name)) report("MISSING_TRANSITION_TARGET", `State "${name}" is not reachable.`, place);
    }
  }
};
