/** The kinds of tokens, in the order in which they are recognized. */

import { fail } from '../core/errors/index.ts';
import { emailAddresses, userNames, webAddresses } from './people.ts';
import { buildkiteJobs } from './providers/buildkite.ts';
import { circleciJobs } from './providers/circleci.ts';
import { forgejoJobs } from './providers/forgejo.ts';
import { githubJobs } from './providers/github-actions.ts';
import { gitlabJobs } from './providers/gitlab.ts';
import { kubernetesAccounts } from './providers/kubernetes.ts';
import { spiffeWorkloads } from './providers/spiffe.ts';
import type { TokenClaims } from './token-claims.ts';
import type { TokenKind } from './token-kind.ts';

/** Forgejo's claims are GitHub's, so that its issuer is checked first. Every token has a subject, so that user names come last. */
const kinds: readonly TokenKind[] = [
  emailAddresses,
  forgejoJobs,
  githubJobs,
  gitlabJobs,
  buildkiteJobs,
  circleciJobs,
  kubernetesAccounts,
  spiffeWorkloads,
  webAddresses,
  userNames,
];

/** Returns the kind of a token; `undefined` if it is none of them. */
export function findKind(claims: TokenClaims): TokenKind | undefined {
  return kinds.find((kind) => kind.recognizes(claims));
}

/**
 * Returns the kind of a token.
 *
 * @throws CountersignError `TOKEN_INVALID` for a token whose claims do not state an identity
 */
export function kindOf(claims: TokenClaims): TokenKind {
  return (
    findKind(claims) ??
    fail('TOKEN_INVALID', 'the identity token contains neither a workflow nor an email address', {
      remedy:
        'Use a token of a supported CI system. For a person or a service account, request a token with the claim email (scope `openid email`).',
    })
  );
}
