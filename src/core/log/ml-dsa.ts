/** Cosignatures by ML-DSA-44 (FIPS 204). Loaded only for witnesses with such a key. */

import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { concatBytes, uintBytes, utf8 } from '../encoding/index.ts';
import type { Checkpoint } from './checkpoint.ts';

/** Reports whether a cosignature, which begins with its time, is valid; `false` for a malformed one. */
export function isSignedByMlDsa(
  checkpoint: Checkpoint,
  { name, raw }: { readonly name: string; readonly raw: Uint8Array },
  cosignature: Uint8Array,
): boolean {
  const message = cosignedMessage(checkpoint, name, cosignature.subarray(0, 8));
  // A signature of another length is invalid for the library, too.
  return message !== undefined && ml_dsa44.verify(cosignature.subarray(8), message, raw);
}

/**
 * Returns the message that a witness with an ML-DSA-44 key signs about a whole tree. It does not contain the extension lines.
 *
 * @returns `undefined` for a name or an origin that the message cannot contain
 */
function cosignedMessage(
  { origin, size, rootHash }: Checkpoint,
  witness: string,
  time: Uint8Array,
): Uint8Array | undefined {
  const [name, log] = [utf8(witness), utf8(origin)];
  if (name.length > 255 || log.length > 255) return undefined;
  return concatBytes(
    utf8('subtree/v1\n\0'),
    uintBytes(name.length, 1),
    name,
    time,
    uintBytes(log.length, 1),
    log,
    uintBytes(0, 8),
    uintBytes(size, 8),
    rootHash,
  );
}
