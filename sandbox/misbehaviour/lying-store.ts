/**
 * The store of a log, as a lying log shows it. The lie is in the tree, so all answers are consistent. The store behind it takes
 * new entries and is not changed otherwise, so that the log is right again when the lie ends.
 */

import { equalBytes } from '../../src/core/encoding/index.ts';
import { LogStore, type NewEntry } from '../log/index.ts';
import { MerkleTree, nodeHash } from '../merkle/index.ts';

/** An entry and its index. */
export interface PlacedEntry extends NewEntry {
  readonly index: number;
}

export interface Lie {
  /** Shows only so many entries. */
  readonly size?: number;
  /** Replaces an entry, once the log has it. */
  readonly replaced?: PlacedEntry;
  /** Shows the last new entry, and stores none. */
  readonly forgets?: boolean;
  readonly spoil?: {
    readonly entry?: (right: Uint8Array) => Uint8Array;
    readonly root?: (right: Uint8Array) => Uint8Array;
    readonly inclusionProof?: (right: readonly Uint8Array[]) => readonly Uint8Array[];
    readonly consistencyProof?: (right: readonly Uint8Array[]) => readonly Uint8Array[];
  };
}

export class LyingStore extends LogStore {
  override readonly tree: MerkleTree;
  readonly #behind: LogStore;
  readonly #lie: Lie;
  #other: PlacedEntry | undefined;

  constructor(behind: LogStore, lie: Lie) {
    super();
    this.#behind = behind;
    this.#lie = lie;
    this.#other = lie.replaced;
    this.tree = new LyingTree(behind.tree, lie, () => this.#other);
  }

  override append(entry: NewEntry): number {
    const index = this.size;
    if (!this.#lie.forgets) return this.#behind.append(entry);
    this.#other = { ...entry, index };
    return index;
  }

  override entries(index: number, count: number): readonly Uint8Array[] {
    if (index < 0 || index + count > this.size) throw new RangeError(`no entry ${index + count - 1}`);
    const other = this.#other;
    const kept = this.#behind.entries(index, Math.max(0, Math.min(count, this.#behind.size - index)));
    const shown = Array.from({ length: count }, (_, at) => kept[at] ?? new Uint8Array());
    if (other !== undefined && other.index >= index && other.index < index + count)
      shown[other.index - index] = other.bytes;
    return shown.map((entry) => this.#lie.spoil?.entry?.(entry) ?? entry);
  }

  override time(index: number): Date {
    return index === this.#other?.index ? this.#other.time : this.#behind.time(index);
  }

  override find(key: Uint8Array): readonly number[] {
    const other = this.#other;
    const kept = this.#behind.find(key).filter((index) => index < this.size && index !== other?.index);
    if (other === undefined || other.index >= this.size || !equalBytes(other.leafHash, key)) return kept;
    return [...kept, other.index].sort((a, b) => a - b);
  }
}

/** A tree with one leaf replaced or added. Only the hashes above that leaf are computed. */
class LyingTree extends MerkleTree {
  readonly #behind: MerkleTree;
  readonly #lie: Lie;
  readonly #other: () => PlacedEntry | undefined;

  constructor(behind: MerkleTree, lie: Lie, other: () => PlacedEntry | undefined) {
    super();
    this.#behind = behind;
    this.#lie = lie;
    this.#other = other;
  }

  override get size(): number {
    if (this.#lie.forgets) return Math.max(this.#behind.size, (this.#other()?.index ?? -1) + 1);
    return this.#lie.size ?? this.#behind.size;
  }

  override node(level: number, position: number): Uint8Array {
    const other = this.#other();
    if (other === undefined || Math.floor(other.index / 2 ** level) !== position) {
      return this.#behind.node(level, position);
    }
    if (position >= this.width(level)) throw new RangeError(`no perfect subtree ${position} at level ${level}`);
    if (level === 0) return other.leafHash;
    return nodeHash(this.node(level - 1, 2 * position), this.node(level - 1, 2 * position + 1));
  }

  override root(size?: number): Uint8Array {
    const right = super.root(size);
    return this.#lie.spoil?.root?.(right) ?? right;
  }

  override inclusionProof(index: number, size?: number): readonly Uint8Array[] {
    const right = super.inclusionProof(index, size);
    return this.#lie.spoil?.inclusionProof?.(right) ?? right;
  }

  override consistencyProof(first: number, second?: number): readonly Uint8Array[] {
    const right = super.consistencyProof(first, second);
    return this.#lie.spoil?.consistencyProof?.(right) ?? right;
  }
}
