/** Reads the entries of a zip archive, stored or deflated, by its central directory. */

import { inflateRawSync } from 'node:zlib';
import { fail } from '../../../src/core/errors/index.ts';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws CountersignError `USAGE`, if any part of the archive cannot be read */
export function zipEntries(archive: Uint8Array): readonly ZipEntry[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < 0) fail('USAGE', 'The archive has no directory');
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== entrySignature) fail('USAGE', 'The directory of the archive is malformed');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const nameEnd = at + 46 + (nameLength ?? 0);
    entries.push({ name: bytes.toString('utf8', at + 46, nameEnd), bytes: entryBytes(bytes, at) });
    at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
}

function entryBytes(bytes: Buffer, at: number): Uint8Array {
  const method = bytes.readUInt16LE(at + 10);
  const length = bytes.readUInt32LE(at + 20);
  const header = bytes.readUInt32LE(at + 42);
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const content = bytes.subarray(start, start + length);
  if (method === 0) return content;
  if (method === 8) return inflateRawSync(content);
  return fail('USAGE', `The archive has an entry of the method ${method}`);
}
