/** The issuers of tokens. Every token that is handed out is made anew, whatever endpoint hands it out. */

import { decodeJwt } from 'jose';
import type { JsonObject, JsonValue } from '../../src/core/encoding/index.ts';
import { accessTokenHash } from '../oauth/index.ts';
import { createTokenIssuer, type TokenIssuer } from '../oidc/index.ts';
import { withJson } from './answers.ts';
import type { Answer, Family, Misbehaviour, Parts } from './misbehaviour.ts';

const oneHour = 3600;

export const oidcMisbehaviours = {
  'oidc:expired-token': saying('Tokens ended ten seconds ago: a client must not present them.', (now) => ({
    exp: now - 10,
    iat: now - 310,
    nbf: now - 910,
  })),
  'oidc:future-token': saying('Tokens are valid only in an hour: a client must not present them.', (now) => ({
    nbf: now + oneHour,
    iat: now + oneHour,
    exp: now + 2 * oneHour,
  })),
  'oidc:another-audience': saying(
    'Tokens are for another audience: a client must not present them, and an authority must refuse them.',
    () => ({ aud: 'another-audience' }),
  ),
  'oidc:another-issuer': saying(
    'Tokens say that another issuer has issued them: an authority must not look for its keys.',
    () => ({ iss: 'https://another-issuer.invalid' }),
  ),
  'oidc:without-subject': saying(
    'Tokens are about nobody: a client must notice that it cannot prove anything.',
    () => ({
      sub: undefined,
      email: undefined,
    }),
  ),
  'oidc:without-email': saying(
    'Tokens of people name no e-mail address: a client must notice that it has no identity.',
    (_, claims) => ('email' in claims ? { email: undefined, email_verified: undefined } : {}),
  ),
  'oidc:unverified-email': saying(
    'Tokens of people name an e-mail address that nobody has verified: an authority must not certify it.',
    (_, claims) => ('email' in claims ? { email_verified: false } : {}),
  ),
  'oidc:another-key': {
    about: 'Tokens are signed by a key that their issuer does not publish: an authority must refuse them.',
    begin: (parts) => {
      const strangers = parts.tokenIssuers.map(({ url }) => createTokenIssuer(url));
      return {
        oidc: withTokens((claims) => issuerOf(strangers, claims).sign(claims)),
      };
    },
  },
} as const satisfies Family;

type Changes = Readonly<Record<string, JsonValue | undefined>>;

function saying(about: string, changes: (now: number, claims: JsonObject) => Changes): Misbehaviour {
  const begin = ({ tokenIssuers, sources }: Parts) => ({
    oidc: withTokens((claims) => {
      const said = { ...claims, ...changes(Math.floor(sources.clock().getTime() / 1000), claims) };
      return issuerOf(tokenIssuers, claims).sign(JSON.parse(JSON.stringify(said)));
    }),
  });
  return { about, begin };
}

function issuerOf(issuers: readonly TokenIssuer[], { iss }: JsonObject): TokenIssuer {
  const issuer = issuers.find(({ url }) => url === iss);
  if (issuer === undefined) throw new RangeError(`no issuer ${String(iss)}`);
  return issuer;
}

/** Answers with other tokens than the right ones, which are looked for where endpoints put them. */
function withTokens(make: (claims: JsonObject) => Promise<string>): Answer {
  return withJson(async (json) => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
    const members: Record<string, JsonValue> = { ...(json as JsonObject) };
    // The access token first: the identity token has its hash.
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
