import { expect, test } from '@jest/globals';
import { signedTwice as rule } from '../../../src/monitor/rules/p28-signed-twice.ts';
import { digest, historyOf, jobSigner, observedBy, otherDigest, precertificate, signature, verdictOf } from './kit.ts';

const by = (run: string, value: string, job = {}) => signature(jobSigner({ run, ...job }), { digests: [value] });
const history = historyOf(by('41', digest));

test('another run signs other digests for the tag, once', () => {
  const { title, reason } = observedBy(rule, by('42', otherDigest), { history });
  expect(title).toBe('refs/tags/v1.0.0 of octo/app was signed again by another run');
  expect(reason).toMatch('in run 41 before, and now in run 42');
  const both = historyOf(by('41', digest), by('42', otherDigest));
  expect(verdictOf(rule, by('42', '1'.repeat(64)), { history: both })).toBeUndefined();
});

test('the same run, another attempt of it, and the same digests', () => {
  expect(verdictOf(rule, by('41', otherDigest), { history })).toBeUndefined();
  expect(verdictOf(rule, by('41', otherDigest, { attempt: 2 }), { history })).toBeUndefined();
  expect(verdictOf(rule, by('42', digest), { history })).toBeUndefined();
});

test('other tags, workflows and branches', () => {
  expect(verdictOf(rule, by('42', otherDigest, { ref: 'refs/tags/v2' }), { history })).toBeUndefined();
  expect(verdictOf(rule, by('42', otherDigest, { workflow: 'docs.yml' }), { history })).toBeUndefined();
  const branch = historyOf(by('41', digest, { ref: 'refs/heads/main' }));
  expect(verdictOf(rule, by('42', otherDigest, { ref: 'refs/heads/main' }), { history: branch })).toBeUndefined();
});

test('a certificate without a run', () => {
  const entry = by('42', otherDigest, { claims: { runInvocationUri: undefined } });
  expect(verdictOf(rule, entry, { history })).toBeUndefined();
});

test('a moving tag, and certificates', () => {
  const expected = { movingTags: ['refs/tags/v1.0.*'] };
  expect(verdictOf(rule, by('42', otherDigest), { history, expected })).toBeUndefined();
  expect(verdictOf(rule, precertificate(jobSigner({ run: '42' })), { history })).toBeUndefined();
});
