/** The texts and byte strings of a bundle. */

import { encodeBase64, type JsonValue } from '../../../src/core/encoding/index.ts';
import { type Path, pathText, places } from './tree.ts';

/** Members that hold bytes, in base64. */
export const ofBytes =
  /(?:rawBytes|keyId|signedEntryTimestamp|rootHash|hashes\[\d+\]|canonicalizedBody|signedTimestamp|digest|signature|payload|sig)$/;

export interface Leaf {
  readonly path: Path;
  readonly bytes: Uint8Array;
  readonly written: (bytes: Uint8Array) => string;
}

export function leavesOf(tree: JsonValue): readonly Leaf[] {
  return [...places(tree)].flatMap(({ path, value }) => {
    if (typeof value !== 'string') return [];
    return ofBytes.test(pathText(path))
      ? [{ path, bytes: new Uint8Array(Buffer.from(value, 'base64')), written: encodeBase64 }]
      : [{ path, bytes: new Uint8Array(Buffer.from(value)), written: (bytes) => Buffer.from(bytes).toString() }];
  });
}
