/**
 * Policies of transparency logs (C2SP tlog-policy): the witnesses that must have cosigned a checkpoint. URLs in a policy are not used: a
 * witness's is the address for submitting checkpoints.
 */
import type { WitnessKey } from './cosignature.ts';
import { type VerifierKey } from './verifier-key.ts';
/** The policy: the logs to which it applies, the witnesses, and the quorum of them. */
export interface TlogPolicy {
    /** Empty if the policy names no log. */
    readonly logs: readonly VerifierKey[];
    readonly witnesses: readonly PolicyWitness[];
    /** `undefined`: no cosignature is required. */
    readonly quorum: PolicyWitness | WitnessGroup | undefined;
}
export interface PolicyWitness {
    readonly kind: 'witness';
    /** The name in the policy, which need not be that of the key. */
    readonly name: string;
    readonly key: WitnessKey;
}
/** A group, which has cosigned once at least `threshold` of its members have. */
export interface WitnessGroup {
    readonly kind: 'group';
    readonly name: string;
    readonly threshold: number;
    readonly members: readonly (PolicyWitness | WitnessGroup)[];
}
/**
 * Reads a policy file.
 *
 * @throws CountersignError `POLICY_INVALID` with the number of the line; `KEY_UNSUPPORTED`; `LIMIT_EXCEEDED`
 */
export declare function readTlogPolicy(bytes: Uint8Array): TlogPolicy;
/** Reports whether these witnesses meet the quorum of a policy. */
export declare function meetsQuorum({ quorum }: TlogPolicy, cosigned: ReadonlySet<PolicyWitness>): boolean;
