/** Decompresses Snappy's raw format, without framing (google/snappy, format_description.txt), in which GitHub stores bundles. */

import { type ErrorCode, fail } from '../errors/index.ts';

/**
 * Decompresses bytes, all of which must belong to the compressed form.
 *
 * @param code the error code for what is not in the format
 * @param maxLength the most that may come out, in bytes
 * @throws CountersignError with `code`; `LIMIT_EXCEEDED` if more would come out
 */
export function decompressSnappy(bytes: Uint8Array, code: ErrorCode, maxLength: number): Uint8Array {
  const reader = new Reader(bytes, code);
  const length = reader.varint();
  if (length > maxLength) fail('LIMIT_EXCEEDED', `the content has ${length} bytes; the limit is ${maxLength}`);
  // A stated length that cannot come out takes no memory.
  if (length > bytes.length * maxRatio) reader.fail('is too short for its length');
  const output = new Uint8Array(length);
  let at = 0;
  while (!reader.isAtEnd) {
    const tag = reader.uint(1);
    const kind = tag & 3;
    if (kind === 0) {
      const literal = reader.take(literalLength(tag >>> 2, reader));
      if (literal.length > length - at) reader.fail('has more bytes than its length');
      output.set(literal, at);
      at += literal.length;
      continue;
    }
    const count = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
    const offset = kind === 1 ? ((tag >>> 5) << 8) | reader.uint(1) : reader.uint(kind === 2 ? 2 : 4);
    if (offset === 0 || offset > at) reader.fail('copies from outside of what came before');
    if (count > length - at) reader.fail('has more bytes than its length');
    // A copy may overlap itself: then it repeats.
    for (const end = at + count; at < end; at++) output[at] = output[at - offset] ?? 0;
  }
  if (at !== length) reader.fail('has fewer bytes than its length');
  return output;
}

/** The most bytes that come out for one: a copy of three bytes stands for 64. */
const maxRatio = 22;

function literalLength(length: number, reader: Reader): number {
  return (length < 60 ? length : reader.uint(length - 59)) + 1;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #code: ErrorCode;
  #at = 0;

  constructor(bytes: Uint8Array, code: ErrorCode) {
    this.#bytes = bytes;
    this.#code = code;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  fail(problem: string): never {
    return fail(this.#code, `the content is not valid Snappy: it ${problem}`);
  }

  take(count: number): Uint8Array {
    if (count > this.#bytes.length - this.#at) this.fail('ends early');
    const from = this.#at;
    this.#at += count;
    return this.#bytes.subarray(from, this.#at);
  }

  /** Reads an integer of one to four bytes, the lowest first. */
  uint(width: number): number {
    return this.take(width).reduceRight((value, byte) => value * 0x100 + byte, 0);
  }

  /** Reads a length of up to 32 bits: seven bits a byte, the lowest first. */
  varint(): number {
    let value = 0;
    for (let at = 0; at < 5; at++) {
      const byte = this.uint(1);
      value += (byte & 0x7f) * 0x80 ** at;
      if (byte < 0x80) return value < 2 ** 32 ? value : this.fail('has a length of more than 32 bits');
    }
    return this.fail('has a length of more than 32 bits');
  }
}
