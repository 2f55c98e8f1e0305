/** Describes the policy of a verification, so that others can tell whether it was the same one. */

import { createHash } from 'node:crypto';
import { type Digest, formatDigest, toDigest } from '../../core/crypto/index.ts';
import { canonicalJson } from '../../core/encoding/index.ts';
import { optionName } from '../../options/index.ts';
import { type Resource, type ResourceUri, readResourceUri } from '../../sign/predicates/index.ts';
import type { VerifyPolicy, VerifyTrust } from '../policy/index.ts';

/**
 * Returns the policy: of a policy file alone, with the digest of the file; otherwise with the digest of the canonical JSON (RFC 8785) of
 * the options, in which a policy file or key is replaced by its digest, and `instances` names the instances of the trusted roots.
 *
 * @param uri of the policy; by default, it says which of the two digests it is
 */
export function policyResource({ source, signer }: VerifyPolicy, { roots }: VerifyTrust, uri?: ResourceUri): Resource {
  const { file, options } = source;
  const fileDigest = file === undefined ? undefined : sha256(file);
  if (fileDigest !== undefined && Object.keys(options).length === 0 && signer.kind !== 'key')
    return { uri: uri ?? policyUri('file'), digest: fileDigest };
  const canonical = canonicalJson({
    ...Object.fromEntries(Object.entries(options).map(([option, value]) => [optionName(option), value])),
    ...(fileDigest !== undefined && { policy: formatDigest(fileDigest) }),
    ...(signer.kind === 'key' && { key: formatDigest(sha256(signer.publicKey.spki)) }),
    instances: roots.map(({ instance }) => instance),
  });
  return { uri: uri ?? policyUri('options'), digest: sha256(canonical) };
}

function policyUri(kind: 'file' | 'options'): ResourceUri {
  return readResourceUri(`urn:countersign:policy-${kind}:v1`, 'policy-uri');
}

function sha256(content: string | Uint8Array): Digest {
  return toDigest('sha256', createHash('sha256').update(content).digest());
}
