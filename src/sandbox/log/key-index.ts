/**
 * Which entries of a log go by a key: a leaf's hash, the digest of an artifact, a name. Many entries may share one.
 *
 * On file is a record of the key and the entry for each pair. In memory are 20 to 28 bytes a record, so that millions fit.
 */

import { concatBytes, equalBytes, uintBytes } from '../../core/encoding/index.ts';
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

/** The numbers of records by the first 8 bytes of their keys: a hash table with open addressing, of typed arrays. */
class RecordTable {
  #count = 0;
  /** The latest record of a key, plus one; 0 is nothing. */
  #slots: Uint32Array;
  /** Of each record: bytes 0 to 4 and 4 to 8 of its key, and the record before it of the same key, plus one. */
  #first: Uint32Array;
  #second: Uint32Array;
  #before: Uint32Array;

  /** With room for so many records; for more, it grows. */
  constructor(count: number) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(512, count)));
    this.#slots = new Uint32Array(2 * room);
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
    this.#first[this.#count] = view.getUint32(at);
    this.#second[this.#count] = view.getUint32(at + 4);
    this.#link(this.#count);
    this.#count += 1;
  }

  /** In the order in which they were added. */
  find(key: DataView): readonly number[] {
    const found: number[] = [];
    let next = this.#slots[this.#slotOf(key.getUint32(0), key.getUint32(4))] ?? 0;
    for (; next > 0; next = this.#before[next - 1] ?? 0) found.push(next - 1);
    return found.reverse();
  }

  truncate(count: number): void {
    this.#count = count;
    this.#relink(this.#slots.length);
  }

  #link(record: number): void {
    const slot = this.#slotOf(this.#first[record] ?? 0, this.#second[record] ?? 0);
    this.#before[record] = this.#slots[slot] ?? 0;
    this.#slots[slot] = record + 1;
  }

  /** The slot of a key, or the empty one where it belongs. Half of them at least are empty. */
  #slotOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = first & mask; ; slot = (slot + 1) & mask) {
      const record = this.#slots[slot] ?? 0;
      if (record === 0) return slot;
      if (this.#first[record - 1] === first && this.#second[record - 1] === second) return slot;
    }
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
    this.#relink(2 * this.#slots.length);
  }

  #relink(slots: number): void {
    this.#slots = new Uint32Array(slots);
    for (let record = 0; record < this.#count; record++) this.#link(record);
  }
}
