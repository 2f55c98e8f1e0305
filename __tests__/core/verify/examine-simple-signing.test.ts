/** Signatures on images by cosign's older layout: each way in which one could pass for a signature on another image. */

import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/index.ts';
import type { Bundle } from '../../../src/core/bundle/index.ts';
import { type Digest, digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import {
  type ErrorCode,
  type Examination,
  exactly,
  examineSimpleSigning,
  matching,
  type Policy,
} from '../../../src/core/verify/index.ts';
import { Instance, now, policy, policyOfKey } from '../../kit/instance.ts';

const instance = new Instance();
const trust = instance.trust();
const image = digest('sha256', utf8('the manifest of an image'));
const other = digest('sha256', utf8('the manifest of another image'));

function documentOf(about: Digest, type = 'cosign container image signature'): Uint8Array {
  const critical = {
    identity: { 'docker-reference': 'ghcr.io/example/app' },
    image: { 'docker-manifest-digest': formatDigest(about) },
    type,
  };
  return utf8(JSON.stringify({ critical, optional: null }));
}

const document = documentOf(image);

/** As an older signature is: it names no digest of what it is over. */
function signed(over: Uint8Array, changes: Parameters<Instance['sign']>[0] = {}): Bundle {
  const bundle = instance.sign({ ...changes, signed: over });
  if (bundle.content.kind !== 'message-signature') throw new Error('a signature was wanted');
  return { ...bundle, content: { ...bundle.content, messageDigest: undefined } };
}

const examined = (bundle: Bundle, over = document, who: Policy = policy): Promise<Examination> =>
  examineSimpleSigning(bundle, over, image, trust, who, now);

const outcomeOf = ({ criteria }: Examination, wanted: string) => criteria.find(({ name }) => name === wanted)?.outcome;

async function expectFailure(report: Promise<Examination>, code: ErrorCode): Promise<Examination> {
  const found = await report;
  expect(found.verdict).toBeUndefined();
  expect(found.failure).toMatchObject({ code });
  return found;
}

test('passes for the image that the document names, with a criterion of its own', async () => {
  const report = await examined(signed(document));
  expect(report).toMatchObject({
    verdict: {
      content: { kind: 'simple-signing', digest: image, dockerReference: 'ghcr.io/example/app' },
      signer: { kind: 'identity' },
    },
  });
  expect(report.criteria.map(({ name }) => name)).toEqual([
    'time',
    'certificate',
    'certificate-transparency',
    'issuer',
    'identity',
    'signature',
    'image',
    'log',
  ]);
  expect(report.criteria.find(({ name }) => name === 'image')).toMatchObject({
    outcome: 'pass',
    expected: formatDigest(image),
    found: formatDigest(image),
  });
});

test('passes with a long-lived key', async () => {
  const key = generateSigningKey('P-256');
  const report = await examined(signed(document, { key, managed: true }), document, policyOfKey(key));
  expect(report).toMatchObject({ verdict: { signer: { kind: 'key' }, content: { kind: 'simple-signing' } } });
});

describe('fails', () => {
  test('for a document about another image, however well it is signed', async () => {
    const wrong = documentOf(other);
    const report = await expectFailure(examined(signed(wrong), wrong), 'ARTIFACT_MISMATCH');
    expect(outcomeOf(report, 'signature')).toBe('pass');
    expect(outcomeOf(report, 'image')).toBe('fail');
  });

  test('for another document than the one that was signed, which is not even read', async () => {
    const report = await expectFailure(examined(signed(documentOf(other))), 'SIGNATURE_INVALID');
    expect(outcomeOf(report, 'image')).toBe('not-checked');
  });

  test('for a signature over the image’s digest and no document', async () => {
    await expectFailure(examined(signed(utf8('the manifest of an image'))), 'SIGNATURE_INVALID');
  });

  test('for a document of another type', async () => {
    const wrong = documentOf(image, 'a promise');
    await expectFailure(examined(signed(wrong), wrong), 'STATEMENT_INVALID');
  });

  test('for a statement about the document', async () => {
    const sha256 = formatDigest(digest('sha256', document)).slice('sha256:'.length);
    const statement = utf8(
      JSON.stringify({
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: 'document', digest: { sha256 } }],
        predicateType: 'https://example.test/v1',
        predicate: {},
      }),
    );
    const report = await expectFailure(examined(instance.attest(statement)), 'BUNDLE_INVALID');
    expect(outcomeOf(report, 'signature')).toBe('pass');
  });

  test('for a signer that was not expected, with the image’s criterion as it is', async () => {
    const stranger: Policy = {
      ...policy,
      signer: { kind: 'identity', identity: exactly('somebody else'), issuer: 'any', claims: [] },
    };
    const report = await expectFailure(examined(signed(document), document, stranger), 'IDENTITY_MISMATCH');
    expect(outcomeOf(report, 'image')).toBe('pass');
  });

  test('without an entry in a log', async () => {
    await expectFailure(examined({ ...signed(document), logEntries: [] }), 'LOG_ENTRY_MISSING');
  });
});

describe('a policy about the content', () => {
  const about = (content: Policy['content']): Promise<Examination> =>
    examined(signed(document), document, { ...policy, content });

  test('holds the name in the document to that of the subject', async () => {
    const report = await about({ subjectName: matching('ghcr.io/example/*') });
    expect(report.verdict?.content).toMatchObject({ kind: 'simple-signing' });
    expect(outcomeOf(report, 'subject-name')).toBe('pass');
    await expectFailure(about({ subjectName: exactly('ghcr.io/example/other') }), 'SUBJECT_NAME_MISMATCH');
  });

  test('finds no type of predicate', async () => {
    const report = await expectFailure(about({ predicateType: matching('**') }), 'PREDICATE_TYPE_MISMATCH');
    expect(outcomeOf(report, 'predicate-type')).toBe('fail');
  });

  test('is not checked for a document that is about another image', async () => {
    const wrong = documentOf(other);
    const content = { subjectName: matching('**') };
    const report = await expectFailure(examined(signed(wrong), wrong, { ...policy, content }), 'ARTIFACT_MISMATCH');
    expect(outcomeOf(report, 'subject-name')).toBe('not-checked');
  });
});
