import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readBundle } from '../../../src/core/bundle/index.ts';
import { digest, parseDigest } from '../../../src/core/crypto/index.ts';
import { decodePem, decodeUtf8, type JsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import {
  canonicalBody,
  dsseV1,
  hashedRekordV1,
  intotoV1,
  intotoV2,
  leafHash,
  readCheckpoint,
  verifierPem,
  verifyInclusion,
} from '../../../src/core/log/index.ts';
import { certificateOf, fixture, oldLogBundles, proofOf } from '../bundle/vectors.ts';
import { expectFailure } from '../errors/failure.ts';

const artifact = parseDigest('sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf');

describe.each(oldLogBundles)('the entry of %s', (name) => {
  const bundle = readBundle(fixture(`vectors/${name}.json`));
  const { content } = bundle;
  const certificate = certificateOf(bundle);
  const [entry] = bundle.logEntries;
  if (entry === undefined) throw new Error('the vector has an entry');
  // What the submitter chose: how the certificate was written, and how the envelope was.
  const { spec } = JSON.parse(Buffer.from(entry.canonicalizedBody).toString());
  const submitted = spec.signature?.publicKey.content ?? spec.signatures[0].verifier;
  const verifier = Buffer.from(submitted, 'base64').toString();
  const { signature } = content;
  const made: JsonObject =
    content.kind === 'message-signature'
      ? hashedRekordV1({ digest: artifact, signature, verifier })
      : dsseV1({
          envelopeHash: spec.envelopeHash.value,
          payloadHash: digest('sha256', content.payload),
          signature,
          verifier,
        });

  test('made again is the real one, to the byte', () => {
    expect(decodeUtf8(canonicalBody(made))).toBe(decodeUtf8(entry.canonicalizedBody));
  });

  test('names the certificate of the bundle', () => {
    expect(decodePem('CERTIFICATE', verifier)).toEqual([certificate]);
    expect(decodePem('CERTIFICATE', verifierPem(certificate))).toEqual([certificate]);
  });

  test('is in the tree of its shard', () => {
    const { logIndex, hashes, checkpoint } = proofOf(entry);
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
      /computed root hash does not match/,
    );
  });
});

describe('intoto', () => {
  const envelope = {
    payloadType: 'application/vnd.in-toto+json',
    payload: utf8('{"a":1}'),
    signature: new Uint8Array([1, 2, 3]),
    keyId: undefined,
  };
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const payloadHash = sha256('{"a":1}');
  const textOf = (body: JsonObject) => decodeUtf8(canonicalBody(body));

  test('0.0.2 has the signature in base64 twice, and the payload only where it was left in', () => {
    const made = { ...envelope, envelopeHash: 'ab', verifier: 'PEM', holdsPayload: false };
    const text = (members: string, more = '') =>
      `{"apiVersion":"0.0.2","kind":"intoto","spec":{"content":{"envelope":{${members}"payloadType":"application/vnd.in-toto+json","signatures":[{${more}"publicKey":"${base64('PEM')}","sig":"${base64('AQID')}"}]},"hash":{"algorithm":"sha256","value":"ab"},"payloadHash":{"algorithm":"sha256","value":"${payloadHash}"}}}}`;
    expect(textOf(intotoV2(made))).toBe(text(''));
    expect(textOf(intotoV2({ ...made, keyId: 'k' }))).toBe(text('', '"keyid":"k",'));
    expect(textOf(intotoV2({ ...made, holdsPayload: true }))).toBe(text(`"payload":"${base64(base64('{"a":1}'))}",`));
  });

  test('0.0.1 has the hash of the envelope alone, in each form in which clients wrote it', () => {
    const payload = base64('{"a":1}');
    const forms = ['{"keyid":"","sig":"AQID"}', '{"sig":"AQID"}'].flatMap((signature) => [
      `{"payloadType":"application/vnd.in-toto+json","payload":"${payload}","signatures":[${signature}]}`,
      `{"payload":"${payload}","payloadType":"application/vnd.in-toto+json","signatures":[${signature}]}`,
    ]);
    const text = (form: string, more = '') =>
      `{"apiVersion":"0.0.1","kind":"intoto","spec":{"content":{"hash":{"algorithm":"sha256","value":"${sha256(form)}"}${more}},"publicKey":"${base64('PEM')}"}}`;
    expect(intotoV1(envelope, 'PEM', false).map(textOf)).toEqual(forms.map((form) => text(form)));
    expect(intotoV1(envelope, 'PEM', true).map(textOf)).toEqual(
      forms.map((form) => text(form, `,"payloadHash":{"algorithm":"sha256","value":"${payloadHash}"}`)),
    );
  });
});
