import { describe, expect, test } from '@jest/globals';
import { Learned, ownSigners, repositoryOf, runOf, signedAt, signerName } from '../../../src/monitor/rules/index.ts';
import { unexplainedSignature } from '../../../src/monitor/rules/p01-unexplained-signature.ts';
import { dangerousTrigger } from '../../../src/monitor/rules/p06-dangerous-trigger.ts';
import { commitOffDefaultBranch } from '../../../src/monitor/rules/p08-commit-off-default-branch.ts';
import { otherId } from '../../../src/monitor/rules/p09-other-id.ts';
import { firstSigner } from '../../../src/monitor/rules/p11-first-signer.ts';
import { twoOwners } from '../../../src/monitor/rules/p15-two-owners.ts';
import { person } from '../../../src/monitor/rules/p16-person.ts';
import { dispatchOffDefaultBranch } from '../../../src/monitor/rules/p26-dispatch-off-default-branch.ts';
import { borrowedSigner } from '../../../src/monitor/rules/p27-borrowed-signer.ts';
import { nameScope } from '../../../src/monitor/rules/scopes.ts';
import { sameName, workflowAt } from '../../../src/monitor/rules/signer.ts';
import {
  commit,
  context,
  daysAfter,
  digest,
  issuedAt,
  type JobClaims,
  jobSigner,
  learnedHistory,
  minutesAfter,
  observedBy,
  personSigner,
  repository,
  signature,
  verdictOf,
} from './kit.ts';

const enterprise = 'https://github.corp.example';
const enterpriseSigner = jobSigner({
  trigger: 'issues',
  claims: { issuer: `${enterprise}/_services/token`, sourceRepositoryUri: `${enterprise}/octo/app` },
});

describe('own repositories', () => {
  test('of GitHub Enterprise Server', () => {
    const policy = { host: 'github.corp.example' };
    expect(ownSigners(signature(enterpriseSigner), context({ policy }))).toHaveLength(1);
    expect(ownSigners(signature(jobSigner()), context({ policy }))).toEqual([]);
    // The policy is about github.com.
    expect(ownSigners(signature(enterpriseSigner), context())).toEqual([]);
  });

  test.each(['https://gitlab.com', 'https://codeberg.org'])('not those of %s with the same name and ids', (host) => {
    const claims = { issuer: host, sourceRepositoryUri: `${host}/octo/app` };
    const entry = signature(jobSigner({ trigger: 'issues', claims }));
    const stated = { repository: repository({}, { id: '12345', ownerId: '678' }) };
    expect(verdictOf(dangerousTrigger, entry, stated)).toBeUndefined();
    const owners = [{ place: { line: 1 }, name: 'octo', id: '678' }];
    expect(verdictOf(dangerousTrigger, entry, { repository: undefined, policy: { owners } })).toBeUndefined();
  });

  test('by the id, if the name has changed', () => {
    const stated = { repository: repository({}, { id: '12345' }) };
    expect(ownSigners(signature(jobSigner({ repository: 'new/name' })), context(stated))).toHaveLength(1);
    const other = signature(jobSigner({ repository: 'new/name', id: '9' }));
    expect(ownSigners(other, context(stated))).toHaveLength(0);
  });

  test('not without a source repository', () => {
    const without = jobSigner({ claims: { sourceRepositoryUri: undefined } });
    const identities = [
      { place: { line: 1 }, match: 'exact', value: without.names[0]?.value ?? '', issuer: undefined },
    ] as const;
    expect(ownSigners(signature(without), context({ policy: { identities } }))).toHaveLength(0);
  });
});

describe('a repository of another host that the policy names by its workflow', () => {
  const elsewhere = 'https://gitlab.example';
  const identities = [
    { place: { line: 1 }, match: 'exact', value: `${elsewhere}/octo/app/ci.yml@refs/heads/main`, issuer: undefined },
  ] as const;
  const there = (job: JobClaims = {}) =>
    signature(
      jobSigner({
        ...job,
        claims: { issuer: elsewhere, sourceRepositoryUri: `${elsewhere}/octo/app`, ...job.claims },
      }),
    );
  const changes = { repository: undefined, policy: { identities } };

  test('is an own one', () => {
    expect(ownSigners(there(), context(changes))).toHaveLength(1);
  });

  test.each([
    ['P01', unexplainedSignature, there({ run: '7' }), { run: { kind: 'absent' } }],
    ['P08', commitOffDefaultBranch, there(), { commit: { kind: 'known', value: 'diverged' } }],
    ['P09', otherId, there({ id: '999' }), {}],
    ['P26', dispatchOffDefaultBranch, there({ ref: 'refs/heads/x', trigger: 'workflow_dispatch' }), {}],
    ['P27', borrowedSigner, there({ signer: 'slsa/generator/.github/workflows/generic.yml@refs/tags/v2' }), {}],
  ] as const)('is not compared with GitHub by %s', (_, rule, entry, facts) => {
    expect(verdictOf(rule, entry, { ...changes, facts })).toBeUndefined();
  });

  test('has a new signer that P04 does not notice', () => {
    const claims = { issuer: elsewhere, sourceRepositoryUri: `${elsewhere}/octo/app` };
    const first = signature(jobSigner({ claims }, { notBefore: daysAfter(-40) }), { digests: ['0'.repeat(64)] });
    const entry = there({ workflow: 'other.yml' });
    const history = learnedHistory(first);
    expect(observedBy(firstSigner, entry, { ...changes, history }).title).toMatch('other.yml signs for the first time');
  });
});

