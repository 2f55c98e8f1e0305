/** The facts about entries: each is looked up once, and only for repositories of the policy. */

import { describe, expect, test } from '@jest/globals';
import type { CertifiedSigner, FactName, OwnRepository } from '../../../src/monitor/rules/index.ts';
import { FactLookup } from '../../../src/monitor/watch/fact-lookup.ts';
import type { WatchedRepository } from '../../../src/monitor/watch-policy/index.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const run = 'https://github.com/octo/app/actions/runs/42/attempts/2';
const all: ReadonlySet<FactName> = new Set(['run', 'repository', 'commit', 'receipts']);

function own(claims: CertifiedSigner['claims'] = {}): OwnRepository {
  const signer: CertifiedSigner = {
    kind: 'certificate',
    names: [],
    claims: {
      sourceRepositoryUri: 'https://github.com/octo/app',
      sourceRepositoryDigest: sha,
      runInvocationUri: run,
      ...claims,
    },
    keyHash: undefined,
    certificateHash: undefined,
    tbsHash: undefined,
    notBefore: undefined,
    notAfter: undefined,
  };
  return { signer, watched: undefined };
}

function repository(receipts: readonly string[]): WatchedRepository {
  const expected = {
    workflows: [],
    jobs: [],
    refs: [],
    movingTags: [],
    triggers: [],
    runners: [],
    environments: [],
    signers: [],
    receipts,
  };
  return { place: { line: 1 }, name: 'octo/app', id: undefined, ownerId: undefined, expected };
}

/** Returns a lookup, and the requests that it makes. */
function lookup() {
  const asked: string[] = [];
  const answer = async (text: string) => {
    asked.push(text);
    return { kind: 'unknown', reason: 'a test' } as const;
  };
  const facts = new FactLookup({
    github: {
      workflowRun: (name, id, attempt) => answer(`run ${name} ${id} ${attempt}`),
      repository: (name) => answer(`repository ${name}`),
      compareToDefaultBranch: (name, commit) => answer(`commit ${name} ${commit}`),
    },
    receipts: { receipts: (folders) => answer(`receipts ${folders.join()}`) },
  });
  return { facts, asked };
}

test('each fact is looked up once for all entries', async () => {
  const { facts, asked } = lookup();
  for (let entry = 0; entry < 3; entry++) await facts.of(own(), repository(['/receipts']), all);
  expect(asked.sort()).toEqual([
    `commit octo/app ${sha}`,
    'receipts /receipts',
    'repository octo/app',
    'run octo/app 42 2',
  ]);
});

test('entries that are judged at the same time share a request', async () => {
  const { facts, asked } = lookup();
  await Promise.all([1, 2, 3].map(() => facts.of(own(), undefined, new Set(['run']))));
  expect(asked).toEqual(['run octo/app 42 2']);
});

test('only facts that a rule needs are looked up', async () => {
  const { facts, asked } = lookup();
  const found = await facts.of(own(), repository(['/receipts']), new Set(['commit']));
  expect(asked).toEqual([`commit octo/app ${sha}`]);
  expect(found.run).toEqual({ kind: 'unknown', reason: 'no rule needs it' });
});

describe('nothing is requested', () => {
  test('about an entry that names no repository of the policy', async () => {
    const { facts, asked } = lookup();
    const found = await facts.of(undefined, undefined, all);
    expect(found).toMatchObject({ run: { kind: 'unknown' }, receipts: { kind: 'absent' } });
    expect(asked).toEqual([]);
  });

  test.each(['https://github.com/octo/../admin', 'https://github.com/octo', 'https://github.com/a/b/c', ''])(
    'about the repository %s',
    async (sourceRepositoryUri) => {
      const { facts, asked } = lookup();
      await facts.of(own({ sourceRepositoryUri }), undefined, all);
      expect(asked).toEqual([]);
    },
  );

  test('about a run of another repository, which the named one does not have', async () => {
    const { facts, asked } = lookup();
    const runInvocationUri = 'https://github.com/evil/app/actions/runs/42/attempts/1';
    expect((await facts.of(own({ runInvocationUri }), undefined, new Set(['run']))).run).toEqual({ kind: 'absent' });
    expect(asked).toEqual([]);
  });

  test.each([undefined, 'main', '../../..', sha.slice(1)])('about the commit %s', async (sourceRepositoryDigest) => {
    const { facts, asked } = lookup();
    const found = await facts.of(own({ sourceRepositoryDigest }), undefined, new Set(['commit']));
    expect(found.commit).toMatchObject({ kind: 'unknown' });
    expect(asked).toEqual([]);
  });
});
