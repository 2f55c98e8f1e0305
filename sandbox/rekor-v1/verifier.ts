/** The key or certificate of an entry, as PEM (rekor, pkg/pki/x509). */

import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { encodeBase64, encodeHex, encodePem, utf8 } from '../../src/core/encoding/index.ts';
import { refuseEntry } from '../http/index.ts';
import { alternativeNames, hashOf, subjectPublicKeyInfo } from '../pki/index.ts';
import { readBase64 } from './spec.ts';

export interface Verifier {
  readonly key: KeyObject;
  /** The base64 of its canonical PEM, which the log stores in place of the one that was sent. */
  readonly canonical: string;
  /** SHA-256 of that PEM, in hexadecimal. */
  readonly hash: string;
  /** The names in the certificate, if it is one. */
  readonly subjects: readonly string[];
}

/** @throws Refusal 400 */
export function readVerifier(base64: string): Verifier {
  const pem = Buffer.from(readBase64(base64, 'public key content')).toString('latin1').trim();
  try {
    if (pem.startsWith('-----BEGIN CERTIFICATE-----')) {
      const { publicKey, raw } = new X509Certificate(pem);
      return verifier(publicKey, encodePem('CERTIFICATE', new Uint8Array(raw)), alternativeNames(new Uint8Array(raw)));
    }
    if (pem.startsWith('-----BEGIN PUBLIC KEY-----')) {
      const key = createPublicKey(pem);
      return verifier(key, encodePem('PUBLIC KEY', subjectPublicKeyInfo(key)), []);
    }
  } catch {
    // Refused below.
  }
  return refuseEntry('invalid public key: failure decoding PEM');
}

function verifier(key: KeyObject, pem: string, subjects: readonly string[]): Verifier {
  return { key, canonical: encodeBase64(utf8(pem)), hash: encodeHex(hashOf('sha256', utf8(pem))), subjects };
}
