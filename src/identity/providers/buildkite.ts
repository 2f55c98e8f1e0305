/** The tokens of jobs on Buildkite, which the agent requests (`buildkite-agent oidc request-token`). */

import { goUrl } from '../../core/encoding/index.ts';
import { sigstoreAudience } from '../audience.ts';
import { presentClaims } from '../certificate-claims.ts';
import { requiredClaim, scalarClaim, type TokenClaims, textClaim } from '../token-claims.ts';
import type { TokenKind } from '../token-kind.ts';
import { printedToken } from './printed-token.ts';
import type { TokenProvider } from './provider.ts';

/** Provides the token of the job that the program runs in. */
export const buildkiteTokens: TokenProvider = {
  name: 'buildkite',
  title: 'Buildkite',
  kinds: ['buildkite'],
  detect: ({ environment }) => (environment.BUILDKITE === 'true' ? 'ready' : 'absent'),
  open:
    (_, { run }) =>
    () =>
      printedToken(run, {
        program: 'buildkite-agent',
        arguments: ['oidc', 'request-token', '--audience', sigstoreAudience],
        remedy:
          'Run Countersign on the agent, with `buildkite-agent` in PATH. In a container, mount the agent and its environment (`mount-buildkite-agent: true` of the Docker plugin).',
      }),
};

const server = 'https://buildkite.com';

/** Jobs of Buildkite (fulcio, config/identity/config.yaml, `buildkite-job`). */
export const buildkiteJobs: TokenKind = {
  name: 'buildkite',
  holder: 'a job of Buildkite',
  recognizes: (claims) =>
    textClaim(claims, 'organization_slug') !== undefined && textClaim(claims, 'pipeline_slug') !== undefined,
  certificateIdentity(claims) {
    const pipeline = pipelineAddress(claims);
    return goUrl(pipeline) ?? pipeline;
  },
  certificateClaims(claims) {
    const [build, job] = ['build_number', 'job_id'].map((name) => scalarClaim(claims, name));
    return presentClaims({
      runnerEnvironment: scalarClaim(claims, 'runner_environment'),
      sourceRepositoryDigest: scalarClaim(claims, 'build_commit'),
      buildTrigger: scalarClaim(claims, 'build_source'),
      runInvocationUri: build && job && `${pipelineAddress(claims)}/builds/${build}#${job}`,
    });
  },
  // Git refuses colons in branch names. Buildkite writes one after the owner of a fork.
  risk: (claims) => (textClaim(claims, 'build_branch')?.includes(':') ? 'builds a pull request of a fork' : undefined),
  publishedClaims: [
    'organization_slug',
    'pipeline_slug',
    'build_number',
    'build_commit',
    'build_source',
    'job_id',
    'sub',
  ],
};

function pipelineAddress(claims: TokenClaims): string {
  const [organization, pipeline] = ['organization_slug', 'pipeline_slug'].map((name) =>
    requiredClaim(claims, name, 'which the certificate names'),
  );
  return `${server}/${organization}/${pipeline}`;
}
