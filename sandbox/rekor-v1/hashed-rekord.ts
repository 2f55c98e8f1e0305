/** `hashedrekord` 0.0.1 (rekor, pkg/types/hashedrekord/v0.0.1): a signature over a digest. */

import { decodeHex, encodeBase64, type JsonValue } from '../../src/core/encoding/index.ts';
import { refuseEntry } from '../http/index.ts';
import { type HashName, hashLengths } from '../pki/index.ts';
import { acceptedKeyDetails } from '../rekor/index.ts';
import { type CheckedSpec, readBase64, textAt } from './spec.ts';
import { readVerifier } from './verifier.ts';

/**
 * Checks a proposed `spec`.
 *
 * @throws Refusal 400
 */
export function checkHashedRekord(spec: JsonValue): CheckedSpec {
  const signatureText = textAt(spec, 'signature', 'content') ?? refuseEntry('missing signature');
  const keyText = textAt(spec, 'signature', 'publicKey', 'content') ?? refuseEntry('missing public key');
  const value = textAt(spec, 'data', 'hash', 'value') ?? refuseEntry('missing hash value');
  const algorithm = readAlgorithm(textAt(spec, 'data', 'hash', 'algorithm'));
  const signature = readBase64(signatureText, 'signature content');
  const { key, canonical, hash: keyHash, subjects } = readVerifier(keyText);
  const digest = readDigest(value, algorithm);
  const details = acceptedKeyDetails.find(({ matches, hash }) => hash === algorithm && matches(key));
  if (details === undefined) refuseEntry('entry algorithms are not allowed');
  if (!details.verifies(key, signature, digest)) refuseEntry('verifying signature: invalid signature');
  return {
    spec: {
      data: { hash: { algorithm, value } },
      signature: { content: encodeBase64(signature), publicKey: { content: canonical } },
    },
    keys: [keyHash, ...subjects, `${algorithm}:${value}`],
  };
}

function readAlgorithm(text: string | undefined): HashName {
  const known = (Object.keys(hashLengths) as HashName[]).find((name) => name === text);
  const names = 'data.hash.algorithm in body should be one of [sha256 sha384 sha512]';
  return known ?? refuseEntry(`validation failure list:\n${names}`);
}

function readDigest(text: string, algorithm: HashName): Uint8Array {
  if (text.length !== hashLengths[algorithm] * 2) refuseEntry('invalid value for hash');
  try {
    return decodeHex(text);
  } catch {
    return refuseEntry('encoding/hex: invalid byte');
  }
}
