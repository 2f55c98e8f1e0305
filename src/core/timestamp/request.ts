/** Requests for timestamps (RFC 3161, section 2.4.1). */

import type { Digest } from '../crypto/index.ts';
import { der } from '../encoding/index.ts';
import { encodeHashAlgorithm } from './algorithm.ts';

/**
 * Returns a TimeStampReq, DER.
 *
 * @param imprint digest of what is to be timestamped: for Sigstore, of the signature's bytes
 * @param nonce unsigned, at least 64 bits; the answer must repeat it
 */
export function encodeTimestampRequest(imprint: Digest, nonce: Uint8Array): Uint8Array {
  return der.sequence(
    der.integer(1),
    der.sequence(encodeHashAlgorithm(imprint.algorithm), der.octetString(imprint.bytes)),
    der.unsigned(nonce),
    // No certReq: the trusted root pins the chain, and a copy would only make each bundle longer.
    // FALSE is the default, which DER omits.
  );
}
