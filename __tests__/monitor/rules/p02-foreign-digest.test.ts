import { expect, test } from '@jest/globals';
import type { Fact, Receipts } from '../../../src/monitor/rules/index.ts';
import { foreignDigest as rule } from '../../../src/monitor/rules/p02-foreign-digest.ts';
import {
  digest,
  jobSigner,
  minutesAfter,
  now,
  observedBy,
  otherDigest,
  precertificate,
  signature,
  verdictOf,
} from './kit.ts';

const receiptsOf = (...digests: readonly string[]): { readonly facts: { readonly receipts: Fact<Receipts> } } => ({
  facts: {
    receipts: {
      kind: 'known',
      value: { digests: new Set(digests.map((value) => `sha256:${value}`)), provenance: new Map() },
    },
  },
});

test('a digest that is not in the receipts', () => {
  const { title, reason } = observedBy(rule, signature(), receiptsOf(otherDigest));
  expect(title).toBe('octo/app signed a digest that is not in its receipts');
  expect(reason).toMatch(`sha256:${digest}`);
});

test('an entry without a digest that can be read', () => {
  expect(observedBy(rule, signature(undefined, { digests: [] }), receiptsOf(digest)).reason).toMatch(
    'no readable digest',
  );
});

test('a digest in the receipts, such as that of a pre-authentication encoding', () => {
  expect(verdictOf(rule, signature(), receiptsOf(digest))).toBeUndefined();
  expect(verdictOf(rule, signature(undefined, { digests: [otherDigest, digest] }), receiptsOf(digest))).toBeUndefined();
});

test('receipts are stored after the release', () => {
  const entry = signature(jobSigner({}, { notBefore: minutesAfter(-30, now) }));
  expect(verdictOf(rule, entry, receiptsOf(otherDigest))).toMatchObject({
    kind: 'pending',
    until: minutesAfter(30, now),
  });
  expect(verdictOf(rule, entry, receiptsOf(digest))).toBeUndefined();
});

test('without receipts', () => {
  expect(verdictOf(rule, signature())).toBeUndefined();
  expect(verdictOf(rule, signature(), { facts: { receipts: { kind: 'unknown', reason: 'no folder' } } })).toEqual({
    kind: 'undecided',
    reason: 'the receipts cannot be read: no folder',
  });
});

test('entries of others, and of certificate logs', () => {
  expect(verdictOf(rule, signature(jobSigner({ repository: 'other/app' })), receiptsOf(otherDigest))).toBeUndefined();
  expect(verdictOf(rule, precertificate(), receiptsOf(otherDigest))).toBeUndefined();
});
