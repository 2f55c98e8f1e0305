import { expect, test } from '@jest/globals';
import { movedTag as rule } from '../../../src/monitor/rules/p25-moved-tag.ts';
import { commit, historyOf, jobSigner, observedBy, otherCommit, signature, verdictOf } from './kit.ts';

const tag = (ref: string, sha: string, claims = {}) => signature(jobSigner({ ref, commit: sha, ...claims }));
const before = historyOf(tag('refs/tags/v1', commit));

test('a tag that moved, once for each commit', () => {
  const { title, reason, severity } = observedBy(rule, tag('refs/tags/v1', otherCommit), { history: before });
  expect(title).toBe('refs/tags/v1 of octo/app was moved');
  expect(reason).toMatch(`the commit ${commit} on 2026-11-23T12:00:00.000Z, and is now signed with ${otherCommit}`);
  expect(severity).toBeUndefined();
  const again = historyOf(tag('refs/tags/v1', commit), tag('refs/tags/v1', otherCommit));
  expect(verdictOf(rule, tag('refs/tags/v1', otherCommit), { history: again })).toBeUndefined();
});

test('a moving tag of the policy', () => {
  const moved = tag('refs/tags/v1', otherCommit);
  expect(verdictOf(rule, moved, { history: before, expected: { movingTags: ['refs/tags/v1'] } })).toBeUndefined();
  expect(observedBy(rule, moved, { history: before, expected: { movingTags: ['refs/tags/v2'] } }).title).toMatch('v1');
});

test('a renamed repository is the same one', () => {
  const moved = tag('refs/tags/v1', otherCommit, { repository: 'octo/renamed' });
  const owners = [{ place: { line: 1 }, name: 'octo', id: undefined }];
  expect(verdictOf(rule, moved, { history: before, policy: { owners } })).toMatchObject({ kind: 'observed' });
});

test('other tags, branches and repositories', () => {
  expect(verdictOf(rule, tag('refs/tags/v2', otherCommit), { history: before })).toBeUndefined();
  const branch = historyOf(tag('refs/heads/main', commit));
  expect(verdictOf(rule, tag('refs/heads/main', otherCommit), { history: branch })).toBeUndefined();
  const other = tag('refs/tags/v1', otherCommit, { id: '9' });
  expect(verdictOf(rule, other, { history: before })).toBeUndefined();
  expect(verdictOf(rule, tag('refs/tags/v1', commit), { history: before })).toBeUndefined();
});

test('a certificate without a commit', () => {
  const without = tag('refs/tags/v1', commit, { claims: { sourceRepositoryDigest: undefined } });
  expect(verdictOf(rule, without, { history: before })).toBeUndefined();
});
