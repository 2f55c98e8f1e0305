import { createHash, randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntryBatch } from '../../../src/monitor/log/index.ts';
import { IndexBuilder, type IndexQuery, SearchIndex } from '../../../src/monitor/search-index/index.ts';
import { SegmentBuilder, sortRecords } from '../../../src/monitor/search-index/segment-builder.ts';
import { batches, digestOf, keyOf, log, origin } from './entries.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'index-'));
});
afterEach(() => rm(folder, { recursive: true }));

const newBuilder = (): IndexBuilder => new IndexBuilder(files, randomBytes, folder);
const open = (): Promise<SearchIndex> => SearchIndex.open(files, folder, { origin, keyId: log.keyId });
const logFolder = (): string =>
  join(
    folder,
    createHash('sha256')
      .update(`${'00'.repeat(32)} ${origin}`)
      .digest('hex'),
  );
const byDigest = (number: number): IndexQuery => [[{ kind: 'digest', value: `sha256:${digestOf(number)}` }]];
const keyHash = (number: number): string => createHash('sha256').update(keyOf(number)).digest('hex');
const byKey = (number: number): IndexQuery => [[{ kind: 'key', value: keyHash(number) }]];

async function build(all: Iterable<EntryBatch>, builder = newBuilder()): Promise<void> {
  for (const batch of all) await builder.accept(batch, log, origin);
  await builder.flush();
}

async function find(query: IndexQuery, index?: SearchIndex): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const number of (index ?? (await open())).candidates(query)) found.push(number);
  return found;
}

test('finds each entry by its digest, and all of a key, the newest first', async () => {
  await build(batches(0, 1000));
  const index = await open();
  for (const number of [0, 1, 255, 256, 998, 999]) expect(await find(byDigest(number), index)).toEqual([number]);
  expect(await find(byDigest(1000), index)).toEqual([]);
  const expected = Array.from({ length: 333 }, (_, at) => 998 - 3 * at);
  expect(await find(byKey(2), index)).toEqual(expected);
  expect(index).toMatchObject({ ranges: [{ from: 0, to: 1000 }], damaged: [], withProblems: 0 });
});

test('finds what meets all of several conditions, and any key of a condition', async () => {
  await build(batches(0, 100));
  const digests = [4, 5, 6].map((number) => ({ kind: 'digest', value: `SHA256:${digestOf(number)}` }) as const);
  expect(await find([digests, ...byKey(2)])).toEqual([5]);
  expect(await find([digests])).toEqual([6, 5, 4]);
  expect(await find([...byKey(1), ...byKey(2)])).toEqual([]);
});

test('states the tree after its latest entry', async () => {
  await build(batches(0, 300));
  const range = [...batches(0, 300)].at(-1)?.range;
  expect((await open()).state).toEqual({ size: 300, root: range?.root() });
});

test('without files, it is empty', async () => {
  const index = await open();
  expect(index).toMatchObject({ ranges: [], damaged: [], state: undefined });
  expect(await find(byDigest(1), index)).toEqual([]);
});

test('keeps the logs apart', async () => {
  const builder = newBuilder();
  await build(batches(0, 10), builder);
  await builder.accept([...batches(0, 20)][0] as EntryBatch, log, 'other.example.test');
  await builder.flush();
  expect((await open()).ranges).toEqual([{ from: 0, to: 10 }]);
  const other = { origin: 'other.example.test', keyId: log.keyId };
  expect((await SearchIndex.open(files, folder, other)).ranges).toEqual([{ from: 0, to: 20 }]);
  // Logs of one name on different hosts.
  const keyId = new Uint8Array(32).fill(1);
  await builder.accept([...batches(0, 30)][0] as EntryBatch, { ...log, keyId }, origin);
  await builder.flush();
  expect((await SearchIndex.open(files, folder, { origin, keyId })).ranges).toEqual([{ from: 0, to: 30 }]);
  expect((await open()).ranges).toEqual([{ from: 0, to: 10 }]);
});

test('counts the entries of which a part cannot be read', async () => {
  const [batch] = [...batches(0, 3)] as [EntryBatch];
  const builder = newBuilder();
  await build([{ ...batch, entries: [...batch.entries.slice(0, 2), new Uint8Array([1])] }], builder);
  expect((await open()).withProblems).toBe(1);
  expect(builder.unreadable(log)).toBe(1);
  expect(builder.unreadable({ ...log })).toBe(0);
});

