/**
 * Parses the directory of a zip archive strictly (APPNOTE.TXT 4.3).
 *
 * Readers that use the directory and readers that go from entry to entry must find the same, as another step may unpack the archive
 * with another reader. So there must be nothing between the entries, and the header of each must agree with the directory.
 */

import type { FileHandle } from 'node:fs/promises';
import { decodeUtf8 } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { foldName, readExactly } from '../node/index.ts';
import { forbiddenInPaths } from '../services/github/index.ts';

export interface ArchiveEntry {
  /** With `/` between its parts. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly deflated: boolean;
  /** The CRC-32 of the unpacked bytes. */
  readonly checksum: number;
  readonly size: number;
  /** The offset and the number of the compressed bytes. */
  readonly start: number;
  readonly packedSize: number;
}

export const archiveLimits = {
  /** The limit for all unpacked bytes, unless a caller expects fewer. */
  bytes: 4 * 1024 * 1024 * 1024,
  entries: 50_000,
  directory: 32 * 1024 * 1024,
} as const;

const signatures = { entry: 0x04034b50, descriptor: 0x08074b50, listed: 0x02014b50, end: 0x06054b50 } as const;
const endLength = 22;
const listedLength = 46;
const entryLength = 30;
const flags = { encrypted: 0x2041, descriptor: 0x0008, utf8: 0x0800 } as const;
/** The values that mean "see the ZIP64 record", in archives above 4 GiB. */
const elsewhere = { short: 0xffff, long: 0xffffffff } as const;
const link = 0o120000;
const maxNameLength = 1024;
const maxPartLength = 255;

/** Reports whether bytes are the beginning of a zip archive. */
export function isArchive(beginning: Uint8Array): boolean {
  const [p, k, third, fourth] = beginning;
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}

/**
 * Returns the entries of an archive. Their names are safe to unpack into an empty folder.
 *
 * @param maxBytes the limit for all unpacked bytes
 * @throws CountersignError `ARCHIVE_INVALID`, `LIMIT_EXCEEDED`
 */
export async function readArchiveDirectory(handle: FileHandle, maxBytes: number): Promise<readonly ArchiveEntry[]> {
  const { size: length } = await handle.stat();
  const { at: directoryAt, count, bytes } = await readDirectoryBytes(handle, length);
  const listed = parseDirectory(bytes, count);
  demandDistinct(listed.map(({ name }) => name));
  const total = listed.reduce((sum, { size }) => sum + size, 0);
  if (total > maxBytes) tooLarge(`unpacks to ${total} bytes; the limit is ${maxBytes}`);
  const entries: ArchiveEntry[] = [];
  let at = 0;
  for (const one of [...listed].sort((a, b) => a.at - b.at)) {
    if (one.at !== at) invalid(`contains data at byte ${at} that its directory does not list`);
    const start = await demandSameEntry(handle, one);
    entries.push({ ...one, start });
    at = await endOfEntry(handle, one, start);
  }
  if (at !== directoryAt) invalid(`contains data at byte ${at} that its directory does not list`);
  return entries;
}

interface ListedEntry extends Omit<ArchiveEntry, 'start'> {
  readonly at: number;
  readonly nameBytes: Buffer;
  readonly method: number;
  readonly flags: number;
}

async function readDirectoryBytes(
  handle: FileHandle,
  length: number,
): Promise<{ readonly at: number; readonly count: number; readonly bytes: Buffer }> {
  if (length < endLength) invalid('has no central directory');
  const end = await readArchive(handle, length - endLength, endLength);
  // A comment can contain a second directory, which other readers would find first.
  if (end.readUInt32LE(0) !== signatures.end || end.readUInt16LE(20) !== 0)
    invalid('does not end with a central directory');
  const [disk, directoryDisk, onDisk, count] = [4, 6, 8, 10].map((offset) => end.readUInt16LE(offset));
  const [size = 0, at = 0] = [12, 16].map((offset) => end.readUInt32LE(offset));
  if (count === elsewhere.short || size === elsewhere.long || at === elsewhere.long)
    tooLarge('is in ZIP64 format, which is not supported');
  if (disk !== 0 || directoryDisk !== 0 || onDisk !== count) invalid('is split into several parts');
  if (count === undefined || count > archiveLimits.entries) tooLarge(`has more than ${archiveLimits.entries} entries`);
  if (size > archiveLimits.directory)
    tooLarge(`has a central directory of ${size} bytes; the limit is ${archiveLimits.directory}`);
  if (at + size !== length - endLength) invalid('has a central directory with a wrong position or size');
  return { at, count, bytes: await readArchive(handle, at, size) };
}

function parseDirectory(bytes: Buffer, count: number): readonly ListedEntry[] {
  const entries: ListedEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + listedLength > bytes.length || bytes.readUInt32LE(at) !== signatures.listed)
      invalid('has a malformed central directory');
    const [nameLength = 0, extraLength = 0, commentLength = 0] = [28, 30, 32].map((offset) =>
      bytes.readUInt16LE(at + offset),
    );
    const nameEnd = at + listedLength + nameLength;
    const end = nameEnd + extraLength + commentLength;
    if (end > bytes.length) invalid('has a malformed central directory');
    entries.push(listedEntry(bytes.subarray(at, nameEnd)));
    at = end;
  }
  if (entries.length !== count) invalid('has a central directory with a wrong number of entries');
  return entries;
}

