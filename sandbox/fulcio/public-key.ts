/** The keys that Fulcio certifies (sigstore, pkg/cryptoutils and pkg/signature), and the proof of possession. */

import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** The hash that belongs to each curve. */
const curveHashes: Readonly<Record<string, string>> = {
  prime256v1: 'sha256',
  secp384r1: 'sha384',
  secp521r1: 'sha512',
};

/** The curves and kinds that Go can read. Node reads many more. */
const readableCurves = [...Object.keys(curveHashes), 'secp224r1'];
const readableKinds = ['rsa', 'ec', 'ed25519', 'x25519', 'dsa'];

/**
 * Reads a SubjectPublicKeyInfo or an RSAPublicKey in PEM; `undefined` if it is malformed or of a kind that Go does not know. Fulcio
 * reads DER too, but the text of a JSON string cannot be DER.
 */
export function readPublicKey(pem: string): KeyObject | undefined {
  const [, label = ''] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem) ?? [];
  // createPublicKey would also read private keys and certificates.
  if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') return undefined;
  try {
    const key = createPublicKey(pem);
    return isReadable(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Reports whether Go reads keys of this kind, if only to refuse them. */
export function isReadable({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return readableCurves.includes(asymmetricKeyDetails?.namedCurve ?? '');
  return readableKinds.includes(asymmetricKeyType ?? '');
}

/** Reports whether Fulcio certifies keys of this kind: P-256, P-384, P-521, Ed25519, or RSA of 2048, 3072 or 4096 bits. */
export function isAcceptable(key: KeyObject): boolean {
  const { namedCurve = '', modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec') return Object.hasOwn(curveHashes, namedCurve);
  if (key.asymmetricKeyType !== 'rsa') return key.asymmetricKeyType === 'ed25519';
  return [2048, 3072, 4096].includes(Math.ceil(modulusLength / 8) * 8);
}

/** Returns the hash that belongs to a key; `null` for Ed25519, which takes none. */
export function hashOfKey(key: KeyObject): string | null {
  if (key.asymmetricKeyType === 'ed25519') return null;
  return curveHashes[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'sha256';
}

/** Reports whether this is the key's signature over the challenge. */
export function provesPossession(key: KeyObject, challenge: Uint8Array, signature: Uint8Array): boolean {
  return verify(hashOfKey(key), challenge, key, signature);
}
