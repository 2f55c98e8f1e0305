/** Reads the segments of an index. They are untrusted: whoever can write into the folder can make entries disappear, but not appear. */

import type * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { NotRegularFile, namesIn, openRegularFile, readExactly } from '../../node/index.ts';
import { keyLength } from './index-key.ts';
import { firstOf, maxHeaderLength, readHeader, recordLength, type SegmentHeader } from './segment-format.ts';

export type IndexReading = Pick<typeof fs, 'open' | 'readdir'>;

/** A segment, of which the header has been read. */
export interface Segment extends SegmentHeader {
  readonly path: string;
  readonly recordsAt: number;
}

/** A file that is not used, since it is not what it should be. */
export interface DamagedSegment {
  readonly path: string;
  readonly reason: string;
}

/** Thrown for a file that is damaged. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
}

/** Below this number of records, the rest is read at once: 24 KiB. */
const recordsAtOnce = 2048;

/** Lists the segments of a log in a folder, in ascending order. A folder that does not exist has none. */
export async function listSegments(
  files: IndexReading,
  folder: string,
  origin: string,
): Promise<{ readonly segments: readonly Segment[]; readonly damaged: readonly DamagedSegment[] }> {
  const segments: Segment[] = [];
  const damaged: DamagedSegment[] = [];
  for (const name of (await namesIn(folder, files)).sort()) {
    const first = firstOf(name);
    if (first === undefined) continue;
    const path = join(folder, name);
    try {
      segments.push(await openSegment(files, path, first, origin));
    } catch (error) {
      damaged.push({ path, reason: damageOf(error) });
    }
  }
  return { segments, damaged };
}

/** Returns what is wrong with a file; throws other errors. */
export function damageOf(error: unknown): string {
  if (error instanceof Damaged || error instanceof NotRegularFile) return error.message;
  throw error;
}

async function openSegment(files: IndexReading, path: string, first: number, origin: string): Promise<Segment> {
  await using file = await openRegularFile(files, path);
  const length = Number(file.size);
  const bytes = await readExactly(file.handle, 0, Math.min(length, maxHeaderLength), ended);
  const read = readHeader(bytes, length);
  if (typeof read === 'string') throw new Damaged(read);
  if (read.header.origin !== origin) throw new Damaged('it is about another log');
  if (read.header.first !== first) throw new Damaged('it has the name of another segment');
  return { ...read.header, recordsAt: read.recordsAt, path };
}

function ended(): never {
  throw new Damaged('it ends too early');
}

/** Returns the whole records of a segment, checked. */
export async function readRecords(files: IndexReading, segment: Segment): Promise<Buffer> {
  await using file = await openRegularFile(files, segment.path);
  const records = await readExactly(file.handle, segment.recordsAt, segment.records * recordLength, ended);
  for (let at = 0; at < records.length; at += recordLength) {
    checkRecord(records, at, segment);
    if (at > 0 && compareKeys(records, at - recordLength, records, at) > 0)
      throw new Damaged('its records are not in order');
  }
  return records;
}

/**
 * Returns the numbers of the entries in a segment that have one of the keys, for each list of keys.
 *
 * @throws {@link Damaged}
 */
export async function findInSegment(
  files: IndexReading,
  segment: Segment,
  alternatives: readonly (readonly Buffer[])[],
): Promise<readonly number[]> {
  await using file = await openRegularFile(files, segment.path);
  if (Number(file.size) !== segment.recordsAt + segment.records * recordLength)
    throw new Damaged('its length has changed');
  let found: ReadonlySet<number> | undefined;
  for (const keys of alternatives) {
    const numbers = new Set<number>();
    for (const key of keys) {
      for (const number of await findKey(file.handle, segment, key))
        if (found?.has(number) ?? true) numbers.add(number);
    }
    found = numbers;
    if (found.size === 0) break;
  }
  return [...(found ?? [])];
}

/** Finds the first record with the key by bisection, and reads the records from there. */
async function findKey(handle: FileHandle, segment: Segment, key: Buffer): Promise<readonly number[]> {
  let [low, high] = [0, segment.records];
  const read = (at: number, count: number): Promise<Buffer> =>
    readExactly(handle, segment.recordsAt + at * recordLength, count * recordLength, ended);
  while (high - low > recordsAtOnce) {
    const middle = low + Math.floor((high - low) / 2);
    if (compareKeys(await read(middle, 1), 0, key, 0) < 0) low = middle + 1;
    else high = middle;
  }
  const numbers: number[] = [];
  let previous: Buffer | undefined;
  for (let at = low; at < segment.records; at += recordsAtOnce) {
    const records = await read(at, Math.min(recordsAtOnce, segment.records - at));
    for (let offset = 0; offset < records.length; offset += recordLength) {
      if (previous !== undefined && compareKeys(previous, 0, records, offset) > 0)
        throw new Damaged('its records are not in order');
      previous = records.subarray(offset, offset + recordLength);
      const order = compareKeys(records, offset, key, 0);
      if (order > 0) return numbers;
      if (order === 0) numbers.push(checkRecord(records, offset, segment));
    }
  }
  return numbers;
}

/** Returns the number of the entry of a record. */
function checkRecord(records: Buffer, at: number, { count }: Segment): number {
  const number = records.readUInt16BE(at + keyLength);
  if (number >= count) throw new Damaged('a record is about an entry beyond its end');
  return number;
}

function compareKeys(a: Buffer, aAt: number, b: Buffer, bAt: number): number {
  return a.compare(b, bAt, bAt + keyLength, aAt, aAt + keyLength);
}
