/** What the options of `countersign verify` say of the policy, whichever of their names was used. */

import { fail } from '../core/errors/index.ts';
import type { PolicyOption, PolicyRequest } from '../run/policy/index.ts';
import { policyOptions } from '../run/policy/index.ts';

/** Every option of a policy, and its aliases. */
export interface PolicyOptions extends PolicyRequest {
  readonly certIdentity?: string;
  readonly certOidcIssuer?: string;
  readonly certIdentityRegex?: string;
  readonly certificateGithubWorkflowRepository?: string;
  readonly certificateGithubWorkflowRef?: string;
  readonly certificateGithubWorkflowSha?: string;
  readonly certificateGithubWorkflowTrigger?: string;
  readonly useSignedTimestamps?: boolean;
}

/**
 * What the options say of the policy.
 *
 * @throws CountersignError `USAGE` where a name and its alias are both there, or one has no meaning here
 */
export function policyRequest(options: PolicyOptions): PolicyRequest {
  if (options.useSignedTimestamps)
    fail('USAGE', '`use-signed-timestamps` is not needed: timestamps are verified wherever there are any', {
      remedy: 'Leave it out; `timestamps` says how many parties must agree when.',
    });
  const own = (Object.keys(policyOptions) as readonly PolicyOption[]).filter((option) => option in options);
  const request: PolicyRequest = Object.fromEntries(own.map((option) => [option, options[option]]));
  const { certificateGithubWorkflowRepository: repository } = options;
  return {
    ...request,
    ...alias(request, 'certificateIdentity', 'cert-identity', options.certIdentity),
    ...alias(request, 'certificateOidcIssuer', 'cert-oidc-issuer', options.certOidcIssuer),
    ...alias(request, 'certificateIdentityRegexp', 'cert-identity-regex', options.certIdentityRegex),
    ...more('sourceRef', request.sourceRef, options.certificateGithubWorkflowRef),
    ...more('sourceDigest', request.sourceDigest, options.certificateGithubWorkflowSha),
    ...more('trigger', request.trigger, options.certificateGithubWorkflowTrigger),
    ...more('claim', request.claim, repository && `source-repository-uri=https://github.com/${repository}`),
  };
}

function alias(request: PolicyRequest, option: PolicyOption, name: string, value: string | undefined): PolicyRequest {
  if (value === undefined) return {};
  if (request[option] !== undefined) fail('USAGE', `\`${name}\` says again what another option says`);
  return { [option]: value };
}

/** cosign takes one of each; beside our own of the same meaning it would be another that will do, and so is refused. */
function more(option: PolicyOption, own: readonly string[] | undefined, value: string | undefined): PolicyRequest {
  if (value === undefined) return {};
  if (option !== 'claim' && own !== undefined)
    fail('USAGE', `cosign's option for it says again what \`${option}\` says`, { remedy: 'Leave one of them out.' });
  return { [option]: [...(own ?? []), value] };
}
