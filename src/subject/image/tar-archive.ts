/** Lists the entries of a tar archive with their offsets. Only the headers are read, however large the files are. */

import { fail } from '../../core/errors/index.ts';
import { invalidImage } from './invalid-image.ts';
import {
  isZero,
  type PaxOverrides,
  type Refuse,
  readLongName,
  readPaxRecords,
  readTarHeader,
  type TarHeader,
  tarBlockLength,
} from './tar-header.ts';

export interface TarEntry {
  /** Only what is in a file can be read; links are not followed. */
  readonly kind: 'file' | 'other';
  /** The offset of its content. */
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
}

/** Reads so many bytes at an offset, all of them. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

const maxHeaders = 100_000;
const maxExtensionLength = 1024 * 1024;
/** Programs fill up to 10 KiB as a rule. */
const maxEndLength = 1024 * 1024;

/** The kinds of entries: regular files; folders, links, and what there is besides. */
const kinds: ReadonlyMap<string, TarEntry['kind'] | 'folder'> = new Map([
  ['0', 'file'],
  ['1', 'other'],
  ['2', 'other'],
  ['3', 'other'],
  ['4', 'other'],
  ['5', 'folder'],
  ['6', 'other'],
]);

/**
 * Finds the entries of an archive but its folders, by their names without `./` before.
 *
 * Refused besides what is broken: two entries of one name, of which readers take the one or the other; names that lead out;
 * anything after the end, where only some readers look.
 *
 * @param length of the archive, in bytes
 * @param what the archive, for errors
 * @param invalid refuses the archive; by default as an image
 * @throws CountersignError `IMAGE_INVALID` or that of `invalid`, `LIMIT_EXCEEDED`; those of `read`
 */
export async function scanTar(
  read: ReadAt,
  length: number,
  what: string,
  invalid: Refuse = invalidSavedImage,
): Promise<ReadonlyMap<string, TarEntry>> {
  const entries = new Map<string, TarEntry>();
  const folders = new Set<string>();
  let extended: PaxOverrides | undefined;
  let offset = 0;
  for (let headers = 0; ; headers++) {
    if (headers > maxHeaders) fail('LIMIT_EXCEEDED', `${what} has more than ${maxHeaders} entries`);
    const refuse = refusal(what, offset, invalid);
    if (length < tarBlockLength) refuse('is too short for a tar archive');
    if (offset + tarBlockLength > length) refuse('has no end marker: the archive is truncated');
    const header = readTarHeader(await read(offset, tarBlockLength), refuse);
    if (header === undefined) break;
    const begin = offset + tarBlockLength;
    if (begin + header.size > length) refuse('has an incomplete entry: the archive is truncated');
    if (isExtension(header)) {
      const { size } = header;
      if (size > maxExtensionLength)
        refuse(`has an extended header of ${size} bytes; the limit is ${maxExtensionLength}`);
      // What another header said before would be lost on one reader, and count for another.
      if (extended !== undefined) refuse('has two extended headers for one entry');
      extended = readExtension(header, await read(begin, size), refuse);
      offset = begin + padded(size);
      continue;
    }
    const { name: written, type, size } = { ...header, ...extended };
    extended = undefined;
    const kind = kinds.get(type) ?? refuse(`has an entry of the unsupported type ${JSON.stringify(type)}`);
    if (kind !== 'file' && size !== 0) refuse('has an entry that is not a file but has content');
    const name = plainName(written, kind, refuse);
    if (entries.has(name) || (kind !== 'folder' && folders.has(name))) {
      refuse(`has a second entry with the name ${JSON.stringify(name.slice(0, 300))}`);
    }
    if (kind === 'folder') folders.add(name);
    else entries.set(name, { kind, offset: begin, size });
    offset = begin + padded(size);
  }
  const refuse = refusal(what, offset, invalid);
  if (extended !== undefined) refuse('has an extended header without an entry');
  await demandEnd(read, offset, length, refuse);
  return entries;
}

function refusal(what: string, offset: number, invalid: Refuse): Refuse {
  return (problem) => invalid(`${what}, at byte ${offset}, ${problem}`);
}

function invalidSavedImage(message: string): never {
  return invalidImage(message, 'Save the image again, or check that the file was copied completely.');
}

/** A header about the next entry (`x`, and GNU's `L` and `K`), or about all (`g`). */
function isExtension({ type }: TarHeader): boolean {
  return ['x', 'g', 'L', 'K'].includes(type);
}

/** `undefined` where it says nothing of the next entry but what does not matter. */
function readExtension({ type }: TarHeader, body: Uint8Array, refuse: Refuse): PaxOverrides | undefined {
  // Where a link leads: links are not followed.
  if (type === 'K') return undefined;
  if (type === 'L') return { name: readLongName(body, refuse) };
  const records = readPaxRecords(body, refuse);
  if (type === 'x') return records;
  // Some readers apply it to every entry after it, some to none.
  if (Object.keys(records).length > 0) refuse('has a global header with a name or size');
  return undefined;
}

/** At least two blocks of zeros, and nothing else. */
async function demandEnd(read: ReadAt, offset: number, length: number, refuse: Refuse): Promise<void> {
  const rest = length - offset;
  if (rest < 2 * tarBlockLength) refuse('has an incomplete end marker: the archive is truncated');
  if (rest > maxEndLength) refuse(`has ${rest} extra bytes after its end`);
  if (!isZero(await read(offset, rest))) refuse('has data after its end marker');
}

/** A name of parts with `/` between; of a folder without one after it. */
function plainName(written: string, kind: TarEntry['kind'] | 'folder', refuse: Refuse): string {
  const name = (kind === 'folder' ? written.replace(/\/$/, '') : written).replace(/^(?:\.\/)+/, '');
  // The folder that all is in.
  if (kind === 'folder' && (name === '' || name === '.')) return '';
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    refuse(`has an entry with the unsafe name ${JSON.stringify(written.slice(0, 300))}`);
  }
  return name;
}

function padded(size: number): number {
  return Math.ceil(size / tarBlockLength) * tarBlockLength;
}
