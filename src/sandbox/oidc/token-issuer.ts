/** An issuer of OpenID Connect tokens (by jose): its key, its discovery document, and any claims one wants. */

import { createPublicKey } from 'node:crypto';
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type JSONWebKeySet, SignJWT } from 'jose';
import { decodeUtf8, encodeHex, type JsonObject, type JsonValue, utf8 } from '../../core/encoding/index.ts';
import { jsonResponse, type Route } from '../http/index.ts';
import { hashOf, subjectPublicKeyInfo } from '../pki/index.ts';
import { MemoryStorage, type Storage } from '../storage/index.ts';
import { secondsAfter } from '../world.ts';

/** The tokens of one issuer URL. */
export interface TokenIssuer {
  /** The value of `iss`, without a slash at the end. */
  readonly url: string;
  readonly keySet: JSONWebKeySet;
  readonly algorithm: TokenAlgorithm;
  /** Signs exactly these claims, right or wrong: `iss`, `exp` and all. */
  sign(claims: JsonObject): Promise<string>;
}

/** RS256 is what GitHub and most others sign with; a key of ES256 is made in a thousandth of the time. */
export type TokenAlgorithm = 'RS256' | 'ES256';

export interface TokenIssuerOptions {
  /** RS256 by default. */
  readonly algorithm?: TokenAlgorithm;
  /** Where the key is kept, as `<name>.key`; by default in memory. */
  readonly storage?: Storage;
  readonly name?: string;
}

export async function createTokenIssuer(
  url: string,
  { algorithm = 'RS256', storage = new MemoryStorage(), name = 'issuer' }: TokenIssuerOptions = {},
): Promise<TokenIssuer> {
  const pem = await keptKey(storage, `${name}.key`, algorithm);
  const privateKey = await importPKCS8(pem, algorithm);
  const keyObject = createPublicKey(pem);
  const publicKey = await exportJWK(keyObject);
  // Of the shape of GitHub's, and the same after a restart.
  const keyId = encodeHex(hashOf('sha1', subjectPublicKeyInfo(keyObject))).toUpperCase();
  return {
    url,
    algorithm,
    keySet: { keys: [{ ...publicKey, alg: algorithm, use: 'sig', kid: keyId }] },
    sign: (claims) =>
      new SignJWT({ ...claims }).setProtectedHeader({ typ: 'JWT', alg: algorithm, kid: keyId }).sign(privateKey),
  };
}

async function keptKey(storage: Storage, name: string, algorithm: TokenAlgorithm): Promise<string> {
  const kept = storage.read(name);
  if (kept !== undefined) return decodeUtf8(kept) ?? '';
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const pem = await exportPKCS8(privateKey);
  storage.write(name, utf8(pem));
  return pem;
}

/**
 * `exp`, `iat` and `nbf` of a token that lives for so many seconds from now, as GitHub sets them: valid from ten minutes
 * before it was issued. A negative lifetime makes one that has ended, and was issued five minutes before its end.
 */
export function tokenTimes(
  now: Date,
  lifetimeSeconds: number,
  leewaySeconds = 600,
): { readonly exp: number; readonly iat: number; readonly nbf: number } {
  const seconds = (time: Date) => Math.floor(time.getTime() / 1000);
  const issued = lifetimeSeconds >= 0 ? now : secondsAfter(now, lifetimeSeconds - 300);
  return {
    exp: seconds(secondsAfter(now, lifetimeSeconds)),
    iat: seconds(issued),
    nbf: seconds(issued) - leewaySeconds,
  };
}

export interface DiscoveryOptions {
  /** Where the key set is, under the issuer's URL: GitHub's place by default. */
  readonly keySetPath?: string;
  /** Members of the document besides and in place of a token service's. */
  readonly metadata?: JsonObject;
}

/** Discovery (OpenID Connect Discovery 1.0, section 4) and the key set (RFC 7517, section 5). */
export function discoveryRoutes(
  issuer: TokenIssuer,
  claimsSupported: readonly string[],
  { keySetPath = '.well-known/jwks', metadata = {} }: DiscoveryOptions = {},
): readonly Route[] {
  const { pathname } = new URL(issuer.url);
  const document: JsonObject = {
    issuer: issuer.url,
    jwks_uri: `${issuer.url}/${keySetPath}`,
    subject_types_supported: ['public', 'pairwise'],
    response_types_supported: ['id_token'],
    claims_supported: claimsSupported,
    id_token_signing_alg_values_supported: [issuer.algorithm],
    scopes_supported: ['openid'],
    ...metadata,
  };
  const get = (path: string, value: JsonValue): Route => ({
    method: 'GET',
    path: `${pathname}/${path}`,
    handle: () => jsonResponse(200, value),
  });
  // A key set is JSON by nature; jose's type of it only does not say so.
  return [get('.well-known/openid-configuration', document), get(keySetPath, issuer.keySet as unknown as JsonValue)];
}
