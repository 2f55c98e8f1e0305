import { describe, expect, test } from '@jest/globals';
import { readBundle } from '../../../src/core/bundle/index.ts';
import { readCertificate } from '../../../src/core/certificate/index.ts';
import { digest, parseDigest, toDigest } from '../../../src/core/crypto/index.ts';
import {
  hashAlgorithmNames,
  hashedRekordBody,
  keyDetailsName,
  leafHash,
  readCheckpoint,
  verifyInclusion,
} from '../../../src/core/log/index.ts';
import { fixture, messageBundles } from '../bundle/vectors.ts';
import { expectFailure } from '../errors/failure.ts';

const artifact = parseDigest('sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf');

describe.each(messageBundles)('the entry of %s', (name) => {
  const bundle = readBundle(fixture(`vectors/${name}.json`));
  const [entry] = bundle.logEntries;
  if (entry === undefined) throw new Error('the vector has an entry');
  const made = {
    digest: artifact,
    signature: bundle.content.signature,
    certificate: bundle.certificate,
    keyKind: readCertificate(bundle.certificate).publicKey.kind,
  };

  test('made again is the real one, to the byte', () => {
    expect(new TextDecoder().decode(hashedRekordBody(made))).toBe(new TextDecoder().decode(entry.canonicalizedBody));
  });

  test('is in the tree', () => {
    const { logIndex, hashes, checkpoint } = entry.inclusionProof;
    const { size, rootHash } = readCheckpoint(checkpoint);
    expect(
      verifyInclusion(leafHash(hashedRekordBody(made)), { index: logIndex, size, hashes }, rootHash),
    ).toBeUndefined();
    const other = hashedRekordBody({ ...made, signature: made.signature.with(9, 0) });
    expectFailure(
      () => verifyInclusion(leafHash(other), { index: logIndex, size, hashes }, rootHash),
      'INCLUSION_PROOF_INVALID',
      /another root/,
    );
  });

  test.each([
    ['artifact', { digest: digest('sha256', new Uint8Array()) }],
    ['hash', { digest: toDigest('sha384', new Uint8Array(48)) }],
    ['signature', { signature: new Uint8Array([1]) }],
    ['certificate', { certificate: new Uint8Array([1]) }],
    ['kind of key', { keyKind: 'ecdsa-p384' }],
  ] as const)('depends on the %s', (_, change) => {
    expect(hashedRekordBody({ ...made, ...change })).not.toEqual(entry.canonicalizedBody);
  });
});

test('the names that an entry uses are those of the protocol buffers', () => {
  expect(hashAlgorithmNames).toEqual({ sha256: 'SHA2_256', sha384: 'SHA2_384', sha512: 'SHA2_512' });
  expect((['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521'] as const).map(keyDetailsName)).toEqual([
    'PKIX_ECDSA_P256_SHA_256',
    'PKIX_ECDSA_P384_SHA_384',
    'PKIX_ECDSA_P521_SHA_512',
  ]);
});

test('a pure Ed25519 key has no entry', () => {
  expectFailure(() => keyDetailsName('ed25519'), 'KEY_UNSUPPORTED', /Ed25519/);
});
