import { expect, test } from '@jest/globals';
import type { NameKind } from '../../../src/monitor/look-alikes/index.ts';
import { lookAlikeFinder } from '../../../src/monitor/rules/index.ts';
import type { WatchedIdentity } from '../../../src/monitor/watch-policy/index.ts';
import { emptyPolicy, repository } from './kit.ts';

const place = { line: 1 };
const identity = (match: WatchedIdentity['match'], value: string) => ({
  ...emptyPolicy,
  identities: [{ place, match, value, issuer: undefined }],
});
const workflow = 'https://github.com/sigstore/cosign/.github/workflows/release.yml@refs/heads/main';

test.each<[string, Parameters<typeof lookAlikeFinder>[0], NameKind, string]>([
  [
    'a repository',
    { ...emptyPolicy, repositories: [repository({}, { name: 'sigstore/cosign' })] },
    'repo',
    'sigsotre/cosign',
  ],
  [
    'the owner of a repository',
    { ...emptyPolicy, repositories: [repository({}, { name: 'sigstore/cosign' })] },
    'owner',
    'sigsotre',
  ],
  ['an owner', { ...emptyPolicy, owners: [{ place, name: 'sigstore', id: undefined }] }, 'owner', 'sigsotre'],
  ['a person', identity('exact', 'jane@sigstore.dev'), 'email', 'jane@sigsotre.dev'],
  ['the owner of a workflow', identity('exact', workflow), 'owner', 'sigsotre'],
  ['the repository of a workflow', identity('glob', workflow.replace('release', '*')), 'repo', 'sigsotre/cosign'],
  ['a workflow', identity('exact', workflow), 'workflow', workflow.replace('release.yml', 'relaese.yml')],
  ['a repository of an identity', identity('segment', 'https://github.com/sigstore/cosign'), 'repo', 'sigsotre/cosign'],
  ['an owner of an identity', identity('segment', 'https://github.com/sigstore'), 'owner', 'sigsotre'],
  [
    'a protected name',
    { ...emptyPolicy, protectedNames: [{ place, kind: 'domain', name: 'sigstore.dev', ownerId: undefined }] },
    'domain',
    'sigsotre.dev',
  ],
])('%s', (_, policy, kind, name) => {
  expect(lookAlikeFinder(policy).find({ kind, name })).toMatchObject({ rule: 'transposed' });
});

test('names of a watched owner are not imitations', () => {
  const finder = lookAlikeFinder({
    ...emptyPolicy,
    repositories: [repository({}, { name: 'sigstore/cosign', ownerId: '7' })],
  });
  expect(finder.find({ kind: 'repo', name: 'sigsotre/cosign', ownerId: '7' })).toBeUndefined();
  const owners = lookAlikeFinder({ ...emptyPolicy, owners: [{ place, name: 'sigstore', id: '7' }] });
  expect(owners.find({ kind: 'owner', name: 'sigsotre', ownerId: '7' })).toBeUndefined();
});

test('patterns and other identities have no names', () => {
  for (const value of [
    '*@sigstore.dev',
    'https://github.com/*/cosign',
    'https://gitlab.com/sigstore/cosign',
    'spiffe://a/b',
  ])
    expect(() => lookAlikeFinder(identity('glob', value))).not.toThrow();
});

test('a protected name without the form of its kind', () => {
  const protectedNames = [{ place, kind: 'repo', name: 'sigstore', ownerId: undefined }] as const;
  expect(() => lookAlikeFinder({ ...emptyPolicy, protectedNames })).toThrow(expect.objectContaining({ code: 'USAGE' }));
});
