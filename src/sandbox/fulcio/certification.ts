/** `POST /api/v2/signingCert` (fulcio, pkg/server/grpc_server.go): a token and a key in, a certificate out. */

import type { KeyObject } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { encodePem, type JsonObject, ProtoField, utf8 } from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { jsonResponse, type Route, refuse } from '../http/index.ts';
import type { TokenIssuer } from '../oidc/index.ts';
import { subjectPublicKeyInfo } from '../pki/index.ts';
import type { Clock } from '../world.ts';
import type { CertificateAuthority, LeafRequest } from './certificate-authority.ts';
import { readCertificateRequest } from './certificate-request.ts';
import { jobIdentity, personIdentity } from './identity.ts';
import { isAcceptable, provesPossession, readPublicKey } from './public-key.ts';

/** An issuer whose tokens are accepted, and what its tokens are about. */
export interface TrustedIssuer {
  readonly issuer: TokenIssuer;
  readonly kind: 'job' | 'person';
}

interface Principal {
  /** What the asker signs to prove that the key is theirs. */
  readonly challenge: string;
  readonly claims: JsonObject;
  readonly kind: TrustedIssuer['kind'];
}

const audience = 'sigstore';
// Fulcio once ran out of memory on a token of millions of dots (CVE-2025-66506).
const maxTokenLength = 16 * 1024;

/** Fulcio's own words, from pkg/server/error.go. */
const messages = {
  token: 'There was an error processing the identity token',
  publicKey: 'The public key supplied in the request could not be parsed',
  certificateRequest: 'The certificate signing request could not be parsed',
  insecureKey: 'The public key supplied in the request is insecure',
  signature: 'The signature supplied in the request could not be verified',
} as const;

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
   * @throws ServiceFailure `invalidArgument`, in Fulcio's words
   */
  async certify(body: Uint8Array, headerToken = '', overrides: Partial<LeafRequest> = {}): Promise<JsonObject> {
    const request = readRequest(body);
    const principal = await this.#authenticate(request.token || headerToken);
    const key = provenKey(request, principal.challenge);
    const identity = principal.kind === 'job' ? jobIdentity(principal.claims) : personIdentity(principal.claims);
    const leaf = this.authority.issue({ publicKey: subjectPublicKeyInfo(key), ...identity, ...overrides });
    const certificates = [leaf, ...this.authority.chain].map((certificate) => encodePem('CERTIFICATE', certificate));
    return { signedCertificateEmbeddedSct: { chain: { certificates } } };
  }

  /** The service's routes, under this path. */
  routes(path: string): readonly Route[] {
    const handle: Route['handle'] = async ({ body, headers }) => {
      const headerToken = String(headers.authorization ?? '').replace(/^Bearer /, '');
      return jsonResponse(200, await this.certify(body, headerToken));
    };
    return [{ method: 'POST', path: `${path}/api/v2/signingCert`, handle }];
  }

  async #authenticate(token: string): Promise<Principal> {
    if (token.length > maxTokenLength) refuse('invalidArgument', messages.token);
    const { issuer, kind } = this.#issuerOf(token) ?? refuse('invalidArgument', messages.token);
    const { payload } = await jwtVerify(token, createLocalJWKSet(issuer.keySet), {
      issuer: issuer.url,
      audience,
      algorithms: [issuer.algorithm],
      requiredClaims: ['exp', 'sub'],
      currentDate: this.#clock(),
    }).catch(refuseToken);
    const { sub = '', email, email_verified: verified } = payload;
    const claims = payload as JWTPayload & JsonObject;
    if (kind === 'job') return { kind, claims, challenge: sub };
    if (typeof email !== 'string' || verified !== true) refuse('invalidArgument', messages.token);
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
  return key;
}

function refuseToken(error: unknown): never {
  if (error instanceof errors.JOSEError) refuse('invalidArgument', messages.token);
  throw error;
}
