/** Signing keys, by node:crypto: deliberately not the library that Countersign signs with. */

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { der, readSequence, utf8 } from '../../src/core/encoding/index.ts';
import { keep, type Storage } from '../storage/index.ts';

export type HashName = 'sha256' | 'sha384' | 'sha512';
export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'Ed25519';

export interface SigningKey {
  readonly kind: KeyKind;
  /** SubjectPublicKeyInfo, DER (RFC 5280, section 4.1.2.7). */
  readonly publicKey: Uint8Array;
  /** SHA-1 of the key's bits: the subject key identifier of RFC 5280, section 4.2.1.2, method 1. */
  readonly keyIdentifier: Uint8Array;
  /** The hash that goes with the curve; a signature may name another. */
  readonly defaultHash: HashName;
  /** ECDSA in DER (RFC 3279, section 2.2.3), or pure Ed25519, which takes no hash. */
  sign(message: Uint8Array, hash?: HashName): Uint8Array;
}

const defaultHashes = {
  'P-256': 'sha256',
  'P-384': 'sha384',
  'P-521': 'sha512',
  Ed25519: 'sha512',
} as const satisfies Record<KeyKind, HashName>;

const ecdsaWith = {
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
} as const satisfies Record<HashName, string>;

/** Makes a key. Its private half never leaves the closure. */
export function generateSigningKey(kind: KeyKind): SigningKey {
  return signingKey(kind, generatePrivateKey(kind));
}

/** The key that is kept under a name, as `<name>.key` (PKCS #8, PEM), made if there is none. */
export function keptSigningKey(storage: Storage, name: string, kind: KeyKind): SigningKey {
  let made: KeyObject | undefined;
  const pem = keep(storage, `${name}.key`, () => {
    made = generatePrivateKey(kind);
    return utf8(String(made.export({ type: 'pkcs8', format: 'pem' })));
  });
  return signingKey(kind, made ?? createPrivateKey(Buffer.from(pem)));
}

function generatePrivateKey(kind: KeyKind): KeyObject {
  const { privateKey } =
    kind === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: kind });
  return privateKey;
}

function signingKey(kind: KeyKind, privateKey: KeyObject): SigningKey {
  const spki = subjectPublicKeyInfo(createPublicKey(privateKey));
  const defaultHash = defaultHashes[kind];
  return {
    kind,
    publicKey: spki,
    keyIdentifier: keyIdentifierOf(spki),
    defaultHash,
    sign: (message, hash = defaultHash) => new Uint8Array(sign(kind === 'Ed25519' ? null : hash, message, privateKey)),
  };
}

/** The AlgorithmIdentifier of what a key signs with (RFC 5758, section 3.2; RFC 8410, section 3): parameters absent. */
export function signatureAlgorithm(key: SigningKey, hash: HashName = key.defaultHash): Uint8Array {
  return der.sequence(der.oid(key.kind === 'Ed25519' ? '1.3.101.112' : ecdsaWith[hash]));
}

export function subjectPublicKeyInfo(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }));
}

export function keyIdentifierOf(publicKey: Uint8Array): Uint8Array {
  const bits = readSequence(publicKey, (key) => {
    key.sequence();
    return key.bitString();
  });
  return hashOf('sha1', bits);
}

export function hashOf(hash: HashName | 'sha1', ...parts: readonly Uint8Array[]): Uint8Array {
  const running = createHash(hash);
  for (const part of parts) running.update(part);
  return new Uint8Array(running.digest());
}
