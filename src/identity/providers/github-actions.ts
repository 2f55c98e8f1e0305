/** The tokens of jobs on GitHub Actions. */

import { goUrl, ProtoField } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { Secret } from '../../node/index.ts';
import {
  describeAnswer,
  expectStatus,
  type Http,
  type HttpRequest,
  type HttpResponse,
  readSecretAnswer,
} from '../../services/http/index.ts';
import { sigstoreAudience } from '../audience.ts';
import { presentClaims } from '../certificate-claims.ts';
import { type TokenClaims, textClaim } from '../token-claims.ts';
import type { TokenKind } from '../token-kind.ts';
import type { TokenProvider } from './provider.ts';

/** Provides the token of the job that the program runs in. */
export const githubTokens: TokenProvider = {
  name: 'github',
  title: 'GitHub Actions',
  kinds: ['github'],
  detect({ environment }) {
    // Forgejo and Gitea set the variables of GitHub, and one of their own.
    const { FORGEJO_ACTIONS: forgejo, GITEA_ACTIONS: gitea } = environment;
    if (forgejo === 'true' || gitea === 'true') return 'absent';
    if (environment.ACTIONS_ID_TOKEN_REQUEST_URL) return 'ready';
    return environment.GITHUB_ACTIONS === 'true' ? 'without a token' : 'absent';
  },
  open:
    ({ environment }, { http }) =>
    async () =>
      requestToken(http, tokenEndpoint(environment)),
};

const issuerHost = /^https:\/\/token\.actions\.(?:githubusercontent\.com|[a-z0-9-]+\.ghe\.com)(?:\/|$)/;

/** Jobs of GitHub (fulcio, config/identity/config.yaml, `github-workflow`). */
export const githubJobs: TokenKind = {
  name: 'github',
  holder: 'a job of GitHub Actions',
  recognizes: (claims) =>
    ['job_workflow_ref', 'repository'].some((name) => textClaim(claims, name) !== undefined) ||
    issuerHost.test(textClaim(claims, 'iss') ?? ''),
  certificateIdentity(claims, serverUrl) {
    // Not the subject, whose form depends on the age and the settings of the repository.
    const workflow =
      textClaim(claims, 'job_workflow_ref') ??
      fail('TOKEN_INVALID', 'the identity token contains neither a workflow nor an email address', {
        remedy: 'Request the token in a job of GitHub Actions.',
      });
    const uri = `${serverUrl}/${workflow}`;
    // The certificate authority refuses what Go does not parse.
    return goUrl(uri) ?? uri;
  },
  certificateClaims(claims, serverUrl) {
    const claim = (name: string): string | undefined => textClaim(claims, name);
    const url = (path: string | undefined): string | undefined => path && `${serverUrl}/${path}`;
    const [repository, run, attempt] = ['repository', 'run_id', 'run_attempt'].map(claim);
    return presentClaims({
      buildSignerUri: url(claim('job_workflow_ref')),
      buildSignerDigest: claim('job_workflow_sha'),
      runnerEnvironment: claim('runner_environment'),
      sourceRepositoryUri: url(repository),
      sourceRepositoryDigest: claim('sha'),
      sourceRepositoryRef: claim('ref'),
      sourceRepositoryIdentifier: claim('repository_id'),
      sourceRepositoryOwnerUri: url(claim('repository_owner')),
      sourceRepositoryOwnerIdentifier: claim('repository_owner_id'),
      buildConfigUri: url(claim('workflow_ref')),
      buildConfigDigest: claim('workflow_sha'),
      buildTrigger: claim('event_name'),
      runInvocationUri: url(repository && run && attempt && `${repository}/actions/runs/${run}/attempts/${attempt}`),
      sourceRepositoryVisibility: claim('repository_visibility'),
      deploymentEnvironment: claim('environment'),
      githubWorkflowTrigger: claim('event_name'),
      githubWorkflowSha: claim('sha'),
      githubWorkflowName: claim('workflow'),
      githubWorkflowRepository: repository,
      githubWorkflowRef: claim('ref'),
    });
  },
  risk: dangerousTrigger,
  visibility: (claims) => textClaim(claims, 'repository_visibility'),
  publishedClaims: [
    'repository',
    'repository_owner',
    'workflow_ref',
    'job_workflow_ref',
    'ref',
    'sha',
    'event_name',
    'run_id',
    'environment',
    'sub',
  ],
};