describe('a segment', () => {
  test('is closed at 65,536 entries, and another one begins', async () => {
    await build(batches(0, 66_000));
    expect(await readdir(logFolder())).toEqual(['0000000000000000.idx', '0000000000065536.idx']);
    const index = await open();
    expect(index.ranges).toEqual([{ from: 0, to: 66_000 }]);
    expect(await find(byDigest(65_535), index)).toEqual([65_535]);
    expect(await find(byDigest(65_536), index)).toEqual([65_536]);
    expect(await find(byKey(0), index)).toHaveLength(22_000);
  });

  test('is closed early when its records are many, so that memory stays bounded', () => {
    const digests = Array.from({ length: 10_000 }, (_, at) => ({
      algorithm: 'sha256',
      value: digestOf(at),
      of: 'signed' as const,
    }));
    const claims = { type: 'signature', kind: 'dsse', version: '0.0.1', signers: [], digests, problems: [] } as const;
    const segment = new SegmentBuilder(origin, 7);
    for (let entry = 0; entry < 104; entry++) segment.add(claims);
    expect(segment.hasRoomFor(256)).toBe(true);
    segment.add(claims);
    expect(segment.hasRoomFor(256)).toBe(false);
    expect(segment.end).toBe(112);
  });

  test('has no room for more entries than a record can number', () => {
    const segment = new SegmentBuilder(origin, 0);
    expect(segment.hasRoomFor(65_536)).toBe(true);
    segment.add({ type: 'unknown', kind: undefined, version: undefined, problems: [] });
    expect(segment.hasRoomFor(65_536)).toBe(false);
    expect(segment.hasRoomFor(65_535)).toBe(true);
  });
});

test('a batch of more entries than a segment has is refused', async () => {
  const [batch] = [...batches(0, 1)] as [EntryBatch];
  const entries = Array<Uint8Array>(65_537).fill(new Uint8Array());
  await expect(newBuilder().accept({ ...batch, entries }, log, origin)).rejects.toThrow('a batch has 65537 entries');
});

test('an origin that readers would refuse is not written', () => {
  expect(() => new SegmentBuilder('x'.repeat(1024), 0).file()).not.toThrow();
  expect(() => new SegmentBuilder('x'.repeat(1025), 0).file()).toThrow('the origin has 1025 bytes');
});

