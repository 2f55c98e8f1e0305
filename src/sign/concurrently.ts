/**
 * Works on items a few at a time and yields what comes of them in the order in which it is ready.
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
