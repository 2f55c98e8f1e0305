/** Work on many things, a few at a time. */

const groupSize = 8;

/** What comes of each item, in the order of the items. The first failure is thrown, and no further group is begun. */
export async function inGroups<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += groupSize) {
    results.push(...(await Promise.all(items.slice(at, at + groupSize).map(work))));
  }
  return results;
}
