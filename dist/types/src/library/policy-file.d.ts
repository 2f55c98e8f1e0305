/** Reads policy files for a program. */
import type { Policy } from '../core/policy/index.ts';
import { type VerifyPolicy } from '../run/policy/index.ts';
/** The options of {@link readPolicy}. */
export interface PolicyFileOptions {
    /**
     * The path of the file (default: `policy.yml`). Errors name it, and paths in the file are relative to its folder. The file itself is not read.
     */
    readonly path?: string | undefined;
}
/** A policy that was read from a policy file. What it requires depends on the instance too, so that only this library knows it. */
export interface PolicyFile {
    readonly kind: 'policy-file';
    /** Warnings about what the policy leaves open, as sentences without a full stop. */
    readonly warnings: readonly string[];
}
/** Returns the policy of a policy file, or the one that a program has made. */
export declare function policyOf(policy: Policy | PolicyFile): VerifyPolicy;
/**
 * Reads the text of a policy file (YAML), as `countersign verify --policy` does.
 *
 * @throws CountersignError `POLICY_INVALID`, with the place in the file; `USAGE` for a public key that it names and that cannot be read
 *
 * @example
 * const policy = await readPolicy('policy:\n  repo: example/app\n');
 * policy.warnings; // → []
 */
export declare function readPolicy(text: string, { path }?: PolicyFileOptions): Promise<PolicyFile>;
