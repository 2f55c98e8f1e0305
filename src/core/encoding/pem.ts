/** PEM, strictly (RFC 7468, section 3): 64 columns out; in, any line length, one label, nothing between the blocks. */

import { fail } from '../errors/index.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';

const block = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n-----END \1-----(?:\r?\n|$)/y;

export function encodePem(label: string, der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Matches one block or more. */
type Blocks = readonly [Uint8Array<ArrayBuffer>, ...Uint8Array<ArrayBuffer>[]];

/**
 * Returns the DER of each block of a PEM text, in order.
 *
 * @throws CountersignError `PEM_INVALID` for another label, text outside the blocks, or no block
 */
export function decodePem(label: string, text: string): Blocks {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  const trimmed = text.trim();
  block.lastIndex = 0;
  while (block.lastIndex < trimmed.length) {
    const offset = block.lastIndex;
    const match = block.exec(trimmed);
    if (match === null) fail('PEM_INVALID', `expected a PEM block at character ${offset}`);
    if (match[1] !== label) fail('PEM_INVALID', `expected a PEM block "${label}", found another kind`);
    blocks.push(decodeBase64((match[2] ?? '').replace(/[\r\n]/g, '')));
  }
  const [first, ...others] = blocks;
  return first === undefined ? fail('PEM_INVALID', 'the text contains no PEM block') : [first, ...others];
}
