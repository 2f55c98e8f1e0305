import { expect, test } from '@jest/globals';
import { borrowedSigner as rule } from '../../../src/monitor/rules/p27-borrowed-signer.ts';
import { historyOf, jobSigner, observedBy, signature, verdictOf } from './kit.ts';

const borrowed = signature(jobSigner({ signer: 'slsa/generator/.github/workflows/generic.yml@refs/tags/v2' }));

test('a workflow of another owner, once', () => {
  expect(observedBy(rule, borrowed).title).toBe('a workflow of slsa/generator signs for octo/app');
  expect(verdictOf(rule, borrowed, { history: historyOf(borrowed) })).toBeUndefined();
});

test('a workflow that the policy does not allow, each time', () => {
  const expected = { signers: ['octo-shared'] };
  expect(observedBy(rule, borrowed, { expected, history: historyOf(borrowed) }).title).toMatch('slsa/generator');
});

test.each(['slsa', 'SLSA/generator'])('a signer of an organization that the policy allows: %s', (signer) => {
  expect(verdictOf(rule, borrowed, { expected: { signers: [signer] } })).toBeUndefined();
});

test('own workflows, those of the same owner, and certificates without one', () => {
  expect(verdictOf(rule, signature())).toBeUndefined();
  const shared = jobSigner({ signer: 'Octo/workflows/.github/workflows/sign.yml@refs/heads/main' });
  expect(verdictOf(rule, signature(shared))).toBeUndefined();
  expect(verdictOf(rule, signature(jobSigner({ claims: { buildSignerUri: undefined } })))).toBeUndefined();
});
