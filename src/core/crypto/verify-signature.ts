/** Verifying signatures: with WebCrypto if the message is in memory, by other means if only its digest is known. */

import { equalBytes } from '../encoding/index.ts';
import { CountersignError } from '../errors/index.ts';
import { type Digest, digestLengths, type HashAlgorithm } from './digest.ts';
import { readEcdsaSignature } from './ecdsa-signature.ts';
import type { PublicKey } from './public-key.ts';
import { type RsaPadding, verifyRsaDigest } from './rsa.ts';

const curveNames = { 'ecdsa-p256': 'P-256', 'ecdsa-p384': 'P-384', 'ecdsa-p521': 'P-521' } as const;

const hashNames = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const satisfies Record<
  HashAlgorithm,
  string
>;

const rsaNames = { pkcs1: 'RSASSA-PKCS1-v1_5', pss: 'RSA-PSS' } as const satisfies Record<RsaPadding, string>;

/** The accepted paddings if nothing names one. */
const eitherPadding: readonly RsaPadding[] = ['pkcs1', 'pss'];

/**
 * Returns the hashes that a key may sign with, its own first (key details of Sigstore). sigstore-python long signed SHA-256 with keys on P-384.
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
 * Reports whether the key signed the message; `false` for a malformed signature. ECDSA signatures are DER (RFC 3279, section 2.2.3).
 * Ed25519 is pure and takes no hash.
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
  if (!latestValid.has(key) || message.length > maxRemembered)
    return verifyAnew(key, signature, message, hash, paddings);
  const latest = latestValid.get(key);
  const use = [hash, ...paddings].join(' ');
  if (latest?.use === use && equalBytes(latest.signature, signature) && equalBytes(latest.message, message))
    return true;
  // Copies, before anything is awaited: the caller may write into its own bytes.
  const copy = { use, signature: new Uint8Array(signature), message: new Uint8Array(message) };
  const isValid = await verifyAnew(key, copy.signature, copy.message, hash, paddings);
  if (isValid) latestValid.set(key, copy);
  return isValid;
}

/** A signature that was valid, with everything that it depends on besides the key. */
interface ValidSignature {
  /** The hash and the paddings. */
  readonly use: string;
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
}

/** The last valid signature of each key of which it is remembered. */
const latestValid = new WeakMap<PublicKey, ValidSignature | undefined>();

/** The length of messages up to which signatures are remembered. */
const maxRemembered = 16 * 1024;

/** Has {@link verifySignature} remember the last valid signature of a key, so that the same one, byte for byte, is not verified again. */
export function rememberSignaturesOf(key: PublicKey): void {
  if (!latestValid.has(key)) latestValid.set(key, undefined);
}

async function verifyAnew(
  key: PublicKey,
  signature: Uint8Array,
  message: Uint8Array,
  hash: HashAlgorithm,
  paddings: readonly RsaPadding[],
): Promise<boolean> {
  const { kind } = key;
  if (kind === 'rsa') return verifyRsa(key, signature, message, hash, paddings);
  if (kind === 'ed25519') {
    const imported = await importKey(key, 'Ed25519', 'raw', 'Ed25519');
    return crypto.subtle.verify('Ed25519', imported, plain(signature), plain(message));
  }
  const name = curveNames[kind];
  const imported = await importKey(key, name, 'raw', { name: 'ECDSA', namedCurve: name });
  const scalars = readEcdsaSignature(signature, kind);
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

/**
 * Reports whether the key signed a message of which only the digest is known: with ECDSA, RSA with either padding, or Ed25519ph, whose
 * digest is SHA-512.
 *
 * @throws CountersignError `KEY_UNSUPPORTED` for another digest of Ed25519, whose pure form signs the message itself
 */
export async function verifyDigestSignature(key: PublicKey, signature: Uint8Array, digest: Digest): Promise<boolean> {
  if (key.kind === 'rsa') return eitherPadding.some((padding) => verifyRsaDigest(key, signature, digest, padding));
  // Loaded only if needed: it takes longer to load than everything else together.
  const curves = await import('./verify-on-curve.ts');
  return key.kind === 'ed25519'
    ? curves.verifyEd25519ph(key, signature, digest)
    : curves.verifyEcdsa(key.kind, key.raw, signature, digest);
}

const importedKeys = new WeakMap<PublicKey, Map<string, Promise<CryptoKey>>>();

/** Returns a key as WebCrypto has it, for one use. Keys of a trusted root are imported once; a leaf's is faster to import without its wrapping. */
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
      throw new CountersignError('KEY_INVALID', 'the public key is not valid for its key type', { cause });
    });
    uses.set(use, imported);
  }
  return imported;
}

/** Returns the bytes in an ArrayBuffer, which WebCrypto's types want in place of a SharedArrayBuffer; copied only if necessary. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return isPlain(bytes) ? bytes : new Uint8Array(bytes);
}

function isPlain(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer;
}
