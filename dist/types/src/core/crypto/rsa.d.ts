/** RSA signatures over a digest whose message is not at hand (RFC 8017): WebCrypto hashes what it verifies. */
import type { Digest } from './digest.ts';
import { type PublicKey } from './public-key.ts';
/** The two paddings: RSASSA-PKCS1-v1_5, and RSASSA-PSS with MGF1 of the same hash and a salt as long as the hash. */
export type RsaPadding = 'pkcs1' | 'pss';
/** Reports whether the key signed the digest; `false` for a malformed signature. */
export declare function verifyRsaDigest(key: PublicKey, signature: Uint8Array, digest: Digest, padding: RsaPadding): boolean;
