/** Compact ranges: the hashes of the perfect subtrees that cover the first entries of a log, from which its root follows. */

import { fail } from '../errors/index.ts';
import { nodeHash } from './merkle.ts';

/** The first entries of a log. It is immutable, and small: at most 53 hashes. */
export class CompactRange {
  /** The number of entries. */
  readonly size: number;
  /** The roots of the perfect subtrees, the largest (and first) one first, 32 bytes each. */
  readonly hashes: readonly Uint8Array[];

  static readonly empty = new CompactRange(0, []);

  private constructor(size: number, hashes: readonly Uint8Array[]) {
    this.size = size;
    this.hashes = hashes;
  }

  /**
   * Returns the range of these hashes.
   *
   * @throws CountersignError `CHECKPOINT_INVALID` for a size that is not a safe integer, or another number of hashes than it has bits
   */
  static of(size: number, hashes: readonly Uint8Array[]): CompactRange {
    if (!Number.isSafeInteger(size) || size < 0) fail('CHECKPOINT_INVALID', `the tree size ${size} is not supported`);
    if (hashes.length !== onesOf(size) || hashes.some((hash) => hash.length !== 32))
      fail('CHECKPOINT_INVALID', `a compact range of ${size} entries has ${onesOf(size)} hashes of 32 bytes`);
    return new CompactRange(size, hashes);
  }

  /** Returns the range with further entries after it. */
  with(leafHashes: Iterable<Uint8Array>): CompactRange {
    const hashes = [...this.hashes];
    let size = this.size;
    for (const leaf of leafHashes) {
      let hash = leaf;
      // Each trailing one of the size is a subtree as large as the one that the new entry completes.
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) hash = nodeHash(hashes.pop() ?? hash, hash);
      hashes.push(hash);
      size += 1;
    }
    return new CompactRange(size, hashes);
  }

  /** Returns the range with a perfect subtree of 2^height further entries after it. The size must be a multiple of 2^height. */
  withSubtree(height: number, root: Uint8Array): CompactRange {
    const width = 2 ** height;
    if (this.size % width !== 0)
      throw new RangeError(`a subtree of ${width} entries cannot begin at entry ${this.size}`);
    const hashes = [...this.hashes];
    let hash = root;
    for (let rest = this.size / width; rest % 2 === 1; rest = (rest - 1) / 2)
      hash = nodeHash(hashes.pop() ?? hash, hash);
    return new CompactRange(this.size + width, [...hashes, hash]);
  }

  /** Returns the root of the tree; `undefined` if there are no entries, whose root is a hash of nothing (RFC 6962, section 2.1). */
  root(): Uint8Array | undefined {
    return this.hashes.length === 0 ? undefined : this.hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
