/**
 * The files of the index. A segment is about consecutive entries of a log: a header, and records of 12 bytes in ascending order. A record is
 * the hash of a key (8 bytes), the number of the entry in the segment (2), the kind of the key (1), and a zero.
 */

import { keyLength } from './index-key.ts';

/** The name of the format and, in its last character, its version. */
const magic = Buffer.from('CSINDEX1', 'latin1');

export const recordLength = keyLength + 4;
/** The number of entries in a segment: 256 bundles. */
export const maxEntries = 65_536;
/**
 * A segment is closed when it has more records: an entry with many signatures and names has thousands. It keeps the memory of a builder
 * bounded, 12 MiB.
 */
export const maxRecords = 1_048_576;
/** One more entry may follow when a segment is nearly full. */
const maxRecordsInFile = 2 * maxRecords;
const maxOriginLength = 1024;
const fixedLength = 62;
export const maxHeaderLength = fixedLength + maxOriginLength;

/** The header of a segment. */
export interface SegmentHeader {
  readonly origin: string;
  /** The index of the first entry. */
  readonly first: number;
  /** The number of entries. */
  readonly count: number;
  readonly records: number;
  /** The number of entries of which a part could not be read. */
  readonly withProblems: number;
  /** The root of the log's tree with `first + count` entries. */
  readonly root: Uint8Array;
}

/** Returns the name of the file of a segment. */
export function segmentName(first: number): string {
  return `${String(first).padStart(16, '0')}.idx`;
}

/** Returns the first entry of the segment with this file name; `undefined` for other files. */
export function firstOf(name: string): number | undefined {
  const digits = /^(\d{16})\.idx$/.exec(name)?.[1];
  const first = Number(digits);
  return digits !== undefined && Number.isSafeInteger(first) ? first : undefined;
}

export function writeHeader({ origin, first, count, records, withProblems, root }: SegmentHeader): Buffer {
  const name = Buffer.from(origin);
  if (name.length > maxOriginLength) throw new RangeError(`the origin has ${name.length} bytes`);
  const header = Buffer.alloc(fixedLength + name.length);
  magic.copy(header, 0);
  header.writeBigUInt64BE(BigInt(first), 8);
  header.writeUInt32BE(count, 16);
  header.writeUInt32BE(records, 20);
  header.writeUInt32BE(withProblems, 24);
  header.set(root, 28);
  header.writeUInt16BE(name.length, 60);
  name.copy(header, fixedLength);
  return header;
}

/**
 * Reads the beginning of a file.
 *
 * @param fileLength the length of the whole file
 * @returns the reason as a text, if it is not a header of such a file
 */
export function readHeader(
  bytes: Buffer,
  fileLength: number,
): { readonly header: SegmentHeader; readonly recordsAt: number } | string {
  if (bytes.length < fixedLength || !bytes.subarray(0, magic.length).equals(magic)) return 'it is not a segment';
  const first = Number(bytes.readBigUInt64BE(8));
  const [count, records, withProblems] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes.readUInt32BE(24)];
  const nameLength = bytes.readUInt16BE(60);
  const recordsAt = fixedLength + nameLength;
  if (!Number.isSafeInteger(first + maxEntries)) return 'the first index is too large';
  if (count === 0 || count > maxEntries || withProblems > count) return 'the number of entries is invalid';
  if (records > maxRecordsInFile || nameLength > maxOriginLength) return 'a length exceeds its limit';
  if (fileLength !== recordsAt + records * recordLength)
    return `it has ${fileLength} bytes, which is not the stated length`;
  return {
    header: {
      origin: bytes.toString('utf8', fixedLength, recordsAt),
      first,
      count,
      records,
      withProblems,
      root: Uint8Array.from(bytes.subarray(28, 60)),
    },
    recordsAt,
  };
}
