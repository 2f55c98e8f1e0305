/** Text files. All that are read here are UTF-8; Windows PowerShell writes UTF-16, and byte order marks. */

import { decodeUtf8 } from '../core/encoding/index.ts';
import { type ErrorCode, fail } from '../core/errors/index.ts';

const byteOrderMark = Buffer.from('\ufeff');

/**
 * Returns the bytes of a text file without their byte order mark.
 *
 * @param code the code of the error for a file in another encoding
 * @param what the file, for the error: `the policy policy.yml`
 * @throws CountersignError which names the encoding, and what to do
 */
export function utf8Bytes(bytes: Uint8Array, code: ErrorCode, what: string): Uint8Array {
  const encoding = wideEncoding(bytes);
  if (encoding !== undefined || decodeUtf8(bytes) === undefined)
    fail(code, `${what} is not UTF-8${encoding === undefined ? '' : ` but ${encoding}`}`, {
      remedy: 'Save it as UTF-8. In PowerShell, use `| Out-File -Encoding utf8` instead of `>`.',
    });
  const { length } = byteOrderMark;
  return byteOrderMark.equals(bytes.subarray(0, length)) ? bytes.subarray(length) : bytes;
}

/** Returns the text of a file, as {@link utf8Bytes} does its bytes. */
export function utf8Text(bytes: Uint8Array, code: ErrorCode, what: string): string {
  return Buffer.from(utf8Bytes(bytes, code, what)).toString('utf8');
}

/** Patterns of the first four bytes, `x` for one that is not zero: of a text that begins with ASCII, or with a byte order mark. */
const utf32 = /^(?:x000|000x|fffe0000|0000feff)/;
const utf16 = /^(?:x0|0x|fffe|feff)/;

/** Returns the encoding of a text of which each character has two or four bytes. */
export function wideEncoding(bytes: Uint8Array): 'UTF-16' | 'UTF-32' | undefined {
  const first = [...bytes.subarray(0, 4)];
  const hex = Buffer.from(first).toString('hex');
  const zeros = first.map((byte) => (byte === 0 ? '0' : 'x')).join('');
  const is = (pattern: RegExp): boolean => pattern.test(hex) || pattern.test(zeros);
  return is(utf32) ? 'UTF-32' : is(utf16) ? 'UTF-16' : undefined;
}
