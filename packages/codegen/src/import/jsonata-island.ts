/** States in JSONata in the midst of a JSONPath machine, as the builder's `inJsonata` takes them. */
import type { WrittenChain, WrittenStep, WrittenWay } from "./written-graph.ts";
import { chainsOf } from "./written-graph.ts";

/**
 * The longest row of such states from `start` on, with all states inside them, without the `QueryLanguage` that the
 * builder writes. Empty where the first one, or a state inside it, does not say that it is in JSONata.
 */
export function jsonataIsland(steps: readonly WrittenStep[], start: number): readonly WrittenStep[] {
  const end = steps.findIndex((step, index) => index >= start && !isInJsonata(step));
  return steps.slice(start, end === -1 ? undefined : end).map(withoutLanguage);
}

function isInJsonata(step: WrittenStep): boolean {
  return step.state["QueryLanguage"] === "JSONata" && chainsOf(step).every(({ steps }) => steps.every(isInJsonata));
}

function withoutLanguage(step: WrittenStep): WrittenStep {
  const { QueryLanguage: _, ...state } = step.state;
  const inChain = ({ steps, exit }: WrittenChain): WrittenChain => ({ steps: steps.map(withoutLanguage), exit });
  const inWay = ({ fields, chain }: WrittenWay): WrittenWay => ({ fields, chain: inChain(chain) });
  return {
    ...step,
    state,
    choices: step.choices.map(inWay),
    otherwise: typeof step.otherwise === "object" ? inChain(step.otherwise) : step.otherwise,
    catchers: step.catchers.map(inWay),
    graphs: step.graphs.map(({ place, chain }) => ({ place, chain: inChain(chain) })),
  };
}
