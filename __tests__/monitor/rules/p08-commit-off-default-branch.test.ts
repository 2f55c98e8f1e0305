import { expect, test } from '@jest/globals';
import type { CommitRelation, Facts } from '../../../src/monitor/rules/index.ts';
import { commitOffDefaultBranch as rule } from '../../../src/monitor/rules/p08-commit-off-default-branch.ts';
import { commit, jobSigner, observedBy, personSigner, signature, verdictOf } from './kit.ts';

const of = (ref: string) => signature(jobSigner({ ref }));
const facts = (value: CommitRelation, others: Partial<Facts> = {}) => ({
  facts: { commit: { kind: 'known', value }, ...others } as const,
});

test.each(['ahead', 'diverged'] as const)('a tag on a commit that is %s', (relation) => {
  expect(observedBy(rule, of('refs/tags/v1.0.0'), facts(relation))).toMatchObject({
    severity: 'note',
    title: 'the commit of refs/tags/v1.0.0 of octo/app is not on the default branch',
  });
});

test.each(['behind', 'identical'] as const)('a tag on a commit that is %s', (relation) => {
  expect(verdictOf(rule, of('refs/tags/v1.0.0'), facts(relation))).toBeUndefined();
});

test('the default branch without its commit is an alert', () => {
  expect(observedBy(rule, of('refs/heads/main'), facts('diverged')).severity).toBe('alert');
  expect(verdictOf(rule, of('refs/heads/main'), facts('behind'))).toBeUndefined();
});

test('release branches and the merge queue are left to P05', () => {
  expect(verdictOf(rule, of('refs/heads/release-1.x'), facts('diverged'))).toBeUndefined();
  expect(verdictOf(rule, of(`refs/heads/gh-readonly-queue/main/pr-7-${commit}`), facts('diverged'))).toBeUndefined();
  const unknown = { repository: { kind: 'unknown', reason: 'no token' } } as const;
  expect(verdictOf(rule, of('refs/pull/7/merge'), facts('diverged', unknown))).toBeUndefined();
});

test('a commit that the repository does not have', () => {
  const absent = { facts: { commit: { kind: 'absent' } } } as const;
  expect(observedBy(rule, of('refs/tags/v1.0.0'), absent).reason).toMatch('does not have the commit');
  const hidden = { facts: { commit: { kind: 'absent' }, repository: { kind: 'absent' } } } as const;
  expect(verdictOf(rule, of('refs/tags/v1.0.0'), hidden)).toMatchObject({ kind: 'undecided' });
});

test('facts that are not known', () => {
  const unknown = { kind: 'unknown', reason: 'HTTP status 502' } as const;
  expect(verdictOf(rule, of('refs/tags/v1.0.0'), { facts: { commit: unknown } })).toEqual({
    kind: 'undecided',
    reason: `the commit ${commit} cannot be compared: HTTP status 502`,
  });
  expect(verdictOf(rule, of('refs/heads/main'), facts('diverged', { repository: unknown }))).toEqual({
    kind: 'undecided',
    reason: 'the default branch of octo/app is not known',
  });
});

test('signers without a commit', () => {
  const without = signature(jobSigner({ claims: { sourceRepositoryDigest: undefined } }));
  expect(verdictOf(rule, without, facts('diverged'))).toBeUndefined();
  expect(verdictOf(rule, signature(personSigner()), facts('diverged'))).toBeUndefined();
});
