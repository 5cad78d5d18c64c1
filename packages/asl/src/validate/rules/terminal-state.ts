/**
 * The machine can end. The service looks at the outermost States block only: a branch or a processor without an end
 * is accepted, and so is an end that no transition reaches (which `reachability` reports).
 * See the ASL specification, "Transitions".
 */
import { isTerminal } from "../../graph.ts";
import type { Rule } from "../report.ts";

export const terminalState: Rule = ({ graphs: [machine] }, report) => {
  if (machine === undefined || machine.states.length === 0 || machine.states.some(isTerminal)) return;
  report("MISSING_END_STATE", "Workflow has no terminal state", null);
};
