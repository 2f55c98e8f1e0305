/**
 * An append-only Merkle tree (RFC 9162, section 2.1) that answers for every size it ever had.
 *
 * It keeps the root of each perfect subtree: level k, position i covers the leaves from i·2^k. A leaf completes the subtrees that
 * end with it, and their roots are kept one after the other, so that appending is one write, of two hashes on average. A root or a
 * proof, of any earlier size too, costs about twice the depth of the tree. Indices are safe integers.
 */

import { concatBytes } from '../../src/core/encoding/index.ts';
import { type AppendFile, MemoryStorage } from '../storage/index.ts';
import { emptyRoot, nodeHash } from './hash.ts';

const hashLength = 32;

/** How many bytes the hashes of a tree of so many leaves take: two hashes a leaf, but for the subtrees not yet complete. */
export function treeLength(size: number): number {
  return hashLength * nodeCount(size);
}

export class MerkleTree {
  readonly #nodes: AppendFile;
  #size: number;

  /** A tree of the first so many leaves that are in a file of hashes; by default an empty one, in memory. */
  constructor(nodes: AppendFile = new MemoryStorage().appendFile('nodes'), size = 0) {
    if (nodes.length < treeLength(size))
      throw new RangeError(`the hashes of a tree of ${size} leaves are not all there`);
    if (nodes.length > treeLength(size)) nodes.truncate(treeLength(size));
    this.#nodes = nodes;
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  /** Appends a leaf by its hash, and says at which index. */
  append(leaf: Uint8Array): number {
    const index = this.#size;
    const completed = [leaf];
    let hash = leaf;
    for (let level = 0, position = index; position % 2 === 1; level++, position = (position - 1) / 2) {
      hash = nodeHash(this.node(level, position - 1), hash);
      completed.push(hash);
    }
    this.#nodes.append(concatBytes(...completed));
    this.#size += 1;
    return index;
  }

  /** Takes back all leaves from this size on: they were never told to anybody. */
  truncate(size: number): void {
    this.#size = size;
    this.#nodes.truncate(treeLength(size));
  }

  /** The root of the perfect subtree at this level and position, which must be complete. */
  node(level: number, position: number): Uint8Array {
    if (position >= this.width(level)) throw new RangeError(`no perfect subtree ${position} at level ${level}`);
    const lastLeaf = (position + 1) * 2 ** level - 1;
    return this.#nodes.read(hashLength * (nodeCount(lastLeaf) + level), hashLength);
  }

  /** How many perfect subtrees there are at this level. */
  width(level: number): number {
    return Math.floor(this.size / 2 ** level);
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

/** The perfect subtrees of a tree of so many leaves: 2n less the number of ones in n. */
function nodeCount(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return 2 * size - ones;
}
