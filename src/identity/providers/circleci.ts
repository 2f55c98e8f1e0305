/** The tokens of jobs on CircleCI, which its command requests (`circleci run oidc get`). */

import { goUrl } from '../../core/encoding/index.ts';
import { sigstoreAudience } from '../audience.ts';
import { presentClaims } from '../certificate-claims.ts';
import { requiredClaim, scalarClaim, type TokenClaims } from '../token-claims.ts';
import type { TokenKind } from '../token-kind.ts';
import { printedToken } from './printed-token.ts';
import type { TokenProvider } from './provider.ts';

/** Provides the token of the job that the program runs in. */
export const circleciTokens: TokenProvider = {
  name: 'circleci',
  title: 'CircleCI',
  kinds: ['circleci'],
  detect: ({ environment }) => (environment.CIRCLECI === 'true' ? 'ready' : 'absent'),
  open:
    (_, { run }) =>
    () =>
      printedToken(run, {
        program: 'circleci',
        // Of the two issuers that CircleCI has, this is the one that does not contain the organization's ID.
        arguments: ['run', 'oidc', 'get', '--claims', JSON.stringify({ aud: sigstoreAudience }), '--root-issuer'],
        remedy:
          'Run Countersign in a job of CircleCI that uses a context. $CIRCLE_OIDC_TOKEN_V2 cannot be used, because its audience is the organization.',
      }),
};

const claimOf = (name: string): string => `oidc.circleci.com/${name}`;
const api = 'https://circleci.com/api/v2';
/** With the slash at its end that the public instance has. */
const platform = 'https://app.circleci.com/';

/** Jobs of CircleCI (fulcio, config/identity/config.yaml, `circleci-job`). */
export const circleciJobs: TokenKind = {
  name: 'circleci',
  holder: 'a job of CircleCI',
  recognizes: (claims) => scalarClaim(claims, claimOf('project-id')) !== undefined,
  certificateIdentity(claims) {
    const definition = definitionAddress(claims);
    return goUrl(definition) ?? definition;
  },
  certificateClaims(claims) {
    const claim = (name: string): string | undefined => scalarClaim(claims, claimOf(name));
    const [pipeline, workflow, job] = ['pipeline-id', 'workflow-id', 'job-id'].map(claim);
    return presentClaims({
      buildSignerUri: definitionAddress(claims),
      // Fulcio's template writes two quotation marks for a job that is not a rerun with SSH.
      runnerEnvironment: claim('ssh-rerun') === 'true' ? 'ssh-rerun' : '""',
      sourceRepositoryUri: claim('vcs-origin'),
      sourceRepositoryRef: claim('vcs-ref'),
      buildConfigUri: pipeline && `${api}/pipeline/${pipeline}/config`,
      runInvocationUri: workflow && job && `${platform}/workflow/${workflow}/job/${job}`,
    });
  },
  risk(claims) {
    if (scalarClaim(claims, claimOf('ssh-rerun')) === 'true') return 'is a rerun with SSH, in which people can log in';
    const ref = scalarClaim(claims, claimOf('vcs-ref')) ?? '';
    return /^refs\/(?:heads\/)?pull\//.test(ref) ? 'builds a pull request of a fork' : undefined;
  },
  publishedClaims: [
    'vcs-origin',
    'vcs-ref',
    'project-id',
    'pipeline-definition-id',
    'pipeline-id',
    'workflow-id',
    'job-id',
  ]
    .map(claimOf)
    .concat('sub'),
};

function definitionAddress(claims: TokenClaims): string {
  const [project, definition] = ['project-id', 'pipeline-definition-id'].map((name) =>
    requiredClaim(claims, claimOf(name), 'which the certificate names'),
  );
  return `${api}/projects/${project}/pipeline-definitions/${definition}`;
}
