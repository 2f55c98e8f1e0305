/** Parses and formats the URIs of certificates as Go's net/url does. */

import { goUrl } from '../../src/core/encoding/index.ts';
import { refuse } from '../http/index.ts';

/** Returns the URI for a certificate, with percent-encoded characters, such as those of a branch named "größer". */
export function uriForCertificate(text: string): string {
  const unreadable = (reason: string): never => refuse('invalidArgument', `parse ${quoted(text)}: ${reason}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the search is for control characters.
  if (/[\x00-\x1f\x7f]/.test(text)) unreadable('net/url: invalid control character in URL');
  const [wrong] = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text) ?? [];
  if (wrong !== undefined) unreadable(`invalid URL escape ${quoted(wrong)}`);
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return goUrl(wellFormed) ?? wellFormed;
}

/** Formats text as Go's `%q`, which writes control characters with fewer digits than JSON. */
function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\\u0007', '\\a')
    .replaceAll('\\u000b', '\\v')
    .replaceAll('\x7f', '\\x7f')
    .replace(/\\u00(?=[01])/g, '\\x');
}
