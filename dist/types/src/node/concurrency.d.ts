/** Processes many items, a few at a time. */
/**
 * Processes items and yields the results in the order in which they are ready.
 *
 * @param limit how many items are under way at once; a function is called before each item begins
 * @param work must not reject: what can fail is part of the result
 */
export declare function concurrently<Item, Result>(items: Iterable<Item> | AsyncIterable<Item>, limit: number | (() => number), work: (item: Item) => Promise<Result>): AsyncGenerator<Result>;
/**
 * Processes items and yields the results in the order of the items. At most this many items are under way or wait to be yielded, so that
 * a slow reader limits the memory. After the first failure, which is thrown in its turn, no further item is begun.
 */
export declare function inOrder<Item, Result>(items: Iterable<Item>, limit: number, work: (item: Item) => Promise<Result>): AsyncGenerator<Result>;
/**
 * Processes items and returns the results in the order of the items. The first failure is thrown, and no further item is begun.
 *
 * @param limit how many items are under way at once
 */
export declare function mapConcurrently<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>, limit?: number): Promise<readonly Result[]>;
/** Returns a function that does work, at most this many pieces at once. The others wait for their turn. */
export declare function inTurns(limit: number): <Result>(work: () => Promise<Result>) => Promise<Result>;
