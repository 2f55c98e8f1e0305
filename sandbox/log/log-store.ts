/**
 * What a log keeps: its entries, the Merkle tree over them, and the keys by which they are found.
 *
 * Four files that only grow. An entry is in the log once its record is in the last of them, `index`; what a kill leaves in the others
 * beyond that is cut off when the log is opened again, and nobody was told of it.
 */

import { equalBytes, uintBytes } from '../../src/core/encoding/index.ts';
import { fail } from '../../src/core/errors/index.ts';
import { leafHash, MerkleTree, treeLength } from '../merkle/index.ts';
import { type AppendFile, MemoryStorage, type Storage } from '../storage/index.ts';
import { KeyIndex } from './key-index.ts';

export interface NewEntry {
  readonly bytes: Uint8Array;
  /** RFC 9162, section 2.1.1. */
  readonly leafHash: Uint8Array;
  readonly time: Date;
  /** Hashes of 16 bytes or more, by which to find it. The hash of the leaf is one anyway. */
  readonly keys?: readonly Uint8Array[];
}

/** The record of an entry: where it ends in `entries`, how many records `keys` has then, and the milliseconds of its time. */
const recordLength = 24;

export class LogStore {
  readonly tree: MerkleTree;
  readonly #entries: AppendFile;
  readonly #keys: KeyIndex;
  readonly #index: AppendFile;

  /**
   * @param hashOf the leaf's hash of an entry; by default that of its bytes. A certificate log hashes a part of them
   * @throws CountersignError `USAGE` if what is stored is damaged, which no end of a process can do
   */
  constructor(storage: Storage = new MemoryStorage(), hashOf: (entry: Uint8Array) => Uint8Array = leafHash) {
    this.#entries = storage.appendFile('entries');
    this.#index = storage.appendFile('index');
    const nodes = storage.appendFile('nodes');
    const size = Math.floor(this.#index.length / recordLength);
    try {
      // A kill leaves less than one record, so a tree with room for another leaf more is one whose records are lost.
      if (nodes.length > treeLength(size + 1)) throw new RangeError('there are hashes of entries that are not');
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
        remedy: 'Take another state folder: a log that has lost entries cannot go on.',
      });
    }
  }

  get size(): number {
    return this.tree.size;
  }

  /** Appends an entry, and says at which index. */
  append({ bytes, leafHash, time, keys = [] }: NewEntry): number {
    const index = this.size;
    const before = this.#record(index - 1);
    try {
      this.#entries.append(bytes);
      this.#keys.add([leafHash, ...keys], index);
      this.tree.append(leafHash);
      this.#index.append(encodeRecord(this.#entries.length, this.#keys.count, time));
    } catch (cause) {
      // The disk may be full. What is half there must not be under the next entry.
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
    const [bytes] = this.entries(index, 1);
    return bytes ?? absent(index);
  }

  /** So many entries from this one on. */
  entries(index: number, count: number): readonly Uint8Array[] {
    if (index < 0 || index + count > this.size) absent(index + count - 1);
    const start = this.#record(index - 1).entries;
    const records = this.#index.read(index * recordLength, count * recordLength);
    const ends = Array.from({ length: count }, (_, at) => decodeRecord(records, at * recordLength).entries);
    const bytes = this.#entries.read(start, (ends.at(-1) ?? start) - start);
    return ends.map((end, at) => bytes.subarray((ends[at - 1] ?? start) - start, end - start));
  }

  /** When an entry was appended. */
  time(index: number): Date {
    return index >= 0 && index < this.size ? this.#record(index).time : absent(index);
  }

  leafHash(index: number): Uint8Array {
    return this.tree.node(0, index);
  }

  /** The entries under a key, the earliest first. */
  find(key: Uint8Array): readonly number[] {
    return this.#keys.find(key);
  }

  /** The first entry whose leaf has this hash. */
  findLeaf(hash: Uint8Array): number | undefined {
    // Other keys may be the same, and a part of a hash is enough for a key.
    return this.find(hash).find((index) => equalBytes(this.leafHash(index), hash));
  }

  /** @throws RangeError unless the last entry is that of the last leaf: what is cut off must not be anything else's */
  #demandLast(hashOf: (entry: Uint8Array) => Uint8Array): void {
    const last = this.size - 1;
    if (last >= 0 && !equalBytes(hashOf(this.entry(last)), this.leafHash(last))) {
      throw new RangeError(`entry ${last} is not that of its leaf`);
    }
  }

  #record(index: number): EntryRecord {
    if (index < 0) return { entries: 0, keys: 0, time: new Date(0) };
    return decodeRecord(this.#index.read(index * recordLength, recordLength), 0);
  }
}

interface EntryRecord {
  readonly entries: number;
  readonly keys: number;
  readonly time: Date;
}

function encodeRecord(entries: number, keys: number, time: Date): Uint8Array {
  const record = new Uint8Array(recordLength);
  record.set(uintBytes(entries, 8), 0);
  record.set(uintBytes(keys, 8), 8);
  record.set(uintBytes(time.getTime(), 8), 16);
  return record;
}

function decodeRecord(bytes: Uint8Array, at: number): EntryRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, recordLength);
  const uint = (offset: number): number => Number(view.getBigUint64(offset));
  return { entries: uint(0), keys: uint(8), time: new Date(uint(16)) };
}

function absent(index: number): never {
  throw new RangeError(`no entry ${index}`);
}
