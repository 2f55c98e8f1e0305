/** Loads the policy of a verification, from options and a policy file. There is no default policy. */
import { type ContentPolicy, type Policy, type SignerPolicy, type Thresholds, type WitnessPolicy } from '../../core/policy/index.ts';
import { type PolicyRequest } from '../../options/index.ts';
import type { InputWorld } from '../world/index.ts';
import type { RequiredAttestation } from './attestation-types.ts';
import type { TrustChoice } from './load-trust.ts';
/** A policy, except what depends on the trusted root. */
export interface VerifyPolicy {
    readonly signer: SignerPolicy;
    readonly content: ContentPolicy;
    readonly witnesses: WitnessPolicy;
    readonly timestampOnly?: NonNullable<Policy['timestampOnly']>;
    /** The greatest age of a signature in milliseconds. */
    readonly maxAge?: number;
    /** The thresholds that were given; the others are those of the root. */
    readonly thresholds: Partial<Thresholds>;
    /** The attestations that an artifact must have too, each by a signer that the policy accepts. */
    readonly attestations?: readonly RequiredAttestation[];
    /** Warnings about what the policy leaves open, which are shown with every result. */
    readonly warnings: readonly string[];
    readonly source: PolicySource;
}
/** The source of a policy. */
export interface PolicySource {
    /** The options besides the policy file. */
    readonly options: PolicyRequest;
    /** The text of the policy file. */
    readonly file: string | undefined;
}
/**
 * Loads the policy.
 *
 * @throws CountersignError `POLICY_INVALID` if it names no signer, contradicts itself, or accepts anyone without saying so; `USAGE` for a
 *   file that cannot be read
 */
export declare function loadPolicy(request: PolicyRequest, world: InputWorld): Promise<VerifyPolicy>;
/**
 * Returns the policy of a policy file.
 *
 * @param path of the file: errors name it, and paths in the file are relative to its folder
 * @param said the options besides the file
 * @throws CountersignError as {@link loadPolicy}
 */
export declare function policyOfFile(text: string, path: string, said: PolicyRequest, world: InputWorld): Promise<VerifyPolicy>;
/** Returns the whole policy for bundles that are examined under a root. */
export declare function policyUnder({ thresholds, warnings: _, attestations: __, source: ___, ...policy }: VerifyPolicy, root: Pick<TrustChoice, 'thresholds' | 'sandbox'>): Policy;
