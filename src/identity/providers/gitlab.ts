/** The tokens of jobs on GitLab CI/CD, which the definition of the job puts into a variable (`id_tokens`). */

import { goUrl } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { Secret } from '../../node/index.ts';
import { presentClaims } from '../certificate-claims.ts';
import { requiredClaim, scalarClaim, type TokenClaims, textClaim } from '../token-claims.ts';
import type { TokenKind } from '../token-kind.ts';
import type { Environment, TokenProvider } from './provider.ts';
import { tokenVariable } from './token-variable.ts';

/** Reports whether the program runs in a job of GitLab. */
export function inGitlab(environment: Environment): boolean {
  return environment.GITLAB_CI === 'true';
}

/** Provides the token of the job that the program runs in. */
export const gitlabTokens: TokenProvider = {
  name: 'gitlab',
  title: 'GitLab CI/CD',
  kinds: ['gitlab'],
  detect({ environment }) {
    if (!inGitlab(environment)) return 'absent';
    return tokenVariable(environment) === undefined ? 'without a token' : 'ready';
  },
  open: ({ environment }) => {
    const token = tokenVariable(environment);
    return async () =>
      token === undefined
        ? fail('TOKEN_PERMISSION_MISSING', 'this job of GitLab CI/CD has no SIGSTORE_ID_TOKEN', {
            remedy: 'Add these lines to the job:\n  id_tokens:\n    SIGSTORE_ID_TOKEN:\n      aud: sigstore',
          })
        : new Secret(token);
  },
  issuer: ({ CI_SERVER_URL: url }) => url || undefined,
};

/** The server whose addresses Fulcio writes for jobs of GitLab, unless it is configured with another. */
const defaultServer = 'https://gitlab.com';

/** Jobs of GitLab (fulcio, config/identity/config.yaml, `gitlab-pipeline`). */
export const gitlabJobs: TokenKind = {
  name: 'gitlab',
  holder: 'a job of GitLab CI/CD',
  recognizes: (claims) =>
    textClaim(claims, 'ci_config_ref_uri') !== undefined ||
    (textClaim(claims, 'project_path') !== undefined && textClaim(claims, 'namespace_path') !== undefined),
  certificateIdentity: configAddress,
  certificateClaims(claims) {
    const claim = (name: string): string | undefined => scalarClaim(claims, name);
    const [project, namespace, job, ref] = ['project_path', 'namespace_path', 'job_id', 'ref'].map(claim);
    const servers = [...new Set([gitlabServer(claims), defaultServer])];
    const url = (path: string | undefined): readonly string[] | undefined =>
      path === undefined ? undefined : servers.map((server) => `${server}/${path}`);
    const config = `https://${requiredClaim(claims, 'ci_config_ref_uri', needed)}`;
    return presentClaims({
      buildSignerUri: config,
      buildSignerDigest: claim('ci_config_sha'),
      runnerEnvironment: claim('runner_environment'),
      sourceRepositoryUri: url(project),
      sourceRepositoryDigest: claim('sha'),
      sourceRepositoryRef: ref && `refs/${claim('ref_type') === 'branch' ? 'heads' : 'tags'}/${ref}`,
      sourceRepositoryIdentifier: claim('project_id'),
      sourceRepositoryOwnerUri: url(namespace),
      sourceRepositoryOwnerIdentifier: claim('namespace_id'),
      buildConfigUri: config,
      buildConfigDigest: claim('ci_config_sha'),
      buildTrigger: claim('pipeline_source'),
      runInvocationUri: url(project && job && `${project}/-/jobs/${job}`),
      sourceRepositoryVisibility: claim('project_visibility'),
      deploymentEnvironment: claim('environment'),
    });
  },
  risk: (claims) => {
    const [project, target] = ['project_id', 'job_project_id'].map((name) => scalarClaim(claims, name));
    // Of a merge request from a fork, `project_id` is the fork, and `job_project_id` the project in which the pipeline runs.
    return target !== undefined && project !== target ? 'runs for a merge request of a fork' : undefined;
  },
  visibility: (claims) => textClaim(claims, 'project_visibility'),
  publishedClaims: [
    'project_path',
    'namespace_path',
    'ci_config_ref_uri',
    'ref',
    'sha',
    'pipeline_source',
    'job_id',
    'environment',
    'sub',
  ],
};

const needed = 'which the certificate names';

function configAddress(claims: TokenClaims): string {
  const address = `https://${requiredClaim(claims, 'ci_config_ref_uri', needed)}`;
  return goUrl(address) ?? address;
}

/** Returns the address of the GitLab server, with which the address of its pipeline definitions begins; otherwise the issuer. */
export function gitlabServer(claims: TokenClaims): string {
  const [config = '', project] = ['ci_config_ref_uri', 'project_path'].map((name) => textClaim(claims, name));
  const end = project === undefined ? -1 : config.indexOf(`/${project}//`);
  return end > 0 ? `https://${config.slice(0, end)}` : (textClaim(claims, 'iss') ?? defaultServer);
}
