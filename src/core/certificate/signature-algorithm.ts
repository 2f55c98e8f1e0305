/** AlgorithmIdentifiers of signatures (RFC 5758, section 3.2; RFC 8410, section 3). */

import { type HashAlgorithm, type PublicKey, type PublicKeyKind, verifySignature } from '../crypto/index.ts';
import { readSequence } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';

export type SignatureAlgorithm =
  | { readonly kind: 'ecdsa'; readonly hash: HashAlgorithm }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'unsupported'; readonly oid: string };

const algorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ['1.2.840.10045.4.3.2', { kind: 'ecdsa', hash: 'sha256' }],
  ['1.2.840.10045.4.3.3', { kind: 'ecdsa', hash: 'sha384' }],
  ['1.2.840.10045.4.3.4', { kind: 'ecdsa', hash: 'sha512' }],
  ['1.3.101.112', { kind: 'ed25519' }],
]);

/** Reads the DER of an AlgorithmIdentifier. One that we cannot verify with is named, and never verifies. */
export function readSignatureAlgorithm(der: Uint8Array): SignatureAlgorithm {
  return readSequence(der, (reader) => {
    const oid = reader.oid();
    const algorithm = algorithms.get(oid);
    // The parameters of all four must be absent.
    if (algorithm !== undefined) reader.end();
    while (!reader.done) reader.any();
    return algorithm ?? { kind: 'unsupported', oid };
  });
}

/** Whether the key made this signature with this algorithm. A key of another kind than the algorithm's never did. */
export async function verifyWithAlgorithm(
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  if (algorithm.kind === 'unsupported') fail('KEY_UNSUPPORTED', `a signature with the algorithm ${algorithm.oid}`);
  if (algorithm.kind !== keyFamily(key.kind)) return false;
  return verifySignature(key, signature, message, algorithm.kind === 'ecdsa' ? algorithm.hash : 'sha256');
}

function keyFamily(kind: PublicKeyKind): 'ecdsa' | 'ed25519' {
  return kind === 'ed25519' ? 'ed25519' : 'ecdsa';
}
