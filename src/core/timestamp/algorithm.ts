/** The AlgorithmIdentifiers of RFC 3161 and CMS that name a hash (RFC 5754, section 2) or a signature over one. */

import type { HashAlgorithm } from '../crypto/index.ts';
import { type DerReader, der, tags } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import { hashOids } from './oids.ts';

/** Reads a hash's AlgorithmIdentifier; the parameters are absent or NULL. */
export function readHashAlgorithm(reader: DerReader): HashAlgorithm {
  const algorithm = reader.sequence();
  const oid = algorithm.oid();
  if (algorithm.nextTag === tags.null) algorithm.null();
  algorithm.end();
  for (const [name, known] of Object.entries(hashOids) as [HashAlgorithm, string][]) if (known === oid) return name;
  return fail('TIMESTAMP_INVALID', `the hash algorithm ${oid} is not SHA-256, SHA-384 or SHA-512`);
}

export function encodeHashAlgorithm(algorithm: HashAlgorithm): Uint8Array {
  return der.sequence(der.oid(hashOids[algorithm]));
}
