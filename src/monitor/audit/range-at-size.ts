/** Finds the compact range of the first entries of a log from a consistency proof. */

import { equalBytes } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { CompactRange, rootOfRange } from '../../core/log/index.ts';
import type { TreeHead } from '../log/index.ts';

/**
 * Returns the range of the first `size` entries. A consistency proof (RFC 9162, section 2.1.4) contains its subtrees: first the last one,
 * unless that is the whole tree, and then, from the smallest to the largest, each of the others, between hashes of later entries.
 *
 * @throws CountersignError `TILES_INCONSISTENT` if they do not lead to the root
 */
export function rangeAtSize(
  size: number,
  head: TreeHead,
  { root, proof }: { readonly root: Uint8Array; readonly proof: readonly Uint8Array[] },
): CompactRange {
  if (size === 0) return CompactRange.empty;
  const subtrees: Uint8Array[] = [];
  const levels = subtreeLevels(size);
  if (levels.length === 1) subtrees.push(root);
  else {
    // Each step up goes to a parent: left of it is a subtree of the first entries if the position is odd.
    const [lowest = 0] = levels;
    let position = size / 2 ** lowest - 1;
    let last = Math.ceil(head.size / 2 ** lowest) - 1;
    const hashes = proof.values();
    const next = (): Uint8Array =>
      hashes.next().value ?? fail('TILES_INCONSISTENT', 'the consistency proof is too short');
    subtrees.push(next());
    for (; last > 0; position = Math.floor(position / 2), last = Math.floor(last / 2)) {
      if (position % 2 === 1) subtrees.unshift(next());
      else if (position < last) next();
    }
  }
  const range = CompactRange.of(size, subtrees);
  if (!equalBytes(rootOfRange(range), root))
    fail('TILES_INCONSISTENT', `the consistency proof does not contain the subtrees of the first ${size} entries`);
  return range;
}

/** Returns the levels of the subtrees that cover the first entries, the lowest first. */
function subtreeLevels(size: number): readonly number[] {
  const levels: number[] = [];
  for (let level = 0, rest = size; rest > 0; level++, rest = Math.floor(rest / 2))
    if (rest % 2 === 1) levels.push(level);
  return levels;
}
