/**
 * URLs as Go's net/url writes them. Fulcio parses the identity of a job with it, so that a workflow file or branch whose name holds
 * a space or a letter outside of ASCII is percent-encoded in the certificate.
 */

import { decodeUtf8, utf8 } from './bytes.ts';

/** Characters that are written as they are, by the part of the URL. Others are percent-encoded, byte by byte. */
const plain = { path: /[\w\-.~$&+,/:;=@]/, fragment: /[\w\-.~$&+,/:;=?@!()*]/ } as const;
/** Further characters that may be in an encoded part: a part with no others stays as it is. */
const allowed = {
  path: /^[\w\-.~$&+,/:;=@!'()*[\]%]*$/,
  fragment: /^[\w\-.~$&+,/:;=?@!()*'[\]%]*$/,
} as const;

/**
 * Returns an absolute http or https URL as Go parses it and writes it again (`url.Parse(text)`, `String()`); `undefined` if Go does not
 * parse it.
 */
export function goUrl(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses exactly these
  if (/[\x00-\x1f\x7f]/.test(text)) return undefined;
  const [, origin, path = '', query = '', fragment] =
    /^(https?:\/\/[\w.:-]+)(\/[^?#]*)?(\?[^#]*)?(?:#(.*))?$/s.exec(text) ?? [];
  if (origin === undefined) return undefined;
  const writtenPath = encodePart(path, 'path');
  const writtenFragment = encodePart(fragment ?? '', 'fragment');
  if (writtenPath === undefined || writtenFragment === undefined) return undefined;
  return `${origin}${writtenPath}${query}${fragment ? `#${writtenFragment}` : ''}`;
}

/**
 * Returns the text without percent signs that Go writes as this URL; `undefined` if there is none, or if it is the URL itself. No two URLs
 * share such a text: `a%2Fb`, `a%2520b` and `a%c3%bc` are what Go writes for no text without percent signs.
 */
export function plainUrl(url: string): string | undefined {
  if (!url.includes('%')) return undefined;
  const bytes = percentDecode(url);
  const text = bytes === undefined ? undefined : decodeUtf8(bytes);
  return text === undefined || text.includes('%') || goUrl(text) !== url ? undefined : text;
}

function encodePart(part: string, kind: keyof typeof plain): string | undefined {
  const decoded = percentDecode(part);
  if (decoded === undefined) return undefined;
  if (allowed[kind].test(part)) return part;
  return Array.from(decoded, (byte) => {
    const character = String.fromCharCode(byte);
    return byte < 0x80 && plain[kind].test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** Returns the bytes of a percent-encoded text; `undefined` if a percent sign is not followed by two hexadecimal digits. */
function percentDecode(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  const written = utf8(text);
  for (let at = 0; at < written.length; at++) {
    const byte = written[at] ?? 0;
    if (byte !== 0x25) {
      bytes.push(byte);
      continue;
    }
    const digits = decodeUtf8(written.subarray(at + 1, at + 3)) ?? '';
    if (!/^[0-9a-fA-F]{2}$/.test(digits)) return undefined;
    bytes.push(Number.parseInt(digits, 16));
    at += 2;
  }
  return Uint8Array.from(bytes);
}
