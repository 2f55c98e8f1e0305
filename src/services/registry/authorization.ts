/** Answers a registry's challenge: with a password, or with a token that is fetched for it. */

import { asObject, asText, encodeBase64, type JsonValue, parseJson, utf8 } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { Secret } from '../../node/index.ts';
import { type Http, type HttpRequest, readSecretAnswer } from '../http/index.ts';
import { expectAnswer } from './answered.ts';
import type { BearerChallenge, Challenge } from './challenge.ts';
import type { Credential } from './credential.ts';
import { withParameter } from './origin.ts';

/** The value of a header `Authorization`. */
export type Authorization = Secret;

const maxTokenLength = 64 * 1024;
/** The characters that a header may contain. A line break would inject a second header. */
const tokenShape = /^[\x21-\x7e]+$/;

/**
 * Answers a challenge.
 *
 * @param scope what is asked for: `repository:owner/image:pull`
 * @throws CountersignError `SERVICE_REFUSED` if there is no credential that the registry takes, or it is not believed;
 * `SERVICE_UNAVAILABLE`, `SERVICE_RESPONSE_INVALID`
 */
export async function authorize(
  http: Http,
  registry: URL,
  challenge: Challenge,
  credential: Credential | undefined,
  scope: string,
): Promise<Authorization> {
  if (challenge.kind === 'bearer') return fetchToken(http, challenge, credential, scope);
  if (credential?.kind === 'password') return basic(credential);
  return fail(
    'SERVICE_REFUSED',
    `the registry (${registry.origin}) requires a user name and a password, but no credentials were found`,
    {
      remedy: `Run "docker login ${registry.host}" first, or set \`registry-username\` and \`registry-password\`.`,
    },
  );
}

/** RFC 7617, section 2 */
function userAndPassword(credential: Extract<Credential, { kind: 'password' }>): string {
  return encodeBase64(utf8(`${credential.user}:${credential.password.reveal()}`));
}

function basic(credential: Extract<Credential, { kind: 'password' }>): Authorization {
  return new Secret(`Basic ${userAndPassword(credential)}`);
}

/**
 * Fetches a token: by GET with the password ("token authentication" of the distribution project), or, with an identity
 * token, by POST as OAuth 2 has it. Without any credential too: public images are pulled so.
 */
async function fetchToken(
  http: Http,
  challenge: BearerChallenge,
  credential: Credential | undefined,
  scope: string,
): Promise<Authorization> {
  const request: HttpRequest = {
    ...tokenRequest(challenge, credential, scope),
    service: 'the token service of the registry',
    timeoutMilliseconds: 30_000,
    maxBodyLength: 256 * 1024,
  };
  // A redirect is no answer: the password does not travel on.
  const { body } = expectAnswer({ request, response: await http(request), hasAccount: credential !== undefined }, 200);
  const what = `the response of ${request.service} (${request.url.origin})`;
  const token = tokenOf(readSecretAnswer(what, () => parseJson(body, { maxDepth: 8 })));
  if (token === undefined || token.length > maxTokenLength || !tokenShape.test(token)) {
    return fail('SERVICE_RESPONSE_INVALID', `${what} contains no token`);
  }
  return new Secret(`Bearer ${token}`);
}

function tokenRequest(
  { realm, service, scopes }: BearerChallenge,
  credential: Credential | undefined,
  scope: string,
): Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'> {
  const wanted = [...new Set([scope, ...scopes])];
  if (credential?.kind === 'identity-token') {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'countersign',
      refresh_token: credential.token.reveal(),
      scope: wanted.join(' '),
      ...(service !== undefined && { service }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    return { method: 'POST', url: realm, headers, body: form.toString() };
  }
  const withService = service === undefined ? realm : withParameter(realm, 'service', service);
  const url = wanted.reduce((address, each) => withParameter(address, 'scope', each), withService);
  const authorization = credential === undefined ? {} : { authorization: basic(credential).reveal() };
  return { method: 'GET', url, headers: { accept: 'application/json', ...authorization } };
}

function tokenOf(answer: JsonValue): string | undefined {
  const { token, access_token: accessToken } = asObject(answer) ?? {};
  return asText(token) || asText(accessToken) || undefined;
}