describe('an interrupted builder', () => {
  test('continues where it stored the last entries', async () => {
    await build(batches(0, 300));
    await build(batches(300, 700));
    expect(await readdir(logFolder())).toEqual(['0000000000000000.idx']);
    expect((await open()).ranges).toEqual([{ from: 0, to: 700 }]);
    expect(await find(byDigest(299))).toEqual([299]);
    expect(await find(byDigest(700 - 1))).toEqual([699]);
  });

  test('passes over the entries that it has, and finds each once', async () => {
    await build(batches(0, 300));
    await build(batches(0, 700));
    for (const number of [0, 299, 300, 699]) expect(await find(byDigest(number))).toEqual([number]);
    expect(await find(byKey(0))).toHaveLength(234);
  });

  test('loses only what it did not flush', async () => {
    const builder = newBuilder();
    await build(batches(0, 300), builder);
    for (const batch of batches(300, 600)) await builder.accept(batch, log, origin);
    expect((await open()).ranges).toEqual([{ from: 0, to: 300 }]);
    await build(batches(300, 600));
    expect((await open()).ranges).toEqual([{ from: 0, to: 600 }]);
  });

  test('removes the files that it did not finish', async () => {
    await build(batches(0, 10));
    await writeFile(join(logFolder(), '.0123456789abcdef.tmp'), 'unfinished');
    await build(batches(10, 20));
    expect(await readdir(logFolder())).toEqual(['0000000000000000.idx']);
  });

  test('leaves a gap where entries are missing, and states it', async () => {
    await build(batches(0, 100));
    await build(batches(200, 300));
    expect((await open()).ranges).toEqual([
      { from: 0, to: 100 },
      { from: 200, to: 300 },
    ]);
  });

  test('fills a gap, and finds each entry once', async () => {
    await build(batches(300, 310));
    await build(batches(600, 700));
    await build(batches(0, 1000));
    const index = await open();
    expect(index.ranges).toEqual([{ from: 0, to: 1000 }]);
    const found = await find(byKey(0), index);
    expect(new Set(found).size).toBe(found.length);
    expect(found).toHaveLength(334);
  });

  test('is not misled by the order of its flushes', async () => {
    const flushes = fc.array(fc.tuple(fc.nat(900), fc.integer({ min: 1, max: 300 })), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(flushes, async (parts) => {
        await rm(logFolder(), { recursive: true, force: true });
        const covered = new Set<number>();
        for (const [from, length] of parts) {
          await build(batches(from, from + length, 100));
          for (let number = from; number < from + length; number++) covered.add(number);
        }
        const index = await open();
        const ranged = index.ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at));
        expect(ranged).toEqual([...covered].sort((a, b) => a - b));
        expect((await find(byKey(1), index)).toSorted((a, b) => a - b)).toEqual(
          ranged.filter((number) => number % 3 === 1),
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe('a file that is not what it should be is not used, and named', () => {
  const path = (first = 0): string => join(logFolder(), `${String(first).padStart(16, '0')}.idx`);
  const header = 62 + origin.length;

  beforeEach(() => build(batches(0, 5000)));

  async function spoil(change: (file: Buffer) => Buffer | undefined): Promise<void> {
    const file = await readFile(path());
    await writeFile(path(), change(file) ?? file);
  }

  const at = (offset: number, value: number) => (file: Buffer) => void file.writeUInt8(value, offset);

  test.each<[string, (file: Buffer) => Buffer | undefined]>([
    ['it is empty', () => Buffer.alloc(0)],
    ['it has another magic number', at(0, 0x58)],
    ['it is of another version', at(7, 0x32)],
    ['it is about another log', at(header - 1, 0x58)],
    ['it says that it begins elsewhere', at(15, 1)],
    ['it says that it begins beyond all numbers', at(8, 0xff)],
    ['it has no entries', (file) => void file.writeUInt32BE(0, 16)],
    ['it has too many entries', (file) => void file.writeUInt32BE(65_537, 16)],
    ['it has more problems than entries', (file) => void file.writeUInt32BE(5001, 24)],
    ['it says that it has more records', (file) => void file.writeUInt32BE(3_000_000, 20)],
    ['it ends early', (file) => file.subarray(0, -1)],
    ['it goes on', (file) => Buffer.concat([file, Buffer.alloc(12)])],
  ])('%s', async (_, change) => {
    await spoil((file) => change(file) ?? undefined);
    const index = await open();
    expect(index).toMatchObject({ ranges: [], damaged: [{ path: path() }] });
    expect(await find(byDigest(1), index)).toEqual([]);
  });

  test('a folder in its place', async () => {
    await files.mkdir(path(5000));
    expect((await open()).damaged).toMatchObject([{ path: path(5000) }]);
  });

  test('the records are in another order: the search finds the damage', async () => {
    const sought = createHash('sha256')
      .update(`1 sha256:${digestOf(7)}`)
      .digest()
      .subarray(0, 8);
    await spoil((file) => {
      file.fill(0, file.indexOf(sought, header) - 12, file.indexOf(sought, header) - 4);
      return undefined;
    });
    const index = await open();
    expect(await find(byDigest(7), index)).toEqual([]);
    expect(index).toMatchObject({ ranges: [], damaged: [{ reason: 'its records are not in order' }] });
  });

  test('it grows after it was opened: the search finds the damage', async () => {
    const index = await open();
    await spoil((file) => Buffer.concat([file, Buffer.alloc(12)]));
    expect(await find(byDigest(7), index)).toEqual([]);
    expect(index).toMatchObject({ ranges: [], damaged: [{ reason: 'its length has changed' }] });
  });

  test('a record is about an entry beyond its end: the search finds the damage, and the coverage shrinks', async () => {
    await spoil((file) => {
      for (let offset = header; offset < file.length; offset += 12) file.writeUInt16BE(5000, offset + 8);
      return undefined;
    });
    const index = await open();
    expect(index.ranges).toEqual([{ from: 0, to: 5000 }]);
    expect(await find(byDigest(7), index)).toEqual([]);
    expect(index).toMatchObject({ ranges: [], damaged: [{ reason: 'a record is about an entry beyond its end' }] });
  });

  test.each<[string, (file: Buffer) => Buffer | undefined]>([
    ['are in another order', (file) => void file.copy(file, header, header + 12 * 9000, header + 12 * 9001)],
    ['are about an entry beyond its end', (file) => void file.writeUInt16BE(5000, header + 8)],
  ])('a segment whose records %s is not continued', async (_, change) => {
    await spoil(change);
    await build(batches(5000, 5100));
    expect(await readdir(logFolder())).toHaveLength(2);
    expect(await find(byDigest(5050))).toEqual([5050]);
  });

  test('a builder writes it again when it gets the entries again', async () => {
    await spoil(() => Buffer.alloc(0));
    await build(batches(0, 5000));
    expect(await open()).toMatchObject({ ranges: [{ from: 0, to: 5000 }], damaged: [] });
    expect(await find(byDigest(4321))).toEqual([4321]);
  });
});

test('records are sorted by key, and those of a key by entry, without repetitions', () => {
  const record = fc.tuple(
    fc.constantFrom(0n, 1n, 0xffffn, 0x1_0000n, 0xffff_0000_0000_0000n, (1n << 64n) - 1n),
    fc.nat(3),
  );
  fc.assert(
    fc.property(fc.array(record), (parts) => {
      const inOrder = parts.toSorted(([, a], [, b]) => a - b);
      const bytes = Buffer.allocUnsafeSlow(12 * inOrder.length).fill(0);
      for (const [at, [key, entry]] of inOrder.entries()) {
        bytes.writeBigUInt64BE(key, 12 * at);
        bytes.writeUInt16BE(entry, 12 * at + 8);
      }
      const sorted = sortRecords(bytes);
      const texts = Array.from({ length: sorted.length / 12 }, (_, at) =>
        sorted.toString('hex', at * 12, at * 12 + 12),
      );
      const expected = inOrder.map((_, at) => bytes.toString('hex', at * 12, at * 12 + 12));
      expect(texts).toEqual([...new Set(expected)].sort());
    }),
  );
});
