/** Reads policy files for a program. */

import { fail } from '../core/errors/index.ts';
import type { Policy } from '../core/policy/index.ts';
import { policyOfFile, type VerifyPolicy } from '../run/policy/index.ts';
import { inWorld } from './world.ts';

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

/** The policies of the policy files, which nothing else can make. */
const policies = new WeakMap<PolicyFile, VerifyPolicy>();

/** Returns the policy of a policy file, or the one that a program has made. */
export function policyOf(policy: Policy | PolicyFile): VerifyPolicy {
  if (!('kind' in policy)) return { ...policy, warnings: [], source: { options: {}, file: undefined } };
  return (
    policies.get(policy) ??
    fail('POLICY_INVALID', 'the policy is not one that `readPolicy` of this library has returned', {
      remedy: 'Pass on its result unchanged.',
    })
  );
}

/**
 * Reads the text of a policy file (YAML), as `countersign verify --policy` does.
 *
 * @throws CountersignError `POLICY_INVALID`, with the place in the file; `USAGE` for a public key that it names and that cannot be read
 *
 * @example
 * const policy = await readPolicy('policy:\n  repo: example/app\n');
 * policy.warnings; // → []
 */
export function readPolicy(text: string, { path = 'policy.yml' }: PolicyFileOptions = {}): Promise<PolicyFile> {
  return inWorld({}, async (world) => {
    const policy = await policyOfFile(text, path, {}, world);
    const file: PolicyFile = { kind: 'policy-file', warnings: policy.warnings };
    policies.set(file, policy);
    return file;
  });
}
