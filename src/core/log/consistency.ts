/** Consistency proofs: a tree is a prefix of a later one (RFC 9162, section 2.1.4). */

import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import type { CompactRange } from './compact-range.ts';
import { consistencyRanges } from './leaf-range.ts';
import { nodeHash } from './merkle.ts';

/** The state of a log at a size. */
export interface TreeState {
  readonly size: number;
  /** 32 bytes */
  readonly root: Uint8Array;
}

/** The root of a tree without entries (RFC 6962, section 2.1). */
export const emptyRoot: Uint8Array = sha256(new Uint8Array());

/** Returns the root of the tree of a range, also of an empty one. */
export function rootOfRange(range: CompactRange): Uint8Array {
  return range.root() ?? emptyRoot;
}

/**
 * Checks that the later tree begins with the earlier one.
 *
 * @throws CountersignError `CONSISTENCY_UNPROVEN`
 */
export function verifyConsistency(earlier: TreeState, later: TreeState, proof: readonly Uint8Array[]): void {
  const { from, to } = rootsOf(earlier.size, later, proof, earlier.root);
  if (!equalBytes(to, later.root))
    fail('CONSISTENCY_UNPROVEN', `the consistency proof does not lead to the root at size ${later.size}`);
  if (!equalBytes(from, earlier.root))
    fail('CONSISTENCY_UNPROVEN', `the consistency proof does not start from the root at size ${earlier.size}`);
}

/**
 * Returns the root at an earlier size that a proof contains; `undefined` if the size is a power of two, because the proof then does not
 * contain that root.
 *
 * @throws CountersignError `CONSISTENCY_UNPROVEN` if the proof does not lead to the later root
 */
export function earlierRoot(size: number, later: TreeState, proof: readonly Uint8Array[]): Uint8Array | undefined {
  if (size > 0 && size < later.size && isPowerOfTwo(size)) return undefined;
  const { from, to } = rootsOf(size, later, proof, size === 0 ? emptyRoot : later.root);
  if (!equalBytes(to, later.root))
    fail('CONSISTENCY_UNPROVEN', `the consistency proof does not lead to the root at size ${later.size}`);
  return from;
}

/** @param known the root at the earlier size, which is used only if the proof does not contain it */
function rootsOf(
  first: number,
  { size: second, root }: TreeState,
  proof: readonly Uint8Array[],
  known: Uint8Array,
): { readonly from: Uint8Array; readonly to: Uint8Array } {
  if (first > second)
    fail('CONSISTENCY_UNPROVEN', `a tree of size ${second} cannot begin with a tree of size ${first}`);
  const ranges = consistencyRanges(first, second);
  if (proof.length !== ranges.length || proof.some((hash) => hash.length !== 32)) {
    fail(
      'CONSISTENCY_UNPROVEN',
      `the consistency proof from size ${first} to ${second} has ${proof.length} hashes; it must have ${ranges.length} hashes of 32 bytes`,
    );
  }
  // Every tree begins with the empty one.
  if (first === 0) return { from: emptyRoot, to: root };
  if (first === second) return { from: known, to: known };
  const [start] = ranges;
  let [from, to] = [known, known];
  for (const [at, range] of ranges.entries()) {
    const hash = proof[at] ?? known;
    if (range === start && range.to === first) [from, to] = [hash, hash];
    else if (range.from < first) [from, to] = [nodeHash(hash, from), nodeHash(hash, to)];
    else to = nodeHash(to, hash);
  }
  return { from, to };
}

function isPowerOfTwo(size: number): boolean {
  let rest = size;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}
