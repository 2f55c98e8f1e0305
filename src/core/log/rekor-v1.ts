/** Bodies of Rekor v1 entries: `hashedrekord` 0.0.1 and `dsse` 0.0.1, as the log canonicalises them (RFC 8785). */

import type { Digest } from '../crypto/index.ts';
import {
  canonicalJson,
  decodeUtf8,
  encodeBase64,
  encodeHex,
  encodePem,
  type JsonObject,
  ProtoField,
  utf8,
} from '../encoding/index.ts';

/** What a signer submits and the log stores of a signature over a digest. */
export interface HashedRekordV1 {
  readonly digest: Digest;
  readonly signature: Uint8Array;
  /** The PEM text of the certificate, as it was submitted. */
  readonly verifier: string;
}

/** What the log stores of a DSSE envelope: hashes, and the signature. */
export interface DsseV1 {
  /** SHA-256 of the envelope as it was sent, in hexadecimal. Depends on how it was serialised: not to be compared. */
  readonly envelopeHash: string;
  readonly payloadHash: Digest<'sha256'>;
  readonly signature: Uint8Array;
  /** The PEM text of the certificate, as it was submitted. */
  readonly verifier: string;
}

/** The PEM text in which Countersign submits a certificate. */
export function verifierPem(certificate: Uint8Array): string {
  return encodePem('CERTIFICATE', certificate);
}

/** The `proposedEntry` of a `hashedrekord`, which is also its canonical body. */
export function hashedRekordV1({ digest, signature, verifier }: HashedRekordV1): JsonObject {
  return {
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: { hash: { algorithm: digest.algorithm, value: encodeHex(digest.bytes) } },
      signature: { content: encodeBase64(signature), publicKey: { content: encodeBase64(utf8(verifier)) } },
    },
  };
}

/** The canonical body of a `dsse` entry. */
export function dsseV1({ envelopeHash, payloadHash, signature, verifier }: DsseV1): JsonObject {
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: { algorithm: 'sha256', value: envelopeHash },
      payloadHash: { algorithm: payloadHash.algorithm, value: encodeHex(payloadHash.bytes) },
      signatures: [{ signature: encodeBase64(signature), verifier: encodeBase64(utf8(verifier)) }],
    },
  };
}

export function canonicalBody(entry: JsonObject): Uint8Array<ArrayBuffer> {
  return utf8(canonicalJson(entry));
}

/** What of a body cannot be made again from the bundle: how the certificate was written, and the hash of the envelope. */
export interface SubmittedForm {
  readonly verifier: string;
  readonly envelopeHash: string;
}

/**
 * Reads what the submitter chose in a body of either kind. Everything else is compared, not read.
 *
 * @throws CountersignError `LOG_ENTRY_INVALID`
 */
export function readSubmittedForm(body: Uint8Array): SubmittedForm {
  const spec = ProtoField.parse(body, 'LOG_ENTRY_INVALID', 'the log entry').field('spec');
  const [signature] = spec.field('signatures').list(1);
  const verifier = signature?.field('verifier') ?? spec.field('signature').field('publicKey').field('content');
  const pem = decodeUtf8(verifier.data()) ?? verifier.fail('is not text');
  return { verifier: pem, envelopeHash: spec.field('envelopeHash').field('value').string() };
}
