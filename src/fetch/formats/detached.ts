/** Detached signatures with their certificates: `cosign sign-blob --output-signature FILE.sig --output-certificate FILE.pem`. */

import { decodeBase64, decodePem, decodeUtf8 } from '../../core/encoding/index.ts';
import { attempt, fail, reading } from '../../core/errors/index.ts';

export interface DetachedSignature {
  readonly signature: Uint8Array;
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array;
}

/**
 * Reads a signature, which is in base64 or as it is, and a certificate, which is PEM or PEM in base64. Of a chain, the first certificate is
 * the signer's. Nothing is verified.
 *
 * @throws CountersignError `FORMAT_UNSUPPORTED` for a DSSE envelope; `CERTIFICATE_INVALID`
 */
export function readDetached(signature: Uint8Array, certificate: Uint8Array): DetachedSignature {
  const text = decodeUtf8(signature)?.trim();
  if (text?.startsWith('{'))
    fail('FORMAT_UNSUPPORTED', 'the signature file contains a JSON document; expected the signature of an artifact', {
      remedy: 'Attestations without a log entry cannot be upgraded. Attest the artifact again.',
    });
  return {
    signature: (text === undefined ? undefined : attempt(() => decodeBase64(text))) ?? signature,
    certificate: leafOf(decodeUtf8(certificate) ?? ''),
  };
}

function leafOf(text: string): Uint8Array {
  const [leaf] = reading('CERTIFICATE_INVALID', 'the certificate file', () =>
    decodePem('CERTIFICATE', pemText(text) ?? ''),
  );
  return leaf;
}

/** Returns PEM, which cosign also wrote in base64; `undefined` for anything else. */
function pemText(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed.startsWith('-----BEGIN ') ? text : attempt(() => decodeUtf8(decodeBase64(trimmed)));
}
