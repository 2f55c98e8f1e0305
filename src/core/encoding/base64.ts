/** Base64, strictly (RFC 4648, section 4): padded, canonical, no white space. */

import { fail } from '../errors/index.ts';
import { utf8 } from './bytes.ts';

const alphabet = utf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const padding = 0x3d;
const foreign = 0xff;
/** The value of each character of the alphabet. */
const values = new Uint8Array(256).fill(foreign);
for (const [value, character] of alphabet.entries()) values[character] = value;
const decoder = new TextDecoder();

export function encodeBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let i = 0, out = 0; i < bytes.length; i += 3, out += 4) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text[out] = digit(group >> 18);
    text[out + 1] = digit(group >> 12);
    text[out + 2] = left > 1 ? digit(group >> 6) : padding;
    text[out + 3] = left > 2 ? digit(group) : padding;
  }
  return decoder.decode(text);
}

function digit(bits: number): number {
  return alphabet[bits & 0x3f] ?? padding;
}

/**
 * Returns the bytes of canonical base64. Two different texts never give the same bytes, so that a signed text cannot be varied.
 *
 * @throws CountersignError `BASE64_INVALID` for a foreign character, missing padding or non-zero spare bits
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.length - paddingOf(text);
  const bytes = new Uint8Array(Math.floor((digits * 3) / 4));
  let [group, bits, at] = [0, 0, 0];
  for (let index = 0; index < digits; index++) {
    const value = values[text.charCodeAt(index)] ?? foreign;
    if (value === foreign) refuse(text);
    group = ((group << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = group >> bits;
  }
  // Spare bits are zero, so that two texts never give the same bytes.
  if (text.length % 4 !== 0 || (group & ((1 << bits) - 1)) !== 0) refuse(text);
  return bytes;
}

function paddingOf(text: string): number {
  return text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
}

/** Says what is wrong with a text that is not canonical base64. */
function refuse(text: string): never {
  if (text.length % 4 !== 0) fail('BASE64_INVALID', 'the length of the base64 text is not a multiple of 4');
  const at = text.slice(0, text.length - paddingOf(text)).search(/[^A-Za-z0-9+/]/);
  if (at !== -1) fail('BASE64_INVALID', `invalid base64 character at position ${at}`);
  return fail('BASE64_INVALID', 'the unused bits of the base64 text are not zero');
}
