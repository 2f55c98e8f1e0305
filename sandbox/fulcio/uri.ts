/** URIs as Go's net/url reads and writes them, which is how they come into certificates. */

import { goUrl } from '../../src/core/encoding/index.ts';
import { refuse } from '../http/index.ts';

/** The URI as a certificate names it: a character that may not stand in one, as in a branch called "größer", percent-encoded. */
export function uriForCertificate(text: string): string {
  const unreadable = (reason: string): never => refuse('invalidArgument', `parse ${quoted(text)}: ${reason}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\x00-\x1f\x7f]/.test(text)) unreadable('net/url: invalid control character in URL');
  const [wrong] = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text) ?? [];
  if (wrong !== undefined) unreadable(`invalid URL escape ${quoted(wrong)}`);
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return goUrl(wellFormed) ?? wellFormed;
}

/** Go's `%q`, which writes control characters in fewer digits than JSON. */
function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\\u0007', '\\a')
    .replaceAll('\\u000b', '\\v')
    .replaceAll('\x7f', '\\x7f')
    .replace(/\\u00(?=[01])/g, '\\x');
}
