/** Base64, strictly (RFC 4648, section 4): padded, canonical, no white space. */

import { fail } from '../errors/index.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Uint8Array(128).fill(255);
for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;

const foreign = 255;

export function encodeBase64(bytes: Uint8Array): string {
  // In slices: a spread of a large array would overflow the stack.
  let binary = '';
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(binary);
}

/**
 * The bytes of canonical base64. Two different texts never give the same bytes, so that a signed text cannot be varied.
 *
 * @throws CountersignError `BASE64_INVALID` for a foreign character, missing padding or non-zero spare bits
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (text.length % 4 !== 0) fail('BASE64_INVALID', 'base64 whose length is not a multiple of four');
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const digits = text.length - padding;
  let out = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < digits; i++) {
    const digit = values[text.charCodeAt(i)] ?? foreign;
    if (digit === foreign) fail('BASE64_INVALID', `a character that is not base64, at character ${i}`);
    held = ((held << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[out++] = held >> bits;
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) fail('BASE64_INVALID', 'base64 whose spare bits are not zero');
  return bytes;
}
