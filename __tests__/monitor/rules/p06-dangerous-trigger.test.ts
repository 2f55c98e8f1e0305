import { expect, test } from '@jest/globals';
import { dangerousTrigger as rule } from '../../../src/monitor/rules/p06-dangerous-trigger.ts';
import { jobSigner, observedBy, signature, verdictOf } from './kit.ts';

const by = (trigger: string) => signature(jobSigner({ trigger }));

test.each([
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'pull_request_comment',
  'pull_request_review',
  'pull_request_review_comment',
  'watch',
])('a run on %s', (trigger) => {
  const { title, severity } = observedBy(rule, by(trigger));
  expect(title).toBe(`a run of octo/app that signed was started by ${trigger}, which outsiders can cause`);
  expect(severity).toBeUndefined();
});

test.each(['push', 'release', 'schedule', 'workflow_dispatch', 'merge_group', 'repository_dispatch'])(
  'a run on %s',
  (trigger) => {
    expect(verdictOf(rule, by(trigger))).toBeUndefined();
  },
);

test('a release pipeline on workflow_run, by policy', () => {
  expect(verdictOf(rule, by('workflow_run'), { expected: { triggers: ['workflow_run'] } })).toBeUndefined();
});

test('a trigger that the policy does not expect', () => {
  const expected = { triggers: ['release'] };
  expect(observedBy(rule, by('push'), { expected }).reason).toMatch('started by release');
  const without = signature(jobSigner({ claims: { buildTrigger: undefined } }));
  expect(observedBy(rule, without, { expected }).title).toBe('a certificate of octo/app states no trigger');
  expect(verdictOf(rule, without)).toBeUndefined();
});

test('runs of others', () => {
  expect(verdictOf(rule, signature(jobSigner({ repository: 'other/app', trigger: 'issues' })))).toBeUndefined();
});
