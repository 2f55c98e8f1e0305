/** The digests of an artifact that verifying a bundle needs, so that a file is hashed once. */
import type { Bundle } from '../bundle/index.ts';
import { type HashAlgorithm } from '../crypto/index.ts';
import type { Policy } from '../policy/index.ts';
/**
 * Returns the hash algorithms, SHA-256 among them. The algorithm names in a bundle are hints: a needless one costs a hash, a missing one
 * makes verification fail.
 *
 * @example
 * neededDigests(bundle, policy); // → ['sha256']
 */
export declare function neededDigests({ content, signer, logEntries }: Bundle, policy: Policy): readonly HashAlgorithm[];
