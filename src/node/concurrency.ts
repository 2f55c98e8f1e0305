/** Processes many items, a few at a time. */

/**
 * Processes items and yields the results in the order in which they are ready.
 *
 * @param limit how many items are under way at once; a function is called before each item begins
 * @param work must not reject: what can fail is part of the result
 */
export async function* concurrently<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number | (() => number),
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const currentLimit = typeof limit === 'number' ? () => limit : limit;
  const settled: (() => Result)[] = [];
  let wake = (): void => undefined;
  const settle = (result: () => Result): void => {
    settled.push(result);
    wake();
  };
  let underWay = 0;
  const take = async (): Promise<Result> => {
    for (;;) {
      const result = settled.shift();
      if (result !== undefined) {
        underWay--;
        return result();
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  for await (const item of items) {
    underWay++;
    work(item).then(
      (result) => settle(() => result),
      (error: unknown) =>
        settle(() => {
          throw error;
        }),
    );
    while (underWay > 0 && underWay >= currentLimit()) yield await take();
  }
  while (underWay > 0) yield await take();
}

/**
 * Processes items and yields the results in the order of the items. At most this many items are under way or wait to be yielded, so that
 * a slow reader limits the memory. After the first failure, which is thrown in its turn, no further item is begun.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // A failure that nobody waits for yet, or any more, must not end the process.
    result.catch(() => undefined);
    underWay.push(result);
    const [first] = underWay;
    if (first === undefined || underWay.length < limit) continue;
    yield await first;
    underWay.shift();
  }
  for (const result of underWay) yield await result;
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

/** Returns a function that does work, at most this many pieces at once. The others wait for their turn. */
export function inTurns(limit: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (work) => {
    if (underWay >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else underWay++;
    try {
      return await work();
    } finally {
      // The turn passes to the next one, so that nobody else takes it in between.
      const next = waiting.shift();
      if (next === undefined) underWay--;
      else next();
    }
  };
}
