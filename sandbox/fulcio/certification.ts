/** Fulcio's service (fulcio, pkg/server/grpc_server.go), which issues a certificate for a token and a key. */

import type { KeyObject } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { encodePem, type JsonObject, ProtoField, utf8 } from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { type HttpRequest, jsonResponse, type Route, refuse } from '../http/index.ts';
import { isEmailAddress, type TokenIssuer, tokenAlgorithm } from '../oidc/index.ts';
import { subjectPublicKeyInfo } from '../pki/index.ts';
import type { Clock } from '../sources.ts';
import type { CertificateAuthority, LeafRequest } from './certificate-authority.ts';
import { readCertificateRequest } from './certificate-request.ts';
import { ciProviders } from './ci-provider.ts';
import { type IdentityKind, type IdentitySettings, identityOf } from './identity.ts';
import { hashOfKey, isAcceptable, provesPossession, readPublicKey } from './public-key.ts';

/** An accepted issuer, and the kind of identities in its tokens. */
export interface TrustedIssuer extends IdentitySettings {
  readonly issuer: TokenIssuer;
  readonly kind: IdentityKind;
}

interface Principal {
  /** The claim that the client signs to prove possession of the key. */
  readonly challenge: string;
  readonly claims: JsonObject;
  readonly issuer: TrustedIssuer;
}

const audience = 'sigstore';
// Fulcio once ran out of memory on a token of millions of dots (CVE-2025-66506).
const maxTokenLength = 16 * 1024;
/** The tolerance for `nbf` (go-oidc). There is none for `exp`. */
const notBeforeLeewaySeconds = 300;

/** Fulcio's messages (pkg/server/error.go). */
const messages = {
  token: 'There was an error processing the identity token',
  publicKey: 'The public key supplied in the request could not be parsed',
  certificateRequest: 'The certificate signing request could not be parsed',
  insecureKey: 'The public key supplied in the request is insecure',
  signature: 'The signature supplied in the request could not be verified',
} as const;

/** Changes to a leaf certificate, which may depend on the valid one. */
export type LeafOverrides = Partial<LeafRequest> | ((valid: LeafRequest) => Partial<LeafRequest>);

export class CertificationService {
  readonly authority: CertificateAuthority;
  readonly #issuers: readonly TrustedIssuer[];
  readonly #clock: Clock;

  constructor(authority: CertificateAuthority, issuers: readonly TrustedIssuer[], clock: Clock) {
    this.authority = authority;
    this.#issuers = issuers;
    this.#clock = clock;
  }

