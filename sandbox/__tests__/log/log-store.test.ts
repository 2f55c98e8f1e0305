import { mkdtemp, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { expectFailure } from '../../../__tests__/core/errors/failure.ts';
import { equalBytes } from '../../../src/core/encoding/index.ts';
import { LogStore, type NewEntry } from '../../log/index.ts';
import { leafHash } from '../../merkle/index.ts';
import { DiskStorage, MemoryStorage, type Storage } from '../../storage/index.ts';
import { naiveRoot, provesConsistency, rootOfProof, sha256 } from '../client.ts';
import { Stopped, stopAfter, TroubledStorage } from '../storage/troubled-storage.ts';

/** The entries that the tests append, in order: of several lengths, some with the same keys. */
const run: readonly NewEntry[] = Array.from({ length: 7 }, (_, i) => entryOf(`entry ${i} `.repeat((i % 3) + 1), i));
const more: readonly NewEntry[] = Array.from({ length: 4 }, (_, i) => entryOf(`later ${i}`, i));

function entryOf(text: string, number: number): NewEntry {
  const bytes = Buffer.from(text);
  const keys = [sha256(Buffer.from(`shared by three ${number % 3}`)), sha256(Buffer.from(`of ${text}`))];
  return { bytes, leafHash: leafHash(bytes), keys, time: new Date(1_700_000_000_000 + number) };
}

const roots = new Map<string, Buffer>();
function rootOf(entries: readonly NewEntry[]): Buffer {
  const key = entries.map(({ bytes }) => Buffer.from(bytes).toString()).join();
  const root = roots.get(key) ?? naiveRoot(entries.map(({ bytes }) => bytes));
  roots.set(key, root);
  return root;
}

/** Checks that a store has exactly these entries, in this order, finds them, and proves them at every size. */
function demand(store: LogStore, entries: readonly NewEntry[]): void {
  const problems: string[] = [];
  const hold = (right: boolean, what: string): void => void (right || problems.push(what));
  hold(store.size === entries.length, `size ${store.size}, not ${entries.length}`);
  entries.forEach(({ bytes, time, leafHash, keys = [] }, index) => {
    hold(equalBytes(store.entry(index), bytes), `entry ${index}`);
    hold(store.time(index).getTime() === time.getTime(), `time ${index}`);
    hold(store.findLeaf(leafHash) === index, `leaf ${index}`);
    for (const key of keys) {
      const having = entries.flatMap((one, at) => (one.keys?.some((its) => equalBytes(its, key)) ? [at] : []));
      hold(String(store.find(key)) === String(having), `key of ${index}: ${store.find(key)}`);
    }
  });
  hold(store.entries(0, store.size).length === store.size, 'all entries at once');
  for (let size = 0; size <= entries.length; size++) {
    const root = rootOf(entries.slice(0, size));
    hold(equalBytes(store.tree.root(size), root), `root ${size}`);
    for (let index = 0; index < size; index++) {
      const path = store.tree.inclusionProof(index, size);
      hold(rootOfProof(index, size, entries[index]?.bytes ?? root, path)?.equals(root) === true, `${index} in ${size}`);
    }
    for (let first = 1; first <= size; first++) {
      const proof = store.tree.consistencyProof(first, size);
      hold(provesConsistency([first, rootOf(entries.slice(0, first))], [size, root], proof), `${first} before ${size}`);
    }
  }
  expect(problems).toEqual([]);
}

/** Appends until it is stopped, and says how many were acknowledged. */
function appendAll(storage: Storage, entries: readonly NewEntry[]): number {
  let acknowledged = 0;
  try {
    const store = new LogStore(storage);
    for (const entry of entries) {
      expect(store.append(entry)).toBe(acknowledged);
      acknowledged += 1;
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  return acknowledged;
}

test('a log that is stopped after any byte has what was acknowledged, and at most one entry more', () => {
  let whole = 0;
  for (let bytes = 0; whole === 0; bytes++) {
    const disk = new MemoryStorage();
    const acknowledged = appendAll(new TroubledStorage(disk, stopAfter(bytes)), run);
    // Stopped again while it is opened, after each cut.
    for (let cuts = 0; cuts < 4; cuts++) appendAll(new TroubledStorage(disk, stopAfter(cuts)), []);
    const store = new LogStore(disk);
    expect([acknowledged, acknowledged + 1]).toContain(store.size);
    const there = run.slice(0, store.size);
    demand(store, there);
    for (const entry of more) store.append(entry);
    if (bytes % 10 === 0) {
      demand(store, [...there, ...more]);
      demand(new LogStore(disk), [...there, ...more]);
    }
    if (acknowledged === run.length) whole = bytes;
  }
  // Each byte of each file was one of the places.
  const untroubled = new MemoryStorage();
  appendAll(untroubled, run);
  const lengths = ['entries', 'keys', 'nodes', 'index'].map((name) => untroubled.appendFile(name).length);
  expect(whole).toBe(lengths.reduce((sum, length) => sum + length));
});

describe('a log whose disk is full for a while', () => {
  /** A plan that fails one operation, having done a part of it, and as many cuts after it. */
  const failOnce = (place: number, done: (length: number) => number, cuts: number) => {
    let operation = 0;
    let failed = false;
    return {
      plan: (length: number): number | undefined => {
        const at = operation++;
        if (at < place || at > place + cuts) return undefined;
        failed = true;
        return at === place ? done(length) : 0;
      },
      reached: () => failed,
    };
  };

  test.each([
    ['nothing is written', () => 0],
    ['a part is', (length: number) => length >> 1],
    ['all but a byte is', (length: number) => length - 1],
  ] as const)('is as it was before the write that failed, of which %s', (_, done) => {
    for (const cuts of [0, 1, 3]) {
      for (let place = 0; ; place++) {
        const disk = new MemoryStorage();
        const { plan, reached } = failOnce(place, done, cuts);
        const storage = new TroubledStorage(disk, plan);
        const store = new LogStore(storage);
        const there: NewEntry[] = [];
        let failures = 0;
        for (const entry of run) {
          try {
            store.append(entry);
            there.push(entry);
          } catch (error) {
            if (!(error instanceof Stopped)) throw error;
            failures += 1;
            if (failures === 1) demand(store, there);
          }
        }
        if (!reached()) break;
        expect(failures).toBeGreaterThan(0);
        demand(store, there);
        // And so it is when it is killed then.
        demand(new LogStore(disk), there);
      }
    }
  });

  test('is, when it is killed right after the failure, as it was before', () => {
    for (let place = 0; place < 4 * run.length; place++) {
      const disk = new MemoryStorage();
      const { plan } = failOnce(place, (length) => length - 1, 1000);
      const acknowledged = appendAll(new TroubledStorage(disk, plan), run);
      demand(new LogStore(disk), run.slice(0, acknowledged));
    }
  });
});

describe('a log on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-log-'));
    using storage = new DiskStorage(folder);
    expect(appendAll(storage, run)).toBe(run.length);
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is the same when it is opened again, and goes on', () => {
    for (let round = 0; round < more.length; round++) {
      using storage = new DiskStorage(folder);
      const store = new LogStore(storage);
      demand(store, [...run, ...more.slice(0, round)]);
      store.append(more[round] ?? entryOf('', 0));
    }
  });

  test.each(['entries', 'nodes', 'keys'])('refuses to go on when its file `%s` has lost a byte', async (name) => {
    const path = join(folder, name);
    await truncate(path, (await stat(path)).size - 1);
    expectDamage();
  });

  test('refuses to go on when records of its index are lost, which no kill can do', async () => {
    await truncate(join(folder, 'index'), (run.length - 2) * 24);
    expectDamage();
  });

  test.each(['entries', 'nodes', 'index'])('refuses to go on when the end of `%s` is zeros', async (name) => {
    const path = join(folder, name);
    const { size } = await stat(path);
    await truncate(path, size - 24);
    await truncate(path, size);
    expectDamage();
    // Nothing was cut off that is not lost.
    for (const other of ['entries', 'nodes', 'keys', 'index']) {
      expect([other, (await stat(join(folder, other))).size > 100]).toEqual([other, true]);
    }
  });

  function expectDamage(): void {
    using storage = new DiskStorage(folder);
    const error = expectFailure(() => new LogStore(storage), 'USAGE', /^a log of the sandbox is damaged: /);
    expect(error.remedy).toContain('another state folder');
  }
});

describe('what is not there', () => {
  const store = new LogStore();
  for (const entry of run) store.append(entry);

  test('is not found', () => {
    expect(store.find(sha256(Buffer.from('no key')))).toEqual([]);
    expect(store.findLeaf(sha256(Buffer.from('no leaf')))).toBeUndefined();
  });

  test('is no leaf, if it is another key, or has no more than the beginning of a leaf’s hash', () => {
    const [key = Buffer.alloc(0)] = run[0]?.keys ?? [];
    const { leafHash: hash = key } = run[0] ?? {};
    const other = Buffer.concat([hash.subarray(0, 16), Buffer.alloc(16)]);
    expect([store.find(key), store.findLeaf(key)]).toEqual([[0, 3, 6], undefined]);
    expect([store.find(other), store.findLeaf(other)]).toEqual([[0], undefined]);
  });

  test('has no bytes and no time', () => {
    for (const index of [-1, run.length]) {
      expect(() => store.entry(index)).toThrow(RangeError);
      expect(() => store.time(index)).toThrow(RangeError);
      expect(() => store.leafHash(index)).toThrow(RangeError);
    }
    expect(() => store.entries(5, run.length)).toThrow(RangeError);
    expect(store.entries(5, 0)).toEqual([]);
  });
});
