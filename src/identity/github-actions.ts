/** The identity of a job on GitHub Actions. */

import { ProtoField } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { expectStatus, type Http, type HttpRequest } from '../services/http/index.ts';
import { sigstoreAudience } from './identity-token.ts';

/** What the runner puts into the environment of a job that may have a token. */
export interface TokenEndpoint {
  readonly url: string;
  readonly requestToken: string;
}

/**
 * Finds the token endpoint in a job's environment.
 *
 * @throws CountersignError `TOKEN_PERMISSION_MISSING` where the job has none
 */
export function tokenEndpoint(environment: Readonly<Record<string, string | undefined>>): TokenEndpoint {
  const url = environment.ACTIONS_ID_TOKEN_REQUEST_URL;
  const requestToken = environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  if (!url || !requestToken) {
    fail('TOKEN_PERMISSION_MISSING', 'this job may not request an identity token', {
      remedy:
        'Add these two lines to the job:\n  permissions:\n    id-token: write\nA pull request from a fork never has this permission.',
    });
  }
  if (!URL.canParse(url)) fail('TOKEN_PERMISSION_MISSING', 'ACTIONS_ID_TOKEN_REQUEST_URL is not a URL');
  return { url, requestToken };
}

/**
 * Requests a token for Sigstore.
 *
 * @returns the token, a secret
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`
 */
export async function requestToken(http: Http, endpoint: TokenEndpoint): Promise<string> {
  const url = new URL(endpoint.url);
  url.searchParams.set('audience', sigstoreAudience);
  const request: HttpRequest = {
    method: 'GET',
    url,
    headers: { authorization: `Bearer ${endpoint.requestToken}`, accept: 'application/json' },
    service: "GitHub's identity provider",
    timeoutMilliseconds: 10_000,
    maxBodyLength: 64 * 1024,
  };
  const { body } = expectStatus(request, await http(request), 200);
  return ProtoField.parse(body, 'SERVICE_RESPONSE_INVALID', `the answer of GitHub's identity provider (${url.origin})`)
    .field('value')
    .text();
}
