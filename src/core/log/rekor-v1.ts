/** Bodies of Rekor v1 entries: `hashedrekord` 0.0.1, `dsse` 0.0.1, `intoto` 0.0.1 and 0.0.2, as the log canonicalises them (RFC 8785). */

import { type Digest, digest } from '../crypto/index.ts';
import { canonicalJson, encodeBase64, encodeHex, encodePem, type JsonObject, utf8 } from '../encoding/index.ts';

/** The parts of a signature over a digest that the signer submits and the log stores. */
export interface HashedRekordV1 {
  readonly digest: Digest;
  readonly signature: Uint8Array;
  /** The PEM text of the certificate, as it was submitted. */
  readonly verifier: string;
}

/** The parts of a DSSE envelope that the log stores: hashes, and the signature. */
export interface DsseV1 {
  /** SHA-256 of the envelope as it was sent, in hexadecimal. Depends on how it was serialised: not to be compared. */
  readonly envelopeHash: string;
  readonly payloadHash: Digest<'sha256'>;
  readonly signature: Uint8Array;
  /** The PEM text of the certificate, as it was submitted. */
  readonly verifier: string;
}

/** Returns the PEM text in which Countersign submits a certificate. */
export function verifierPem(certificate: Uint8Array): string {
  return encodePem('CERTIFICATE', certificate);
}

/** Returns the `proposedEntry` of a `hashedrekord`, which is also its canonical body. */
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

/** Returns the canonical body of a `dsse` entry. */
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

export interface IntotoEnvelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  readonly keyId: string | undefined;
}

export interface IntotoV2 extends IntotoEnvelope {
  /** As in {@link DsseV1}. */
  readonly envelopeHash: string;
  readonly verifier: string;
  /** Logs leave the payload out; a mocked one may not. */
  readonly holdsPayload: boolean;
}

/** Returns the canonical body of an `intoto` entry 0.0.2, which has signature and payload in base64 twice (rekor, pkg/types/intoto/v0.0.2). */
export function intotoV2({
  payloadType,
  payload,
  envelopeHash,
  signature,
  keyId,
  verifier,
  holdsPayload,
}: IntotoV2): JsonObject {
  const signed = {
    ...(keyId === undefined ? {} : { keyid: keyId }),
    publicKey: encodeBase64(utf8(verifier)),
    sig: twice(signature),
  };
  const held = holdsPayload ? { payload: twice(payload) } : {};
  return {
    apiVersion: '0.0.2',
    kind: 'intoto',
    spec: {
      content: {
        envelope: { ...held, payloadType, signatures: [signed] },
        hash: { algorithm: 'sha256', value: envelopeHash },
        payloadHash: { algorithm: 'sha256', value: encodeHex(digest('sha256', payload).bytes) },
      },
    },
  };
}

/**
 * Returns the canonical bodies that an `intoto` entry 0.0.1 of this envelope may have. Such an entry holds the hash of the envelope as
 * it was sent, so there is one body for each way in which clients wrote envelopes then.
 *
 * @param hasPayloadHash later versions of Rekor added the hash of the payload
 */
export function intotoV1(envelope: IntotoEnvelope, verifier: string, hasPayloadHash: boolean): readonly JsonObject[] {
  const payloadHash = { algorithm: 'sha256', value: encodeHex(digest('sha256', envelope.payload).bytes) };
  return writtenEnvelopes(envelope).map((text) => ({
    apiVersion: '0.0.1',
    kind: 'intoto',
    spec: {
      content: {
        hash: { algorithm: 'sha256', value: encodeHex(digest('sha256', utf8(text)).bytes) },
        ...(hasPayloadHash ? { payloadHash } : {}),
      },
      publicKey: encodeBase64(utf8(verifier)),
    },
  }));
}

/** Returns the ways to write an envelope: members in the order of Go's struct or of their names, with an empty key id or without one. */
function writtenEnvelopes({ payloadType, payload, signature }: IntotoEnvelope): readonly string[] {
  const body = encodeBase64(payload);
  const sig = encodeBase64(signature);
  return [[{ keyid: '', sig }], [{ sig }]].flatMap((signatures) => [
    JSON.stringify({ payloadType, payload: body, signatures }),
    JSON.stringify({ payload: body, payloadType, signatures }),
  ]);
}

function twice(bytes: Uint8Array): string {
  return encodeBase64(utf8(encodeBase64(bytes)));
}
