/** The keys that Fulcio certifies (sigstore, pkg/cryptoutils and pkg/signature), and the proof that the asker holds one. */

import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** The hash that goes with each curve, and with RSA; Ed25519 has none to choose. */
const curveHashes: Readonly<Record<string, string>> = {
  prime256v1: 'sha256',
  secp384r1: 'sha384',
  secp521r1: 'sha512',
};

/** Curves that Go can read; the sandbox's Node reads many more. */
const readableCurves = [...Object.keys(curveHashes), 'secp224r1'];
const readableKinds = ['rsa', 'ec', 'ed25519', 'x25519', 'dsa'];

/**
 * Reads a SubjectPublicKeyInfo, or an RSAPublicKey, in PEM; `undefined` if it is none or of a kind that Go does not know.
 * Fulcio reads DER too, but no DER can be sent as a text of JSON.
 */
export function readPublicKey(pem: string): KeyObject | undefined {
  const [, label = ''] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem) ?? [];
  // createPublicKey would take the public half of a private key, and that of a certificate.
  if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') return undefined;
  try {
    const key = createPublicKey(pem);
    return isReadable(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Whether Go reads keys of this kind, if only to refuse them. */
export function isReadable({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return readableCurves.includes(asymmetricKeyDetails?.namedCurve ?? '');
  return readableKinds.includes(asymmetricKeyType ?? '');
}

/** Whether Fulcio certifies keys of this kind: P-256, P-384, P-521, Ed25519, RSA of 2048, 3072 and 4096 bits. */
export function isAcceptable(key: KeyObject): boolean {
  const { namedCurve = '', modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec') return Object.hasOwn(curveHashes, namedCurve);
  if (key.asymmetricKeyType !== 'rsa') return key.asymmetricKeyType === 'ed25519';
  return [2048, 3072, 4096].includes(Math.ceil(modulusLength / 8) * 8);
}

/** The hash that goes with a key; `null` for Ed25519, which hashes by itself. */
export function hashOfKey(key: KeyObject): string | null {
  if (key.asymmetricKeyType === 'ed25519') return null;
  return curveHashes[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'sha256';
}

/** Whether this is the key's signature over the challenge, with the hash that goes with the key. */
export function provesPossession(key: KeyObject, challenge: Uint8Array, signature: Uint8Array): boolean {
  return verify(hashOfKey(key), challenge, key, signature);
}
