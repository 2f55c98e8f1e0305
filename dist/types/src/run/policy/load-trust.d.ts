/** Loads the trusted roots of a verification, and the thresholds under each. */
import { type Policy, type Thresholds } from '../../core/policy/index.ts';
import { type TrustedRoot } from '../../core/trust/index.ts';
import { type InstanceName, type InstanceRequest, type World } from '../world/index.ts';
/** A trusted root, and the proof that is required under it. */
export interface TrustChoice {
    /** The name of the instance that was chosen. */
    readonly instance: InstanceName;
    readonly trust: TrustedRoot;
    readonly thresholds: Thresholds;
    readonly sandbox: Policy['sandbox'];
}
export interface VerifyTrust {
    /** The roots under which a bundle is examined, one after another, until it passes. They are never mixed. */
    readonly roots: readonly TrustChoice[];
    readonly warnings: readonly string[];
}
/**
 * Loads the trusted roots: from the given file, without a network, or from the instance's TUF repository, whose root is built in.
 *
 * @param policy the policy that holds under them: for a release, the instance is GitHub's own
 * @throws CountersignError `USAGE`, `TRUSTED_ROOT_INVALID`, and those of the repository: `TRUSTED_ROOT_EXPIRED` for a cache that has expired
 */
export declare function loadTrust(asked: InstanceRequest, world: World, policy?: Pick<Policy, 'signer' | 'content'>): Promise<VerifyTrust>;
/** Returns the source of trusted roots, for people. @param path of a trusted root that replaces that of the instance */
export declare function trustSource(instance: InstanceName, path: string | undefined): string;
/**
 * Returns the thresholds under a root. GitHub's own instance has no log; that is accepted only where it was asked for, by name or with the
 * file of roots that gh writes. Otherwise a root that has lost its logs would make proofs unnecessary.
 */
export declare function thresholdsUnder(trust: TrustedRoot, mayHaveNoLog: boolean): Thresholds;
