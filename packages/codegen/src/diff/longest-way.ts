import type { WalkedGraph } from "@stepwright/asl";
import { transitionsOf } from "@stepwright/asl";

/**
 * The most states that one run of a graph enters when nothing fails: each is a state transition that Standard
 * workflows pay for. A loop counts once, and the graphs inside a state count for themselves.
 */
export function longestWay(graph: WalkedGraph): number {
  const byName = new Map(graph.states.map((state) => [state.name, state]));
  const known = new Map<string, number>();
  const open = new Set<string>();
  const start = graph.value["StartAt"];
  return typeof start === "string" ? lengthFrom(start) : 0;

  function lengthFrom(name: string): number {
    const found = known.get(name);
    if (found !== undefined) return found;
    const state = byName.get(name);
    if (state === undefined || open.has(name)) return 0;
    open.add(name);
    const ways = transitionsOf(state).filter(({ via }) => via !== "Catch");
    const length = 1 + Math.max(0, ...ways.map(({ to }) => lengthFrom(to)));
    open.delete(name);
    known.set(name, length);
    return length;
  }
}
