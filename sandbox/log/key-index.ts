/**
 * Which entries of a log go by a key: a leaf's hash, the digest of an artifact, a name. Many entries may share one.
 *
 * On file is a record of the key and the entry for each pair. In memory are 20 to 30 bytes a record, so that millions fit.
 */

import { concatBytes, equalBytes, uintBytes } from '../../src/core/encoding/index.ts';
import type { AppendFile } from '../storage/index.ts';

/** What is kept of a key, which is a hash. */
const keyLength = 16;
const recordLength = keyLength + 8;
/** Records are read in pieces of a megabyte and a half when a log is opened. */
const recordsAtOnce = 65_536;

export class KeyIndex {
  readonly #file: AppendFile;
  readonly #table: RecordTable;

  /** The first so many records of a file; what follows them is cut off. */
  constructor(file: AppendFile, count = 0) {
    file.truncate(count * recordLength);
    this.#file = file;
    this.#table = new RecordTable(count);
    for (let start = 0; start < count; start += recordsAtOnce) {
      const records = Math.min(recordsAtOnce, count - start);
      const bytes = file.read(start * recordLength, records * recordLength);
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      for (let at = 0; at < bytes.length; at += recordLength) this.#table.add(view, at);
    }
  }

  /** How many records there are. */
  get count(): number {
    return this.#table.count;
  }

  /** Adds an entry under each of these keys, which are hashes of 16 bytes or more. */
  add(keys: readonly Uint8Array[], entry: number): void {
    const kept = keys.map((key) => key.subarray(0, keyLength));
    this.#file.append(concatBytes(...kept.flatMap((key) => [key, uintBytes(entry, 8)])));
    for (const key of kept) this.#table.add(viewOf(key));
  }

  /** The entries under a key, the earliest first. */
  find(key: Uint8Array): readonly number[] {
    const wanted = key.subarray(0, keyLength);
    const records = this.#table
      .find(viewOf(wanted))
      .map((record) => this.#file.read(record * recordLength, recordLength))
      // The table knows the first 8 bytes of a key only.
      .filter((record) => equalBytes(record.subarray(0, keyLength), wanted));
    return records.map((record) => Number(viewOf(record).getBigUint64(keyLength)));
  }

  /** Takes back the records from this number on. */
  truncate(count: number): void {
    this.#table.truncate(count);
    this.#file.truncate(count * recordLength);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** How many hash tables there are: no one of them takes long to be made larger, or it would be a pause for whoever adds that entry. */
const tableCount = 256;

/** The numbers of records by the first 8 bytes of their keys: hash tables with open addressing, of typed arrays. */
class RecordTable {
  #count = 0;
  /** The tables, by the last of the 8 bytes. In each are the latest records of its keys, plus one; 0 is nothing. */
  readonly #tables: Uint32Array[];
  /** How many keys each table has: half as many as it has slots, at most. */
  readonly #keys = new Uint32Array(tableCount);
  /** Of each record: bytes 0 to 4 and 4 to 8 of its key, and the record before it of the same key, plus one. */
  #first: Uint32Array;
  #second: Uint32Array;
  #before: Uint32Array;

  /** With room for so many records; for more, it grows. */
  constructor(count: number) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(4 * tableCount, count)));
    this.#tables = Array.from({ length: tableCount }, () => new Uint32Array((2 * room) / tableCount));
    this.#first = new Uint32Array(room);
    this.#second = new Uint32Array(room);
    this.#before = new Uint32Array(room);
  }

  get count(): number {
    return this.#count;
  }

  /** Adds a record of the key that stands here. */
  add(view: DataView, at = 0): void {
    if (this.#count === this.#first.length) this.#grow();
    const record = this.#count;
    const first = view.getUint32(at);
    const second = view.getUint32(at + 4);
    this.#first[record] = first;
    this.#second[record] = second;
    const table = this.#table(second);
    const slot = this.#slotOf(table, first, second);
    const before = table[slot] ?? 0;
    this.#before[record] = before;
    table[slot] = record + 1;
    this.#count += 1;
    if (before === 0) this.#countKey(second, table);
  }

  /** In the order in which they were added. */
  find(key: DataView): readonly number[] {
    const [first, second] = [key.getUint32(0), key.getUint32(4)];
    const table = this.#table(second);
    const found: number[] = [];
    let next = table[this.#slotOf(table, first, second)] ?? 0;
    for (; next > 0; next = this.#before[next - 1] ?? 0) found.push(next - 1);
    return found.reverse();
  }

  /** Takes back the records from this number on, of which there are few. */
  truncate(count: number): void {
    for (let record = this.#count - 1; record >= count; record--) {
      const [first, second] = [this.#first[record] ?? 0, this.#second[record] ?? 0];
      const table = this.#table(second);
      const slot = this.#slotOf(table, first, second);
      table[slot] = this.#before[record] ?? 0;
      // A key that is gone may be in the way to another.
      if (table[slot] === 0) this.#rehash(second, table.length);
    }
    this.#count = count;
  }

  #table(second: number): Uint32Array {
    return this.#tables[second % tableCount] as Uint32Array;
  }

  /** The slot of a key, or the empty one where it belongs. */
  #slotOf(table: Uint32Array, first: number, second: number): number {
    const mask = table.length - 1;
    for (let slot = first & mask; ; slot = (slot + 1) & mask) {
      const record = table[slot] ?? 0;
      if (record === 0) return slot;
      if (this.#first[record - 1] === first && this.#second[record - 1] === second) return slot;
    }
  }

  #countKey(second: number, table: Uint32Array): void {
    const keys = (this.#keys[second % tableCount] ?? 0) + 1;
    this.#keys[second % tableCount] = keys;
    if (2 * keys > table.length) this.#rehash(second, 2 * table.length);
  }

  /** Puts the keys of a table into another of so many slots. */
  #rehash(second: number, length: number): void {
    const table = new Uint32Array(length);
    let keys = 0;
    for (const record of this.#table(second)) {
      if (record === 0) continue;
      table[this.#slotOf(table, this.#first[record - 1] ?? 0, this.#second[record - 1] ?? 0)] = record;
      keys += 1;
    }
    this.#tables[second % tableCount] = table;
    this.#keys[second % tableCount] = keys;
  }

  #grow(): void {
    const larger = (array: Uint32Array): Uint32Array => {
      const grown = new Uint32Array(2 * array.length);
      grown.set(array);
      return grown;
    };
    this.#first = larger(this.#first);
    this.#second = larger(this.#second);
    this.#before = larger(this.#before);
  }
}
