/** The digests of an artifact that verifying a bundle needs, so that a file is hashed once. */

import type { Bundle } from '../bundle/index.ts';
import { readCertificate } from '../certificate/index.ts';
import { type HashAlgorithm, isHash, isHashAlgorithm, type PublicKey, signingHashes } from '../crypto/index.ts';
import { parseJson } from '../encoding/index.ts';
import { attempt } from '../errors/index.ts';
import type { Policy } from '../policy/index.ts';
import { readStatement, statementPayloadType } from '../statement/index.ts';

/**
 * Returns the hash algorithms, SHA-256 among them. The algorithm names in a bundle are hints: a needless one costs a hash, a missing one
 * makes verification fail.
 *
 * @example
 * neededDigests(bundle, policy); // → ['sha256']
 */
export function neededDigests({ content, signer, logEntries }: Bundle, policy: Policy): readonly HashAlgorithm[] {
  const needed = new Set<HashAlgorithm>(['sha256']);
  const add = (algorithms: readonly HashAlgorithm[] = []): void => {
    for (const algorithm of algorithms) needed.add(algorithm);
  };
  if (content.kind === 'dsse-envelope') {
    const { payload, payloadType } = content;
    if (payloadType === statementPayloadType) add(attempt(() => statedDigests(payload)));
    return [...needed];
  }
  const key = policy.signer.kind === 'key' ? policy.signer.publicKey : attemptKey(signer);
  if (content.messageDigest !== undefined) add([content.messageDigest.algorithm]);
  if (key !== undefined && (content.messageDigest === undefined || key.kind === 'ed25519')) add(signingHashes(key));
  for (const { canonicalizedBody } of logEntries) add(attempt(() => loggedDigests(canonicalizedBody)));
  return [...needed];
}

/**
 * Reports whether the signature may be a pure Ed25519 signature, over the bytes of the artifact itself and not a digest.
 *
 * @example
 * needsBytes(bundle, policy); // → false
 */
export function needsBytes({ content, signer }: Bundle, policy: Policy): boolean {
  if (content.kind !== 'message-signature') return false;
  const key = policy.signer.kind === 'key' ? policy.signer.publicKey : attemptKey(signer);
  return key?.kind === 'ed25519';
}

function statedDigests(payload: Uint8Array): readonly HashAlgorithm[] {
  return readStatement(payload).subjects.flatMap(({ digests }) =>
    digests.filter(isHash).map(({ algorithm }) => algorithm),
  );
}

/** Returns the names of hashes anywhere in the body of a log entry. */
function loggedDigests(body: Uint8Array): readonly HashAlgorithm[] {
  const text = JSON.stringify(parseJson(body, { maxValues: 1000 }));
  return [...text.matchAll(/"algorithm":"(?:SHA2_|sha)(256|384|512)"/g)]
    .map(([, bits]) => `sha${bits}`)
    .filter(isHashAlgorithm);
}

function attemptKey(signer: Bundle['signer']): PublicKey | undefined {
  return signer.kind === 'certificate' ? attempt(() => readCertificate(signer.certificate).publicKey) : undefined;
}
