/** Which digests of an artifact a bundle will be verified with, so that a file is hashed once, and with no more than that. */
import type { Bundle } from '../bundle/index.ts';
import { type HashAlgorithm } from '../crypto/index.ts';
import type { Policy } from '../policy/index.ts';
/**
 * The algorithms, SHA-256 among them. Nothing of the bundle is believed for this: an algorithm that it names for nothing is hashed for
 * nothing, and one that it ought to name fails its verification.
 *
 * @example
 * const algorithms = neededDigests(bundle, policy);
 */
export declare function neededDigests({ content, signer, logEntries }: Bundle, policy: Policy): readonly HashAlgorithm[];
