/** Verifying signatures: WebCrypto over what is in memory, other means where only a digest is known. */

import { eddsa } from '@noble/curves/abstract/edwards.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, readSequence, utf8 } from '../encoding/index.ts';
import { CountersignError, fail } from '../errors/index.ts';
import { type Digest, digestLengths, type HashAlgorithm } from './digest.ts';
import type { PublicKey } from './public-key.ts';
import { type RsaPadding, verifyRsaDigest } from './rsa.ts';

const curves = {
  'ecdsa-p256': { name: 'P-256', scalarLength: 32, noble: p256 },
  'ecdsa-p384': { name: 'P-384', scalarLength: 48, noble: p384 },
  'ecdsa-p521': { name: 'P-521', scalarLength: 66, noble: p521 },
} as const;

const hashNames = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const satisfies Record<
  HashAlgorithm,
  string
>;

const rsaNames = { pkcs1: 'RSASSA-PKCS1-v1_5', pss: 'RSA-PSS' } as const satisfies Record<RsaPadding, string>;

/** Where nothing says which padding: a signature of either kind is the key's. */
const eitherPadding: readonly RsaPadding[] = ['pkcs1', 'pss'];

/**
 * The hashes that a key may sign with, its own first (key details of Sigstore). sigstore-python long signed SHA-256 with keys on P-384.
 * Pure Ed25519 has none; SHA-512 is that of Ed25519ph.
 */
export function signingHashes({ kind }: PublicKey): readonly [HashAlgorithm, ...HashAlgorithm[]] {
  switch (kind) {
    case 'ecdsa-p384':
      return ['sha384', 'sha256'];
    case 'ecdsa-p521':
      return ['sha512', 'sha256'];
    case 'ed25519':
      return ['sha512'];
    default:
      return ['sha256'];
  }
}

/**
 * Whether a signature over a message is the key's. ECDSA signatures are DER (RFC 3279, section 2.2.3); a signature that
 * is not well-formed is simply not the key's. Ed25519 is pure and takes no hash.
 *
 * @param paddings of an RSA signature; either by default
 * @throws CountersignError `KEY_INVALID` if the key is not a point of its curve
 */
export async function verifySignature(
  key: PublicKey,
  signature: Uint8Array,
  message: Uint8Array,
  hash: HashAlgorithm,
  paddings: readonly RsaPadding[] = eitherPadding,
): Promise<boolean> {
  const { kind } = key;
  if (kind === 'rsa') return verifyRsa(key, signature, message, hash, paddings);
  if (kind === 'ed25519') {
    const imported = await importKey(key, 'Ed25519', 'raw', 'Ed25519');
    return crypto.subtle.verify('Ed25519', imported, plain(signature), plain(message));
  }
  const { name, scalarLength } = curves[kind];
  const imported = await importKey(key, name, 'raw', { name: 'ECDSA', namedCurve: name });
  const scalars = readEcdsaSignature(signature, scalarLength);
  if (scalars === undefined) return false;
  return crypto.subtle.verify({ name: 'ECDSA', hash: hashNames[hash] }, imported, scalars, plain(message));
}

async function verifyRsa(
  key: PublicKey,
  signature: Uint8Array,
  message: Uint8Array,
  hash: HashAlgorithm,
  paddings: readonly RsaPadding[],
): Promise<boolean> {
  for (const padding of paddings) {
    const name = rsaNames[padding];
    const imported = await importKey(key, `${name} ${hash}`, 'spki', { name, hash: hashNames[hash] });
    const algorithm = { name, saltLength: digestLengths[hash] };
    if (await crypto.subtle.verify(algorithm, imported, plain(signature), plain(message))) return true;
  }
  return false;
}

/** Ed25519ph (RFC 8032, section 5.1) of a message already hashed: the prefix with its flag set, and no hash. */
const ed25519OfDigest = eddsa(ed25519.Point, sha512, {
  domain: (data: Uint8Array) => concatBytes(utf8('SigEd25519 no Ed25519 collisions'), new Uint8Array([1, 0]), data),
});

/**
 * Whether a signature over a message of which only the digest is known is the key's: ECDSA, RSA with either padding, or Ed25519ph,
 * whose digest is SHA-512.
 *
 * @throws CountersignError `KEY_UNSUPPORTED` for another digest of Ed25519, whose pure form signs the message itself
 */
export function verifyDigestSignature(key: PublicKey, signature: Uint8Array, digest: Digest): boolean {
  if (key.kind === 'rsa') return eitherPadding.some((padding) => verifyRsaDigest(key, signature, digest, padding));
  if (key.kind === 'ed25519') {
    if (digest.algorithm !== 'sha512') {
      fail('KEY_UNSUPPORTED', `an Ed25519 signature cannot be verified by a ${digest.algorithm} digest`, {
        remedy: 'Give the artifact itself, or its SHA-512 digest.',
      });
    }
    return accepted(() => ed25519OfDigest.verify(signature, digest.bytes, key.raw, { zip215: false }));
  }
  const { noble, scalarLength } = curves[key.kind];
  const scalars = readEcdsaSignature(signature, scalarLength);
  if (scalars === undefined) return false;
  return accepted(() =>
    noble.verify(scalars, digest.bytes, key.raw, { prehash: false, lowS: false, format: 'compact' }),
  );
}

/** Scalars out of range and points off the curve make the library throw: not a signature of this key. */
function accepted(verify: () => boolean): boolean {
  try {
    return verify();
  } catch {
    return false;
  }
}

const importedKeys = new WeakMap<PublicKey, Map<string, Promise<CryptoKey>>>();

/** A key as WebCrypto has it, for one use. Keys of a trusted root are imported once; a leaf's is faster to import without its wrapping. */
function importKey(
  key: PublicKey,
  use: string,
  form: 'raw' | 'spki',
  algorithm: string | EcKeyImportParams | RsaHashedImportParams,
): Promise<CryptoKey> {
  const uses = importedKeys.get(key) ?? new Map<string, Promise<CryptoKey>>();
  importedKeys.set(key, uses);
  let imported = uses.get(use);
  if (imported === undefined) {
    imported = crypto.subtle.importKey(form, plain(key[form]), algorithm, false, ['verify']).catch((cause: unknown) => {
      throw new CountersignError('KEY_INVALID', 'a public key that is not one of its kind', { cause });
    });
    uses.set(use, imported);
  }
  return imported;
}

/** r ‖ s of fixed width, as WebCrypto takes it, from the DER form; `undefined` if it is not strictly DER. */
function readEcdsaSignature(signature: Uint8Array, scalarLength: number): Uint8Array<ArrayBuffer> | undefined {
  try {
    return readSequence(signature, (der) => {
      const scalars = [der.integerBytes(), der.integerBytes()].map((scalar) => {
        const digits = scalar[0] === 0 ? scalar.subarray(1) : scalar;
        if ((scalar[0] ?? 0x80) >= 0x80 || digits.length > scalarLength) fail('DER_INVALID', 'a scalar out of range');
        return concatBytes(new Uint8Array(scalarLength - digits.length), digits);
      });
      return concatBytes(...scalars);
    });
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}

/** WebCrypto's types want an ArrayBuffer, not a SharedArrayBuffer: copied, for what we hold is a view. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
