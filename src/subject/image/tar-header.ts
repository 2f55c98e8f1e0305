/**
 * The headers of a tar archive (POSIX.1-2017, pax interchange format; GNU's long names), strictly: what two readers could take
 * for two things is refused.
 */

import { decodeUtf8 } from '../../core/encoding/index.ts';

export const tarBlockLength = 512;

export interface TarHeader {
  readonly name: string;
  /** One character: `0` for a file. */
  readonly type: string;
  /** In bytes, of what follows the header. */
  readonly size: number;
}

/** Throws, with the place. */
export type Refuse = (problem: string) => never;

/** Reads a header of 512 bytes; `undefined` for one of zeros, which ends the archive. */
export function readTarHeader(block: Uint8Array, refuse: Refuse): TarHeader | undefined {
  if (isZero(block)) return undefined;
  const magic = latin1(block.subarray(257, 265));
  if (magic !== 'ustar\x0000' && magic !== 'ustar  \0') refuse('has no valid tar header');
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  if (readNumber(block.subarray(148, 156), refuse) !== sum) refuse('has a header with a wrong checksum');
  const name = readName(block.subarray(0, 100), refuse);
  // In GNU's own format other things are there.
  const prefix = magic.endsWith('00') ? readName(block.subarray(345, 500), refuse) : '';
  const type = latin1(block.subarray(156, 157));
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: type === '\0' ? '0' : type,
    size: readNumber(block.subarray(124, 136), refuse),
  };
}

export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** Octal digits; or, where the first bit is set, a number in base 256, as GNU has it. */
function readNumber(field: Uint8Array, refuse: Refuse): number {
  if (field[0] === 0x80) {
    const value = field.subarray(1).reduce((total, byte) => total * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : refuse('has a number that is too large');
  }
  const [, digits] = /^ *([0-7]+)[ \0]*$/.exec(latin1(field)) ?? [];
  return digits === undefined ? refuse('has a malformed number in its header') : Number.parseInt(digits, 8);
}

function readName(field: Uint8Array, refuse: Refuse): string {
  const end = field.indexOf(0);
  return text(end === -1 ? field : field.subarray(0, end), refuse);
}

/** Reads the record of a long name, which ends with a NUL. */
export function readLongName(bytes: Uint8Array, refuse: Refuse): string {
  const name = text(bytes, refuse).replace(/\0$/, '');
  return name === '' || name.includes('\0') ? refuse('has a malformed long name') : name;
}

/** The members of a pax header that override those of the entry. */
export interface PaxOverrides {
  readonly name?: string;
  readonly size?: number;
}

/** Reads the records of a pax header: `<length> <name>=<value>\n`, of which the length counts itself. */
export function readPaxRecords(bytes: Uint8Array, refuse: Refuse): PaxOverrides {
  const records = new Map<string, Uint8Array>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const digits = space === -1 ? '' : latin1(bytes.subarray(at, Math.min(space, at + 10)));
    const length = /^[1-9][0-9]*$/.test(digits) ? Number(digits) : 0;
    const equals = bytes.indexOf(0x3d, space);
    const end = at + length;
    if (length === 0 || end > bytes.length || bytes[end - 1] !== 0x0a || equals === -1 || equals >= end) {
      refuse('has a malformed pax record');
    }
    const name = text(bytes.subarray(space + 1, equals), refuse);
    if (records.has(name)) refuse(`has the pax record ${JSON.stringify(name)} twice`);
    if (name.startsWith('GNU.sparse.')) refuse('has a sparse file, which is not supported');
    records.set(name, bytes.subarray(equals + 1, end - 1));
    at = end;
  }
  const [path, size] = [records.get('path'), records.get('size')];
  return {
    ...(path !== undefined && { name: readLongName(path, refuse) }),
    ...(size !== undefined && { size: readDecimal(latin1(size), refuse) }),
  };
}

function readDecimal(digits: string, refuse: Refuse): number {
  const size = /^[0-9]{1,16}$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(size) ? size : refuse('has a malformed size in a pax record');
}

function text(bytes: Uint8Array, refuse: Refuse): string {
  return decodeUtf8(bytes) ?? refuse('has a name that is not valid UTF-8');
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
