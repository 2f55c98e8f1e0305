/** What `cosign sign-blob --bundle` and `attest-blob --bundle` wrote before there were Sigstore bundles (`LocalSignedPayload`). */

import {
  asObject,
  asText,
  decodeBase64,
  decodeUtf8,
  type JsonObject,
  type JsonValue,
  utf8,
} from '../../core/encoding/index.ts';
import { attempt, fail, reading } from '../../core/errors/index.ts';
import { type Annotations, bundleOfAttestation, bundleOfSignature } from '../older-signatures.ts';
import type { WrappedBundle } from './wrapped-bundle.ts';

/** Reads such a file; returns `undefined` for a document of another format. */
export function readCosignBundle(document: JsonValue): readonly WrappedBundle[] | undefined {
  const object = asObject(document);
  const signature = asText(object?.base64Signature);
  if (object === undefined || signature === undefined) return undefined;
  return [
    {
      at: '',
      read: () => {
        const annotations = annotationsOf(object, signature);
        const envelope = envelopeOf(signature);
        return envelope === undefined ? bundleOfSignature(annotations) : bundleOfAttestation(envelope, annotations);
      },
    },
  ];
}

/** Writes the parts as cosign annotates the same signature on an image. */
function annotationsOf({ cert, rekorBundle }: JsonObject, signature: string): Annotations {
  const certificate = certificateOf(cert);
  return {
    'dev.cosignproject.cosign/signature': signature,
    ...(certificate !== undefined && { 'dev.sigstore.cosign/certificate': certificate }),
    ...(asObject(rekorBundle) !== undefined && { 'dev.sigstore.cosign/bundle': JSON.stringify(rekorBundle) }),
  };
}

/** Returns the certificate as PEM, which cosign wrote in base64; `undefined` if there is none, or a public key in its place. */
function certificateOf(cert: JsonValue | undefined): string | undefined {
  if (cert === undefined || cert === null || cert === '') return undefined;
  const written = asText(cert) ?? fail('BUNDLE_INVALID', 'cert is not a string');
  const pem = written.startsWith('-----BEGIN ')
    ? written
    : decodeUtf8(reading('BUNDLE_INVALID', 'cert', () => decodeBase64(written.trim())));
  if (pem === undefined) return fail('BUNDLE_INVALID', 'cert is not base64-encoded PEM');
  // The key to verify with is the one of the policy.
  return pem.startsWith('-----BEGIN PUBLIC KEY-----') ? undefined : pem;
}

/** Returns the envelope that `attest-blob` put in place of a signature. */
function envelopeOf(signature: string): Uint8Array | undefined {
  // A signature that is not base64 is refused where it is read.
  const text = attempt(() => decodeUtf8(decodeBase64(signature))) ?? '';
  return /^\s*\{/.test(text) ? utf8(text) : undefined;
}
