/** The build level that a verified bundle proves under a policy. */

import { describe, expect, test } from '@jest/globals';
import { digest } from '../../../src/core/crypto/index.ts';
import { exactly, matching, pathWithin, type SignerPolicy } from '../../../src/core/policy/index.ts';
import { provenLevel } from '../../../src/run/summary/proven-level.ts';
import { builder, type Changes, issuer, source, v1, verdict } from './verdict.ts';

type IdentityPolicy = Extract<SignerPolicy, { kind: 'identity' }>;

function policy(identity: IdentityPolicy['identity'], from: IdentityPolicy['issuer'] = issuer): SignerPolicy {
  return { kind: 'identity', identity, issuer: from, claims: [] };
}

const own = policy(pathWithin(source));

describe('provenance', () => {
  test.each([
    ['https://slsa.dev/provenance/v1', v1],
    [
      'https://slsa.dev/provenance/v0.2',
      { builder: { id: 'https://example.com' }, buildType: 'https://example.com/b' },
    ],
  ])('of type %s on a hosted runner proves level 2', (predicateType, predicate) => {
    expect(provenLevel(verdict({ predicateType, predicate }), own)).toBe(2);
  });

  test('on a runner of GitLab proves level 2', () => {
    expect(
      provenLevel(verdict({ claims: { sourceRepositoryUri: source, runnerEnvironment: 'gitlab-hosted' } }), own),
    ).toBe(2);
  });

  test.each(['self-hosted', 'github-hosted-not', ''])('on a runner that is %j proves level 1', (runner) => {
    expect(provenLevel(verdict({ claims: { sourceRepositoryUri: source, runnerEnvironment: runner } }), own)).toBe(1);
  });

  test.each<[string, Changes]>([
    ['of another type', { predicateType: 'https://spdx.dev/Document' }],
    ['without a builder', { predicate: { buildDefinition: { buildType: 'https://example.com/b' } } }],
    ['without a build type', { predicate: { runDetails: { builder: { id: 'https://example.com' } } } }],
    ['whose builder is no text', { predicate: { ...v1, runDetails: { builder: { id: 3 } } } }],
    ['of an identity without a source repository', { claims: { runnerEnvironment: 'github-hosted' } }],
    ['of an identity without a runner', { claims: { sourceRepositoryUri: source } }],
  ])('%s proves nothing', (_, changes) => {
    expect(provenLevel(verdict(changes), own)).toBe(0);
  });

  test('under a policy that accepts anyone proves nothing', () => {
    expect(provenLevel(verdict(), policy('any'))).toBe(0);
    expect(provenLevel(verdict(), policy(pathWithin(source), 'any'))).toBe(0);
  });
});

test('a signature over the artifact itself proves nothing', () => {
  const content = { kind: 'message-signature', digest: digest('sha256', new Uint8Array()) } as const;
  expect(provenLevel({ ...verdict(), content }, own)).toBe(0);
});

describe('level 3', () => {
  test.each([
    exactly(`${builder}@refs/tags/v1`),
    matching(`${builder}@refs/tags/v*`),
    matching(`${builder}@refs/heads/release/**`),
    exactly(`${builder}@${'0'.repeat(40)}`),
  ])('is proven by a policy for $value', (identity) => {
    expect(provenLevel(verdict(), policy(identity))).toBe(3);
  });

  test.each([
    // Everyone who can push to the repository of the workflow chooses the ref.
    matching(`${builder}@**`),
    matching(`${builder}@refs/tags/*`),
    matching(`${builder}@refs/**`),
    matching('https://github.com/example-org/workflows/.github/workflows/*@refs/tags/v1'),
    matching('https://github.com/example-org/*/.github/workflows/build.yml@refs/tags/v1'),
    pathWithin('https://github.com/example-org/workflows'),
    pathWithin(`${builder}@refs/tags/v1`),
    // A workflow of the source repository, whatever the case of its name.
    exactly(`${source}/.github/workflows/build.yml@refs/tags/v1`),
    exactly('https://github.com/Example-Org/App/.github/workflows/build.yml@refs/tags/v1'),
    // A file with an @ in its name.
    exactly('https://github.com/example-org/workflows/.github/workflows/build.yml@evil.yml@refs/tags/v1'),
    exactly('releaser@example.org'),
  ])('is not proven by a policy for $value', (identity) => {
    expect(provenLevel(verdict(), policy(identity))).toBe(2);
  });

  test('requires a hosted runner', () => {
    expect(
      provenLevel(
        verdict({ claims: { sourceRepositoryUri: source, runnerEnvironment: 'self-hosted' } }),
        policy(exactly(`${builder}@refs/tags/v1`)),
      ),
    ).toBe(1);
  });
});
