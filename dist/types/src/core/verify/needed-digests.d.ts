/** The digests of an artifact that verifying a bundle needs, so that a file is hashed once. */
import type { Bundle } from '../bundle/bundle.ts';
import { type HashAlgorithm } from '../crypto/digest.ts';
import type { Policy } from '../policy/policy.ts';
/**
 * Returns the hash algorithms, SHA-256 among them. The algorithm names in a bundle are hints: a needless one costs a hash, a missing one
 * makes verification fail.
 *
 * @example
 * neededDigests(bundle, policy); // → ['sha256']
 */
export declare function neededDigests({ content, signer, logEntries }: Bundle, policy: Policy): readonly HashAlgorithm[];
/**
 * Reports whether the signature may be a pure Ed25519 signature, over the bytes of the artifact itself and not a digest.
 *
 * @example
 * needsBytes(bundle, policy); // → false
 */
export declare function needsBytes({ content, signer }: Bundle, policy: Policy): boolean;