describe('addresses', () => {
  test('of workflows', () => {
    const at = (path: string) => workflowAt(`https://github.com/octo/app/${path}`);
    expect(at('.github/workflows/a.yml@refs/heads/main')).toMatchObject({
      path: '.github/workflows/a.yml',
      ref: 'refs/heads/main',
    });
    expect(at('.github/workflows/a.yml@b.yml@refs/heads/x@refs/y')?.path).toBe('.github/workflows/a.yml@b.yml');
    expect(at(`.github/workflows/a.yml@${commit}`)?.ref).toBe(commit);
    expect(at('.github/workflows/a%20b.yml@refs/heads/main')?.path).toBe('.github/workflows/a b.yml');
    for (const text of ['.github/workflows/a.yml', '.github/workflows/a.yml@main', '@refs/heads/main'])
      expect(at(text)).toBeUndefined();
    expect(workflowAt(undefined)).toBeUndefined();
    expect(workflowAt('http://github.com/octo/app/a.yml@refs/heads/main')).toBeUndefined();
  });

  test('of runs', () => {
    const of = (runInvocationUri: string | undefined) => runOf(jobSigner({ claims: { runInvocationUri } }));
    expect(of('https://github.com/octo/app/actions/runs/42/attempts/3')).toEqual({
      repository: 'octo/app',
      id: '42',
      attempt: 3,
    });
    for (const text of [
      undefined,
      'https://github.com/octo/app/actions/runs/42',
      'https://github.com/octo/app/actions/runs/42/attempts/1/x',
      'https://gitlab.com/octo/app/-/jobs/42',
      'https://github.com/octo/actions/runs/42/attempts/1',
    ])
      expect(of(text)).toBeUndefined();
  });

  test('of repositories', () => {
    const of = (sourceRepositoryUri: string | undefined) =>
      repositoryOf(jobSigner({ claims: { sourceRepositoryUri } }));
    expect(of('https://GitHub.com/octo/app')).toEqual({ host: 'github.com', name: 'octo/app' });
    for (const text of [undefined, 'http://github.com/octo/app', 'https://github.com', 'https://github.com/'])
      expect(of(text)).toBeUndefined();
  });

  test('without a repository, there is no scope of its name', () => {
    expect(nameScope(personSigner())).toBeUndefined();
    expect(nameScope(jobSigner())).toBe('["github.com","octo/app"]');
  });

  test('names are compared without case, and an absent one is none', () => {
    expect(sameName('Octo', 'octo')).toBe(true);
    expect(sameName('octo', 'other')).toBe(false);
    expect(sameName(undefined, undefined)).toBe(false);
  });
});

test('the name of a signer', () => {
  expect(signerName(jobSigner())).toMatchObject({
    kind: 'uri',
    name: 'https://github.com/octo/app/.github/workflows/release.yml',
    owner: 'github.com/octo',
  });
  expect(signerName(personSigner('Jane@octo.example'))).toMatchObject({ kind: 'email', owner: 'jane@octo.example' });
  const spiffe = jobSigner({}, { names: [{ kind: 'uri', value: 'spiffe://example/service' }], claims: {} });
  expect(signerName(spiffe)).toMatchObject({ name: 'spiffe://example/service', owner: 'spiffe://example/service' });
  expect(signerName(jobSigner({}, { names: [], claims: {} }))).toMatchObject({ kind: 'other', name: '', issuer: '' });
});

test('the time of a signature', () => {
  const entry = signature();
  expect(signedAt({ ...entry, loggedAt: minutesAfter(5) }, jobSigner())).toEqual(minutesAfter(5));
  expect(signedAt(entry, jobSigner())).toEqual(issuedAt);
  expect(signedAt(entry, jobSigner({}, { notBefore: undefined }))).toEqual(entry.seenAt);
  expect(signedAt(entry)).toEqual(entry.seenAt);
});

test.each(['text', '{}', '[]', '["uri","i","n"]', '[1,2,3,4]', '["uri","i","n","o","x"]'])(
  'a signer %s in the history of a hostile file stops no rule',
  (value) => {
    const history = Learned.read({
      schema: 'countersign-watch-history/1',
      logs: [],
      learning: [{ scope: '*', since: 0, entries: 200 }],
      kinds: [
        {
          kind: 'signers-of-digest',
          dropped: 0,
          scopes: [{ scope: `sha256:${digest}`, values: [{ value, at: 0, count: 1 }] }],
        },
      ],
    });
    for (const rule of [firstSigner, twoOwners, person])
      expect(() => rule.check(signature(personSigner()), context({ history }))).not.toThrow();
    expect(twoOwners.check(signature(personSigner()), context({ history }))).toBeUndefined();
  },
);
