import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { readBundle } from '../../../src/core/bundle/index.ts';
import { readCertificate } from '../../../src/core/certificate/index.ts';
import { digest, parseDigest, readPublicKey, toDigest } from '../../../src/core/crypto/index.ts';
import { encodeBase64, ProtoField } from '../../../src/core/encoding/index.ts';
import {
  canonicalBody,
  dsseV2,
  type HashedRekordV2,
  hashAlgorithmNames,
  hashAlgorithmOf,
  hashedRekordV2,
  keyDetailsNames,
  leafHash,
  readCheckpoint,
  verifyInclusion,
} from '../../../src/core/log/index.ts';
import { rsaKey } from '../../kit/keys.ts';
import { certificateOf, fixture, messageBundles, proofOf } from '../bundle/vectors.ts';
import { expectFailure } from '../errors/failure.ts';

const hashedRekordBody = (entry: HashedRekordV2) => canonicalBody(hashedRekordV2(entry));

const artifact = parseDigest('sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf');

describe.each(messageBundles)('the entry of %s', (name) => {
  const bundle = readBundle(fixture(`vectors/${name}.json`));
  const [entry] = bundle.logEntries;
  if (entry === undefined) throw new Error('the vector has an entry');
  const made = {
    digest: artifact,
    signature: bundle.content.signature,
    keyDetails: keyDetailsNames(readCertificate(certificateOf(bundle)).publicKey)[0],
    verifier: 'x509Certificate',
    rawBytes: certificateOf(bundle),
  } as const satisfies HashedRekordV2;

  test('made again is the real one, to the byte', () => {
    expect(new TextDecoder().decode(hashedRekordBody(made))).toBe(new TextDecoder().decode(entry.canonicalizedBody));
  });

  test('is in the tree', () => {
    const { logIndex, hashes, checkpoint } = proofOf(entry);
    const { size, rootHash } = readCheckpoint(checkpoint);
    expect(
      verifyInclusion(leafHash(hashedRekordBody(made)), { index: logIndex, size, hashes }, rootHash),
    ).toBeUndefined();
    const other = hashedRekordBody({ ...made, signature: made.signature.with(9, 0) });
    expectFailure(
      () => verifyInclusion(leafHash(other), { index: logIndex, size, hashes }, rootHash),
      'INCLUSION_PROOF_INVALID',
      /computed root hash does not match/,
    );
  });

  test.each([
    ['artifact', { digest: digest('sha256', new Uint8Array()) }],
    ['hash', { digest: toDigest('sha384', new Uint8Array(48)) }],
    ['signature', { signature: new Uint8Array([1]) }],
    ['certificate', { rawBytes: new Uint8Array([1]) }],
    ['kind of key', { keyDetails: 'PKIX_ECDSA_P384_SHA_384' }],
    ['kind of signer', { verifier: 'publicKey' }],
  ] as const)('depends on the %s', (_, change) => {
    expect(hashedRekordBody({ ...made, ...change })).not.toEqual(entry.canonicalizedBody);
  });
});

test('the names that an entry uses are those of the protocol buffers', () => {
  expect(hashAlgorithmNames).toEqual({ sha256: 'SHA2_256', sha384: 'SHA2_384', sha512: 'SHA2_512' });
  for (const [algorithm, name] of Object.entries(hashAlgorithmNames)) {
    const field = ProtoField.parse(JSON.stringify({ x: name }), 'LOG_ENTRY_INVALID', 'entry').field('x');
    expect(hashAlgorithmOf(field)).toBe(algorithm);
  }
});

test.each(['SHA1', 'sha256', 'SHA3_256', '', 'constructor', 1])('%j is no hash of an entry', (name) => {
  const field = ProtoField.parse(JSON.stringify({ x: name }), 'LOG_ENTRY_INVALID', 'entry').field('x');
  expectFailure(
    () => hashAlgorithmOf(field),
    'LOG_ENTRY_INVALID',
    /x is not (SHA2_256, SHA2_384 or SHA2_512|a string)$/,
  );
});

test.each([
  ['P-256', () => generateSigningKey('P-256'), ['PKIX_ECDSA_P256_SHA_256']],
  ['P-384', () => generateSigningKey('P-384'), ['PKIX_ECDSA_P384_SHA_384']],
  ['P-521', () => generateSigningKey('P-521'), ['PKIX_ECDSA_P521_SHA_512']],
  // Logs of Rekor v2 take no pure Ed25519.
  ['Ed25519', () => generateSigningKey('Ed25519'), ['PKIX_ED25519_PH']],
  ['RSA of 2048 bits', () => rsaKey(2048), ['PKIX_RSA_PKCS1V15_2048_SHA256', 'PKIX_RSA_PSS_2048_SHA256']],
  ['RSA of 4096 bits', () => rsaKey(4096), ['PKIX_RSA_PKCS1V15_4096_SHA256', 'PKIX_RSA_PSS_4096_SHA256']],
])('a key of %s goes by the name that the log knows it by', (_, make, names) => {
  expect(keyDetailsNames(readPublicKey(make().publicKey))).toEqual(names);
});

test('an entry of the kind dsse, as the log wrote them in its first months', () => {
  const signature = new Uint8Array([1, 2, 3]);
  const rawBytes = new Uint8Array([4, 5]);
  const payloadHash = digest('sha256', new Uint8Array([6]));
  const body = dsseV2({ payloadHash, signature, keyDetails: 'X', verifier: 'publicKey', rawBytes });
  expect(new TextDecoder().decode(canonicalBody(body))).toBe(
    `{"apiVersion":"0.0.2","kind":"dsse","spec":{"dsseV002":{"payloadHash":{"algorithm":"SHA2_256","digest":"${encodeBase64(payloadHash.bytes)}"},"signatures":[{"content":"AQID","verifier":{"keyDetails":"X","publicKey":{"rawBytes":"BAU="}}}]}}}`,
  );
});
