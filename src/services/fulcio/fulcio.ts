/** The certificate authority: Fulcio's API, version 2. */

import { decodePem, encodeBase64, encodePem, ProtoField } from '../../core/encoding/index.ts';
import { fail, reading } from '../../core/errors/index.ts';
import {
  describeAnswer,
  expectStatus,
  type Http,
  type HttpRequest,
  type HttpResponse,
  readSecretAnswer,
} from '../http/index.ts';

export interface CertificateRequest {
  /** The OIDC token, a secret: it goes into the body and nowhere else. */
  readonly identityToken: string;
  /** SubjectPublicKeyInfo of an ECDSA key, DER. */
  readonly publicKey: Uint8Array;
  /** The signature of that key over the token's challenge, DER. */
  readonly proofOfPossession: Uint8Array;
}

const maxChainLength = 8;

/**
 * Requests a certificate (`POST /api/v2/signingCert`).
 *
 * @returns the certificate, DER; its certificate timestamps are not verified here. The rest of the chain in the response is ignored:
 * trust comes from the trusted root.
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`
 */
export async function requestCertificate(http: Http, baseUrl: string, wanted: CertificateRequest): Promise<Uint8Array> {
  const request: HttpRequest = {
    method: 'POST',
    url: new URL(`${baseUrl.replace(/\/$/, '')}/api/v2/signingCert`),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      credentials: { oidcIdentityToken: wanted.identityToken },
      publicKeyRequest: {
        publicKey: { algorithm: 'ECDSA', content: encodePem('PUBLIC KEY', wanted.publicKey) },
        proofOfPossession: encodeBase64(wanted.proofOfPossession),
      },
    }),
    service: 'the certificate authority',
    quotes: 'code',
    timeoutMilliseconds: 30_000,
    maxBodyLength: 1024 * 1024,
  };
  const { body } = expectCertificate(request, await http(request));
  const what = `the response of the certificate authority (${request.url.origin})`;
  const answer = readSecretAnswer(what, () => ProtoField.parse(body, 'SERVICE_RESPONSE_INVALID', what));
  const embedded = answer.field('signedCertificateEmbeddedSct');
  // Authorities without a certificate log use this form. So do those with detached timestamps: a bundle cannot carry these, so that any
  // verifier finds the certificate in no log.
  const certificate = embedded.present ? embedded : answer.field('signedCertificateDetachedSct');
  const [leaf] = certificate.field('chain').field('certificates').list(maxChainLength);
  if (leaf === undefined) return answer.fail('has no certificate');
  const [der] = reading('SERVICE_RESPONSE_INVALID', leaf.path, () => decodePem('CERTIFICATE', leaf.text()));
  return der;
}

const remedies: Readonly<Record<number, string>> = {
  400: 'The certificate authority rejected the identity token. Check that it accepts tokens of this issuer and that the token has the audience "sigstore".',
  401: 'The certificate authority rejected the identity token. Check that it accepts tokens of this issuer and that the token has the audience "sigstore".',
  403: 'The certificate authority does not issue certificates for this identity. Check which identities it is configured to accept.',
  404: 'Check the URL of the certificate authority in the signing config.',
};

/** Explains a refusal. The response itself is not shown, as it can repeat the token. */
function expectCertificate(request: HttpRequest, response: HttpResponse): HttpResponse {
  const remedy = remedies[response.status];
  if (remedy === undefined) return expectStatus(request, response, 200, 201);
  return fail('SERVICE_REFUSED', describeAnswer(request, response), { remedy });
}
