/**
 * Seeds each log with entries that belong to nobody. The proof of a first entry has default values of protocol buffers only, which
 * sigstore-python refuses to read, so no client may get it. Seeding continues where an interrupted start left it.
 */

import { encodeBase64, encodeHex, encodePem, utf8 } from '../src/core/encoding/index.ts';
import { generateSigningKey, hashOf } from './pki/index.ts';
import type { RekorService } from './rekor/index.ts';
import type { RekorV1Service } from './rekor-v1/index.ts';

/** Large enough for the two indices of an entry of Rekor v1 to differ. */
export const earlierShardSize = 7;

export function seed(rekor: RekorService, size: number): RekorService {
  while (rekor.log.size < size) rekor.add(seedRequest(rekor.log.size));
  return rekor;
}

/** Seeds an earlier shard, and the active one. */
export function seedV1(rekor: RekorV1Service): RekorV1Service {
  const { log } = rekor;
  while (log.shards.length === 1 && log.size < earlierShardSize) rekor.add(seedProposal(log.size));
  if (log.shards.length === 1) log.newShard();
  if (log.active.log.size === 0) rekor.add(seedProposal(log.size));
  return rekor;
}

function signDigest(number: number) {
  const message = utf8(`entry ${number} of a countersign sandbox`);
  const key = generateSigningKey('P-256');
  return { publicKey: key.publicKey, digest: hashOf('sha256', message), signature: encodeBase64(key.sign(message)) };
}

/** Returns a CreateEntryRequest of Rekor v2. */
export function seedRequest(number: number): Uint8Array {
  const { publicKey, digest, signature } = signDigest(number);
  const verifier = { publicKey: { rawBytes: encodeBase64(publicKey) }, keyDetails: 'PKIX_ECDSA_P256_SHA_256' };
  const rekord = { digest: encodeBase64(digest), signature: { content: signature, verifier } };
  return utf8(JSON.stringify({ hashedRekordRequestV002: rekord }));
}

/** Returns a ProposedEntry of Rekor v1. */
export function seedProposal(number: number): Uint8Array {
  const { publicKey, digest, signature } = signDigest(number);
  const pem = utf8(encodePem('PUBLIC KEY', publicKey));
  const spec = {
    data: { hash: { algorithm: 'sha256', value: encodeHex(digest) } },
    signature: { content: signature, publicKey: { content: encodeBase64(pem) } },
  };
  return utf8(JSON.stringify({ apiVersion: '0.0.1', kind: 'hashedrekord', spec }));
}
