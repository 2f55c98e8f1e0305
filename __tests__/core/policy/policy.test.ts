import { describe, expect, test } from '@jest/globals';
import { defaultThresholds, exactIdentity } from '../../../src/core/policy/index.ts';
import { expectFailure } from '../errors/failure.ts';

const identity = 'https://github.com/example/app/.github/workflows/release.yml@refs/heads/main';
const issuer = 'https://token.actions.githubusercontent.com';

describe('exactIdentity', () => {
  test('asks for one of each proof, and refuses the sandbox', () => {
    expect(exactIdentity(identity, issuer)).toEqual({
      certificateIdentity: identity,
      certificateOidcIssuer: issuer,
      thresholds: { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 },
      sandbox: 'refuse',
    });
  });

  test('may be told otherwise', () => {
    const thresholds = { ...defaultThresholds, logEntries: 2 };
    expect(exactIdentity(identity, issuer, { thresholds, sandbox: 'accept' })).toMatchObject({
      thresholds,
      sandbox: 'accept',
    });
    expect(exactIdentity(identity, issuer, { sandbox: 'accept' }).thresholds).toEqual(defaultThresholds);
  });

  test('an empty identity or issuer would match what says nothing', () => {
    expectFailure(() => exactIdentity('', issuer), 'POLICY_INVALID', /certificate identity is empty/);
    expectFailure(() => exactIdentity(identity, ''), 'POLICY_INVALID', /issuer is empty/);
  });
});
