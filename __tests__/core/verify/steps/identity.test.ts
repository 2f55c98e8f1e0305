import { describe, expect, test } from '@jest/globals';
import { fulcioExtension } from '../../../../sandbox/index.ts';
import { exactly, type Policy } from '../../../../src/core/verify/index.ts';
import { identity, issuer, policy } from '../../../kit/instance.ts';

import { leaf, refused, verdict } from '../step-cases.ts';

/** The policy with another expectation of the signer. */
const expecting = (changes: Partial<Extract<Policy['signer'], { kind: 'identity' }>>): Policy => {
  if (policy.signer.kind !== 'identity') throw new Error('the policy is of an identity');
  return { ...policy, signer: { ...policy.signer, ...changes } };
};
describe('identity', () => {
  test('another workflow', async () => {
    await refused(
      { policy: expecting({ identity: exactly(`${identity}-2`) }) },
      'IDENTITY_MISMATCH',
      /signed by .*release\.yml@refs\/heads\/main"; expected ".*main-2"/,
    );
  });

  test.each(['.', '.*', identity.slice(0, -1), identity.toUpperCase(), ` ${identity}`, identity.replace('.', 'x')])(
    'is compared exactly: %j does not match',
    async (name) => {
      await refused({ policy: expecting({ identity: exactly(name) }) }, 'IDENTITY_MISMATCH', /; expected /);
    },
  );

  test('another issuer', async () => {
    const expected = expecting({ issuer: exactly(`${issuer}.evil.test`) });
    await refused({ policy: expected }, 'ISSUER_MISMATCH', /OIDC issuer is "https:\/\/issuer\.example\.test"/);
  });

  const uri = (value: string) => ({ kind: 'uniformResourceIdentifier', value }) as const;

  test('two names in one certificate', async () => {
    const names = [uri(identity), uri('https://github.com/evil/evil')];
    await refused(
      leaf({ subjectAlternativeNames: { critical: true, names } }),
      'CERTIFICATE_INVALID',
      /exactly one identity/,
    );
    await refused(
      leaf({ subjectAlternativeNames: { critical: true, names: [...names].reverse() } }),
      'CERTIFICATE_INVALID',
      /exactly one/,
    );
  });

  test('no name', async () => {
    await refused(leaf({ subjectAlternativeNames: undefined }), 'CERTIFICATE_INVALID', /exactly one identity/);
  });

  test('no issuer', async () => {
    await refused(leaf({ additionalExtensions: [] }), 'CERTIFICATE_INVALID', /has no OIDC issuer/);
  });

  test('two issuers that contradict one another', async () => {
    const two = [fulcioExtension(1, 'https://evil.example.test'), fulcioExtension(8, issuer)];
    await refused(leaf({ additionalExtensions: two }), 'CERTIFICATE_INVALID', /two different OIDC issuers/);
  });

  test('the older form of the issuer alone counts', async () => {
    await expect(verdict(leaf({ additionalExtensions: [fulcioExtension(1, issuer)] }))).resolves.toMatchObject({
      signer: { identity: { issuer } },
    });
  });
});
