/** The certificate authority: Fulcio's API, version 2. */

import { decodePem, encodeBase64, encodePem, ProtoField } from '../../core/encoding/index.ts';
import { reading } from '../../core/errors/index.ts';
import { expectStatus, type Http, type HttpRequest } from '../http/index.ts';

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
 * Asks for a certificate (`POST /api/v2/signingCert`).
 *
 * @returns the certificate, DER. The rest of the chain that is answered is left out: what is trusted comes from elsewhere.
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
    timeoutMilliseconds: 30_000,
    maxBodyLength: 1024 * 1024,
  };
  const { body } = expectStatus(request, await http(request), 200, 201);
  const answer = ProtoField.parse(
    body,
    'SERVICE_RESPONSE_INVALID',
    `the answer of the certificate authority (${request.url.origin})`,
  );
  // A detached timestamp has no place in a bundle: no verifier would see it.
  const [leaf] = answer.field('signedCertificateEmbeddedSct').field('chain').field('certificates').list(maxChainLength);
  if (leaf === undefined) return answer.fail('has no certificate with an embedded timestamp');
  const [der] = reading('SERVICE_RESPONSE_INVALID', leaf.path, () => decodePem('CERTIFICATE', leaf.text()));
  return der;
}
