/** Verifying a timestamp under one authority of the trust root (RFC 3161, section 2.2; RFC 5652, section 5.6). */
import { type Certificate } from '../certificate/index.ts';
import type { TimestampToken } from './token.ts';
/**
 * Whether a token claims to be of the authority with this signing certificate.
 */
export declare function namesSigner(token: TimestampToken, certificate: Certificate): boolean;
/**
 * Checks that an authority timestamped these bytes.
 *
 * @param stamped what was timestamped: for Sigstore, the signature's bytes
 * @param chain the authority's pinned chain, its signing certificate first, the root last
 * @returns the time it states
 * @throws CountersignError `TIMESTAMP_INVALID`, `TIMESTAMP_MISMATCH`, `TIMESTAMP_UNTRUSTED` and those of the path
 */
export declare function verifyTimestamp(token: TimestampToken, stamped: Uint8Array, chain: readonly Certificate[]): Promise<Date>;
