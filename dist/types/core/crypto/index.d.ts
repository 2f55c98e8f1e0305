/** Keys, signatures and digests. */
export { type Digest, digest, digestLengths, equalDigests, formatDigest, type HashAlgorithm, isHashAlgorithm, parseDigest, toDigest, } from './digest.ts';
export { EphemeralKey, type RandomBytes } from './ephemeral-key.ts';
export { type PublicKey, type PublicKeyKind, readPublicKey } from './public-key.ts';
export { signingHash, verifyDigestSignature, verifySignature } from './verify-signature.ts';
