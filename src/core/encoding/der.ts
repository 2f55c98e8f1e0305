/**
 * A strict reader of DER (ITU-T X.690): definite, minimal lengths; minimal integers and object identifiers; nothing trailing.
 *
 * Only what X.509, CMS and RFC 3161 need. Tags are of the one-byte form. Whatever has two encodings in BER has one here,
 * so that bytes covered by a signature cannot be varied without being noticed.
 */

import { fail } from '../errors/index.ts';
import { decodeUtf8, readUint } from './bytes.ts';

/** Tags of the universal class, in their DER form (SEQUENCE and SET constructed). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** Returns the tag of a context-specific element: `[number]`. */
export function contextTag(number: number, form: 'primitive' | 'constructed'): number {
  return (form === 'constructed' ? 0xa0 : 0x80) | number;
}

export interface DerElement {
  readonly tag: number;
  /** Tag, length and contents. */
  readonly der: Uint8Array;
  readonly contents: Uint8Array;
}

const maxObjectIdentifierLength = 64;
/** Four times as long as the longest RSA modulus that is read. */
const maxNumberLength = 4096;
/** There are no lists of more than 64 named bits. */
const maxNamedBitsLength = 9;

/** Reads the elements of one byte string, in order. Views into the input, no copies. */
export class DerReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /** Returns the tag of the next element, or `undefined` at the end. */
  get nextTag(): number | undefined {
    return this.#bytes[this.#offset];
  }

  /** Reads the next element, whatever its tag. */
  any(): DerElement {
    const start = this.#offset;
    const tag = this.#byte('tag');
    if ((tag & 0x1f) === 0x1f) this.#fail(start, 'multi-byte tags are not supported');
    const length = this.#length();
    const from = this.#offset;
    if (length > this.#bytes.length - from)
      this.#fail(start, `the length ${length} exceeds the remaining ${this.#bytes.length - from} bytes`);
    this.#offset = from + length;
    return { tag, der: this.#bytes.subarray(start, this.#offset), contents: this.#bytes.subarray(from, this.#offset) };
  }

  /** Reads the next element, which must have this tag. */
  element(tag: number): DerElement {
    const start = this.#offset;
    const found = this.nextTag;
    if (found !== tag) {
      this.#fail(
        start,
        `expected tag 0x${tag.toString(16)}, found ${found === undefined ? 'nothing' : `0x${found.toString(16)}`}`,
      );
    }
    return this.any();
  }

  /** Reads the next element if it has this tag. */
  optional(tag: number): DerElement | undefined {
    return this.nextTag === tag ? this.any() : undefined;
  }

  sequence(): DerReader {
    return new DerReader(this.element(tags.sequence).contents);
  }

  set(): DerReader {
    return new DerReader(this.element(tags.set).contents);
  }

  boolean(): boolean {
    const start = this.#offset;
    const { contents } = this.element(tags.boolean);
    if (contents.length !== 1 || (contents[0] !== 0x00 && contents[0] !== 0xff))
      this.#fail(start, 'a BOOLEAN is neither 00 nor ff');
    return contents[0] === 0xff;
  }

  /** Reads the contents of an INTEGER: two's complement, minimal. */
  integerBytes(): Uint8Array {
    const start = this.#offset;
    const { contents } = this.element(tags.integer);
    const [first, second] = contents;
    if (first === undefined) this.#fail(start, 'an INTEGER is empty');
    const padded = second !== undefined && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80));
    if (padded) this.#fail(start, 'an INTEGER is not minimally encoded');
    return contents;
  }

  /** Reads a non-negative INTEGER. */
  unsigned(): bigint {
    const start = this.#offset;
    const contents = this.integerBytes();
    if ((contents[0] ?? 0) >= 0x80) this.#fail(start, 'an INTEGER is negative');
    if (contents.length > maxNumberLength)
      this.#fail(start, `an INTEGER has ${contents.length} bytes; the limit is ${maxNumberLength}`);
    return readUint(contents);
  }

  /** Reads an OBJECT IDENTIFIER, in dotted form. */
  oid(): string {
    const start = this.#offset;
    const { contents } = this.element(tags.objectIdentifier);
    if (contents.length === 0 || contents.length > maxObjectIdentifierLength)
      this.#fail(start, 'an OBJECT IDENTIFIER is empty or too long');
    const arcs: (number | bigint)[] = [];
    let arc: number | bigint = 0;
    let fresh = true;
    for (const byte of contents) {
      if (fresh && byte === 0x80) this.#fail(start, 'an OBJECT IDENTIFIER is not minimally encoded');
      arc = nextArc(arc, byte & 0x7f);
      fresh = byte < 0x80;
      if (fresh) {
        arcs.push(arc);
        arc = 0;
      }
    }
    if (!fresh) this.#fail(start, 'an OBJECT IDENTIFIER is truncated');
    const [head = 0, ...rest] = arcs;
    const first = head < 40 ? 0 : head < 80 ? 1 : 2;
    return [first, BigInt(head) - BigInt(first) * 40n, ...rest].join('.');
  }

  octetString(): Uint8Array {
    return this.element(tags.octetString).contents;
  }

  /** Reads the bytes of a BIT STRING of whole bytes. */
  bitString(): Uint8Array {
    const start = this.#offset;
    const { contents } = this.element(tags.bitString);
    if (contents[0] !== 0) this.#fail(start, 'a BIT STRING does not consist of whole bytes');
    return contents.subarray(1);
  }

  /** Reads the numbers of the bits that are set in a named-bit BIT STRING (X.690, 11.2.2: no trailing zero bits). */
  namedBits(): ReadonlySet<number> {
    const start = this.#offset;
    const { contents } = this.element(tags.bitString);
    if (contents.length > maxNamedBitsLength)
      this.#fail(start, `a named bit list has ${contents.length} bytes; the limit is ${maxNamedBitsLength}`);
    const [unused, ...bytes] = contents;
    const last = bytes.at(-1);
    if (unused === undefined || unused > 7) this.#fail(start, 'a BIT STRING has an invalid number of unused bits');
    if (last === undefined ? unused !== 0 : (last & ((2 << unused) - 1)) !== 1 << unused) {
      this.#fail(start, 'a named bit list is not minimally encoded');
    }
    const set = new Set<number>();
    for (const [index, byte] of bytes.entries()) {
      for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) set.add(index * 8 + bit);
    }
    return set;
  }

  utf8String(): string {
    const start = this.#offset;
    return decodeUtf8(this.element(tags.utf8String).contents) ?? this.#fail(start, 'a UTF8String is not valid UTF-8');
  }

  null(): void {
    const start = this.#offset;
    if (this.element(tags.null).contents.length !== 0) this.#fail(start, 'a NULL is not empty');
  }

  /** Reads a `Time` of X.509 (RFC 5280, section 4.1.2.5): UTCTime from 1950 to 2049, else GeneralizedTime, whole seconds, `Z`. */
  time(): Date {
    const start = this.#offset;
    if (this.nextTag === tags.generalizedTime) {
      const digits = ascii(this.any().contents);
      if (!/^\d{14}Z$/.test(digits)) this.#fail(start, 'a GeneralizedTime does not have the form YYYYMMDDHHMMSSZ');
      if (/^(?:19[5-9]|20[0-4])/.test(digits))
        this.#fail(start, 'a GeneralizedTime has a year for which UTCTime is required');
      return this.#date(start, digits);
    }
    const digits = ascii(this.element(tags.utcTime).contents);
    if (!/^\d{12}Z$/.test(digits)) this.#fail(start, 'a UTCTime does not have the form YYMMDDHHMMSSZ');
    return this.#date(start, `${Number(digits.slice(0, 2)) < 50 ? '20' : '19'}${digits}`);
  }

  /** Reads a GeneralizedTime: `YYYYMMDDHHMMSS[.fraction]Z`, the fraction without trailing zeros. */
  generalizedTime(): Date {
    const start = this.#offset;
    const digits = ascii(this.element(tags.generalizedTime).contents);
    if (!/^\d{14}(?:\.\d*[1-9])?Z$/.test(digits))
      this.#fail(start, 'a GeneralizedTime does not have the form YYYYMMDDHHMMSSZ');
    return this.#date(start, digits);
  }

  /** Demands that nothing follows. */
  end(): void {
    if (!this.done) this.#fail(this.#offset, 'unexpected data after the end');
  }

  #date(start: number, text: string): Date {
    const [, year, month, day, hour, minute, second, fraction = ''] =
      /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text) ?? this.#fail(start, 'the time is malformed');
    const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
    const date = new Date(`${iso}${fraction}Z`);
    // Date rolls 30 February over to March: the text must come back as it was.
    if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso))
      this.#fail(start, `the time ${text} does not exist`);
    return date;
  }

  #byte(what: string): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) this.#fail(this.#offset, `expected a ${what}, found the end`);
    this.#offset++;
    return byte;
  }

  #length(): number {
    const start = this.#offset;
    const first = this.#byte('length');
    if (first < 0x80) return first;
    const width = first & 0x7f;
    if (width === 0) this.#fail(start, 'indefinite lengths are not allowed');
    if (width > 4) this.#fail(start, 'a length has more than 4 bytes');
    let length = 0;
    for (let i = 0; i < width; i++) length = length * 256 + this.#byte('length');
    if (length < 0x80 || length < 256 ** (width - 1)) this.#fail(start, 'a length is not minimally encoded');
    return length;
  }

  #fail(offset: number, problem: string): never {
    fail('DER_INVALID', `${problem}, at byte ${offset}`);
  }
}

/** Returns an arc with seven more bits. Numbers are much faster than big integers, and exact as long as they are small. */
function nextArc(arc: number | bigint, bits: number): number | bigint {
  return typeof arc === 'number' && arc < 2 ** 40 ? arc * 128 + bits : BigInt(arc) * 128n + BigInt(bits);
}

/** Reads one element that is the whole of the bytes, and all of it: `readDer(bytes, (der) => der.oid())`. */
export function readDer<T>(bytes: Uint8Array, read: (der: DerReader) => T): T {
  const reader = new DerReader(bytes);
  const value = read(reader);
  reader.end();
  return value;
}

/** Reads the elements of a SEQUENCE that is the whole of the bytes, and all of them. */
export function readSequence<T>(bytes: Uint8Array, read: (der: DerReader) => T): T {
  return readDer(
    readDer(bytes, (der) => der.element(tags.sequence).contents),
    read,
  );
}

/** Returns the text of a time; none of a longer element, so that nothing can follow the time. */
function ascii(bytes: Uint8Array): string {
  return bytes.length > 64 ? '' : String.fromCharCode(...bytes);
}
