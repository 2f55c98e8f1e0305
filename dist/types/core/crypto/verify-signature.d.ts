/** Verifying signatures: WebCrypto over what is in memory, @noble/curves where only a digest is known. */
import type { Digest, HashAlgorithm } from './digest.ts';
import type { PublicKey } from './public-key.ts';
/** The hash that goes with a key where nothing else says: that of the key details of Sigstore. Pure Ed25519 has none of its own. */
export declare function signingHash({ kind }: PublicKey): HashAlgorithm;
/**
 * Whether a signature over a message is the key's. ECDSA signatures are DER (RFC 3279, section 2.2.3); a signature that
 * is not well-formed is simply not the key's. Ed25519 is pure and takes no hash.
 *
 * @throws CountersignError `KEY_INVALID` if the key is not a point of its curve
 */
export declare function verifySignature(key: PublicKey, signature: Uint8Array, message: Uint8Array, hash: HashAlgorithm): Promise<boolean>;
/**
 * Whether a signature over a message of which only the digest is known is the key's.
 *
 * @throws CountersignError `KEY_UNSUPPORTED` for Ed25519, which signs the message itself
 */
export declare function verifyDigestSignature(key: PublicKey, signature: Uint8Array, digest: Digest): boolean;
