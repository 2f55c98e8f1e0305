/** Finding what a bundle brings twice. */
/**
 * Returns the first item that says the same as an earlier one, if there is any.
 *
 * @param saying what an item says, by what is signed of it: a repeat may be encoded otherwise
 */
export declare function findRepeat<T>(items: readonly T[], saying: (item: T) => string): T | undefined;
