import { expect, test } from '@jest/globals';
import { unexpectedWorkflow as rule } from '../../../src/monitor/rules/p04-unexpected-workflow.ts';
import { historyOf, jobSigner, learnedHistory, observedBy, signature, verdictOf } from './kit.ts';

const evil = signature(jobSigner({ workflow: 'evil.yml' }));

test('a workflow that the policy does not expect', () => {
  const observation = observedBy(rule, evil, { expected: { workflows: ['release.yml', 'nightly.yml'] } });
  expect(observation.title).toBe('the workflow .github/workflows/evil.yml of octo/app is not expected to sign');
  expect(observation.severity).toBeUndefined();
});

test.each(['release.yml', '.github/workflows/release.yml', 'Octo/app/.github/workflows/release.yml'])(
  'the expected workflow %s',
  (workflow) => {
    expect(verdictOf(rule, signature(), { expected: { workflows: [workflow] } })).toBeUndefined();
  },
);

test('a workflow of another repository with the same file name', () => {
  const buildConfigUri = 'https://github.com/evil/app/.github/workflows/release.yml@refs/heads/main';
  const entry = signature(jobSigner({ claims: { buildConfigUri } }));
  expect(observedBy(rule, entry, { expected: { workflows: ['release.yml'] } }).title).toMatch('of evil/app');
  const workflows = ['evil/app/.github/workflows/release.yml'];
  expect(verdictOf(rule, entry, { expected: { workflows } })).toBeUndefined();
});

test('a file name that contains an @', () => {
  const workflow = 'release.yml@evil.yml';
  const entry = signature(jobSigner({ workflow }));
  expect(observedBy(rule, entry, { expected: { workflows: ['release.yml'] } }).title).toMatch('release.yml@evil.yml');
});

test('without expectations, a workflow that is new after learning is a note, once', () => {
  const observation = observedBy(rule, evil, { history: learnedHistory() });
  expect(observation).toMatchObject({
    severity: 'note',
    title: 'the workflow .github/workflows/evil.yml of octo/app signs for the first time',
  });
  expect(verdictOf(rule, evil, { history: learnedHistory(evil) })).toBeUndefined();
  expect(verdictOf(rule, signature(), { history: learnedHistory() })).toBeUndefined();
  expect(verdictOf(rule, evil, { history: historyOf(signature()) })).toBeUndefined();
});

test('workflows of others, and certificates without a workflow', () => {
  const expected = { workflows: ['release.yml'] };
  expect(
    verdictOf(rule, signature(jobSigner({ repository: 'other/app', workflow: 'x.yml' })), { expected }),
  ).toBeUndefined();
  const without = signature(jobSigner({ claims: { buildConfigUri: undefined } }));
  expect(verdictOf(rule, without, { expected })).toMatchObject({ kind: 'observed' });
  expect(verdictOf(rule, without, { history: learnedHistory() })).toBeUndefined();
});
