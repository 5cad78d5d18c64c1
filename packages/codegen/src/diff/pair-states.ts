/** Which state of the old graph is which of the new one. */
import type { JsonObject, WalkedGraph, WalkedState } from "@stepwright/asl";
import { deepEqual } from "@stepwright/asl";

export interface PairedStates {
  readonly kept: readonly (readonly [before: WalkedState, after: WalkedState])[];
  readonly renamed: readonly (readonly [before: WalkedState, after: WalkedState])[];
  readonly removed: readonly WalkedState[];
  readonly added: readonly WalkedState[];
  /** The name that an old state has now; its own unless it was renamed. */
  readonly nameNow: (name: string) => string;
}

/**
 * States with the same name are the same. A state that went and one that came are one renamed state only when that is
 * certain: they do the very same, and no other state that went or came does.
 */
export function pairStates(before: WalkedGraph, after: WalkedGraph): PairedStates {
  const old = new Map(before.states.map((state) => [state.name, state]));
  const names = new Set(after.states.map((state) => state.name));
  const gone = before.states.filter(({ name }) => !names.has(name));
  const come = after.states.filter(({ name }) => !old.has(name));
  const renamed = gone.flatMap((state) => {
    const twins = come.filter((other) => doTheSame(state, other));
    const [twin] = twins;
    const rivals = gone.filter((other) => doTheSame(state, other));
    return twin !== undefined && twins.length === 1 && rivals.length === 1 ? [[state, twin] as const] : [];
  });
  const newNames = new Map(renamed.map(([one, other]) => [one.name, other.name]));
  const taken = new Set(newNames.values());
  return {
    kept: after.states.flatMap((state) => {
      const same = old.get(state.name);
      return same === undefined ? [] : [[same, state] as const];
    }),
    renamed,
    removed: gone.filter(({ name }) => !newNames.has(name)),
    added: come.filter(({ name }) => !taken.has(name)),
    nameNow: (name) => newNames.get(name) ?? name,
  };
}

/** Whatever they lead to: that may have been renamed as well. */
function doTheSame(one: WalkedState, other: WalkedState): boolean {
  return deepEqual(withoutTargets(one.value), withoutTargets(other.value));
}

function withoutTargets({ Next: _next, End: _end, Default: _default, ...fields }: JsonObject): JsonObject {
  return fields;
}
