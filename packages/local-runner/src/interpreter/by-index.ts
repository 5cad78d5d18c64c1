import type { Thread } from "./thread.ts";

/** Branches or iterations in their order. */
export function byIndex(threads: Iterable<Thread>): readonly Thread[] {
  return [...threads].toSorted((left, right) => left.index - right.index);
}
