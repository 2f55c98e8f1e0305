import { expect, test } from '@jest/globals';
import { dispatchOffDefaultBranch as rule } from '../../../src/monitor/rules/p26-dispatch-off-default-branch.ts';
import { jobSigner, observedBy, signature, verdictOf } from './kit.ts';

const on = (ref: string, trigger = 'workflow_dispatch') => signature(jobSigner({ ref, trigger }));

test('a run by hand on a branch', () => {
  const { title, reason } = observedBy(rule, on('refs/heads/hotfix'));
  expect(title).toBe('octo/app signed in a run that was started by hand on refs/heads/hotfix');
  expect(reason).toMatch('The default branch is main.');
});

test('the default branch, tags, branches of the policy, and other triggers', () => {
  expect(verdictOf(rule, on('refs/heads/main'))).toBeUndefined();
  expect(verdictOf(rule, on('refs/tags/v1.0.0'))).toBeUndefined();
  expect(verdictOf(rule, on('refs/heads/hotfix'), { expected: { refs: ['refs/heads/hotfix'] } })).toBeUndefined();
  expect(verdictOf(rule, on('refs/heads/hotfix', 'push'))).toBeUndefined();
});

test('a default branch that is not known', () => {
  const unknown = { repository: { kind: 'unknown', reason: 'no token' } } as const;
  expect(verdictOf(rule, on('refs/heads/hotfix'), { facts: unknown })).toEqual({
    kind: 'undecided',
    reason: 'the default branch of octo/app is not known: no token',
  });
  const hidden = { repository: { kind: 'absent' } } as const;
  expect(verdictOf(rule, on('refs/heads/hotfix'), { facts: hidden })).toMatchObject({ kind: 'undecided' });
  expect(verdictOf(rule, on('refs/tags/v1.0.0'), { facts: unknown })).toBeUndefined();
});
