/**
 * An append-only Merkle tree (RFC 9162, section 2.1) that answers for every size it ever had.
 *
 * It stores the root of each perfect subtree: level k, position i covers the leaves from i·2^k. A leaf completes the subtrees that
 * end with it, whose roots are stored one after the other, so appending is one write, of two hashes on average. A root or a
 * proof, also of an earlier size, costs about twice the depth of the tree. Indices are safe integers.
 */

import { createHash } from 'node:crypto';
import { concatBytes } from '../../src/core/encoding/index.ts';
import { type AppendFile, MemoryStorage } from '../storage/index.ts';

const hashLength = 32;

export function leafHash(entry: Uint8Array): Uint8Array {
  return new Uint8Array(
    createHash('sha256')
      .update(new Uint8Array([0]))
      .update(entry)
      .digest(),
  );
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return new Uint8Array(
    createHash('sha256')
      .update(new Uint8Array([1]))
      .update(left)
      .update(right)
      .digest(),
  );
}

/** Returns the length in bytes of the hashes of a tree of `size` leaves. */
export function treeLength(size: number): number {
  return hashLength * nodeCount(size);
}

export class MerkleTree {
  readonly #nodes: AppendFile;
  #size: number;

  /** Opens a tree of the first `size` leaves in a file of hashes; by default an empty one, in memory. */
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

  /** Appends a leaf by its hash, and returns its index. */
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

  /** Removes all leaves from this size on, which no client has seen. */
  truncate(size: number): void {
    this.#size = size;
    this.#nodes.truncate(treeLength(size));
  }

  /** Returns the root of the perfect subtree at this level and position, which must be complete. */
  node(level: number, position: number): Uint8Array {
    if (position >= this.width(level)) throw new RangeError(`no perfect subtree ${position} at level ${level}`);
    const lastLeaf = (position + 1) * 2 ** level - 1;
    return this.#nodes.read(hashLength * (nodeCount(lastLeaf) + level), hashLength);
  }

  /** Returns the number of perfect subtrees at this level. */
  width(level: number): number {
    return Math.floor(this.size / 2 ** level);
  }

  root(size: number = this.size): Uint8Array {
    this.#demandSize(size);
    return size === 0 ? new Uint8Array(createHash('sha256').digest()) : this.#range(0, size);
  }

  /** Returns the audit path of a leaf, from the leaf upwards (RFC 9162, section 2.1.3.1). */
  inclusionProof(index: number, size: number = this.size): readonly Uint8Array[] {
    this.#demandSize(size);
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`no leaf ${index} in a tree of ${size}`);
    }
    return this.#descend(index, size, (from, to) => to - from === 1).siblings;
  }

  /** Proves that the tree of the first size is a prefix of that of the second (RFC 9162, section 2.1.4.1). */
  consistencyProof(first: number, second: number = this.size): readonly Uint8Array[] {
    this.#demandSize(second);
    if (!Number.isSafeInteger(first) || first < 0 || first > second) {
      throw new RangeError(`no proof from ${first} to ${second}`);
    }
    if (first === 0 || first === second) return [];
    const { from, siblings } = this.#descend(first - 1, second, (_, to) => to === first);
    // The verifier knows the root of the first tree, and needs the last part of it only.
    return from === 0 ? siblings : [this.#range(from, first), ...siblings];
  }

  /** Goes down from the root towards a leaf, and returns where it stopped and the siblings it passed, the lowest first. */
  #descend(
    index: number,
    size: number,
    stops: (from: number, to: number) => boolean,
  ): { readonly from: number; readonly siblings: readonly Uint8Array[] } {
    const siblings: Uint8Array[] = [];
    let [from, to] = [0, size];
    while (!stops(from, to)) {
      // The left subtree has the largest power of two of leaves that is less than all.
      const middle = from + 2 ** Math.floor(Math.log2(to - from - 1));
      siblings.unshift(index < middle ? this.#range(middle, to) : this.#range(from, middle));
      if (index < middle) to = middle;
      else from = middle;
    }
    return { from, siblings };
  }

  /** Returns the root over the leaves [from, to), where `from` is a multiple of a power of two not less than their number. */
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

/** Returns the number of perfect subtrees in a tree: twice its size, less the ones in it as a binary number. */
function nodeCount(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return 2 * size - ones;
}
