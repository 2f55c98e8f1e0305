/** Verifies a token's signature with the keys that its issuer publishes (OpenID Connect Discovery 1.0). */

import { createLocalJWKSet, jwtVerify } from 'jose';
import { decodeUtf8, ProtoField } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { isSafeUrl, shownUrl } from '../core/trust/index.ts';
import { expectStatus, type Http, type HttpRequest } from '../services/http/index.ts';
import { sigstoreAudience } from './audience.ts';
import type { IdentityToken } from './identity-token.ts';
import type { TokenClaims } from './token-claims.ts';

/**
 * Verifies a token's signature and returns its claims. A predicate must contain only verified claims, and nothing from the environment.
 *
 * @throws CountersignError `TOKEN_INVALID`; those of the issuer's service
 */
export async function verifyTokenClaims(http: Http, identity: IdentityToken, now: Date): Promise<TokenClaims> {
  const keys = await fetchKeys(http, identity.issuer);
  try {
    const { payload } = await jwtVerify(identity.token.reveal(), createLocalJWKSet(keys), {
      issuer: identity.issuer,
      audience: sigstoreAudience,
      algorithms: ['RS256', 'ES256'],
      currentDate: now,
      clockTolerance: 60,
    });
    return payload;
  } catch {
    // The cause could hold a part of the token.
    return fail(
      'TOKEN_INVALID',
      `the identity token is not signed with a key published by ${shownUrl(identity.issuer)}`,
      { remedy: 'Request a new token from the identity provider. If the error persists, do not use the token.' },
    );
  }
}

async function fetchKeys(http: Http, issuer: string): Promise<Parameters<typeof createLocalJWKSet>[0]> {
  const discovery = ProtoField.parse(
    await fetchJson(http, `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`),
    'SERVICE_RESPONSE_INVALID',
    "the identity provider's discovery document",
  );
  // OpenID Connect Discovery, section 4.3: another issuer's document must not name this one's keys.
  if (discovery.field('issuer').string() !== issuer) discovery.field('issuer').fail('is a different issuer');
  const keys = await fetchJson(http, discovery.field('jwks_uri').text());
  ProtoField.parse(keys, 'SERVICE_RESPONSE_INVALID', "the identity provider's keys").field('keys').list(64);
  return JSON.parse(decodeUtf8(keys) ?? '');
}

async function fetchJson(http: Http, address: string): Promise<Uint8Array> {
  if (!URL.canParse(address))
    fail('SERVICE_RESPONSE_INVALID', 'the discovery document of the identity provider contains a malformed URL');
  const url = new URL(address);
  if (!isSafeUrl(url)) {
    fail('SERVICE_RESPONSE_INVALID', `the identity provider uses ${url.origin}, which is not https`);
  }
  const request: HttpRequest = {
    method: 'GET',
    url,
    headers: { accept: 'application/json' },
    service: 'the identity provider',
    quotes: 'message',
    timeoutMilliseconds: 10_000,
    maxBodyLength: 256 * 1024,
  };
  return expectStatus(request, await http(request), 200).body;
}
