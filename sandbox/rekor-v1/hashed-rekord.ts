/** `hashedrekord` 0.0.1 (rekor, pkg/types/hashedrekord/v0.0.1): a signature over a digest. */

import { decodeHex, encodeBase64, type JsonValue } from '../../src/core/encoding/index.ts';
import { refuseEntry } from '../http/index.ts';
import type { HashName } from '../pki/index.ts';
import { acceptedKeyDetails } from '../rekor/index.ts';
import { textAt } from './member.ts';
import type { CheckedSpec } from './proposed-entry.ts';
import { readBase64, readVerifier } from './verifier.ts';

const digestLengths = { sha256: 32, sha384: 48, sha512: 64 } as const satisfies Record<HashName, number>;

/**
 * Checks what is proposed, and gives the `spec` that is stored, with the keys that it is found by.
 *
 * @throws Refusal 400
 */
export function checkHashedRekord(spec: JsonValue): CheckedSpec {
  const signatureText = textAt(spec, 'signature', 'content') ?? refuseEntry('missing signature');
  const keyText = textAt(spec, 'signature', 'publicKey', 'content') ?? refuseEntry('missing public key');
  const value = textAt(spec, 'data', 'hash', 'value') ?? refuseEntry('missing hash value');
  const algorithm = readAlgorithm(textAt(spec, 'data', 'hash', 'algorithm'));
  const signature = readBase64(signatureText, 'signature content');
  const verifier = readVerifier(keyText);
  const { key, canonical } = verifier;
  const digest = readDigest(value, algorithm);
  const details = acceptedKeyDetails.find(({ matches, hash }) => hash === algorithm && matches(key));
  if (details === undefined) refuseEntry('entry algorithms are not allowed');
  if (!details.verifies(key, signature, digest)) refuseEntry('verifying signature: invalid signature');
  return {
    spec: {
      data: { hash: { algorithm, value } },
      signature: { content: encodeBase64(signature), publicKey: { content: canonical } },
    },
    keys: [verifier.hash, ...verifier.subjects, `${algorithm}:${value}`],
  };
}

function readAlgorithm(text: string | undefined): HashName {
  const known = (Object.keys(digestLengths) as HashName[]).find((name) => name === text);
  return (
    known ??
    refuseEntry('validation failure list:\ndata.hash.algorithm in body should be one of [sha256 sha384 sha512]')
  );
}

function readDigest(text: string, algorithm: HashName): Uint8Array {
  if (text.length !== digestLengths[algorithm] * 2) refuseEntry('invalid value for hash');
  try {
    return decodeHex(text);
  } catch {
    return refuseEntry('encoding/hex: invalid byte');
  }
}
