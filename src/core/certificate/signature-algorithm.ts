/** AlgorithmIdentifiers of signatures (RFC 5758, section 3.2; RFC 8410, section 3; RFC 4055, sections 3 and 5). */

import {
  digestLengths,
  type HashAlgorithm,
  type PublicKey,
  type PublicKeyKind,
  type RsaPadding,
  verifySignature,
} from '../crypto/index.ts';
import { contextTag, type DerReader, readDer, readSequence, tags } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';

export type SignatureAlgorithm =
  | { readonly kind: 'ecdsa'; readonly hash: HashAlgorithm }
  /** Without a hash: `rsaEncryption`, which CMS writes where the hash is named beside it (RFC 3370, section 3.2). */
  | { readonly kind: 'rsa'; readonly padding: RsaPadding; readonly hash: HashAlgorithm | undefined }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'unsupported'; readonly oid: string };

const algorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  ['1.2.840.10045.4.3.2', { kind: 'ecdsa', hash: 'sha256' }],
  ['1.2.840.10045.4.3.3', { kind: 'ecdsa', hash: 'sha384' }],
  ['1.2.840.10045.4.3.4', { kind: 'ecdsa', hash: 'sha512' }],
  ['1.2.840.113549.1.1.1', { kind: 'rsa', padding: 'pkcs1', hash: undefined }],
  ['1.2.840.113549.1.1.11', { kind: 'rsa', padding: 'pkcs1', hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { kind: 'rsa', padding: 'pkcs1', hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { kind: 'rsa', padding: 'pkcs1', hash: 'sha512' }],
  ['1.3.101.112', { kind: 'ed25519' }],
]);

const rsaPss = '1.2.840.113549.1.1.10';
const mgf1 = '1.2.840.113549.1.1.8';
const hashes: ReadonlyMap<string, HashAlgorithm> = new Map<string, HashAlgorithm>([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/** Reads the DER of an AlgorithmIdentifier. An unsupported algorithm is read by its name, and never verifies. */
export function readSignatureAlgorithm(der: Uint8Array): SignatureAlgorithm {
  return readSequence(der, (reader) => {
    const oid = reader.oid();
    if (oid === rsaPss) return readPss(reader) ?? unsupported(oid);
    const algorithm = algorithms.get(oid);
    // Parameters must be absent, and of RSA NULL or absent (RFC 4055, section 5).
    if (algorithm?.kind === 'rsa' && reader.nextTag === tags.null) reader.null();
    if (algorithm !== undefined) reader.end();
    while (!reader.done) reader.any();
    return algorithm ?? unsupported(oid);
  });
}

function unsupported(oid: string): SignatureAlgorithm {
  return { kind: 'unsupported', oid };
}

/** Reads RSASSA-PSS-params: one hash throughout, and a salt of its length. Others, and the default SHA-1, are unsupported. */
function readPss(algorithm: DerReader): SignatureAlgorithm | undefined {
  if (algorithm.done) return undefined;
  const parameters = algorithm.sequence();
  const explicit = <T>(number: number, read: (reader: DerReader) => T): T | undefined => {
    const element = parameters.optional(contextTag(number, 'constructed'));
    return element === undefined ? undefined : readDer(element.contents, read);
  };
  const hash = explicit(0, readHash);
  const mask = explicit(1, (reader) => {
    const generator = reader.sequence();
    const oid = generator.oid();
    const ofHash = readHash(generator);
    generator.end();
    return oid === mgf1 ? ofHash : undefined;
  });
  const saltLength = explicit(2, (reader) => reader.unsigned());
  const trailer = explicit(3, (reader) => reader.unsigned());
  parameters.end();
  if (hash === undefined || mask !== hash || saltLength !== BigInt(digestLengths[hash])) return undefined;
  if (trailer !== undefined && trailer !== 1n) return undefined;
  return { kind: 'rsa', padding: 'pss', hash };
}

function readHash(reader: DerReader): HashAlgorithm | undefined {
  const algorithm = reader.sequence();
  const oid = algorithm.oid();
  if (algorithm.nextTag === tags.null) algorithm.null();
  algorithm.end();
  return hashes.get(oid);
}

/**
 * Reports whether the key made this signature with this algorithm; `false` for a key of another kind than the algorithm's.
 *
 * @param hash the one that goes with an algorithm that names none
 */
export async function verifyWithAlgorithm(
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  signature: Uint8Array,
  message: Uint8Array,
  hash?: HashAlgorithm,
): Promise<boolean> {
  if (algorithm.kind === 'unsupported')
    fail('KEY_UNSUPPORTED', `the signature algorithm ${algorithm.oid} is not supported`);
  if (algorithm.kind !== keyFamily(key.kind)) return false;
  if (algorithm.kind === 'ed25519') return verifySignature(key, signature, message, 'sha512');
  const used = algorithm.hash ?? hash ?? fail('KEY_UNSUPPORTED', 'the signature algorithm does not specify a hash');
  const paddings = algorithm.kind === 'rsa' ? [algorithm.padding] : undefined;
  return verifySignature(key, signature, message, used, paddings);
}

function keyFamily(kind: PublicKeyKind): 'ecdsa' | 'ed25519' | 'rsa' {
  return kind === 'ed25519' || kind === 'rsa' ? kind : 'ecdsa';
}
