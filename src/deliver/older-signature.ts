/**
 * Signatures as cosign attached them to images before it had bundles: what a bundle would hold stands in the annotations of a
 * layer. It is put into a bundle of version 0.1, so that there is one way into the verifier.
 */

import { type Bundle, readBundle } from '../core/bundle/index.ts';
import {
  decodeBase64,
  decodeHex,
  decodePem,
  encodeBase64,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '../core/encoding/index.ts';
import { fail, reading } from '../core/errors/index.ts';
import type { Descriptor } from '../services/registry/index.ts';

/** A layer of the tag `.sig`: the document that was signed. */
export const simpleSigningType = 'application/vnd.dev.cosign.simplesigning.v1+json';
/** A layer of the tag `.att`: an envelope. */
export const envelopeType = 'application/vnd.dsse.envelope.v1+json';

const names = {
  signature: 'dev.cosignproject.cosign/signature',
  certificate: 'dev.sigstore.cosign/certificate',
  bundle: 'dev.sigstore.cosign/bundle',
  timestamp: 'dev.sigstore.cosign/rfc3161timestamp',
} as const;

type Annotations = NonNullable<Descriptor['annotations']>;

/**
 * The bundle of a signature over a document.
 *
 * @param annotations of the layer that is the document
 * @throws CountersignError `BUNDLE_INVALID`, and those of reading a bundle
 */
export function bundleOfDocument(annotations: Annotations): Bundle {
  const signature = annotations[names.signature];
  if (signature === undefined || signature === '')
    return fail('BUNDLE_INVALID', `the layer has no annotation ${names.signature}`);
  return toBundle(annotations, { messageSignature: { signature } });
}

/**
 * The bundle of an envelope.
 *
 * @throws CountersignError `BUNDLE_INVALID`, and those of reading a bundle
 */
export function bundleOfEnvelope(envelope: Uint8Array, annotations: Annotations): Bundle {
  const dsseEnvelope = reading('BUNDLE_INVALID', 'the envelope', () => parseJson(envelope));
  return toBundle(annotations, { dsseEnvelope });
}

function toBundle(annotations: Annotations, content: JsonObject): Bundle {
  const { [names.certificate]: certificate, [names.bundle]: entry, [names.timestamp]: timestamp } = annotations;
  const bundle = {
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: {
      ...(certificate ? { x509CertificateChain: { certificates: [leaf(certificate)] } } : { publicKey: { hint: '' } }),
      tlogEntries: entry ? [logEntry(entry)] : [],
      timestampVerificationData: { rfc3161Timestamps: timestamp ? [signedTimestamp(timestamp)] : [] },
    },
    ...content,
  };
  return readBundle(JSON.stringify(bundle));
}

/** The chain above it, in an annotation of its own, counts for nothing: authorities come from the trusted root. */
function leaf(pem: string): JsonObject {
  const [der] = reading('BUNDLE_INVALID', names.certificate, () => decodePem('CERTIFICATE', pem));
  return { rawBytes: encodeBase64(der) };
}

/** Rekor v1's promise to include the entry, and what it promised to include. */
function logEntry(text: string): JsonObject {
  const { SignedEntryTimestamp: signedEntryTimestamp, Payload: payload } = object(text, names.bundle);
  const { body, integratedTime, logIndex, logID } = members(payload, `${names.bundle}: Payload`);
  if (typeof body !== 'string' || typeof logID !== 'string')
    return fail('BUNDLE_INVALID', `${names.bundle} has no body or no log`);
  const keyId = reading('BUNDLE_INVALID', names.bundle, () => decodeHex(logID));
  return {
    logIndex: count(logIndex, 'logIndex'),
    logId: { keyId: encodeBase64(keyId) },
    kindVersion: kindVersion(body),
    integratedTime: count(integratedTime, 'integratedTime'),
    inclusionPromise: { signedEntryTimestamp: signedEntryTimestamp ?? null },
    canonicalizedBody: body,
  };
}

/** Every body says itself of what kind it is. */
function kindVersion(body: string): JsonObject {
  const decoded = reading('BUNDLE_INVALID', `${names.bundle}: body`, () => parseJson(decodeBase64(body)));
  const { kind, apiVersion } = members(decoded, `${names.bundle}: body`);
  return { kind: kind ?? null, version: apiVersion ?? null };
}

/** 64 bits are a text in a bundle, and a number here. */
function count(value: JsonValue | undefined, name: string): string {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? String(value)
    : fail('BUNDLE_INVALID', `${names.bundle}: ${name} is not a whole number`);
}

function signedTimestamp(text: string): JsonObject {
  const { SignedRFC3161Timestamp: signed } = object(text, names.timestamp);
  return { signedTimestamp: signed ?? null };
}

function object(text: string, place: string): JsonObject {
  return members(
    reading('BUNDLE_INVALID', place, () => parseJson(text)),
    place,
  );
}

function members(value: JsonValue | undefined, place: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    fail('BUNDLE_INVALID', `${place} is not an object`);
  return value as JsonObject;
}
