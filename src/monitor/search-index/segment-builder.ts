/** Collects the records of a segment in memory. */

import type { EntryClaims } from '../entries/index.ts';
import { forEachKey, keyHashHex, keyKinds, keyLength } from './index-key.ts';
import { maxEntries, maxRecords, recordLength, type SegmentHeader, writeHeader } from './segment-format.ts';

export class SegmentBuilder {
  readonly origin: string;
  readonly first: number;
  #count = 0;
  #withProblems = 0;
  #root: Uint8Array = new Uint8Array();
  #records: Buffer = Buffer.allocUnsafeSlow(8192 * recordLength);
  #length = 0;

  constructor(origin: string, first: number) {
    this.origin = origin;
    this.first = first;
  }

  /** Continues a segment. */
  static from(header: SegmentHeader, records: Buffer): SegmentBuilder {
    const builder = new SegmentBuilder(header.origin, header.first);
    builder.#count = header.count;
    builder.#withProblems = header.withProblems;
    builder.#root = header.root;
    builder.#records = Buffer.allocUnsafeSlow(records.length);
    records.copy(builder.#records);
    builder.#length = records.length;
    return builder;
  }

  /** The index after the last entry. */
  get end(): number {
    return this.first + this.#count;
  }

  /** Reports whether the segment has room for further entries. */
  hasRoomFor(entries: number): boolean {
    return this.#count + entries <= maxEntries && this.#length < maxRecords * recordLength;
  }

  add(claims: EntryClaims): void {
    const number = this.#count++;
    if (claims.problems.length > 0) this.#withProblems++;
    forEachKey(claims, (kind, value) => {
      if (this.#length === this.#records.length) this.#grow();
      const at = this.#length;
      this.#records.write(keyHashHex(kind, value), at, keyLength, 'hex');
      this.#records.writeUInt16BE(number, at + keyLength);
      this.#records[at + keyLength + 2] = keyKinds[kind];
      this.#records[at + keyLength + 3] = 0;
      this.#length += recordLength;
    });
  }

  /** Sets the root of the log's tree at {@link end}. */
  set root(root: Uint8Array) {
    this.#root = root;
  }

  /** Returns the content of the file. */
  file(): Buffer {
    const sorted = sortRecords(this.#records.subarray(0, this.#length));
    const header = writeHeader({
      origin: this.origin,
      first: this.first,
      count: this.#count,
      records: sorted.length / recordLength,
      withProblems: this.#withProblems,
      root: this.#root,
    });
    return Buffer.concat([header, sorted]);
  }

  #grow(): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#records.length * 2, 8192 * recordLength));
    this.#records.copy(larger, 0, 0, this.#length);
    this.#records = larger;
  }
}

/** The number of a record and the first 32 bits of its key make a number that is exact. */
const numbersOfRecords = 2 ** 21;
const wordsOfRecord = recordLength / 4;

/**
 * Returns the records in ascending order of their keys, without repetitions. The records of a key must be in the order of their entries, and
 * keep it.
 */
export function sortRecords(records: Buffer): Buffer {
  const count = records.length / recordLength;
  const order = new Float64Array(count);
  for (let record = 0; record < count; record++)
    order[record] = records.readUInt32BE(record * recordLength) * numbersOfRecords + record;
  // Without a function that compares, this is the engine's own sorting of numbers.
  order.sort();
  for (let record = 0; record < count; record++) order[record] = (order[record] ?? 0) % numbersOfRecords;
  sortRest(records, order);
  return inOrder(records, order);
}

/** Sorts the records whose keys have the same first 32 bits by the rest of them. Most are records of one key. */
function sortRest(records: Buffer, order: Float64Array): void {
  const compare = (a: number, b: number): number =>
    records.compare(
      records,
      b * recordLength,
      b * recordLength + keyLength,
      a * recordLength,
      a * recordLength + keyLength,
    );
  const prefix = (at: number): number => records.readUInt32BE((order[at] ?? 0) * recordLength);
  for (let start = 0, end = 1; start < order.length; start = end, end = start + 1) {
    let isSorted = true;
    while (end < order.length && prefix(end) === prefix(start)) {
      isSorted &&= compare(order[end - 1] ?? 0, order[end] ?? 0) <= 0;
      end++;
    }
    // With a function, the order of equal keys is kept, and the time does not depend on the keys, of which strangers choose many.
    if (!isSorted) order.subarray(start, end).sort((a, b) => compare(a, b) || a - b);
  }
}

/** Copies the records in an order, and leaves out repetitions. */
function inOrder(records: Buffer, order: Float64Array): Buffer {
  const from = wordsOf(records);
  const sorted = Buffer.allocUnsafeSlow(records.length);
  const to = wordsOf(sorted);
  let length = 0;
  for (const record of order) {
    const at = record * wordsOfRecord;
    const [first, second, third] = [from[at] ?? 0, from[at + 1] ?? 0, from[at + 2] ?? 0];
    const isRepeated = to[length - 3] === first && to[length - 2] === second && to[length - 1] === third;
    if (isRepeated) continue;
    to[length] = first;
    to[length + 1] = second;
    to[length + 2] = third;
    length += wordsOfRecord;
  }
  return sorted.subarray(0, length * 4);
}

/** Returns a view of bytes in words. The bytes begin at a multiple of four, which those of a buffer of its own do. */
function wordsOf({ buffer, byteOffset, length }: Buffer): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length / 4);
}
