/**
 * Finds the entries of a log by a key: a leaf's hash, an artifact's digest, a name. Several entries may share a key.
 *
 * The file has a record for each pair of key and entry. In memory is a hash table of 12 to 24 bytes a record, so that millions fit.
 */

import { concatBytes, equalBytes, uintBytes } from '../../src/core/encoding/index.ts';
import type { AppendFile } from '../storage/index.ts';

/** The length of the part of a key, which is a hash, in the file. */
const keyLength = 16;
const recordLength = keyLength + 8;
/** The number of records that are read at once when a log is opened: 1.5 MiB. */
const recordsAtOnce = 65_536;

export class KeyIndex {
  readonly #file: AppendFile;
  #count = 0;
  /** The latest record in each bucket, plus one; 0 for an empty bucket. There are as many buckets as there is room for records. */
  #latest = new Uint32Array(1024);
  /** The first four bytes of each record's key, of which the last bits are its bucket. */
  #starts = new Uint32Array(1024);
  /** The record before each record in its bucket, plus one; 0 for the first. */
  #previous = new Uint32Array(1024);

  /** Opens the first `count` records of a file, and cuts off the rest. */
  constructor(file: AppendFile, count = 0) {
    file.truncate(count * recordLength);
    this.#file = file;
    for (let start = 0; start < count; start += recordsAtOnce) {
      const records = Math.min(recordsAtOnce, count - start);
      const view = viewOf(file.read(start * recordLength, records * recordLength));
      for (let at = 0; at < view.byteLength; at += recordLength) this.#insert(view.getUint32(at));
    }
  }

  /** The number of records. */
  get count(): number {
    return this.#count;
  }

  /** Adds an entry under each of these keys, which are hashes of at least 16 bytes. */
  add(keys: readonly Uint8Array[], entry: number): void {
    const kept = keys.map((key) => key.subarray(0, keyLength));
    this.#file.append(concatBytes(...kept.flatMap((key) => [key, uintBytes(entry, 8)])));
    for (const key of kept) this.#insert(viewOf(key).getUint32(0));
  }

  /** Returns the entries under a key, the earliest first. */
  find(key: Uint8Array): readonly number[] {
    const start = viewOf(key).getUint32(0);
    const found: number[] = [];
    for (let next = this.#latest[this.#bucket(start)] ?? 0; next > 0; next = this.#previous[next - 1] ?? 0) {
      if (this.#starts[next - 1] !== start) continue;
      const record = this.#file.read((next - 1) * recordLength, recordLength);
      if (equalBytes(record.subarray(0, keyLength), key.subarray(0, keyLength))) {
        found.push(Number(viewOf(record).getBigUint64(keyLength)));
      }
    }
    return found.reverse();
  }

  /** Removes the records from this number on. */
  truncate(count: number): void {
    for (let record = this.#count - 1; record >= count; record--) {
      this.#latest[this.#bucket(this.#starts[record] ?? 0)] = this.#previous[record] ?? 0;
    }
    this.#count = count;
    this.#file.truncate(count * recordLength);
  }

  #insert(start: number): void {
    if (this.#count === this.#starts.length) this.#grow();
    this.#starts[this.#count] = start;
    this.#link(this.#count);
    this.#count += 1;
  }

  #link(record: number): void {
    const bucket = this.#bucket(this.#starts[record] ?? 0);
    this.#previous[record] = this.#latest[bucket] ?? 0;
    this.#latest[bucket] = record + 1;
  }

  #bucket(start: number): number {
    return start & (this.#latest.length - 1);
  }

  #grow(): void {
    const starts = new Uint32Array(2 * this.#count);
    starts.set(this.#starts);
    this.#starts = starts;
    this.#previous = new Uint32Array(starts.length);
    this.#latest = new Uint32Array(starts.length);
    for (let record = 0; record < this.#count; record++) this.#link(record);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
