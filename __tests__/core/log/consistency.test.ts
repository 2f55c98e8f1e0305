import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MerkleTree } from '../../../sandbox/merkle/index.ts';
import { decodeBase64, uintBytes } from '../../../src/core/encoding/index.ts';
import {
  consistencyRanges,
  earlierRoot,
  emptyRoot,
  inclusionRanges,
  leafHash,
  subtreesOf,
  verifyConsistency,
} from '../../../src/core/log/index.ts';
import { expectFailure } from '../errors/failure.ts';
import vectors from './fixtures/merkle.json' with { type: 'json' };

const largest = 300;
const tree = new MerkleTree();
for (let index = 0; index < largest; index++) tree.append(leafHash(uintBytes(index, 4)));

const stateAt = (size: number) => ({ size, root: tree.root(size) });
const flipped = (hash: Uint8Array) => hash.map((byte, at) => (at === 7 ? byte ^ 1 : byte));
const isPowerOfTwo = (size: number) => (size & (size - 1)) === 0;
const sizes = fc.tuple(fc.nat(largest), fc.nat(largest)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

const rootAt = (size: number) => decodeBase64((vectors.roots as Record<string, string>)[size] ?? '');

describe('proofs of others', () => {
  test.each(vectors.consistency)('from $old to $new', ({ old, new: later, proof }) => {
    const hashes = proof.map(decodeBase64);
    const roots = vectors.roots as Record<string, string>;
    const known = old in roots ? { size: old, root: rootAt(old) } : stateAt(old);
    verifyConsistency(known, { size: later, root: rootAt(later) }, hashes);
  });
});

test('each proof of the sandbox is accepted, and its ranges are those of the proof', () => {
  fc.assert(
    fc.property(sizes, ([first, second]) => {
      const proof = tree.consistencyProof(first, second);
      verifyConsistency(stateAt(first), stateAt(second), proof);
      expect(consistencyRanges(first, second)).toHaveLength(proof.length);
      const root = earlierRoot(first, stateAt(second), proof);
      const isOmitted = first > 0 && first < second && isPowerOfTwo(first);
      expect(root).toEqual(isOmitted ? undefined : tree.root(first));
    }),
  );
});

test('the ranges of an inclusion proof are those of the hashes of the sandbox', () => {
  fc.assert(
    fc.property(sizes, ([index, size]) => {
      fc.pre(index < size);
      const hashes = inclusionRanges(index, size).map(({ from, to }) => {
        const [first, ...others] = subtreesOf({ from, to }).map(({ level, position }) => tree.node(level, position));
        // One hash is the root of a perfect subtree, and several are those of the right edge.
        return others.length === 0 ? first : undefined;
      });
      for (const [at, hash] of tree.inclusionProof(index, size).entries())
        if (hashes[at] !== undefined) expect(hashes[at]).toEqual(hash);
      expect(hashes).toHaveLength(tree.inclusionProof(index, size).length);
    }),
  );
});

test('the subtrees of a range cover it without gaps', () => {
  fc.assert(
    fc.property(sizes, ([from, to]) => {
      let at = from;
      for (const { level, position } of subtreesOf({ from, to })) {
        expect(position * 2 ** level).toBe(at);
        at += 2 ** level;
      }
      expect(at).toBe(to);
    }),
  );
});

test('no altered proof is accepted', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), ([first, second], choice) => {
      fc.pre(first > 0 && first < second);
      const proof = tree.consistencyProof(first, second);
      const refuse = (altered: readonly Uint8Array[], reason: RegExp) =>
        expectFailure(
          () => verifyConsistency(stateAt(first), stateAt(second), altered),
          'CONSISTENCY_UNPROVEN',
          reason,
        );
      const at = choice % proof.length;
      refuse(proof.with(at, flipped(proof[at] ?? emptyRoot)), /does not lead to the root/);
      refuse(proof.with(at, (proof[at] ?? emptyRoot).subarray(1)), /hashes of 32 bytes/);
      refuse(proof.slice(1), /hashes of 32 bytes/);
      refuse([...proof, emptyRoot], /hashes of 32 bytes/);
    }),
  );
});

test('another root at either size is refused', () => {
  fc.assert(
    fc.property(sizes, ([first, second]) => {
      const proof = tree.consistencyProof(first, second);
      const [earlier, later] = [stateAt(first), stateAt(second)];
      const wrong = ({ size, root }: typeof earlier) => ({ size, root: flipped(root) });
      const refuse = (from: typeof earlier, to: typeof earlier) =>
        expectFailure(() => verifyConsistency(from, to, proof), 'CONSISTENCY_UNPROVEN', /the root at size/);
      refuse(wrong(earlier), later);
      if (first > 0) refuse(earlier, wrong(later));
    }),
  );
});

test('a proof from another past to the same root shows the root of that past', () => {
  const other = new MerkleTree();
  for (let index = 0; index < 101; index++) other.append(leafHash(uintBytes(index + 1, 4)));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), (size) => {
      fc.pre(!isPowerOfTwo(size));
      const later = { size: 101, root: other.root() };
      const proof = other.consistencyProof(size, 101);
      expectFailure(
        () => verifyConsistency(stateAt(size), later, proof),
        'CONSISTENCY_UNPROVEN',
        /does not start from the root at size/,
      );
      expect(earlierRoot(size, later, proof)).toEqual(other.root(size));
    }),
  );
});

test('a proof that leads to another root shows nothing', () => {
  const proof = tree.consistencyProof(5, 9);
  const later = { size: 9, root: flipped(tree.root(9)) };
  expectFailure(() => earlierRoot(5, later, proof), 'CONSISTENCY_UNPROVEN', /does not lead to the root at size 9/);
});

test('an earlier tree is not larger than the later one', () => {
  expectFailure(() => verifyConsistency(stateAt(9), stateAt(5), []), 'CONSISTENCY_UNPROVEN', /cannot begin with/);
});

test('sizes near the largest safe integer', () => {
  const size = Number.MAX_SAFE_INTEGER;
  expect(inclusionRanges(size - 1, size)).toHaveLength(52);
  expect(consistencyRanges(size - 1, size)).toHaveLength(53);
  expect(subtreesOf({ from: 0, to: size })).toHaveLength(53);
});
