import { expect, test } from '@jest/globals';
import { CountersignError } from '../../src/core/errors/index.ts';
import { errorInMembers } from '../../src/library/member-names.ts';

test.each([
  ['Set `trusted-root`, or `instance: github`.', "Set `trustedRoot`, or `instance: 'github'`."],
  ['Set `identity-token` to a file.', 'Set `token` to a file.'],
  ['To publish them, set `public-log: allow`.', 'To publish them, set `allowPublicLog: true`.'],
  ['Set `allow-dangerous-triggers: true`.', 'Set `allowDangerousTriggers: true`.'],
  ['Set `certificate-identity` in the policy.', 'Set `certificate-identity` in the policy.'],
])('%s', (text, own) => {
  const cause = new Error('cause');
  const error = errorInMembers(new CountersignError('USAGE', text, { remedy: text, cause }));
  expect([error.code, error.message, error.remedy, error.cause]).toEqual(['USAGE', own, own, cause]);
});

test('an error that names no option stays as it is', () => {
  const error = new CountersignError('USAGE', 'text');
  expect(errorInMembers(error)).toBe(error);
});
