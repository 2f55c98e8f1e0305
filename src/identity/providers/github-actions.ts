/** The tokens of jobs on GitHub Actions. */

import { ProtoField } from '../../core/encoding/index.ts';
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
import { sigstoreAudience } from '../identity-token.ts';
import type { TokenProvider } from './provider.ts';

/** Provides the token of the job that the program runs in. */
export const githubActionsTokens: TokenProvider = ({ environment }, world) =>
  environment.GITHUB_ACTIONS === 'true' || environment.ACTIONS_ID_TOKEN_REQUEST_URL
    ? { mayHang: false, request: async () => requestToken(world.http, tokenEndpoint(environment)) }
    : undefined;

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
export async function requestToken(http: Http, endpoint: TokenEndpoint): Promise<Secret> {
  const url = new URL(endpoint.url);
  url.searchParams.set('audience', sigstoreAudience);
  const request: HttpRequest = {
    method: 'GET',
    url,
    headers: { authorization: `Bearer ${endpoint.requestToken.reveal()}`, accept: 'application/json' },
    service: "GitHub's identity provider",
    timeoutMilliseconds: 10_000,
    maxBodyLength: 1024 * 1024,
  };
  const { body } = expectToken(request, await http(request));
  const what = `the response of GitHub's identity provider (${url.origin})`;
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
