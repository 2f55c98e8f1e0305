import { describe, expect, test } from '@jest/globals';
import type { Bundle } from '../../../../src/core/bundle/index.ts';
import { digest } from '../../../../src/core/crypto/index.ts';
import { utf8 } from '../../../../src/core/encoding/index.ts';
import {
  artifactOfDigest,
  type ContentPolicy,
  exactly,
  matching,
  pathWithin,
  type VerifiedContent,
  verify,
} from '../../../../src/core/verify/index.ts';
import { matchPredicateType, matchSubjectName } from '../../../../src/core/verify/steps/content.ts';
import { artifact, Instance, now, policy } from '../../../kit/instance.ts';
import { expectFailure, expectRejection } from '../../errors/failure.ts';

const by = digest('sha256', utf8('artifact'));
const subject = { name: 'app.tar.gz', digests: [by] };
const plain: VerifiedContent = { kind: 'message-signature', digest: by };
const statement: VerifiedContent = {
  kind: 'dsse-envelope',
  digest: by,
  subject,
  statement: { subjects: [subject], predicateType: 'https://slsa.dev/provenance/v1', predicate: {} },
};

describe('the predicate type', () => {
  test('is the expected one', () => {
    for (const expected of [
      exactly('https://slsa.dev/provenance/v1'),
      pathWithin('https://slsa.dev/provenance'),
      matching('https://slsa.dev/*/v1'),
    ])
      expect(matchPredicateType(statement, expected)).toBeUndefined();
  });

  test.each([
    'https://slsa.dev/provenance/v0.2',
    'https://slsa.dev/provenance/v1/',
    'https://slsa.dev/provenance',
    'https://spdx.dev/Document',
  ])('is not %s', (value) => {
    expectFailure(
      () => matchPredicateType(statement, exactly(value)),
      'PREDICATE_TYPE_MISMATCH',
      /^the predicate type is "https:\/\/slsa\.dev\/provenance\/v1"; expected ".*"$/,
    );
  });

  test('is of a statement, which a signature over the artifact is not', () => {
    expectFailure(
      () => matchPredicateType(plain, matching('**')),
      'PREDICATE_TYPE_MISMATCH',
      /over the artifact itself/,
    );
  });
});

describe('the name of the subject', () => {
  test('is the expected one', () => {
    for (const expected of [exactly('app.tar.gz'), matching('app.*')])
      expect(matchSubjectName(statement, expected)).toBeUndefined();
  });

  test('is no other', () => {
    expectFailure(
      () => matchSubjectName(statement, exactly('other.tar.gz')),
      'SUBJECT_NAME_MISMATCH',
      /^the subject name is "app\.tar\.gz"; expected "other\.tar\.gz"$/,
    );
  });

  test('is of a statement, which a signature over the artifact is not', () => {
    expectFailure(() => matchSubjectName(plain, matching('**')), 'SUBJECT_NAME_MISMATCH', /has no subject name/);
  });
});

describe('a policy about the content', () => {
  const instance = new Instance();
  const trust = instance.trust();
  const verified = (content: ContentPolicy, bundle: Bundle = instance.attest()) =>
    verify(bundle, artifactOfDigest(digest('sha256', artifact)), trust, { ...policy, content }, now);

  test('is enforced', async () => {
    const right = { predicateType: exactly('https://slsa.dev/provenance/v1'), subjectName: exactly('what.txt') };
    await expect(verified(right)).resolves.toMatchObject({ content: { subject: { name: 'what.txt' } } });
    await expectRejection(
      () => verified({ ...right, predicateType: exactly('https://spdx.dev/Document') }),
      'PREDICATE_TYPE_MISMATCH',
      /; expected /,
    );
    // Of the subjects, the one that the artifact is.
    await expectRejection(
      () => verified({ ...right, subjectName: exactly('other') }),
      'SUBJECT_NAME_MISMATCH',
      /what\.txt/,
    );
    await expectRejection(() => verified(right, instance.sign()), 'PREDICATE_TYPE_MISMATCH', /the artifact itself/);
    await expectRejection(
      () => verified({ subjectName: exactly('what.txt') }, instance.sign()),
      'SUBJECT_NAME_MISMATCH',
      /has no subject name/,
    );
  });
});
