/** Signatures over a message of which only the digest is known: computed on the curve, for WebCrypto hashes what it verifies. */
import type { Digest } from './digest.ts';
import { type EcdsaKind } from './ecdsa-signature.ts';
import type { PublicKey } from './public-key.ts';
export declare function verifyEcdsa(kind: EcdsaKind, point: Uint8Array, signature: Uint8Array, digest: Digest): boolean;
/** @throws CountersignError `KEY_UNSUPPORTED` for another digest than its own */
export declare function verifyEd25519ph(key: PublicKey, signature: Uint8Array, digest: Digest): boolean;
