/**
 * The storage of a log: its entries, the Merkle tree over them, and the keys by which they are found.
 *
 * It has four files that only grow. An entry is in the log once its record is in the last of them, `index`. Whatever else a kill
 * leaves in the others was never acknowledged, and is cut off when the log is opened again.
 */

import { concatBytes, equalBytes, uintBytes } from '../../src/core/encoding/index.ts';
import { fail } from '../../src/core/errors/index.ts';
import { leafHash, MerkleTree, treeLength } from '../merkle/index.ts';
import { type AppendFile, MemoryStorage, type Storage } from '../storage/index.ts';
import { KeyIndex } from './key-index.ts';

export interface NewEntry {
  readonly bytes: Uint8Array;
  /** RFC 9162, section 2.1.1. */
  readonly leafHash: Uint8Array;
  readonly time: Date;
  /** Hashes of at least 16 bytes by which the entry is found, besides its leaf's hash. */
  readonly keys?: readonly Uint8Array[];
}

/** The length of an entry's record: its end in `entries`, the number of records in `keys` after it, and its time in milliseconds. */
const recordLength = 24;

export class LogStore {
  readonly tree: MerkleTree;
  readonly #entries: AppendFile;
  readonly #keys: KeyIndex;
  readonly #index: AppendFile;

  /**
   * @param hashOf returns the leaf hash of an entry, by default that of all its bytes: a certificate log hashes a part of them
   * @throws CountersignError `USAGE` if the files are damaged, which killing the sandbox cannot cause
   */
  constructor(storage: Storage = new MemoryStorage(), hashOf: (entry: Uint8Array) => Uint8Array = leafHash) {
    this.#entries = storage.appendFile('entries');
    this.#index = storage.appendFile('index');
    const nodes = storage.appendFile('nodes');
    const size = Math.floor(this.#index.length / recordLength);
    try {
      // A kill leaves at most one leaf without its record. With more of them, records were lost.
      if (nodes.length > treeLength(size + 1)) throw new RangeError('it has hashes of entries that do not exist');
      const end = this.#record(size - 1);
      this.tree = new MerkleTree(nodes, size);
      this.#demandLast(hashOf);
      this.#keys = new KeyIndex(storage.appendFile('keys'), end.keys);
      this.#entries.truncate(end.entries);
      this.#index.truncate(size * recordLength);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      fail('USAGE', `a log of the sandbox is damaged: ${cause.message}`, {
        cause,
        remedy: 'Use another state folder. A log that has lost entries cannot be continued.',
      });
    }
  }

  get size(): number {
    return this.tree.size;
  }

  /** Appends an entry, and returns its index. */
  append({ bytes, leafHash, time, keys = [] }: NewEntry): number {
    const index = this.size;
    const before = this.#record(index - 1);
    try {
      this.#entries.append(bytes);
      this.#keys.add([leafHash, ...keys], index);
      this.tree.append(leafHash);
      const numbers = [this.#entries.length, this.#keys.count, time.getTime()];
      this.#index.append(concatBytes(...numbers.map((number) => uintBytes(number, 8))));
    } catch (cause) {
      // The disk may be full. The next entry must not follow half of this one.
      try {
        this.#entries.truncate(before.entries);
      } finally {
        try {
          this.#keys.truncate(before.keys);
        } finally {
          this.tree.truncate(index);
        }
      }
      throw cause;
    }
    return index;
  }

  /** @throws RangeError if there is none */
  entry(index: number): Uint8Array {
    return this.entries(index, 1)[0] ?? absent(index);
  }

  /** Returns `count` entries, from this one on. */
  entries(index: number, count: number): readonly Uint8Array[] {
    if (index < 0 || index + count > this.size) absent(index + count - 1);
    const start = this.#record(index - 1).entries;
    const records = this.#index.read(index * recordLength, count * recordLength);
    const ends = Array.from({ length: count }, (_, at) => decodeRecord(records, at * recordLength).entries);
    const bytes = this.#entries.read(start, (ends.at(-1) ?? start) - start);
    return ends.map((end, at) => bytes.subarray((ends[at - 1] ?? start) - start, end - start));
  }

  /** Returns the time at which an entry was appended. */
  time(index: number): Date {
    return index >= 0 && index < this.size ? this.#record(index).time : absent(index);
  }

  leafHash(index: number): Uint8Array {
    return this.tree.node(0, index);
  }

  /** Returns the entries under a key, the earliest first. */
  find(key: Uint8Array): readonly number[] {
    return this.#keys.find(key);
  }

  /** Returns the first entry whose leaf has this hash. */
  findLeaf(hash: Uint8Array): number | undefined {
    // A key is only the start of a hash, and may be another entry's key.
    return this.find(hash).find((index) => equalBytes(this.leafHash(index), hash));
  }

  /** Checks that the last entry belongs to the last leaf, before anything is cut off. */
  #demandLast(hashOf: (entry: Uint8Array) => Uint8Array): void {
    const last = this.size - 1;
    if (last >= 0 && !equalBytes(hashOf(this.entry(last)), this.leafHash(last))) {
      throw new RangeError(`entry ${last} does not match its leaf hash`);
    }
  }

  #record(index: number) {
    if (index < 0) return decodeRecord(new Uint8Array(recordLength), 0);
    return decodeRecord(this.#index.read(index * recordLength, recordLength), 0);
  }
}

/** Reads a record at an offset. */
function decodeRecord(bytes: Uint8Array, at: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, recordLength);
  const uint = (offset: number): number => Number(view.getBigUint64(offset));
  return { entries: uint(0), keys: uint(8), time: new Date(uint(16)) };
}

function absent(index: number): never {
  throw new RangeError(`no entry ${index}`);
}
