import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KeyIndex } from '../../log/key-index.ts';
import { type AppendFile, DiskStorage, MemoryStorage } from '../../storage/index.ts';
import { sha256 } from '../client.ts';

/** A plain map in its place: the key of each record, in hexadecimal, and its entry. */
type Model = (readonly [string, number])[];

const hex = (key: Uint8Array): string => Buffer.from(key.subarray(0, 16)).toString('hex');

/** Keys few enough to be many times the same, and of which many begin with the same 8 bytes, or share a slot. */
const key: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.oneof(fc.constantFrom(0, 0xffffffff), fc.nat({ max: 63 })), fc.constantFrom(0, 1, 256), fc.nat({ max: 2 }))
  .map(([first, second, rest]) => {
    const bytes = Buffer.alloc(20);
    bytes.writeUInt32BE(first, 0);
    bytes.writeUInt32BE(second, 4);
    bytes.writeUInt32BE(rest, 12);
    // What comes after 16 bytes is nothing to a key.
    bytes.writeUInt32BE(rest * 7, 16);
    return new Uint8Array(bytes);
  });

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ add: fc.array(key, { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ cut: fc.double({ min: 0, max: 1, noNaN: true }) }) },
  { weight: 1, arbitrary: fc.constant('open again' as const) },
);

function check(index: KeyIndex, model: Model): void {
  expect(index.count).toBe(model.length);
  const expected = new Map<string, number[]>();
  for (const [name, entry] of model) expected.set(name, [...(expected.get(name) ?? []), entry]);
  for (const [name, entries] of expected) expect([name, index.find(Buffer.from(name, 'hex'))]).toEqual([name, entries]);
}

describe('the index is a map', () => {
  test('whatever is added, cut off and opened again', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), fc.array(key, { maxLength: 5 }), (actions, others) => {
        const file = new MemoryStorage().appendFile('keys');
        let index = new KeyIndex(file);
        const model: Model = [];
        actions.forEach((what, entry) => {
          if (what === 'open again') index = new KeyIndex(file, model.length);
          else if ('cut' in what) {
            model.length = Math.floor(what.cut * model.length);
            index.truncate(model.length);
          } else {
            index.add(what.add, entry);
            for (const one of what.add) model.push([hex(one), entry]);
          }
        });
        check(index, model);
        check(new KeyIndex(file, model.length), model);
        for (const other of others.filter((one) => !model.some(([name]) => name === hex(one)))) {
          expect(index.find(other)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('through several doublings, and over more records than are read at once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-keys-'));
    try {
      using storage = new DiskStorage(folder);
      const file: AppendFile = storage.appendFile('keys');
      const index = new KeyIndex(file);
      const keyOf = (number: number): Uint8Array => sha256(Buffer.from(String(number)));
      const popular = keyOf(-1);
      const count = 70_000;
      for (let entry = 0; entry < count; entry++) {
        index.add(entry % 1000 === 0 ? [keyOf(entry), popular] : [keyOf(entry)], entry);
      }
      const thousands = Array.from({ length: count / 1000 }, (_, at) => at * 1000);
      for (const one of [index, new KeyIndex(file, index.count)]) {
        expect(one.count).toBe(count + thousands.length);
        expect(one.find(popular)).toEqual(thousands);
        const wrong = Array.from({ length: count }, (_, entry) => entry).filter(
          (entry) => String(one.find(keyOf(entry))) !== String(entry),
        );
        expect(wrong).toEqual([]);
        expect(one.find(keyOf(count))).toEqual([]);
      }
      const earlier = new KeyIndex(file, 1000);
      expect([earlier.count, earlier.find(keyOf(998)), earlier.find(keyOf(1000))]).toEqual([1000, [998], []]);
      expect(() => new KeyIndex(file, 1001)).toThrow(RangeError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
