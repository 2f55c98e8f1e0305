/** An issuer of OpenID Connect tokens: its key, its discovery document, and tokens with any claims. */

import { createPublicKey } from 'node:crypto';
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, SignJWT } from 'jose';
import { decodeUtf8, encodeHex, type JsonObject, type JsonValue, utf8 } from '../../src/core/encoding/index.ts';
import { jsonResponse, type Route } from '../http/index.ts';
import { hashOf, subjectPublicKeyInfo } from '../pki/index.ts';
import { secondsAfter } from '../sources.ts';
import { MemoryStorage, type Storage } from '../storage/index.ts';

/** A JSON Web Key Set (RFC 7517, section 5). */
export interface KeySet {
  readonly keys: JsonObject[];
}

/** The issuer of one URL. Its key is generated or read when it is first needed, since RSA keys take long. */
export interface TokenIssuer {
  /** The value of `iss`, without a trailing slash. */
  readonly url: string;
  keySet(): Promise<KeySet>;
  /** Signs exactly these claims, valid or not, including `iss` and `exp`. */
  sign(claims: JsonObject): Promise<string>;
}

export interface TokenIssuerOptions {
  /** The storage of the key, as `<name>.key`; by default in memory. */
  readonly storage?: Storage;
  readonly name?: string;
}

/** The algorithm of GitHub and the other issuers, and the only one that cosign accepts. */
export const tokenAlgorithm = 'RS256';

export function createTokenIssuer(
  url: string,
  { storage = new MemoryStorage(), name = 'issuer' }: TokenIssuerOptions = {},
): TokenIssuer {
  let made: Promise<IssuerKey> | undefined;
  const key = (): Promise<IssuerKey> => {
    made ??= issuerKey(storage, `${name}.key`);
    return made;
  };
  return {
    url,
    keySet: async () => {
      const { publicKey, keyId } = await key();
      return { keys: [{ ...publicKey, alg: tokenAlgorithm, use: 'sig', kid: keyId }] };
    },
    sign: async (claims) => {
      const { privateKey, keyId } = await key();
      const header = { typ: 'JWT', alg: tokenAlgorithm, kid: keyId };
      return new SignJWT({ ...claims }).setProtectedHeader(header).sign(privateKey);
    },
  };
}

interface IssuerKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: JsonObject;
  readonly keyId: string;
}

async function issuerKey(storage: Storage, name: string): Promise<IssuerKey> {
  const pem = await keptKey(storage, name);
  const privateKey = await importPKCS8(pem, tokenAlgorithm);
  const keyObject = createPublicKey(pem);
  // Shaped like GitHub's, and the same after a restart.
  const keyId = encodeHex(hashOf('sha1', subjectPublicKeyInfo(keyObject))).toUpperCase();
  return { privateKey, publicKey: { ...(await exportJWK(keyObject)) } as JsonObject, keyId };
}

async function keptKey(storage: Storage, name: string): Promise<string> {
  const kept = storage.read(name);
  if (kept !== undefined) return decodeUtf8(kept) ?? '';
  const { privateKey } = await generateKeyPair(tokenAlgorithm, { extractable: true });
  const pem = await exportPKCS8(privateKey);
  storage.write(name, utf8(pem));
  return pem;
}

/**
 * Returns `exp`, `iat` and `nbf` of a token that expires in so many seconds, with GitHub's leeway of ten minutes by default. With a
 * negative lifetime, the token has expired, and was issued five minutes before that.
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
  /** The path of the key set, relative to the issuer's URL; by default GitHub's. */
  readonly keySetPath?: string;
  /** Members that extend or replace those of a token service's document. */
  readonly metadata?: JsonObject;
}

/** Returns the routes of the discovery document (OpenID Connect Discovery 1.0, section 4) and the key set. */
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
    id_token_signing_alg_values_supported: [tokenAlgorithm],
    scopes_supported: ['openid'],
    ...metadata,
  };
  const get = (path: string, answer: () => JsonValue | Promise<JsonValue>): Route => ({
    method: 'GET',
    path: `${pathname}/${path}`,
    handle: async () => jsonResponse(200, await answer()),
  });
  return [
    get('.well-known/openid-configuration', () => document),
    get(keySetPath, async () => ({ ...(await issuer.keySet()) })),
  ];
}
