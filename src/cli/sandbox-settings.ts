/** Finds the sandbox that a shell has set up with `stack.env`. Loaded only with `--instance sandbox`. */

import { join } from 'node:path';
import { fail } from '../core/errors/index.ts';
import type { LogVersion } from '../core/trust/index.ts';
import type { PolicyRequest } from '../options/index.ts';
import type { InstanceRequest } from '../run/world/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the paths of the trusted root and, for signing, of the signing config: those that are given, or those in the folder that `$TRUST`
 * names. For printing the trusted root, returns the TUF repository instead.
 *
 * @throws CountersignError `USAGE` if the variable is needed and not set
 */
export function sandboxFiles(
  { purpose, trustedRoot, signingConfig, tufUrl }: InstanceRequest,
  logVersion: LogVersion | undefined,
  { TRUST: folder = '', TUF_URL }: Environment,
): Partial<InstanceRequest> {
  const isComplete = trustedRoot !== undefined && (purpose === 'verify' || signingConfig !== undefined);
  if (isComplete || tufUrl !== undefined) return { trustedRoot, signingConfig };
  if (folder === '')
    fail('USAGE', 'the address of the sandbox is unknown: the environment variable TRUST is not set', {
      remedy:
        'Start a sandbox with `countersign sandbox --state FOLDER`, and run `. FOLDER/stack.env` in this shell. Or run the command with `countersign sandbox -- COMMAND`.',
    });
  // A new sandbox at the same address must not be compared with a cached root.
  if (purpose === 'trusted-root')
    return { tufUrl: TUF_URL, tufRoot: join(folder, 'tuf_root.json'), cacheDirectory: undefined };
  const config = logVersion === 1 ? 'signing_config.rekor1tsa.json' : 'signing_config.json';
  return {
    trustedRoot: trustedRoot ?? join(folder, 'trusted_root.json'),
    signingConfig: purpose === 'verify' ? signingConfig : (signingConfig ?? join(folder, config)),
  };
}

/** Returns the policy with the issuer of the sandbox's jobs in place of GitHub's, where GitHub's would be the default. */
export function withSandboxIssuer(policy: PolicyRequest, { OIDC_GHA: issuer = '' }: Environment): PolicyRequest {
  const { repo, owner, signerRepo, signerWorkflow, certificateOidcIssuer, anyIssuer, hostname, policy: file } = policy;
  const namesJob = [repo, owner, signerRepo, signerWorkflow].some((option) => option !== undefined);
  const isDefault = [certificateOidcIssuer, anyIssuer, hostname, file].every((option) => option === undefined);
  return issuer !== '' && namesJob && isDefault ? { ...policy, certificateOidcIssuer: issuer } : policy;
}
