/** The issuers of tokens. Every token that is handed out is made anew, whatever endpoint hands it out. */

import { decodeJwt } from 'jose';
import type { JsonObject, JsonValue } from '../../core/encoding/index.ts';
import { createTokenIssuer, type TokenIssuer } from '../oidc/index.ts';
import { withJson } from './answers.ts';
import type { Answer, Family, Misbehaviour, Parts } from './misbehaviour.ts';

const oneHour = 3600;
const tokenMembers = ['value', 'id_token', 'access_token'];

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
  'oidc:another-key': {
    about: 'Tokens are signed by a key that their issuer does not publish: an authority must refuse them.',
    begin: (parts) => {
      const strangers = parts.tokenIssuers.map(({ url, algorithm }) => createTokenIssuer(url, { algorithm }));
      return {
        oidc: withTokens(async (claims) => {
          const issuers = await Promise.all(strangers);
          return issuerOf(issuers, claims).sign(claims);
        }),
      };
    },
  },
} as const satisfies Family;

type Changes = Readonly<Record<string, JsonValue | undefined>>;

function saying(about: string, changes: (now: number) => Changes): Misbehaviour {
  const begin = ({ tokenIssuers, world }: Parts) => ({
    oidc: withTokens((claims) => {
      const said = { ...claims, ...changes(Math.floor(world.clock().getTime() / 1000)) };
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
    const members = Object.entries(json as JsonObject).map(async ([name, value]) => {
      const isToken = tokenMembers.includes(name) && typeof value === 'string' && value.split('.').length === 3;
      return [name, isToken ? await make(decodeJwt(value) as JsonObject) : value];
    });
    return Object.fromEntries(await Promise.all(members));
  });
}
