import { fail } from '../errors/index.ts';

// Searches for a wrong character: a repeated group would take a level of the stack for each byte.
const foreign = /[^0-9a-f]/;
const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Returns bytes as lower-case hexadecimal. */
export function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += pairs[byte];
  return text;
}

/**
 * Returns the bytes of lower-case hexadecimal.
 *
 * @throws CountersignError `HEX_INVALID`
 */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 2 !== 0 || foreign.test(text))
    fail('HEX_INVALID', 'the text is not lower-case hexadecimal with an even number of digits');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
