/** Of a valid bundle, any byte may be changed by whoever passes it on. None of that may go unnoticed, but for what is listed. */

import { describe, expect, test } from '@jest/globals';
import { p256, p384 } from '@noble/curves/nist.js';
import { der, type JsonValue, readSequence, readUint, tags, uintBytes } from '../../../src/core/encoding/index.ts';
import { amount } from '../../kit/thorough.ts';
import { bases, verifies } from './bases.ts';
import { free, isFreeSomewhere, whyFree } from './free.ts';
import { leavesOf } from './leaves.ts';
import { found, type Mutant, survivors } from './mutants.ts';
import { amend, pathText } from './tree.ts';

/** Numbers that look random and are the same every time (mulberry32). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    yield (mixed ^ (mixed >>> 14)) >>> 0;
  }
}

/** A copy with one bit of a byte turned, whichever a number says. */
function flipped(bytes: Uint8Array, offset: number, bit: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[offset] = (copy[offset] ?? 0) ^ (1 << (bit % 8));
  return copy;
}

/** On a busy machine; on one that is not, a tenth of it. */
const patience = 300_000;
const named = bases.map((base) => [base.name, base] as const);

describe('one bit of each byte', () => {
  test.each(named)(
    '%s',
    async (_, { only = /./, sampled = /$^/, ...base }) => {
      const tree: JsonValue = JSON.parse(base.json);
      const random = numbers(1);
      function* mutants(): Generator<Mutant> {
        for (const leaf of leavesOf(tree)) {
          const place = pathText(leaf.path);
          for (const offset of leaf.bytes.keys()) {
            const chance = random.next().value;
            if (!only.test(place) || (sampled.test(place) && chance % 64 >= 8)) continue;
            const why = whyFree(leaf.path, leaf.bytes, offset);
            if ((why === undefined || found.has(why)) && chance % 64 >= amount(64, 6)) continue;
            // Of a byte that may be otherwise, perhaps only one bit may be: each is tried until one is seen to verify.
            for (const bit of why === undefined || found.has(why) ? [chance] : [0, 1, 2, 3, 4, 5, 6, 7]) {
              const written = leaf.written(flipped(leaf.bytes, offset, bit));
              const json = JSON.stringify(amend(tree, leaf.path, () => written));
              yield { what: `${place} at ${offset}`, json, why };
            }
          }
        }
      }
      expect(await verifies(base, base.json)).toBe(true);
      expect(await survivors(base, mutants())).toEqual([]);
    },
    patience,
  );

  test('what is listed as free is', () => {
    expect(free.map(({ why }) => why).filter((why) => !found.has(why))).toEqual([]);
  });
});

describe('several bits at once', () => {
  test.each(named)(
    '%s',
    async (_, base) => {
      const tree: JsonValue = JSON.parse(base.json);
      const leaves = leavesOf(tree);
      const random = numbers(2);
      const pick = (below: number): number => random.next().value % below;
      function* mutants(): Generator<Mutant> {
        for (let made = 0; made < amount(100, 25); made++) {
          let changed: JsonValue | undefined = tree;
          const spoilt: string[] = [];
          for (let flips = 2 + pick(6); flips > 0; flips--) {
            const leaf = leaves[pick(leaves.length)];
            if (leaf === undefined || isFreeSomewhere(leaf.path)) continue;
            let { bytes } = leaf;
            for (let bits = 1 + pick(4); bits > 0; bits--)
              bytes = flipped(bytes, pick(bytes.length), random.next().value);
            if (Buffer.from(bytes).equals(leaf.bytes)) continue;
            spoilt.push(pathText(leaf.path));
            changed = amend(changed ?? null, leaf.path, () => leaf.written(bytes));
          }
          if (spoilt.length > 0) yield { what: spoilt.join(), json: JSON.stringify(changed), why: undefined };
        }
      }
      expect(await survivors(base, mutants())).toEqual([]);
    },
    patience,
  );
});

describe('the other signature of the same, (r, n − s), which anybody can make of the one', () => {
  const twin = (signature: Uint8Array, order: bigint): Uint8Array =>
    readSequence(signature, (reader) => {
      const r = reader.integerBytes();
      const s = order - readUint(reader.integerBytes());
      return der.sequence(
        der.element(tags.integer, r),
        der.unsigned(uintBytes(s, order === p256.Point.Fn.ORDER ? 32 : 48)),
      );
    });
  const twinOfCertificate = (certificate: Uint8Array): Uint8Array =>
    readSequence(certificate, (reader) => {
      const [tbs, algorithm] = [reader.any().der, reader.any().der];
      return der.sequence(tbs, algorithm, der.bitString(twin(reader.bitString(), p384.Point.Fn.ORDER)));
    });
  const ofLeaf = (where: RegExp, change: (bytes: Uint8Array) => Uint8Array) =>
    named.map(([name, base]) => {
      const tree: JsonValue = JSON.parse(base.json);
      const leaf = leavesOf(tree).find(({ path }) => where.test(pathText(path)));
      return [
        name,
        base,
        leaf && JSON.stringify(amend(tree, leaf.path, () => leaf.written(change(leaf.bytes)))),
      ] as const;
    });

  test('is not the one that was logged: of the artifact or statement', async () => {
    const mutants = ofLeaf(/(?:messageSignature\.signature|\.sig)$/, (bytes) => twin(bytes, p256.Point.Fn.ORDER));
    for (const [name, base, json = ''] of mutants) expect([name, await verifies(base, json)]).toEqual([name, false]);
  });

  test('is not the one that was logged: of the certificate', async () => {
    for (const [name, base, json] of ofLeaf(/rawBytes$/, twinOfCertificate)) {
      if (json !== undefined) expect([name, await verifies(base, json)]).toEqual([name, false]);
    }
  });

  test('is as good: of the promise of a log, which nothing else names', async () => {
    const promises = ofLeaf(/signedEntryTimestamp$/, (bytes) => twin(bytes, p256.Point.Fn.ORDER));
    for (const [name, base, json] of promises) {
      if (json !== undefined) expect([name, await verifies(base, json)]).toEqual([name, true]);
    }
  });
});
