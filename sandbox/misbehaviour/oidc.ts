/** The misbehaviours of the token issuers, which change tokens from all endpoints. */

import { decodeJwt } from 'jose';
import type { JsonObject, JsonValue } from '../../src/core/encoding/index.ts';
import { jsonResponse } from '../http/index.ts';
import { accessTokenHash } from '../oauth/index.ts';
import { createTokenIssuer, type TokenIssuer } from '../oidc/index.ts';
import { isPost, withJson } from './answers.ts';
import type { Answer, Begin, Family } from './misbehaviour.ts';

const oneHour = 3600;

export const oidcMisbehaviours: Family<'oidc'> = {
  'oidc:expired-token': saying((now) => ({ exp: now - 10, iat: now - 310, nbf: now - 910 })),
  'oidc:future-token': saying((now) => ({ nbf: now + oneHour, iat: now + oneHour, exp: now + 2 * oneHour })),
  'oidc:another-audience': saying(() => ({ aud: 'another-audience' })),
  'oidc:another-issuer': saying(() => ({ iss: 'https://another-issuer.invalid' })),
  'oidc:without-subject': saying(() => ({ sub: undefined, email: undefined })),
  'oidc:without-email': saying((_, claims) =>
    'email' in claims ? { email: undefined, email_verified: undefined } : {},
  ),
  'oidc:unverified-email': saying((_, claims) => ('email' in claims ? { email_verified: false } : {})),
  'oidc:another-nonce': saying((_, claims) => ('nonce' in claims ? { nonce: 'another nonce' } : {})),
  'oidc:another-state': () => withRedirect((answer) => answer.set('state', 'another state')),
  'oidc:another-redirect-issuer': () => withRedirect((answer) => answer.set('iss', 'https://another-issuer.invalid')),
  'oidc:without-redirect-issuer': () => withRedirect((answer) => answer.delete('iss')),
  'oidc:failed-login': () =>
    withRedirect((answer) => {
      answer.delete('code');
      answer.set('error', 'server_error');
    }),
  'oidc:refused-code': () => async (request, right) =>
    isPost(request) && request.url.pathname.endsWith('/token') ? refusedCode : right(),
  'oidc:another-key': ({ tokenIssuers }) => {
    const strangers = tokenIssuers.map(({ url }) => createTokenIssuer(url));
    return withTokens((claims) => issuerOf(strangers, claims).sign(claims));
  },
};

const refusedCode = jsonResponse(400, { error: 'invalid_grant', error_description: 'The code is not valid.' });

/** Changes the parameters with which the browser is sent back to the client after a login. */
function withRedirect(change: (answer: URLSearchParams) => void): Answer {
  return async (_, right) => {
    const response = await right();
    const { location } = response.headers;
    if (location === undefined) return response;
    const url = new URL(location);
    change(url.searchParams);
    return { ...response, headers: { ...response.headers, location: url.href } };
  };
}

type Changes = Readonly<Record<string, JsonValue | undefined>>;

function saying(changes: (now: number, claims: JsonObject) => Changes): Begin {
  return ({ tokenIssuers, sources }) =>
    withTokens((claims) => {
      const said = { ...claims, ...changes(Math.floor(sources.clock().getTime() / 1000), claims) };
      return issuerOf(tokenIssuers, claims).sign(JSON.parse(JSON.stringify(said)));
    });
}

function issuerOf(issuers: readonly TokenIssuer[], { iss }: JsonObject): TokenIssuer {
  const issuer = issuers.find(({ url }) => url === iss);
  if (issuer === undefined) throw new RangeError(`no issuer ${String(iss)}`);
  return issuer;
}

/** Replaces the tokens in answers, in the members where endpoints put them. */
function withTokens(make: (claims: JsonObject) => Promise<string>): Answer {
  return withJson(async (json) => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
    const members: Record<string, JsonValue> = { ...(json as JsonObject) };
    // The access token comes first: the identity token contains its hash.
    for (const name of ['value', 'access_token', 'id_token']) {
      const claims = claimsOf(members[name]);
      if (claims === undefined) continue;
      const hash = 'at_hash' in claims ? { at_hash: accessTokenHash(String(members.access_token)) } : {};
      members[name] = await make({ ...claims, ...hash });
    }
    return members;
  });
}

function claimsOf(value: JsonValue | undefined): JsonObject | undefined {
  return typeof value === 'string' && value.split('.').length === 3 ? (decodeJwt(value) as JsonObject) : undefined;
}
