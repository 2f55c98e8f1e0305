/** The keys that Fulcio certifies, and the proof that the asker holds one. */

import { createPublicKey, type KeyObject, verify } from 'node:crypto';

const curveHashes: Readonly<Record<string, string>> = {
  prime256v1: 'sha256',
  secp384r1: 'sha384',
  secp521r1: 'sha512',
};

/** Reads a SubjectPublicKeyInfo, PEM or the base64 of DER; `undefined` if it is neither. */
export function readPublicKey(content: string): KeyObject | undefined {
  try {
    if (content.startsWith('-----BEGIN PUBLIC KEY-----')) return createPublicKey(content);
    return createPublicKey({ key: Buffer.from(content, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

/** Whether Fulcio certifies keys of this kind: P-256, P-384, P-521, Ed25519, RSA of 2048 to 4096 bits. */
export function isAcceptable(key: KeyObject): boolean {
  const { namedCurve = '', modulusLength = 0, publicExponent } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec') return Object.hasOwn(curveHashes, namedCurve);
  if (key.asymmetricKeyType !== 'rsa') return key.asymmetricKeyType === 'ed25519';
  return modulusLength >= 2048 && modulusLength <= 4096 && modulusLength % 8 === 0 && publicExponent === 65537n;
}

/** Whether this is the key's signature over the challenge, with the hash that goes with the key. */
export function provesPossession(key: KeyObject, challenge: Uint8Array, signature: Uint8Array): boolean {
  const hash =
    key.asymmetricKeyType === 'ed25519' ? null : (curveHashes[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'sha256');
  return verify(hash, challenge, key, signature);
}
