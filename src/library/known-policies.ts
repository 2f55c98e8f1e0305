/** The policies of the policy files that a program has read. */

import { fail } from '../core/errors/index.ts';
import type { Policy } from '../core/policy/index.ts';
import type { VerifyPolicy } from '../run/policy/index.ts';
import type { PolicyFile } from './options.ts';

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

/** Returns what a program gets in place of the policy of a policy file. */
export function policyFile(policy: VerifyPolicy): PolicyFile {
  const file: PolicyFile = { kind: 'policy-file', warnings: policy.warnings };
  policies.set(file, policy);
  return file;
}
