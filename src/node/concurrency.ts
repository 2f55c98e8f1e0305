/** Processes many items, a few at a time. */

/**
 * Processes items and yields the results in the order in which they are ready.
 *
 * @param limit how many items are under way at once
 * @param work must not reject: what can fail is part of the result
 */
export async function* concurrently<Item, Result>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay = new Map<number, Promise<readonly [number, Result]>>();
  let next = 0;
  for (const item of items) {
    const number = next++;
    underWay.set(
      number,
      work(item).then((result) => [number, result] as const),
    );
    if (underWay.size >= limit) yield await settle(underWay);
  }
  while (underWay.size > 0) yield await settle(underWay);
}

async function settle<Result>(underWay: Map<number, Promise<readonly [number, Result]>>): Promise<Result> {
  const [number, result] = await Promise.race(underWay.values());
  underWay.delete(number);
  return result;
}

/** The number of concurrent requests that services accept. */
const defaultLimit = 8;

/**
 * Processes items and returns the results in the order of the items. The first failure is thrown, and no further item is begun.
 *
 * @param limit how many items are under way at once
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  limit: number = defaultLimit,
): Promise<readonly Result[]> {
  const results = new Array<Result>(items.length);
  const waiting = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    // The workers share one iterator, so that each item is taken once.
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
