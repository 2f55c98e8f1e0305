import { expect, test } from '@jest/globals';
import { twoOwners as rule } from '../../../src/monitor/rules/p15-two-owners.ts';
import { digest, historyOf, jobSigner, learnedHistory, observedBy, personSigner, signature, verdictOf } from './kit.ts';

const other = jobSigner({ repository: 'other/app', id: '9', ownerId: '8' });
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

test('another owner signs the same digest, once', () => {
  const { title, reason } = observedBy(rule, signature(other), { history: learnedHistory(signature()) });
  expect(title).toMatch(
    /^https:\/\/github\.com\/other\/app\/.* signed what https:\/\/github\.com\/octo\/app\/.* signed before$/,
  );
  expect(reason).toMatch(
    `sha256:${digest}, and the signers have different owners: github.com/other and github.com/octo`,
  );
  const known = learnedHistory(signature(), signature(other));
  expect(verdictOf(rule, signature(other), { history: known })).toBeUndefined();
  expect(verdictOf(rule, signature(), { history: known })).toBeUndefined();
});

test('two owners that call the same reusable workflow', () => {
  const call = { signer: 'slsa/generator/.github/workflows/generic.yml@refs/tags/v2' };
  const history = learnedHistory(signature(jobSigner(call)));
  const entry = signature(jobSigner({ ...call, repository: 'other/app', id: '9' }));
  expect(observedBy(rule, entry, { history }).reason).toMatch('github.com/other and github.com/octo');
});

test('persons and keys are owners of their own', () => {
  const key = { kind: 'key', keyHash: '5'.repeat(64), format: 'pgp' } as const;
  const history = learnedHistory(signature());
  expect(observedBy(rule, signature(personSigner('Jane@octo.example')), { history }).reason).toMatch(
    'jane@octo.example',
  );
  expect(observedBy(rule, signature(key), { history }).reason).toMatch('5'.repeat(64));
});

test('other workflows of the same owner, other digests, and empty files', () => {
  const history = learnedHistory(signature(), signature(undefined, { digests: [empty] }));
  expect(verdictOf(rule, signature(jobSigner({ repository: 'Octo/other', id: '9' })), { history })).toBeUndefined();
  expect(verdictOf(rule, signature(other, { digests: ['1'.repeat(64)] }), { history })).toBeUndefined();
  expect(verdictOf(rule, signature(other, { digests: [empty] }), { history })).toBeUndefined();
});

test('while the watch learns, and certificates that no authority issued', () => {
  expect(verdictOf(rule, signature(other), { history: historyOf(signature()) })).toBeUndefined();
  const forged = signature({ ...other, isIssued: false });
  expect(verdictOf(rule, forged, { history: learnedHistory(signature()) })).toBeUndefined();
});
