import { expect, test } from '@jest/globals';
import { unexpectedRunner as rule } from '../../../src/monitor/rules/p07-unexpected-runner.ts';
import { jobSigner, observedBy, signature, verdictOf } from './kit.ts';

const on = (runnerEnvironment: string | undefined) => signature(jobSigner({ claims: { runnerEnvironment } }));
const expected = { runners: ['github-hosted'] };

test('a self-hosted runner', () => {
  expect(observedBy(rule, on('self-hosted'), { expected }).title).toBe('octo/app signed on a self-hosted runner');
});

test('a certificate without a runner', () => {
  expect(observedBy(rule, on(undefined), { expected }).title).toBe('a certificate of octo/app states no runner');
});

test('the expected runner, a mixed fleet, and a policy that does not state one', () => {
  expect(verdictOf(rule, on('github-hosted'), { expected })).toBeUndefined();
  const both = { runners: ['github-hosted', 'self-hosted'] };
  expect(verdictOf(rule, on('self-hosted'), { expected: both })).toBeUndefined();
  expect(verdictOf(rule, on('self-hosted'))).toBeUndefined();
});
