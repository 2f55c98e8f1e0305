import { describe, expect, test } from '@jest/globals';
import { concurrently, inOrder, inTurns, mapConcurrently } from '../../src/node/index.ts';

/** Work that is done when the test says so. */
class Bench {
  readonly begun: number[] = [];
  readonly #done = new Map<number, () => void>();
  #waiting: (() => void)[] = [];

  readonly work = (item: number): Promise<string> => {
    this.begun.push(item);
    for (const wake of this.#waiting.splice(0)) wake();
    return new Promise((resolve) => this.#done.set(item, () => resolve(`result ${item}`)));
  };

  finish(item: number): void {
    const done = this.#done.get(item);
    if (done === undefined) throw new Error(`${item} has not begun`);
    this.#done.delete(item);
    done();
  }

  get underWay(): readonly number[] {
    return [...this.#done.keys()];
  }

  async whenBegun(count: number): Promise<void> {
    while (this.begun.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const into: T[] = [];
  for await (const result of results) into.push(result);
  return into;
}

const items = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('working on several at once', () => {
  test('of no items, nothing is done', async () => {
    const bench = new Bench();
    expect(await collect(concurrently([], 4, bench.work))).toEqual([]);
    expect(bench.begun).toEqual([]);
  });

  test('nothing is begun before a result is asked for', () => {
    const bench = new Bench();
    concurrently(items(3), 2, bench.work);
    expect(bench.begun).toEqual([]);
  });

  test('results come in the order in which they are ready', async () => {
    const bench = new Bench();
    const results = concurrently(items(4), 4, bench.work);
    for (const item of [2, 0, 3, 1]) {
      const next = results.next();
      await bench.whenBegun(4);
      bench.finish(item);
      expect(await next).toEqual({ done: false, value: `result ${item}` });
    }
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  test.each([1, 2, 3, 7])('no more than %d are under way, and as many whenever there are', async (limit) => {
    const bench = new Bench();
    const all = collect(concurrently(items(12), limit, bench.work));
    for (let finished = 0; finished < 12; finished++) {
      await bench.whenBegun(Math.min(12, finished + limit));
      expect(bench.underWay).toHaveLength(Math.min(limit, 12 - finished));
      // The last one that began: what began before it waits longest.
      bench.finish(bench.underWay.at(-1) ?? -1);
    }
    expect((await all).toSorted()).toEqual(
      items(12)
        .map((item) => `result ${item}`)
        .toSorted(),
    );
    expect(bench.begun).toEqual(items(12));
  });

  test('a limit above the number of items is no harm', async () => {
    const bench = new Bench();
    const all = collect(concurrently(items(3), 100, bench.work));
    await bench.whenBegun(3);
    for (const item of items(3)) bench.finish(item);
    expect(await all).toHaveLength(3);
  });

  test('all that are ready at once are yielded', async () => {
    expect(await collect(concurrently(items(100), 16, async (item) => item * 2))).toHaveLength(100);
    const yielded = await collect(concurrently(items(100), 16, async (item) => item * 2));
    expect(yielded.toSorted((a, b) => a - b)).toEqual(items(100).map((item) => item * 2));
  });

  test('a limit that changes holds for what begins after the change', async () => {
    const bench = new Bench();
    let limit = 2;
    const all = collect(concurrently(items(8), () => limit, bench.work));
    await bench.whenBegun(2);
    limit = 4;
    bench.finish(0);
    await bench.whenBegun(5);
    expect(bench.underWay).toEqual([1, 2, 3, 4]);
    limit = 0;
    for (const item of [1, 2, 3]) bench.finish(item);
    await new Promise((settled) => setImmediate(settled));
    expect(bench.underWay).toEqual([4]);
    bench.finish(4);
    // Where nothing is under way, one item begins.
    await bench.whenBegun(6);
    limit = 3;
    bench.finish(5);
    await bench.whenBegun(8);
    for (const item of [6, 7]) bench.finish(item);
    expect(await all).toHaveLength(8);
  });

  test('an error ends it', async () => {
    const results = concurrently(items(3), 2, async (item) => {
      if (item === 1) throw new Error('defect');
      return item;
    });
    await expect(collect(results)).rejects.toThrow('defect');
  });

  test('equal items are each worked on', async () => {
    expect(await collect(concurrently(['x', 'x', 'x'], 2, async (item) => item))).toEqual(['x', 'x', 'x']);
  });

  test('items are taken as there is room for them', async () => {
    const bench = new Bench();
    let taken = 0;
    function* endless(): Generator<number> {
      for (;;) yield taken++;
    }
    const results = concurrently(endless(), 3, bench.work);
    const first = results.next();
    await bench.whenBegun(3);
    expect(taken).toBe(3);
    bench.finish(1);
    expect(await first).toEqual({ done: false, value: 'result 1' });
    expect(taken).toBe(3);
    const second = results.next();
    await bench.whenBegun(4);
    expect(taken).toBe(4);
    bench.finish(3);
    expect(await second).toEqual({ done: false, value: 'result 3' });
  });

  test('undefined is a result like any other', async () => {
    expect(await collect(concurrently(items(3), 2, async () => undefined))).toEqual([undefined, undefined, undefined]);
  });
});

describe('the results of all', () => {
  test('come in the order of the items, whichever is ready first', async () => {
    const bench = new Bench();
    const all = mapConcurrently(items(4), bench.work, 4);
    await bench.whenBegun(4);
    for (const item of [2, 0, 3, 1]) bench.finish(item);
    expect(await all).toEqual(['result 0', 'result 1', 'result 2', 'result 3']);
  });

  test.each([1, 2, 3, 7])('no more than %d are under way, and the next begins as soon as one ends', async (limit) => {
    const bench = new Bench();
    const all = mapConcurrently(items(12), bench.work, limit);
    for (let finished = 0; finished < 12; finished++) {
      await bench.whenBegun(Math.min(12, finished + limit));
      expect(bench.underWay).toHaveLength(Math.min(limit, 12 - finished));
      bench.finish(bench.underWay.at(-1) ?? -1);
    }
    expect(await all).toHaveLength(12);
    expect(bench.begun).toEqual(items(12));
  });

  test('of no items are none', async () => {
    expect(await mapConcurrently([], async () => 1)).toEqual([]);
  });

  test('are not waited for after a failure, and nothing more is begun', async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<number> => {
      begun.push(item);
      if (item === 1) throw new Error('the second failed');
      return item;
    };
    await expect(mapConcurrently(items(100), work, 2)).rejects.toThrow('the second failed');
    const then = begun.length;
    await new Promise((settled) => setImmediate(settled));
    expect(begun).toHaveLength(then);
    expect(then).toBeLessThan(5);
  });
});

describe('in the order of the items', () => {
  test('results are yielded, whichever is ready first', async () => {
    const bench = new Bench();
    const results = collect(inOrder(items(4), 3, bench.work));
    await bench.whenBegun(3);
    for (const item of [2, 0]) bench.finish(item);
    await bench.whenBegun(4);
    for (const item of [3, 1]) bench.finish(item);
    expect(await results).toEqual(['result 0', 'result 1', 'result 2', 'result 3']);
  });

  test('no more than the limit begin before the first is read', async () => {
    const bench = new Bench();
    const results = inOrder(items(9), 3, bench.work);
    const first = results.next();
    await bench.whenBegun(3);
    for (const item of items(3)) bench.finish(item);
    expect(await first).toEqual({ value: 'result 0', done: false });
    expect(bench.begun).toEqual([0, 1, 2]);
    expect(await results.next()).toEqual({ value: 'result 1', done: false });
    expect(bench.begun).toEqual([0, 1, 2, 3]);
  });

  test('a failure is thrown in its turn, and nothing more is begun', async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<number> => {
      begun.push(item);
      if (item > 0) throw new Error(`item ${item} failed`);
      return item;
    };
    const results = inOrder(items(9), 3, work);
    expect(await results.next()).toEqual({ value: 0, done: false });
    await expect(results.next()).rejects.toThrow('item 1 failed');
    expect(await results.next()).toEqual({ value: undefined, done: true });
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  test('no items', async () => {
    expect(await collect(inOrder([], 3, async () => 1))).toEqual([]);
  });
});

describe('in turns', () => {
  test.each([1, 3])('no more than %d are under way, in the order in which they came', async (limit) => {
    const bench = new Bench();
    const turn = inTurns(limit);
    const all = Promise.all(items(8).map((item) => turn(() => bench.work(item))));
    for (let finished = 0; finished < 8; finished++) {
      await bench.whenBegun(Math.min(8, finished + limit));
      expect(bench.underWay).toHaveLength(Math.min(limit, 8 - finished));
      bench.finish(bench.underWay[0] ?? -1);
    }
    expect(await all).toEqual(items(8).map((item) => `result ${item}`));
    expect(bench.begun).toEqual(items(8));
  });

  test('one that fails gives its turn to the next', async () => {
    const turn = inTurns(1);
    const failed = turn(() => Promise.reject(new Error('it failed')));
    const next = turn(async () => 'next');
    await expect(failed).rejects.toThrow('it failed');
    expect(await next).toBe('next');
    expect(await turn(async () => 'last')).toBe('last');
  });
});
