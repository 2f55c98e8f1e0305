/** Verifying signatures: with WebCrypto if the message is in memory, by other means if only its digest is known. */
import { type Digest, type HashAlgorithm } from './digest.ts';
import type { PublicKey } from './public-key.ts';
import { type RsaPadding } from './rsa.ts';
/**
 * Returns the hashes that a key may sign with, its own first (key details of Sigstore). sigstore-python long signed SHA-256 with keys on P-384.
 * Pure Ed25519 has none; SHA-512 is that of Ed25519ph.
 */
export declare function signingHashes({ kind }: PublicKey): readonly [HashAlgorithm, ...HashAlgorithm[]];
/**
 * Reports whether the key signed the message; `false` for a malformed signature. ECDSA signatures are DER (RFC 3279, section 2.2.3).
 * Ed25519 is pure and takes no hash.
 *
 * @param paddings of an RSA signature; either by default
 * @throws CountersignError `KEY_INVALID` if the key is not a point of its curve
 */
export declare function verifySignature(key: PublicKey, signature: Uint8Array, message: Uint8Array, hash: HashAlgorithm, paddings?: readonly RsaPadding[]): Promise<boolean>;
/** Has {@link verifySignature} remember the last valid signature of a key, so that the same one, byte for byte, is not verified again. */
export declare function rememberSignaturesOf(key: PublicKey): void;
/**
 * Reports whether the key signed a message of which only the digest is known: with ECDSA, RSA with either padding, or Ed25519ph, whose
 * digest is SHA-512.
 *
 * @throws CountersignError `KEY_UNSUPPORTED` for another digest of Ed25519, whose pure form signs the message itself
 */
export declare function verifyDigestSignature(key: PublicKey, signature: Uint8Array, digest: Digest): Promise<boolean>;
