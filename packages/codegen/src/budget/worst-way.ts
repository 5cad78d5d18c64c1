/** The dearest and the cheapest way through a graph of states, for any cost that its states have. */
import { transitionsOf } from "@stepwright/asl";
import type { WalkedGraph, WalkedState } from "@stepwright/asl";

export type CostOf = (state: WalkedState) => number;

/**
 * The sum over the states of the dearest way, those that a Catcher leads to included.
 *
 * @param onLoop  told the name of a state that can come again; the sum is then infinite
 */
export function dearestWay(graph: WalkedGraph, costOf: CostOf, onLoop: (state: string) => void): number {
  const byName = new Map(graph.states.map((state) => [state.name, state]));
  const known = new Map<string, number>();
  const underWay = new Set<string>();
  return from(graph.value["StartAt"]);

  function from(name: unknown): number {
    const state = typeof name === "string" ? byName.get(name) : undefined;
    if (state === undefined) {
      return 0;
    }
    const found = known.get(state.name);
    if (found !== undefined) {
      return found;
    }
    if (underWay.has(state.name)) {
      onLoop(state.name);
      return Infinity;
    }
    underWay.add(state.name);
    const own = costOf(state);
    const onward = transitionsOf(state).map(({ to }) => from(to));
    underWay.delete(state.name);
    const cost = own + Math.max(0, ...onward);
    known.set(state.name, cost);
    return cost;
  }
}

/** The sum over the states of the cheapest way without a failure. Costs are finite and not negative. */
export function cheapestWay(graph: WalkedGraph, costOf: CostOf): number {
  const costs = new Map(graph.states.map((state) => [state.name, costOf(state)]));
  // As often as there are states, each takes the cheapest of what follows: Bellman and Ford's way.
  let cheapest = new Map<string, number>(graph.states.map(({ name }) => [name, Infinity]));
  for (let round = 0; round < graph.states.length; round += 1) {
    cheapest = new Map(
      graph.states.map((state) => {
        const onward = transitionsOf(state).filter(({ via }) => via !== "Catch");
        const rest = onward.length === 0 ? 0 : Math.min(...onward.map(({ to }) => cheapest.get(to) ?? Infinity));
        return [state.name, (costs.get(state.name) ?? 0) + rest];
      }),
    );
  }
  const start = graph.value["StartAt"];
  const cost = typeof start === "string" ? cheapest.get(start) : undefined;
  return cost === undefined || cost === Infinity ? 0 : cost;
}