/** Events that run a workflow of the base repository on input from strangers. */
const dangerousTriggers: ReadonlySet<string> = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);

/** Returns why strangers can start this job with their own input. Malicious packages have obtained valid provenance that way. */
export function dangerousTrigger(claims: TokenClaims): string | undefined {
  const event = textClaim(claims, 'event_name');
  if (event === undefined || !dangerousTriggers.has(event)) return undefined;
  return `was triggered by ${event}, which anyone can trigger`;
}

/** The endpoint that the runner gives to a job with the permission `id-token: write`. */
export interface TokenEndpoint {
  /** Its query identifies the job, and is not shown. */
  readonly url: string;
  /** Allows requesting identity tokens of the job, for any audience. */
  readonly requestToken: Secret;
}

const elsewhere =
  'Forgejo issues identity tokens since version 15, to workflows with `enable-openid-connect: true`. Gitea does not issue any. Sign with a token of another provider: `countersign sign --identity-token`.';

/**
 * Finds the token endpoint in a job's environment.
 *
 * @throws CountersignError `TOKEN_PERMISSION_MISSING` where the job has none
 */
export function tokenEndpoint(environment: Readonly<Record<string, string | undefined>>): TokenEndpoint {
  const url = environment.ACTIONS_ID_TOKEN_REQUEST_URL;
  const requestToken = environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  if (!url || !requestToken) {
    const { GITEA_ACTIONS: gitea, FORGEJO_ACTIONS: forgejo } = environment;
    fail('TOKEN_PERMISSION_MISSING', 'this job is not allowed to request an identity token', {
      remedy:
        gitea === 'true' || forgejo === 'true'
          ? elsewhere
          : 'Add these two lines to the job:\n  permissions:\n    id-token: write\nA pull request from a fork never has this permission.',
    });
  }
  if (!URL.canParse(url)) fail('TOKEN_PERMISSION_MISSING', 'ACTIONS_ID_TOKEN_REQUEST_URL is not a URL');
  return { url, requestToken: new Secret(requestToken) };
}

/**
 * Requests a token for Sigstore. No error quotes the response: it can contain the token, or repeat the one that was sent.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`
 */
export async function requestToken(
  http: Http,
  endpoint: TokenEndpoint,
  service = "GitHub's identity provider",
): Promise<Secret> {
  const url = new URL(endpoint.url);
  url.searchParams.set('audience', sigstoreAudience);
  const request: HttpRequest = {
    method: 'GET',
    url,
    headers: { authorization: `Bearer ${endpoint.requestToken.reveal()}`, accept: 'application/json' },
    service,
    timeoutMilliseconds: 10_000,
    maxBodyLength: 1024 * 1024,
  };
  const { body } = expectToken(request, await http(request));
  const what = `the response of ${service} (${url.origin})`;
  const answer = readSecretAnswer(what, () => ProtoField.parse(body, 'SERVICE_RESPONSE_INVALID', what));
  return new Secret(answer.field('value').text());
}

function expectToken(request: HttpRequest, response: HttpResponse): HttpResponse {
  if (response.status !== 401 && response.status !== 403) return expectStatus(request, response, 200);
  return fail('SERVICE_REFUSED', describeAnswer(request, response), {
    remedy:
      'The job is no longer allowed to request identity tokens. A job can request them only while it runs, with the permission `id-token: write`. Run it again.',
  });
}
