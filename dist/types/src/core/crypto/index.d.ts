/** Keys, signatures and digests. */
export { type CommitDigest, type Digest, digest, digestLengths, equalDigests, formatDigest, type HashAlgorithm, isHash, isHashAlgorithm, parseCommit, parseDigest, type SubjectDigest, sharedDigests, toCommit, toDigest, } from './digest.ts';
export { EphemeralKey, type RandomBytes } from './ephemeral-key.ts';
export { countKeys, keyText, type PublicKey, type PublicKeyKind, readPublicKey, readPublicKeyPem, readRsaNumbers, } from './public-key.ts';
export type { RsaPadding } from './rsa.ts';
export { rememberSignaturesOf, signingHashes, verifyDigestSignature, verifySignature } from './verify-signature.ts';
