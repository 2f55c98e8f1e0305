/**
 * Converts the signatures that older versions of cosign attach to images to bundles of version 0.1 (cosign, specs/SIGNATURE_SPEC.md).
 *
 * They are serialised and parsed like any other bundle, so that the verifier has one entry point.
 */

import { type Bundle, maxBundleLength, readBundle } from '../core/bundle/index.ts';
import {
  decodeHex,
  decodePem,
  encodeBase64,
  type JsonObject,
  type JsonValue,
  ProtoField,
  parseJson,
} from '../core/encoding/index.ts';
import { reading } from '../core/errors/index.ts';

/** The annotations of a layer in the manifest. */
export type Annotations = Readonly<Record<string, string>>;

/** cosign's names of annotations. The chain is not read: the verifier builds its own path to a trusted authority. */
const names = {
  signature: 'dev.cosignproject.cosign/signature',
  certificate: 'dev.sigstore.cosign/certificate',
  logEntry: 'dev.sigstore.cosign/bundle',
  timestamp: 'dev.sigstore.cosign/rfc3161timestamp',
} as const;

/**
 * Makes the bundle of a signature over a simple signing document.
 *
 * @param annotations of the document's layer; without a certificate, it was signed with a long-lived key
 * @throws CountersignError `BUNDLE_INVALID`; those of {@link readBundle}
 */
export function bundleOfSignature(annotations: Annotations): Bundle {
  const timestamp = annotations[names.timestamp];
  return readBundle(
    JSON.stringify({
      mediaType,
      verificationMaterial: {
        ...material(annotations),
        ...(timestamp !== undefined && { timestampVerificationData: { rfc3161Timestamps: [timestampOf(timestamp)] } }),
      },
      messageSignature: { signature: annotations[names.signature] ?? '' },
    }),
  );
}

/**
 * Makes the bundle of an attestation. Its timestamp is ignored: cosign's were over the text of the envelope, not over the signature.
 *
 * @param envelope the layer: a DSSE envelope as JSON
 * @throws CountersignError `BUNDLE_INVALID`; those of {@link readBundle}
 */
export function bundleOfAttestation(envelope: Uint8Array, annotations: Annotations): Bundle {
  const dsseEnvelope = reading('BUNDLE_INVALID', 'the envelope', () =>
    parseJson(envelope, { maxLength: maxBundleLength }),
  );
  return readBundle(JSON.stringify({ mediaType, verificationMaterial: material(annotations), dsseEnvelope }));
}

const mediaType = 'application/vnd.dev.sigstore.bundle+json;version=0.1';

function material(annotations: Annotations): JsonObject {
  const { [names.certificate]: certificate, [names.logEntry]: entry } = annotations;
  return {
    ...(certificate === undefined ? { publicKey: { hint: '' } } : { x509CertificateChain: chainOf(certificate) }),
    tlogEntries: entry === undefined ? [] : [logEntryOf(entry)],
  };
}

function chainOf(pem: string): JsonObject {
  const blocks = reading('BUNDLE_INVALID', `the annotation ${names.certificate}`, () => decodePem('CERTIFICATE', pem));
  return { certificates: blocks.map((block) => ({ rawBytes: encodeBase64(block) })) };
}

/** Makes a log entry of Rekor v1 with its promise. The kind is in its body. */
function logEntryOf(text: string): JsonObject {
  const entry = ProtoField.parse(text, 'BUNDLE_INVALID', `the annotation ${names.logEntry}`);
  const payload = entry.field('Payload');
  const body = payload.field('body');
  const canonicalizedBody = body.data();
  const { kind, apiVersion } = kindOf(canonicalizedBody, body.path);
  const id = payload.field('logID');
  return {
    logIndex: payload.field('logIndex').uint64().toString(),
    logId: { keyId: encodeBase64(reading('BUNDLE_INVALID', id.path, () => decodeHex(id.text()))) },
    kindVersion: { kind, version: apiVersion },
    integratedTime: payload.field('integratedTime').uint64().toString(),
    inclusionPromise: { signedEntryTimestamp: encodeBase64(entry.field('SignedEntryTimestamp').data()) },
    canonicalizedBody: encodeBase64(canonicalizedBody),
  };
}

function kindOf(body: Uint8Array, path: string): { readonly kind: string; readonly apiVersion: string } {
  const fields = ProtoField.parse(body, 'BUNDLE_INVALID', path);
  return { kind: fields.field('kind').text(), apiVersion: fields.field('apiVersion').text() };
}

function timestampOf(text: string): JsonValue {
  const timestamp = ProtoField.parse(text, 'BUNDLE_INVALID', `the annotation ${names.timestamp}`);
  return { signedTimestamp: encodeBase64(timestamp.field('SignedRFC3161Timestamp').data()) };
}
