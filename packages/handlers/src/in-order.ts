/** As `Promise.all` over a list, but each piece of work begins when the one before it is done. */
export async function mapInOrder<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    // oxlint-disable-next-line no-await-in-loop -- the order is the point
    results.push(await work(item, results.length));
  }
  return results;
}
