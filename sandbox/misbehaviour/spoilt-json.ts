/** A character changed inside of JSON, so that it is JSON still. */

import { decodeUtf8, utf8 } from '../../src/core/encoding/index.ts';

/** In the first text of 40 letters and digits, which is a digest, one is replaced by the next of its kind: it stays hexadecimal, or base64. */
export function withOtherCharacter(json: Uint8Array): Uint8Array {
  const text = decodeUtf8(json) ?? '';
  const { 0: run = '', index = 0 } = /[0-9A-Za-z+/]{40,}/.exec(text) ?? {};
  const at = index + run.search(/^[0-9a-f]+$/.test(run) ? /[0-8a-e]/ : /[0-8A-Ya-y]/);
  return utf8(text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + 1) + text.slice(at + 1));
}
