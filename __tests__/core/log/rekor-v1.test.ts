import { describe, expect, test } from '@jest/globals';
import { readBundle } from '../../../src/core/bundle/index.ts';
import { digest, parseDigest } from '../../../src/core/crypto/index.ts';
import { decodePem, decodeUtf8, type JsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import {
  canonicalBody,
  dsseV1,
  hashedRekordV1,
  leafHash,
  readCheckpoint,
  readSubmittedForm,
  verifierPem,
  verifyInclusion,
} from '../../../src/core/log/index.ts';
import { fixture, oldLogBundles } from '../bundle/vectors.ts';
import { expectFailure } from '../errors/failure.ts';

const artifact = parseDigest('sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf');

describe.each(oldLogBundles)('the entry of %s', (name) => {
  const { content, certificate, logEntries } = readBundle(fixture(`vectors/${name}.json`));
  const [entry] = logEntries;
  if (entry === undefined) throw new Error('the vector has an entry');
  const { verifier, envelopeHash } = readSubmittedForm(entry.canonicalizedBody);
  const { signature } = content;
  const made: JsonObject =
    content.kind === 'message-signature'
      ? hashedRekordV1({ digest: artifact, signature, verifier })
      : dsseV1({ envelopeHash, payloadHash: digest('sha256', content.payload), signature, verifier });

  test('made again is the real one, to the byte', () => {
    expect(decodeUtf8(canonicalBody(made))).toBe(decodeUtf8(entry.canonicalizedBody));
  });

  test('names the certificate of the bundle', () => {
    expect(decodePem('CERTIFICATE', verifier)).toEqual([certificate]);
    expect(decodePem('CERTIFICATE', verifierPem(certificate))).toEqual([certificate]);
  });

  test('is in the tree of its shard', () => {
    const { logIndex, hashes, checkpoint } = entry.inclusionProof;
    const { size, rootHash } = readCheckpoint(checkpoint);
    expect(verifyInclusion(leafHash(canonicalBody(made)), { index: logIndex, size, hashes }, rootHash)).toBeUndefined();
    expectFailure(
      () =>
        verifyInclusion(
          leafHash(canonicalBody({ ...made, kind: 'other' })),
          { index: logIndex, size, hashes },
          rootHash,
        ),
      'INCLUSION_PROOF_INVALID',
      /another root/,
    );
  });
});

describe('what the submitter chose', () => {
  const body = (value: unknown) => utf8(JSON.stringify(value));
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  test('of a hashedrekord, and of a dsse', () => {
    expect(readSubmittedForm(body({ spec: { signature: { publicKey: { content: base64('PEM') } } } }))).toEqual({
      verifier: 'PEM',
      envelopeHash: '',
    });
    expect(
      readSubmittedForm(body({ spec: { signatures: [{ verifier: base64('PEM') }], envelopeHash: { value: 'ab' } } })),
    ).toEqual({
      verifier: 'PEM',
      envelopeHash: 'ab',
    });
  });

  test.each([
    ['no JSON', utf8('{'), /^the log entry: /],
    ['no spec', body({}), /spec\.signature\.publicKey\.content is missing/],
    ['a spec that is a list', body({ spec: [] }), /spec is not an object/],
    ['no verifier', body({ spec: { signatures: [{}] } }), /signatures\[0\]\.verifier is missing/],
    ['a verifier that is not base64', body({ spec: { signatures: [{ verifier: '!' }] } }), /verifier: base64/],
    [
      'a certificate that is not base64',
      body({ spec: { signature: { publicKey: { content: 'AB==' } } } }),
      /content: base64.*spare bits/,
    ],
    ['a verifier that is not text', body({ spec: { signatures: [{ verifier: '/w==' }] } }), /verifier is not text/],
    [
      'a hash that is not text',
      body({ spec: { signatures: [{ verifier: 'AAAA' }], envelopeHash: { value: 1 } } }),
      /envelopeHash\.value is not a string/,
    ],
  ])('%s is refused', (_, bytes, reason) => {
    expectFailure(() => readSubmittedForm(bytes), 'LOG_ENTRY_INVALID', reason);
  });

  test('of two signatures nothing is read', () => {
    expectFailure(
      () => readSubmittedForm(body({ spec: { signatures: [{}, {}] } })),
      'LIMIT_EXCEEDED',
      /signatures has 2 items/,
    );
  });
});