function listedEntry(bytes: Buffer): ListedEntry {
  const nameBytes = bytes.subarray(listedLength);
  const [made = 0, , flag = 0, method = 0] = [4, 6, 8, 10].map((offset) => bytes.readUInt16LE(offset));
  const [checksum = 0, packedSize = 0, size = 0] = [16, 20, 24].map((offset) => bytes.readUInt32LE(offset));
  const [attributes = 0, at = 0] = [38, 42].map((offset) => bytes.readUInt32LE(offset));
  const text = entryName(nameBytes, (flag & flags.utf8) !== 0);
  const kind = text.endsWith('/') ? 'folder' : 'file';
  const name = kind === 'folder' ? text.slice(0, -1) : text;
  demandSafeName(name);
  const shown = JSON.stringify(name);
  if ([packedSize, size, at].includes(elsewhere.long)) tooLarge('is in ZIP64 format, which is not supported');
  if ((flag & flags.encrypted) !== 0) invalid(`has an encrypted entry ${shown}`);
  if (method !== 0 && method !== 8) invalid(`has an entry ${shown} with the unsupported compression method ${method}`);
  if (method === 0 && packedSize !== size) invalid(`has an uncompressed entry ${shown} with two different sizes`);
  if (kind === 'folder' && size !== 0) invalid(`has a folder ${shown} with contents`);
  // On Unix, the upper half is the mode. A later entry could be written through a link.
  if (made >> 8 === 3 && ((attributes >>> 16) & 0o170000) === link) invalid(`has a symbolic link ${shown}`);
  return { name, kind, deflated: method === 8, checksum, size, packedSize, at, nameBytes, method, flags: flag };
}

function entryName(bytes: Buffer, isUtf8: boolean): string {
  const text = decodeUtf8(bytes);
  if (text === undefined) invalid('has an entry whose name is not UTF-8');
  if (!isUtf8 && bytes.some((byte) => byte > 0x7f)) invalid('has a non-ASCII entry name that is not marked as UTF-8');
  return text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
const control = /[\u0000-\u001f\u007f]/;

/** Demands a name that is a path below the folder on every system, and that GitHub's own client would upload. */
function demandSafeName(name: string): void {
  const parts = name.split('/');
  const safe =
    !forbiddenInPaths.test(name) &&
    !control.test(name) &&
    !name.includes('\\') &&
    Buffer.byteLength(name) <= maxNameLength &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && Buffer.byteLength(part) <= maxPartLength);
  if (!safe) invalid(`has an entry with the unsafe name ${JSON.stringify(name.slice(0, maxNameLength))}`);
}

/** Demands distinct names: if a file system treats two names as the same, the second entry would replace the first. */
function demandDistinct(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const folded = foldName(name);
    if (seen.has(folded)) invalid(`has two entries with the name ${JSON.stringify(name)}`);
    seen.add(folded);
  }
}

/** Checks the header before the compressed bytes, and returns their offset. */
async function demandSameEntry(handle: FileHandle, listed: ListedEntry): Promise<number> {
  const shown = JSON.stringify(listed.name);
  const bytes = await readArchive(handle, listed.at, entryLength + listed.nameBytes.length);
  const [flag = 0, method, nameLength, extraLength = 0] = [6, 8, 26, 28].map((offset) => bytes.readUInt16LE(offset));
  const sizes = [14, 18, 22].map((offset) => bytes.readUInt32LE(offset));
  const stated = (flag & flags.descriptor) === 0;
  const same =
    bytes.readUInt32LE(0) === signatures.entry &&
    flag === listed.flags &&
    method === listed.method &&
    nameLength === listed.nameBytes.length &&
    bytes.subarray(entryLength).equals(listed.nameBytes) &&
    (!stated || sizes.join() === [listed.checksum, listed.packedSize, listed.size].join());
  if (!same) invalid(`has different headers for the entry ${shown}`);
  return listed.at + entryLength + listed.nameBytes.length + extraLength;
}

/** Returns the end of an entry. If it was written as a stream, its sizes follow the content. */
async function endOfEntry(handle: FileHandle, listed: ListedEntry, start: number): Promise<number> {
  const end = start + listed.packedSize;
  if ((listed.flags & flags.descriptor) === 0) return end;
  const bytes = await readArchive(handle, end, 16);
  const fields = [0, 4, 8, 12].map((offset) => bytes.readUInt32LE(offset));
  if (fields.join() !== [signatures.descriptor, listed.checksum, listed.packedSize, listed.size].join())
    invalid(`has different headers for the entry ${JSON.stringify(listed.name)}`);
  return end + bytes.length;
}

/** Reads bytes of the archive. */
export function readArchive(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  return readExactly(handle, offset, length, () => invalid('is truncated'));
}

export function invalid(problem: string): never {
  return fail('ARCHIVE_INVALID', `the archive ${problem}`, {
    remedy:
      'Upload the artifact again with actions/upload-artifact. If it was uploaded with actions/upload-artifact, find out what changed it.',
  });
}

function tooLarge(problem: string): never {
  return fail('LIMIT_EXCEEDED', `the archive ${problem}`, {
    remedy: 'Unpack the artifact with actions/download-artifact, and specify the files in its folder.',
  });
}
