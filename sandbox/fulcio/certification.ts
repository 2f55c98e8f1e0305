/** Fulcio's service (fulcio, pkg/server/grpc_server.go): a token and a key in, a certificate out. */

import type { KeyObject } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { encodePem, type JsonObject, ProtoField, utf8 } from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { type HttpRequest, jsonResponse, type Route, refuse } from '../http/index.ts';
import { isEmailAddress, tokenAlgorithm } from '../oidc/index.ts';
import { subjectPublicKeyInfo } from '../pki/index.ts';
import type { Clock } from '../sources.ts';
import type { CertificateAuthority, LeafRequest } from './certificate-authority.ts';
import { readCertificateRequest } from './certificate-request.ts';
import { audience, configuration, type TrustedIssuer } from './configuration.ts';
import { type IdentityKind, identityOf } from './identity.ts';
import { hashOfKey, isAcceptable, provesPossession, readPublicKey } from './public-key.ts';

interface Principal {
  /** What the asker signs to prove that the key is theirs. */
  readonly challenge: string;
  readonly claims: JsonObject;
  readonly kind: IdentityKind;
}

// Fulcio once ran out of memory on a token of millions of dots (CVE-2025-66506).
const maxTokenLength = 16 * 1024;
/** How long before its `nbf` a token is taken already (go-oidc). Its end is its end. */
const notBeforeLeewaySeconds = 300;

/** Fulcio's own words, from pkg/server/error.go. */
const messages = {
  token: 'There was an error processing the identity token',
  publicKey: 'The public key supplied in the request could not be parsed',
  certificateRequest: 'The certificate signing request could not be parsed',
  insecureKey: 'The public key supplied in the request is insecure',
  signature: 'The signature supplied in the request could not be verified',
} as const;

/** What of a leaf is to be otherwise, whatever it is, or depending on what is right. */
export type LeafOverrides = Partial<LeafRequest> | ((right: LeafRequest) => Partial<LeafRequest>);

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
   * Answers a CreateSigningCertificateRequest (fulcio.proto), with a key or a certification request. The token is in the request, or, as
   * sigstore-go sends it, in the HTTP header. The certificate can be made otherwise than it was asked for.
   *
   * @throws Refusal `invalidArgument`, in Fulcio's words
   */
  async certify(body: Uint8Array, headerToken = '', overrides: LeafOverrides = {}): Promise<JsonObject> {
    const request = readRequest(body);
    const principal = await this.#authenticate(request.token || headerToken);
    const key = provenKey(request, principal.challenge);
    const identity = identityOf(principal.kind, principal.claims);
    const right = { publicKey: subjectPublicKeyInfo(key), ...identity };
    const leaf = this.authority.issue({
      ...right,
      ...(typeof overrides === 'function' ? overrides(right) : overrides),
    });
    const certificates = [leaf, ...this.authority.chain].map((certificate) => encodePem('CERTIFICATE', certificate));
    return { signedCertificateEmbeddedSct: { chain: { certificates } } };
  }

  /** The service's routes, under this path. */
  routes(path: string): readonly Route[] {
    const handle: Route['handle'] = async ({ body, headers }) => {
      return jsonResponse(200, await this.certify(body, bearerToken(headers)));
    };
    const get = (name: string, answer: () => JsonObject): Route => ({
      method: 'GET',
      path: `${path}/api/v2/${name}`,
      handle: () => jsonResponse(200, answer()),
    });
    return [
      { method: 'POST', path: `${path}/api/v2/signingCert`, handle },
      get('configuration', () => configuration(this.#issuers)),
      get('trustBundle', () => this.trustBundle()),
    ];
  }

  /** `GET /api/v2/trustBundle`: the authority's own certificates, which nobody should trust for being told of them here. */
  trustBundle(): JsonObject {
    const certificates = this.authority.chain.map((certificate) => encodePem('CERTIFICATE', certificate));
    return { chains: [{ certificates }] };
  }

  async #authenticate(token: string): Promise<Principal> {
    if (token.length > maxTokenLength) refuse('invalidArgument', messages.token);
    const { issuer, kind } = this.#issuerOf(token) ?? refuse('invalidArgument', messages.token);
    const now = this.#clock();
    const { payload } = await jwtVerify(token, createLocalJWKSet(await issuer.keySet()), {
      issuer: issuer.url,
      audience,
      algorithms: [tokenAlgorithm],
      currentDate: now,
      clockTolerance: notBeforeLeewaySeconds,
    }).catch(refuseToken);
    // The tolerance is for the beginning alone. A token with no end has ended.
    if ((payload.exp ?? 0) * 1000 < now.getTime()) refuse('invalidArgument', messages.token);
    const { sub = '', email, email_verified: verified } = payload;
    const claims = payload as JWTPayload & JsonObject;
    if (kind !== 'email') return { kind, claims, challenge: sub };
    const known = typeof email === 'string' && isEmailAddress(email);
    // Some providers write booleans as text (fulcio, pkg/oauthflow).
    if (!known || !/^[Tt]rue$/.test(String(verified))) refuse('invalidArgument', messages.token);
    return { kind, claims, challenge: email };
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

interface CertificationRequest {
  readonly token: string;
  /** The challenge signed, or a request signed: one of the two is empty. */
  readonly publicKeyContent: string;
  readonly proofOfPossession: Uint8Array;
  readonly certificateRequest: Uint8Array;
}

function readRequest(body: Uint8Array): CertificationRequest {
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

/** The key to be certified, of which the asker has shown that it is theirs. */
function provenKey(request: CertificationRequest, challenge: string): KeyObject {
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
