import { expect, test } from '@jest/globals';
import { unexpectedEnvironment as rule } from '../../../src/monitor/rules/p20-unexpected-environment.ts';
import { jobSigner, observedBy, signature, verdictOf } from './kit.ts';

const within = (deploymentEnvironment: string | undefined) =>
  signature(jobSigner({ claims: { deploymentEnvironment } }));
const expected = { environments: ['release', 'production'] };

test('a job outside of any environment, or in another one', () => {
  expect(observedBy(rule, within(undefined), { expected }).title).toBe('octo/app signed outside of any environment');
  expect(observedBy(rule, within('staging'), { expected }).title).toBe('octo/app signed in the environment staging');
});

test('an expected environment, and a policy without one', () => {
  expect(verdictOf(rule, within('production'), { expected })).toBeUndefined();
  expect(verdictOf(rule, within('staging'))).toBeUndefined();
});
