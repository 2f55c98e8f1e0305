import { fail } from '../core/errors/index.ts';
import type { PolicyRequest } from '../options/index.ts';
import { loadPolicy, loadTrust, type VerifyPolicy, type VerifyTrust } from '../run/policy/index.ts';
import type { World } from '../run/world/index.ts';
import type { InstanceValues } from './command-values.ts';
import { instanceRequest } from './instance-request.ts';
import { type PolicyOptions, policyRequest } from './policy-request.ts';

/** The options of a policy, and of the trusted roots under which it holds. */
export type VerifyPolicyOptions = PolicyOptions &
  InstanceValues & {
    /** gh's name for `trustedRoot`. */
    readonly customTrustedRoot?: string;
    /** Only the client of the conformance suite does not compare provenance with certificates. */
    readonly provenance?: 'ignore';
  };

/**
 * Loads the policy that the options describe, and then the trusted roots.
 *
 * @throws CountersignError those of {@link loadPolicy} and {@link loadTrust}
 */
export async function loadVerifyPolicy(
  options: VerifyPolicyOptions,
  world: World,
): Promise<{ readonly policy: VerifyPolicy; readonly trust: VerifyTrust }> {
  const policy = await loadPolicy(await instancePolicy(options), world);
  const trust = await loadTrust(await instanceRequest(trusting(options), 'verify'), world, policy);
  const { provenance } = options;
  if (provenance === undefined) return { policy, trust };
  return { policy: { ...policy, content: { ...policy.content, provenance } }, trust };
}

/** Returns the policy that the options describe. For a sandbox, a GitHub repository has the sandbox's issuer. */
export async function instancePolicy(
  options: PolicyOptions & Pick<InstanceValues, 'instance'>,
): Promise<PolicyRequest> {
  const request = policyRequest(options);
  if (options.instance !== 'sandbox' || !process.env.OIDC_GHA) return request;
  const { withSandboxIssuer } = await import('./sandbox-settings.ts');
  return withSandboxIssuer(request, process.env);
}

function trusting({ customTrustedRoot, provenance: _, ...options }: VerifyPolicyOptions): InstanceValues {
  if (customTrustedRoot === undefined) return options;
  if (options.trustedRoot !== undefined)
    fail('USAGE', '`custom-trusted-root` and `trusted-root` are the same option', {
      remedy: 'Give one of them.',
    });
  return { ...options, trustedRoot: customTrustedRoot };
}
