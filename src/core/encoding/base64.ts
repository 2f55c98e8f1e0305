/** Base64, strictly (RFC 4648, section 4): padded, canonical, no white space. */

import { fail } from '../errors/index.ts';
import { utf8 } from './bytes.ts';

const alphabet = utf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const padding = 0x3d;
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
 * The bytes of canonical base64. Two different texts never give the same bytes, so that a signed text cannot be varied.
 *
 * @throws CountersignError `BASE64_INVALID` for a foreign character, missing padding or non-zero spare bits
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  // atob takes much that is not canonical: what its bytes are not written as again is refused.
  const binary = decodeLoosely(text);
  if (binary === undefined || btoa(binary) !== text) refuse(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** A character a byte. */
function decodeLoosely(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}

/** Says what is wrong with a text that is not canonical base64. */
function refuse(text: string): never {
  if (text.length % 4 !== 0) fail('BASE64_INVALID', 'base64 whose length is not a multiple of four');
  const foreign = text.replace(/={1,2}$/, '').search(/[^A-Za-z0-9+/]/);
  if (foreign !== -1) fail('BASE64_INVALID', `a character that is not base64, at character ${foreign}`);
  return fail('BASE64_INVALID', 'base64 whose spare bits are not zero');
}
