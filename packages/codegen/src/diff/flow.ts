/** Where states lead, seen past the states that came, went or changed their name. */
import type { JsonValue, WalkedGraph, WalkedState } from "@stepwright/asl";
import type { PairedStates } from "./pair-states.ts";
import type { Change } from "./state-differences.ts";

/** Whether a target is news, or follows from states that were renamed, added or removed on the way. */
export interface Flow {
  readonly isSameTarget: (before: string | undefined, after: string | undefined) => boolean;
}

export function flowBetween(before: WalkedGraph, after: WalkedGraph, pairs: PairedStates): Flow {
  const skipRemoved = skipping(before, pairs.removed);
  const skipAdded = skipping(after, pairs.added);
  return {
    isSameTarget(old, now) {
      if (old === undefined || now === undefined) return old === now;
      const expected = skipRemoved(old);
      const found = skipAdded(now);
      return expected !== undefined && found !== undefined && pairs.nameNow(expected) === found;
    },
  };
}

/** Follows a target through states of the list, as long as each has one way on. */
function skipping(graph: WalkedGraph, listed: readonly WalkedState[]): (target: string) => string | undefined {
  const passed = new Map(listed.map((state) => [state.name, state.value]));
  return (target) => {
    let name: JsonValue | undefined = target;
    for (let count = 0; typeof name === "string" && count <= graph.states.length; count++) {
      const value = passed.get(name);
      if (value === undefined) return name;
      name = value["Next"];
    }
    return undefined;
  };
}

export function targetChange(
  before: string | undefined,
  after: string | undefined,
  who: string,
  flow: Flow,
): readonly Change[] {
  if (flow.isSameTarget(before, after)) return [];
  const told = after === undefined ? `${who} goes no further` : `${who} goes on with ${after}`;
  const instead =
    before === undefined ? "" : after === undefined ? `, before: ${before}` : `, no longer with ${before}`;
  return [{ kind: "flow", message: `${told}${instead}` }];
}
