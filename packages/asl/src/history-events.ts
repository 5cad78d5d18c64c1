/**
 * How many history events a part of a definition writes at least: the shortest way through it, every task at its first
 * attempt. A failed attempt of a task adds three.
 * See https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html.
 */
import { transitionsOf } from "./graph.ts";
import type { WalkedGraph, WalkedState } from "./walk.ts";

/** How many items a Map gets, where that is known. */
export type MapSize = (state: WalkedState) => number | undefined;

/** Entered, Started, Succeeded, Exited; per item Started and Succeeded. */
export function historyEventsOfMap(state: WalkedState, items: number, sizeOf: MapSize): number {
  const processor = state.graphs[0];
  return 4 + items * (2 + (processor === undefined ? 0 : historyEventsOfGraph(processor, sizeOf)));
}

/** All its states on the shortest way; what starts and ends the graph itself is not in it. */
export function historyEventsOfGraph(graph: WalkedGraph, sizeOf: MapSize): number {
  const byName = new Map(graph.states.map((state) => [state.name, state]));
  const start = graph.value["StartAt"];
  const first = typeof start === "string" ? byName.get(start) : undefined;
  if (first === undefined) return 0;

  // Dijkstra's shortest way; graphs are small, so the nearest state is looked for in the whole frontier.
  const frontier = new Map<WalkedState, number>([[first, 0]]);
  const done = new Set<WalkedState>();
  for (;;) {
    const [nearest, before] = [...frontier].reduce<[WalkedState | undefined, number]>(
      (best, [state, events]) => (events < best[1] ? [state, events] : best),
      [undefined, Infinity],
    );
    if (nearest === undefined) return 0;
    frontier.delete(nearest);
    done.add(nearest);
    const events = before + historyEventsOfState(nearest, sizeOf);
    const onward = transitionsOf(nearest).filter((transition) => transition.via !== "Catch");
    if (onward.length === 0) return events;
    for (const { to } of onward) {
      const next = byName.get(to);
      if (next === undefined || done.has(next)) continue;
      frontier.set(next, Math.min(events, frontier.get(next) ?? Infinity));
    }
  }
}

function historyEventsOfState(state: WalkedState, sizeOf: MapSize): number {
  const type = state.value["Type"];
  // Entered, Scheduled, Started, Succeeded, Exited
  if (type === "Task") return 5;
  if (type === "Fail") return 1;
  if (type === "Map") return historyEventsOfMap(state, sizeOf(state) ?? 0, sizeOf);
  if (type === "Parallel") {
    return 4 + state.graphs.reduce((events, branch) => events + historyEventsOfGraph(branch, sizeOf), 0);
  }
  return 2;
}
