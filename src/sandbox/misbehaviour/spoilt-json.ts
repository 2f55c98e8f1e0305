/** A character changed inside of JSON, so that it is JSON still. */

import { decodeUtf8, utf8 } from '../../core/encoding/index.ts';

/** The first letter or digit after the middle becomes the next one of its kind: inside a text, and inside base64, it is another. */
export function withOtherCharacter(json: Uint8Array): Uint8Array {
  const text = decodeUtf8(json) ?? '';
  const middle = text.length >> 1;
  const at = middle + text.slice(middle).search(/[A-Ya-y0-8]/);
  return utf8(text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + 1) + text.slice(at + 1));
}
