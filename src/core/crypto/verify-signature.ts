/** Verifying signatures: WebCrypto over what is in memory, @noble/curves where only a digest is known. */

import { p256, p384, p521 } from '@noble/curves/nist.js';
import { concatBytes, readSequence } from '../encoding/index.ts';
import { CountersignError, fail } from '../errors/index.ts';
import type { Digest, HashAlgorithm } from './digest.ts';
import type { PublicKey } from './public-key.ts';

const curves = {
  'ecdsa-p256': { name: 'P-256', scalarLength: 32, noble: p256 },
  'ecdsa-p384': { name: 'P-384', scalarLength: 48, noble: p384 },
  'ecdsa-p521': { name: 'P-521', scalarLength: 66, noble: p521 },
} as const;

const hashNames = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const satisfies Record<
  HashAlgorithm,
  string
>;

/** The hash that goes with a key where nothing else says: that of the key details of Sigstore. Pure Ed25519 has none of its own. */
export function signingHash({ kind }: PublicKey): HashAlgorithm {
  return kind === 'ecdsa-p384' ? 'sha384' : kind === 'ecdsa-p521' ? 'sha512' : 'sha256';
}

/**
 * Whether a signature over a message is the key's. ECDSA signatures are DER (RFC 3279, section 2.2.3); a signature that
 * is not well-formed is simply not the key's. Ed25519 is pure and takes no hash.
 *
 * @throws CountersignError `KEY_INVALID` if the key is not a point of its curve
 */
export async function verifySignature(
  key: PublicKey,
  signature: Uint8Array,
  message: Uint8Array,
  hash: HashAlgorithm,
): Promise<boolean> {
  const imported = await importKey(key);
  if (key.kind === 'ed25519') return crypto.subtle.verify('Ed25519', imported, plain(signature), plain(message));
  const scalars = readEcdsaSignature(signature, curves[key.kind].scalarLength);
  if (scalars === undefined) return false;
  return crypto.subtle.verify({ name: 'ECDSA', hash: hashNames[hash] }, imported, scalars, plain(message));
}

/**
 * Whether a signature over a message of which only the digest is known is the key's.
 *
 * @throws CountersignError `KEY_UNSUPPORTED` for Ed25519, which signs the message itself
 */
export function verifyDigestSignature(key: PublicKey, signature: Uint8Array, digest: Digest): boolean {
  if (key.kind === 'ed25519') {
    fail('KEY_UNSUPPORTED', 'a pure Ed25519 signature cannot be verified by digest', {
      remedy: 'Give the artifact itself, not its digest.',
    });
  }
  const { noble, scalarLength } = curves[key.kind];
  const scalars = readEcdsaSignature(signature, scalarLength);
  if (scalars === undefined) return false;
  try {
    return noble.verify(scalars, digest.bytes, key.raw, { prehash: false, lowS: false, format: 'compact' });
  } catch {
    // Scalars out of range and points off the curve: not a signature of this key.
    return false;
  }
}

const importedKeys = new WeakMap<PublicKey, Promise<CryptoKey>>();

function importKey(key: PublicKey): Promise<CryptoKey> {
  let imported = importedKeys.get(key);
  if (imported === undefined) {
    const algorithm = key.kind === 'ed25519' ? 'Ed25519' : { name: 'ECDSA', namedCurve: curves[key.kind].name };
    imported = crypto.subtle
      .importKey('spki', plain(key.spki), algorithm, false, ['verify'])
      .catch((cause: unknown) => {
        throw new CountersignError('KEY_INVALID', 'a public key that is not a point of its curve', { cause });
      });
    importedKeys.set(key, imported);
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
