/**
 * An append-only Merkle tree (RFC 9162, section 2.1) that answers for every size it ever had.
 *
 * It keeps the root of each perfect subtree: level k, position i covers the leaves from i·2^k. Appending costs one hash on
 * average; a root or a proof, of any earlier size too, costs about twice the depth of the tree. Indices are safe integers.
 */

import { emptyRoot, nodeHash } from './hash.ts';

export class MerkleTree {
  readonly #levels: Uint8Array[][] = [[]];

  get size(): number {
    return this.#level(0).length;
  }

  /** Appends a leaf by its hash, and says at which index. */
  append(leaf: Uint8Array): number {
    const index = this.size;
    let hash = leaf;
    let position = index;
    for (let level = 0; ; level++) {
      this.#level(level).push(hash);
      if (position % 2 === 0) return index;
      hash = nodeHash(this.node(level, position - 1), hash);
      position = (position - 1) / 2;
    }
  }

  /** The root of the perfect subtree at this level and position, which must be complete. */
  node(level: number, position: number): Uint8Array {
    const hash = this.#levels[level]?.[position];
    if (hash === undefined) throw new RangeError(`no perfect subtree ${position} at level ${level}`);
    return hash;
  }

  /** How many perfect subtrees there are at this level. */
  width(level: number): number {
    return this.#levels[level]?.length ?? 0;
  }

  root(size: number = this.size): Uint8Array {
    this.#demandSize(size);
    return size === 0 ? emptyRoot() : this.#range(0, size);
  }

  /** The audit path of a leaf, from the leaf upwards (RFC 9162, section 2.1.3.1). */
  inclusionProof(index: number, size: number = this.size): readonly Uint8Array[] {
    this.#demandSize(size);
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`no leaf ${index} in a tree of ${size}`);
    }
    const path: Uint8Array[] = [];
    let from = 0;
    let to = size;
    while (to - from > 1) {
      const middle = from + split(to - from);
      if (index < middle) {
        path.unshift(this.#range(middle, to));
        to = middle;
      } else {
        path.unshift(this.#range(from, middle));
        from = middle;
      }
    }
    return path;
  }

  /** That the tree of the first size is a prefix of the second (RFC 9162, section 2.1.4.1). */
  consistencyProof(first: number, second: number = this.size): readonly Uint8Array[] {
    this.#demandSize(second);
    if (!Number.isSafeInteger(first) || first < 0 || first > second) {
      throw new RangeError(`no proof from ${first} to ${second}`);
    }
    if (first === 0 || first === second) return [];
    const proof: Uint8Array[] = [];
    let from = 0;
    let to = second;
    while (to > first) {
      const middle = from + split(to - from);
      if (first <= middle) {
        proof.unshift(this.#range(middle, to));
        to = middle;
      } else {
        proof.unshift(this.#range(from, middle));
        from = middle;
      }
    }
    // The verifier knows the old root; only a part of it has to be told.
    if (from > 0) proof.unshift(this.#range(from, to));
    return proof;
  }

  /** The root over the leaves [from, to), where `from` is a multiple of a power of two that is not less than their number. */
  #range(from: number, to: number): Uint8Array {
    const rest: Uint8Array[] = [];
    let start = from;
    while (start < to) {
      const level = Math.floor(Math.log2(to - start));
      rest.push(this.node(level, start / 2 ** level));
      start += 2 ** level;
    }
    return rest.reduceRight((right, left) => nodeHash(left, right));
  }

  #level(level: number): Uint8Array[] {
    const there = this.#levels[level];
    if (there !== undefined) return there;
    const fresh: Uint8Array[] = [];
    this.#levels[level] = fresh;
    return fresh;
  }

  #demandSize(size: number): void {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size) {
      throw new RangeError(`the tree never had the size ${size}`);
    }
  }
}

/** The largest power of two that is less than n. */
function split(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1));
}
