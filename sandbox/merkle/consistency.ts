/** Verifies consistency proofs (RFC 9162, section 2.1.4.2). */

import { equalBytes } from '../../src/core/encoding/index.ts';
import { nodeHash } from './tree.ts';

/** A tree, by its size and its root. */
export interface TreeState {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Reports whether a proof shows that the second tree, which is not smaller, begins with the first. */
export function isConsistent(first: TreeState, second: TreeState, proof: readonly Uint8Array[]): boolean {
  if (first.size === 0) return proof.length === 0;
  if (first.size === second.size) return proof.length === 0 && equalBytes(first.root, second.root);
  const isPerfect = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = isPerfect ? [first.root, ...proof] : proof;
  if (start === undefined) return false;
  let [node, last] = [first.size - 1, second.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [left, whole] = [start, start];
  for (const hash of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [left, whole] = [nodeHash(hash, left), nodeHash(hash, whole)];
      while (node % 2 === 0 && node > 0) [node, last] = [half(node), half(last)];
    } else {
      whole = nodeHash(whole, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalBytes(left, first.root) && equalBytes(whole, second.root);
}

function half(number: number): number {
  return Math.floor(number / 2);
}