  /**
   * Answers a CreateSigningCertificateRequest (fulcio.proto) with a key or a certification request. The token is in the request or
   * in the `Authorization` header. The certificate can be changed.
   *
   * @throws Refusal `invalidArgument`, in Fulcio's words
   */
  async certify(body: Uint8Array, headerToken = '', overrides: LeafOverrides = {}): Promise<JsonObject> {
    const request = readRequest(body);
    const principal = await this.#authenticate(request.token || headerToken);
    const key = provenKey(request, principal.challenge);
    const { kind, ...settings } = principal.issuer;
    const identity = identityOf(kind, principal.claims, settings);
    const valid = { publicKey: subjectPublicKeyInfo(key), ...identity };
    const changes = typeof overrides === 'function' ? overrides(valid) : overrides;
    const leaf = encodePem('CERTIFICATE', this.authority.issue({ ...valid, ...changes }));
    return { signedCertificateEmbeddedSct: { chain: { certificates: [leaf, ...this.#chain] } } };
  }

  routes(path: string): readonly Route[] {
    const get = (name: string, answer: () => JsonObject): Route => ({
      method: 'GET',
      path: `${path}/api/v2/${name}`,
      handle: () => jsonResponse(200, answer()),
    });
    return [
      {
        method: 'POST',
        path: `${path}/api/v2/signingCert`,
        handle: async ({ body, headers }) => jsonResponse(200, await this.certify(body, bearerToken(headers))),
      },
      get('configuration', () => ({ issuers: this.#issuers.map(issuerJson) })),
      get('trustBundle', () => ({ chains: [{ certificates: this.#chain }] })),
    ];
  }

  get #chain(): readonly string[] {
    return this.authority.chain.map((certificate) => encodePem('CERTIFICATE', certificate));
  }

  async #authenticate(token: string): Promise<Principal> {
    if (token.length > maxTokenLength) refuse('invalidArgument', messages.token);
    const trusted = this.#issuerOf(token) ?? refuse('invalidArgument', messages.token);
    const { issuer, kind } = trusted;
    const now = this.#clock();
    const { payload } = await jwtVerify(token, createLocalJWKSet(await issuer.keySet()), {
      issuer: issuer.url,
      audience,
      algorithms: [tokenAlgorithm],
      currentDate: now,
      clockTolerance: notBeforeLeewaySeconds,
    }).catch(refuseToken);
    // The tolerance is for `nbf` only. A token without `exp` has expired.
    if ((payload.exp ?? 0) * 1000 < now.getTime()) refuse('invalidArgument', messages.token);
    const { sub = '', email, email_verified: verified } = payload;
    const claims = payload as JWTPayload & JsonObject;
    if (kind !== 'email') return { issuer: trusted, claims, challenge: sub };
    const known = typeof email === 'string' && isEmailAddress(email);
    // Some providers write booleans as text (fulcio, pkg/oauthflow).
    if (!known || !/^[Tt]rue$/.test(String(verified))) refuse('invalidArgument', messages.token);
    return { issuer: trusted, claims, challenge: email };
  }

  #issuerOf(token: string): TrustedIssuer | undefined {
    try {
      const { iss } = decodeJwt(token);
      return this.#issuers.find(({ issuer }) => issuer.url === iss);
    } catch (error) {
      return refuseToken(error);
    }
  }
}

/** Returns the token in the `Authorization` header, where sigstore-go sends it. */
export function bearerToken({ authorization = '' }: HttpRequest['headers']): string {
  return String(authorization).replace(/^Bearer /, '');
}

/** Encodes an issuer as OIDCIssuer (fulcio.proto), with default values, as grpc-gateway does. */
function issuerJson({ issuer, kind, subjectDomain = '', spiffeTrustDomain = '' }: TrustedIssuer): JsonObject {
  return {
    issuerUrl: issuer.url,
    audience,
    challengeClaim: kind === 'email' ? 'email' : 'sub',
    spiffeTrustDomain,
    // Fulcio has one type for all CI systems whose certificates it makes by templates.
    issuerType: kind in ciProviders ? 'ci-provider' : kind,
    subjectDomain,
    skipEmailVerification: false,
  };
}

/** Reads a request, which has either a public key with its proof or a certificate request. */
function readRequest(body: Uint8Array) {
  try {
    const request = ProtoField.parse(body, 'JSON_INVALID', 'the request');
    const publicKeyRequest = request.field('publicKeyRequest');
    return {
      token: request.field('credentials').field('oidcIdentityToken').string(),
      publicKeyContent: publicKeyRequest.field('publicKey').field('content').string(),
      proofOfPossession: publicKeyRequest.field('proofOfPossession').bytes(),
      certificateRequest: request.field('certificateSigningRequest').bytes(),
    };
  } catch (error) {
    if (error instanceof CountersignError) refuse('invalidArgument', error.message);
    throw error;
  }
}

/** Returns the key to certify, after checking that the client holds it. */
function provenKey(request: ReturnType<typeof readRequest>, challenge: string): KeyObject {
  const { certificateRequest, publicKeyContent, proofOfPossession } = request;
  const certification =
    certificateRequest.length === 0
      ? undefined
      : (readCertificateRequest(certificateRequest) ?? refuse('invalidArgument', messages.certificateRequest));
  const key = certification?.key ?? readPublicKey(publicKeyContent) ?? refuse('invalidArgument', messages.publicKey);
  if (!isAcceptable(key)) refuse('invalidArgument', messages.insecureKey);
  const proven = certification?.proven ?? provesPossession(key, utf8(challenge), proofOfPossession);
  if (!proven) refuse('invalidArgument', messages.signature);
  if (certification !== undefined && certification.hash !== hashOfKey(key)) {
    refuse('invalidArgument', `signing algorithm not permitted: ${goType(key)}, ${goHash(certification.hash)}`);
  }
  return key;
}

function goType({ asymmetricKeyType }: KeyObject): string {
  if (asymmetricKeyType === 'ed25519') return 'ed25519.PublicKey';
  return asymmetricKeyType === 'ec' ? '*ecdsa.PublicKey' : '*rsa.PublicKey';
}

function goHash(hash: string | null | undefined): string {
  return hash?.replace('sha', 'SHA-') ?? 'unknown hash value 0';
}

function refuseToken(error: unknown): never {
  if (error instanceof errors.JOSEError) refuse('invalidArgument', messages.token);
  throw error;
}
