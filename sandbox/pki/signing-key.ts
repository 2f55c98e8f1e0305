/** Signing keys, by node:crypto: not by the library that Countersign signs with, so that the same mistake is not made twice. */

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { der, readSequence, utf8 } from '../../src/core/encoding/index.ts';
import { keep, type Storage } from '../storage/index.ts';

export type HashName = 'sha256' | 'sha384' | 'sha512';
export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'Ed25519';

export interface SigningKey {
  readonly kind: KeyKind;
  /** SubjectPublicKeyInfo, DER (RFC 5280, section 4.1.2.7). */
  readonly publicKey: Uint8Array;
  /** SHA-1 of the key's bits (RFC 5280, section 4.2.1.2, method 1). */
  readonly keyIdentifier: Uint8Array;
  /** The hash that belongs to the curve; a signature may use another. */
  readonly defaultHash: HashName;
  /** Signs with ECDSA, encoded as DER (RFC 3279, section 2.2.3), or with pure Ed25519, which takes no hash. */
  sign(message: Uint8Array, hash?: HashName): Uint8Array;
}

const defaultHashes = {
  'P-256': 'sha256',
  'P-384': 'sha384',
  'P-521': 'sha512',
  Ed25519: 'sha512',
} as const satisfies Record<KeyKind, HashName>;

/** In bytes. */
export const hashLengths = { sha256: 32, sha384: 48, sha512: 64 } as const satisfies Record<HashName, number>;

const ecdsaWith = {
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
} as const satisfies Record<HashName, string>;

/** Generates a key. Its private half never leaves the closure. */
export function generateSigningKey(kind: KeyKind): SigningKey {
  return signingKey(kind, generatePrivateKey(kind));
}

/** Returns the key stored as `<name>.key` (PKCS #8, PEM), which is generated if there is none. */
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

/** Returns the AlgorithmIdentifier of a key's signatures (RFC 5758, section 3.2; RFC 8410, section 3), without parameters. */
export function signatureAlgorithm(key: SigningKey, hash: HashName = key.defaultHash): Uint8Array {
  return der.sequence(der.oid(key.kind === 'Ed25519' ? '1.3.101.112' : ecdsaWith[hash]));
}

export function subjectPublicKeyInfo(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }));
}

export function keyIdentifierOf(publicKey: Uint8Array): Uint8Array {
  return hashOf('sha1', keyBits(publicKey));
}

/** Returns the bits of a SubjectPublicKeyInfo, DER: of an Ed25519 key, its 32 bytes. */
export function keyBits(publicKey: Uint8Array): Uint8Array {
  return readSequence(publicKey, (info) => {
    info.sequence();
    return info.bitString();
  });
}

export function hashOf(hash: HashName | 'sha1', ...parts: readonly Uint8Array[]): Uint8Array {
  const running = createHash(hash);
  for (const part of parts) running.update(part);
  return new Uint8Array(running.digest());
}
