/** Writes DER: each function returns one whole element, so that structures read as they are specified. */

import { concatBytes, uintBytes, utf8 } from './bytes.ts';
import { contextTag, tags } from './der.ts';

type Bytes = Uint8Array<ArrayBuffer>;

function element(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of contents) length += part.length;
  return concatBytes(new Uint8Array([tag]), lengthBytes(length), ...contents);
}

function lengthBytes(length: number): Bytes {
  if (length < 0x80) return new Uint8Array([length]);
  const width = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  return concatBytes(new Uint8Array([0x80 | width]), uintBytes(length, width));
}

/** Writes unsigned big-endian bytes as an INTEGER: leading zeros dropped, one put before a set top bit. */
function unsigned(bytes: Uint8Array): Bytes {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const digits = bytes.subarray(start);
  return (digits[0] ?? 0x80) >= 0x80
    ? element(tags.integer, new Uint8Array([0]), digits)
    : element(tags.integer, digits);
}

function oidContents(oid: string): Bytes {
  const [first = 0n, second = 0n, ...rest] = oid.split('.').map(BigInt);
  const bytes: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const groups = [Number(arc & 0x7fn)];
    for (let high = arc >> 7n; high > 0n; high >>= 7n) groups.unshift(Number(high & 0x7fn) | 0x80);
    bytes.push(...groups);
  }
  return new Uint8Array(bytes);
}

/** Returns a time as `20261123061200Z`. */
function timeDigits(time: Date): string {
  return `${time.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

export const der = {
  element,
  sequence: (...elements: readonly Uint8Array[]): Bytes => element(tags.sequence, ...elements),
  /** SET OF: the elements in ascending order of their encodings (X.690, 11.6). */
  set: (...elements: readonly Uint8Array[]): Bytes => element(tags.set, ...[...elements].sort(compareBytes)),
  boolean: (value: boolean): Bytes => element(tags.boolean, new Uint8Array([value ? 0xff : 0])),
  integer: (value: bigint | number): Bytes => {
    const hex = BigInt(value).toString(16);
    return unsigned(uintBytes(value, Math.ceil(hex.length / 2)));
  },
  unsigned,
  oid: (oid: string): Bytes => element(tags.objectIdentifier, oidContents(oid)),
  octetString: (bytes: Uint8Array): Bytes => element(tags.octetString, bytes),
  bitString: (bytes: Uint8Array): Bytes => element(tags.bitString, new Uint8Array([0]), bytes),
  /** A named-bit BIT STRING of the bits with these numbers, trailing zero bits left out. */
  namedBits: (...bits: readonly number[]): Bytes => {
    if (bits.length === 0) return element(tags.bitString, new Uint8Array([0]));
    const last = Math.max(...bits);
    const bytes = new Uint8Array(Math.floor(last / 8) + 1);
    for (const bit of bits) {
      const index = Math.floor(bit / 8);
      bytes[index] = (bytes[index] ?? 0) | (0x80 >> (bit % 8));
    }
    return element(tags.bitString, new Uint8Array([7 - (last % 8)]), bytes);
  },
  null: (): Bytes => element(tags.null),
  utf8String: (text: string): Bytes => element(tags.utf8String, utf8(text)),
  printableString: (text: string): Bytes => element(tags.printableString, utf8(text)),
  /** UTCTime from 1950 to 2049, else GeneralizedTime (RFC 5280, section 4.1.2.5). */
  time: (time: Date): Bytes =>
    time.getUTCFullYear() >= 1950 && time.getUTCFullYear() < 2050
      ? element(tags.utcTime, utf8(timeDigits(time).slice(2)))
      : element(tags.generalizedTime, utf8(timeDigits(time))),
  generalizedTime: (time: Date): Bytes => element(tags.generalizedTime, utf8(timeDigits(time))),
  /** `[number] EXPLICIT`, or an implicitly tagged constructed element. */
  context: (number: number, ...contents: readonly Uint8Array[]): Bytes =>
    element(contextTag(number, 'constructed'), ...contents),
  /** An implicitly tagged primitive element. */
  contextPrimitive: (number: number, contents: Uint8Array): Bytes => element(contextTag(number, 'primitive'), contents),
} as const;

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
