/** The tokens of jobs on Forgejo Actions, such as Codeberg's. Forgejo has the variables and the claims of GitHub, and an issuer of its own. */

import { goUrl } from '../../core/encoding/index.ts';
import { presentClaims } from '../certificate-claims.ts';
import { requiredClaim, scalarClaim, type TokenClaims, textClaim } from '../token-claims.ts';
import type { TokenKind } from '../token-kind.ts';
import { dangerousTrigger, requestToken, tokenEndpoint } from './github-actions.ts';
import type { Environment, TokenProvider } from './provider.ts';

/** Reports whether the program runs in a job of Forgejo or Gitea. They set `GITHUB_ACTIONS` too. */
export function inForgejo({ FORGEJO_ACTIONS: forgejo, GITEA_ACTIONS: gitea }: Environment): boolean {
  return forgejo === 'true' || gitea === 'true';
}

/** Provides the token of the job that the program runs in. */
export const forgejoTokens: TokenProvider = {
  name: 'forgejo',
  title: 'Forgejo Actions',
  kinds: ['forgejo'],
  detect({ environment }) {
    if (!inForgejo(environment)) return 'absent';
    return environment.ACTIONS_ID_TOKEN_REQUEST_URL ? 'ready' : 'without a token';
  },
  open:
    ({ environment }, { http }) =>
    () =>
      requestToken(http, tokenEndpoint(environment), "Forgejo's identity provider"),
  issuer: ({ GITHUB_SERVER_URL: server }) => (server ? `${server.replace(/\/+$/, '')}${issuerPath}` : undefined),
};

/** The path of the issuer on every server of Forgejo. */
const issuerPath = '/api/actions';

/**
 * Jobs of Forgejo. The public instance of Fulcio does not accept them. This is the identity that a Fulcio should be configured with; see
 * docs/providers/forgejo.md.
 */
export const forgejoJobs: TokenKind = {
  name: 'forgejo',
  holder: 'a job of Forgejo Actions',
  recognizes: (claims) =>
    textClaim(claims, 'repository') !== undefined && (textClaim(claims, 'iss')?.endsWith(issuerPath) ?? false),
  certificateIdentity(claims) {
    const workflow = workflowAddress(claims);
    return goUrl(workflow) ?? workflow;
  },
  certificateClaims(claims) {
    const claim = (name: string): string | undefined => scalarClaim(claims, name);
    const server = forgejoServer(claims);
    const [repository, run] = ['repository', 'run_number'].map(claim);
    return presentClaims({
      buildSignerUri: workflowAddress(claims),
      sourceRepositoryUri: repository && `${server}/${repository}`,
      sourceRepositoryDigest: claim('sha'),
      sourceRepositoryRef: claim('ref'),
      sourceRepositoryIdentifier: claim('repository_id'),
      sourceRepositoryOwnerUri: claim('repository_owner') && `${server}/${claim('repository_owner')}`,
      sourceRepositoryOwnerIdentifier: claim('repository_owner_id'),
      buildConfigUri: workflowAddress(claims),
      buildTrigger: claim('event_name'),
      runInvocationUri: repository && run && `${server}/${repository}/actions/runs/${run}`,
    });
  },
  risk: dangerousTrigger,
  publishedClaims: ['repository', 'repository_owner', 'workflow_ref', 'ref', 'sha', 'event_name', 'run_number', 'sub'],
};

/** Returns the address of the server whose issuer signed a token. */
export function forgejoServer(claims: TokenClaims): string {
  return requiredClaim(claims, 'iss', 'which names the server').slice(0, -issuerPath.length);
}

function workflowAddress(claims: TokenClaims): string {
  return `${forgejoServer(claims)}/${requiredClaim(claims, 'workflow_ref', 'which the certificate names')}`;
}
