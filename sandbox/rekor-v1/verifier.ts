/** The key or certificate that comes with an entry, PEM (rekor, pkg/pki/x509). */

import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { decodeBase64, encodeBase64, encodeHex, encodePem, utf8 } from '../../src/core/encoding/index.ts';
import { refuseEntry } from '../http/index.ts';
import { alternativeNames, hashOf, subjectPublicKeyInfo } from '../pki/index.ts';

export interface Verifier {
  readonly key: KeyObject;
  /** The base64 of its one PEM text, which is what the log stores, however it was sent. */
  readonly canonical: string;
  /** SHA-256 of that PEM text, hexadecimal. */
  readonly hash: string;
  /** The names in the certificate, if it is one. */
  readonly subjects: readonly string[];
}

/** @throws Refusal 400 */
export function readVerifier(base64: string): Verifier {
  const pem = Buffer.from(readBase64(base64, 'public key content')).toString('latin1').trim();
  try {
    if (pem.startsWith('-----BEGIN CERTIFICATE-----')) {
      const certificate = new X509Certificate(pem);
      const subjects = alternativeNames(new Uint8Array(certificate.raw));
      return { key: certificate.publicKey, ...canonicalPem('CERTIFICATE', certificate.raw), subjects };
    }
    if (pem.startsWith('-----BEGIN PUBLIC KEY-----')) {
      const key = createPublicKey(pem);
      return { key, ...canonicalPem('PUBLIC KEY', subjectPublicKeyInfo(key)), subjects: [] };
    }
  } catch {
    // Said below.
  }
  return refuseEntry('invalid public key: failure decoding PEM');
}

export function readBase64(text: string, what: string): Uint8Array {
  try {
    return decodeBase64(text);
  } catch {
    return refuseEntry(`failed parsing base64 data for ${what}: illegal base64 data`);
  }
}

function canonicalPem(label: string, bytes: Uint8Array): Pick<Verifier, 'canonical' | 'hash'> {
  const pem = utf8(encodePem(label, new Uint8Array(bytes)));
  return { canonical: encodeBase64(pem), hash: encodeHex(hashOf('sha256', pem)) };
}
