/** Requests for timestamps (RFC 3161, section 2.4.1). */
import type { Digest } from '../crypto/index.ts';
/**
 * A TimeStampReq.
 *
 * @param imprint digest of what is to be timestamped: for Sigstore, of the signature's bytes
 * @param nonce unsigned, at least 64 bits; the answer must repeat it
 */
export declare function encodeTimestampRequest(imprint: Digest, nonce: Uint8Array): Uint8Array;
