import { expect, test } from '@jest/globals';
import type { CertificateClaims } from '../../../src/monitor/entries/index.ts';
import { serviceQueries } from '../../../src/run/search/search-service.ts';
import { workflowNames } from '../../../src/run/search/workflow-names.ts';

const repository = 'https://github.com/example-org/app';
const name = (workflow: string, ref: string, of = repository) => `${of}/.github/workflows/${workflow}@${ref}`;

function certificateOf(names: readonly string[], claims: CertificateClaims['claims'] = {}): CertificateClaims {
  return {
    der: new Uint8Array(),
    certificateHash: undefined,
    keyHash: undefined,
    names: names.map((value) => ({ kind: value.includes('://') ? 'uri' : 'email', value })),
    claims: { sourceRepositoryUri: repository, ...claims },
    notBefore: undefined,
    notAfter: undefined,
  };
}

test('the names that were seen come first, and then each workflow with each ref', () => {
  const seen = [
    certificateOf([name('release.yml', 'refs/tags/v1')]),
    certificateOf([name('ci.yml', 'refs/heads/dev')], { sourceRepositoryRef: 'refs/pull/7/merge' }),
  ];
  const { names, left } = workflowNames(repository, seen);
  expect(names.slice(0, 2)).toEqual([name('release.yml', 'refs/tags/v1'), name('ci.yml', 'refs/heads/dev')]);
  const refs = ['refs/heads/main', 'refs/heads/master', 'refs/tags/v1', 'refs/heads/dev', 'refs/pull/7/merge'];
  const expected = refs.flatMap((ref) => ['release.yml', 'ci.yml'].map((workflow) => name(workflow, ref)));
  expect([...names].sort()).toEqual([...expected].sort());
  expect(left).toBe(0);
});

test('the workflow that a job began with counts, and one of another repository does not', () => {
  const shared = name('shared.yml', 'refs/tags/v9', 'https://github.com/other-org/workflows');
  const { names } = workflowNames(repository.toUpperCase(), [
    certificateOf([shared], { buildConfigUri: name('build.yml', 'refs/heads/main') }),
  ]);
  expect(names).toEqual([name('build.yml', 'refs/heads/main'), name('build.yml', 'refs/heads/master')]);
});

test.each<[string, CertificateClaims]>([
  ['another repository', certificateOf([name('x.yml', 'refs/heads/main')], { sourceRepositoryUri: `${repository}2` })],
  [
    'a repository whose name begins with that of this one',
    certificateOf([name('x.yml', 'refs/heads/main', `${repository}2`)]),
  ],
  ['an email address', certificateOf(['dev@refs/heads/main'])],
  ['a name without a ref', certificateOf([`${repository}/.github/workflows/x.yml@v1`])],
  ['a name without a workflow', certificateOf([repository])],
])('%s gives no name', (_, claims) => {
  expect(workflowNames(repository, [claims])).toEqual({ names: [], left: 0 });
});

test('there are at most 200 names, and the others are counted', () => {
  const seen = Array.from({ length: 150 }, (_, at) => certificateOf([name('a.yml', `refs/tags/v${at}`)]));
  expect(workflowNames(repository, seen)).toMatchObject({ names: { length: 152 }, left: 0 });
  const two = workflowNames(repository, [...seen, certificateOf([name('b.yml', 'refs/tags/v0')])]);
  expect(two).toMatchObject({ names: { length: 200 }, left: 104 });
});

test('names that the service refuses are left out, and counted', () => {
  const query = { digests: [], identity: undefined, issuer: undefined, repository, key: undefined };
  const { keys, missed } = serviceQueries(query, [certificateOf([name('a.yml', `refs/heads/${'x'.repeat(600)}`)])]);
  expect(keys).toEqual(['main', 'master'].map((ref) => ({ kind: 'name', name: name('a.yml', `refs/heads/${ref}`) })));
  expect(missed).toBe(
    'entries under names other than the 2 that were derived from the local index, 1 of which were left out',
  );
  expect(serviceQueries(query, [])).toMatchObject({ keys: [] });
  // A name answers the query by itself.
  expect(serviceQueries({ ...query, identity: 'dev@example.com' }, [])).toEqual({
    keys: [{ kind: 'name', name: 'dev@example.com' }],
    missed: undefined,
  });
});
