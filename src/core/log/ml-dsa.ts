/** ML-DSA-44 (FIPS 204). Loaded only for witnesses with such a key. */

import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';

/** Reports whether the key signed the message, with an empty context; `false` for a malformed signature. */
export function verifyMlDsa44(key: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  if (signature.length !== ml_dsa44.lengths.signature) return false;
  return ml_dsa44.verify(signature, message, key);
}
