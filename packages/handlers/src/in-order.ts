import { setImmediate } from "node:timers/promises";

/** As `Promise.all` over a list, but each piece of work begins when the one before it is done. */
export async function mapInOrder<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(await work(item, results.length));
  }
  return results;
}

/** Long computing in pieces: between two of them everything else that waits for this thread gets its turn. */
export function computeInPieces<Item, Result>(
  items: Iterable<Item>,
  compute: (item: Item, index: number) => Result,
): Promise<Result[]> {
  return mapInOrder(items, async (item, index) => {
    await setImmediate();
    return compute(item, index);
  });
}
