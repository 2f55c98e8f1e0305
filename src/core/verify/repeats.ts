/** Finding repetitions in a bundle. */

/**
 * Returns the first item that repeats an earlier one; `undefined` if there is none.
 *
 * @param saying returns the signed meaning of an item: a repetition may be encoded otherwise
 */
export function findRepeat<T>(items: readonly T[], saying: (item: T) => string): T | undefined {
  const seen = new Set<string>();
  return items.find((item) => {
    const text = saying(item);
    const repeated = seen.has(text);
    seen.add(text);
    return repeated;
  });
}
