/** Iterates over the entries of the sandbox's logs. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../src/core/errors/index.ts';
import { readCheckpoint, verifyConsistency } from '../../src/core/log/index.ts';
import { LogEntries, type Position, type ProvenEntry, type Start } from '../../src/monitor/index.ts';
import type { LogReader } from '../../src/monitor/log/index.ts';
import { growTo, logAt, openWorld, readerOf, type World } from './readers/kit.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  growTo(world.sandbox, 600);
});
afterEach(() => world.sandbox.behave());
afterAll(async () => world[Symbol.asyncDispose]());

const open = (): LogReader => readerOf(world, logAt(world.sandbox, world.sandbox.urls.rekor, 'rekor-v2'));
const entriesFrom = (start: Start): LogEntries => new LogEntries(open(), start);

async function read(entries: LogEntries, count = Number.POSITIVE_INFINITY): Promise<readonly ProvenEntry[]> {
  const all: ProvenEntry[] = [];
  if (count === 0) return all;
  for await (const entry of entries) {
    all.push(entry);
    if (all.length === count) break;
  }
  return all;
}

const indices = (all: readonly ProvenEntry[]): readonly number[] => all.map(({ index }) => index);
const from = (first: number, end: number): readonly number[] =>
  Array.from({ length: end - first }, (_, at) => first + at);
const stored = (position: Position | undefined): Position => JSON.parse(JSON.stringify(position));

test('reads a log from its start, with the claims of each entry', async () => {
  const all = await read(entriesFrom('start'));
  expect(indices(all)).toEqual(from(0, 600));
  const { store } = world.sandbox.transparencyLog;
  expect(all.map(({ bytes }) => Buffer.from(bytes))).toEqual(
    from(0, 600).map((index) => Buffer.from(store.entry(index))),
  );
  expect(all[599]?.claims).toMatchObject({ type: 'unknown' });
  const logged = await read(
    new LogEntries(readerOf(world, logAt(world.sandbox, world.sandbox.urls.certificateLog, 'static-ct')), 'start'),
  );
  for (const { claims } of logged) expect(claims.type).toBe('certificate');
});

test('reads the entries that are added from now on', async () => {
  const entries = entriesFrom('end');
  expect(entries.position).toBeUndefined();
  expect(await read(entries)).toEqual([]);
  const { size } = world.sandbox.transparencyLog;
  expect(entries.position).toMatchObject({ version: 1, origin: world.sandbox.transparencyLog.origin, size });
  growTo(world.sandbox, size + 3);
  expect(indices(await read(entries))).toEqual(from(size, size + 3));
});

test.each([1, 255, 256, 257, 512, 599])('continues exactly after %d entries, in another process', async (count) => {
  const first = entriesFrom('start');
  expect(indices(await read(first, count))).toEqual(from(0, count));
  const position = stored(first.position);
  expect(position.size).toBe(count);
  const second = entriesFrom(position);
  expect(second.position).toEqual(position);
  expect(indices(await read(second, 1))).toEqual([count]);
  // The same object continues too.
  expect(indices(await read(first, 2))).toEqual([count, count + 1]);
});

describe('a log that changes its past', () => {
  test('is refused, with evidence', async () => {
    const entries = entriesFrom('end');
    await read(entries);
    growTo(world.sandbox, world.sandbox.transparencyLog.size + 1);
    world.sandbox.misbehave('rekor-v2:forked-tree');
    const error = await read(entries).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CountersignError);
    expect(error).toMatchObject({ code: 'CONSISTENCY_UNPROVEN', cause: { earlier: entries.position } });
    const { earlier, note, rootInstead, proof } = (
      error as { cause: { earlier: Position; note: string; rootInstead: Uint8Array; proof: readonly Uint8Array[] } }
    ).cause;
    const { size, rootHash } = readCheckpoint(note);
    verifyConsistency({ size: earlier.size, root: rootInstead }, { size: Number(size), root: rootHash }, proof);
    expect(rootInstead).not.toEqual(readCheckpoint(earlier.note).rootHash);
  });

  test('is refused if it has become shorter', async () => {
    const { origin, size, logId } = world.sandbox.transparencyLog;
    const keyId = Buffer.from(logId).toString('hex');
    const position = { version: 1, origin, keyId, size: size + 1, hashes: [], note: '' } as const;
    const ones = (size + 1).toString(2).replaceAll('0', '').length;
    const longer = { ...position, hashes: Array<string>(ones).fill(Buffer.alloc(32).toString('base64')) };
    await expect(read(entriesFrom(longer))).rejects.toMatchObject({ code: 'CONSISTENCY_UNPROVEN' });
  });
});

test.each<[string, (position: Position) => unknown]>([
  ['of another log', (position) => ({ ...position, origin: 'other.example.test' })],
  ['of a log with another key', (position) => ({ ...position, keyId: '00'.repeat(32) })],
  ['of another version', (position) => ({ ...position, version: 2 })],
  ['without hashes', ({ hashes: _, ...position }) => position],
  ['with too few hashes', (position) => ({ ...position, hashes: position.hashes.slice(1) })],
  ['with hashes that are no base64', (position) => ({ ...position, hashes: position.hashes.map(() => '*') })],
  ['with hashes that are no text', (position) => ({ ...position, hashes: position.hashes.map(() => 1) })],
  ['at no number', (position) => ({ ...position, size: 'x' })],
])('a position %s is refused', async (_, change) => {
  const entries = entriesFrom('end');
  await read(entries);
  const position = change(stored(entries.position)) as Position;
  await expect(read(entriesFrom(position))).rejects.toMatchObject({ code: 'USAGE' });
});

test('a position whose hashes were changed is refused', async () => {
  const entries = entriesFrom('start');
  await read(entries, 300);
  const position = stored(entries.position);
  const hashes = position.hashes.map(() => Buffer.alloc(32, 1).toString('base64'));
  await expect(read(entriesFrom({ ...position, hashes }))).rejects.toMatchObject({ code: 'CONSISTENCY_UNPROVEN' });
});
