/** A mismatch that comes only from the case of letters is explained, and stays a mismatch. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { readBundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { exactly, matching, type Policy, pathWithin, type SignerPolicy } from '../../../src/core/policy/index.ts';
import { artifactOfBytes, type Bundle, type Examination, examine } from '../../../src/core/verify/index.ts';
import { withLetterCase } from '../../../src/run/verify/letter-case.ts';
import { artifact, Instance, identity, issuer, now, policy } from '../../kit/instance.ts';

let instance: Instance;
let bundle: Bundle;
beforeAll(() => {
  instance = new Instance();
  bundle = readBundle(writeBundle(instance.sign()));
});

type IdentityPolicy = Extract<SignerPolicy, { readonly kind: 'identity' }>;

async function examined(signer: Partial<IdentityPolicy>): Promise<Examination> {
  const own: IdentityPolicy = { kind: 'identity', identity: exactly(identity), issuer: exactly(issuer), claims: [] };
  const strict: Policy = { ...policy, signer: { ...own, ...signer } };
  const examination = await examine(bundle, artifactOfBytes(artifact), instance.trust(), strict, now);
  return withLetterCase(examination, bundle, [strict]);
}

const repository = 'https://github.com/example-org/example-repo';

describe('a difference in case', () => {
  test.each<[what: string, signer: Partial<IdentityPolicy>, code: string, spelling: string]>([
    [
      'of a repository',
      { identity: pathWithin('https://github.com/Example-Org/example-repo') },
      'IDENTITY_MISMATCH',
      repository,
    ],
    ['of an identity', { identity: exactly(identity.replace('release', 'Release')) }, 'IDENTITY_MISMATCH', identity],
    [
      'of a pattern',
      { identity: matching(`${repository.replace('e', 'E')}/**@refs/**`) },
      'IDENTITY_MISMATCH',
      identity,
    ],
    ['of an issuer', { issuer: exactly(issuer.toUpperCase()) }, 'ISSUER_MISMATCH', issuer],
    [
      'of a claim',
      { claims: [{ claim: 'sourceRepositoryUri', expected: [exactly(repository.replace('org', 'ORG'))] }] },
      'CLAIM_MISMATCH',
      repository,
    ],
  ])('%s is named', async (_, signer, code, spelling) => {
    const { failure, verdict, criteria } = await examined(signer);
    expect(verdict).toBeUndefined();
    expect(failure).toMatchObject({
      code,
      message: expect.stringMatching(/; only the case of letters differs$/),
      remedy: expect.stringMatching(new RegExp(`: ${spelling.replaceAll(/[.]/g, '\\$&')}$`)),
    });
    expect(criteria.filter((one) => one.failure === failure).map(({ found }) => found)).toEqual([failure?.message]);
  });
});

describe('another difference is not', () => {
  test.each<[what: string, signer: Partial<IdentityPolicy>]>([
    ['another repository', { identity: pathWithin('https://github.com/Example-Org/example') }],
    // U+212A, which becomes k in lower case.
    ['a letter of another script', { identity: exactly(identity.replace('k', '\u212a')) }],
    ['another claim', { claims: [{ claim: 'buildTrigger', expected: [exactly('release')] }] }],
    ['a claim that is not made', { claims: [{ claim: 'deploymentEnvironment', expected: [exactly('x')] }] }],
    ['a refused value', { claims: [{ claim: 'buildTrigger', expected: [], refused: [exactly('push')] }] }],
  ])('%s', async (_, signer) => {
    const { failure } = await examined(signer);
    expect(failure?.code).toMatch(/_MISMATCH$/);
    expect(failure?.message).not.toContain('case of letters');
  });
});
