import { describe, expect, test } from '@jest/globals';
import type { WorkflowRun } from '../../../src/monitor/rules/index.ts';
import { unexplainedSignature as rule } from '../../../src/monitor/rules/p01-unexplained-signature.ts';
import {
  type ContextChanges,
  context,
  daysAfter,
  job,
  jobSigner,
  minutesAfter,
  now,
  observedBy,
  otherCommit,
  personSigner,
  run,
  signature,
  verdictOf,
} from './kit.ts';

const found = (changes: Partial<WorkflowRun>): ContextChanges => ({
  facts: { run: { kind: 'known', value: run(changes) } },
});
const absent: ContextChanges = { facts: { run: { kind: 'absent' } } };

test('a successful run explains its signature', () => {
  expect(verdictOf(rule, signature())).toBeUndefined();
  expect(verdictOf(rule, signature(), { expected: { jobs: ['release'] } })).toBeUndefined();
});

test('the workflow of the run is no reusable one that the run would have to list', () => {
  const referencedWorkflows = [{ path: 'octo/other/.github/workflows/x.yml@main', sha: otherCommit, ref: undefined }];
  expect(verdictOf(rule, signature(), found({ referencedWorkflows }))).toBeUndefined();
});

test('a forged certificate of another host is none of the repository', () => {
  const claims = { sourceRepositoryUri: 'https://gitlab.example/octo/app' };
  expect(verdictOf(rule, signature(jobSigner({}, { isIssued: false })))).toMatchObject({ kind: 'observed' });
  expect(verdictOf(rule, signature(jobSigner({ claims }, { isIssued: false })))).toBeUndefined();
});

describe('the outcome of the run', () => {
  test('the run failed in the job that signed, and skipped the publishing job', () => {
    const jobs = [job('test', { conclusion: 'failure' }), job('publish', { conclusion: 'skipped' })];
    const { title, severity } = observedBy(rule, signature(), found({ conclusion: 'failure', jobs }));
    expect(title).toBe('run 42 made a signature, and its signing job did not succeed');
    expect(severity).toBeUndefined();
  });

  test.each(['failure', 'cancelled', 'timed_out', 'action_required', 'stale', 'startup_failure', 'skipped', undefined])(
    'a run that ended with %s',
    (conclusion) => {
      const observation = observedBy(rule, signature(), found({ conclusion, jobs: [] }));
      expect(observation).toMatchObject({ title: 'run 42 made a signature, and did not succeed' });
      expect(observation.severity).toBeUndefined();
    },
  );

  test('a job that fails after the signing job succeeded is a note', () => {
    const later = job('announce', { conclusion: 'failure', startedAt: minutesAfter(3), completedAt: minutesAfter(4) });
    const changes = found({ conclusion: 'failure', jobs: [job('release'), later] });
    const title = 'run 42 of octo/app did not succeed, but its signing job did';
    expect(observedBy(rule, signature(), changes)).toMatchObject({ severity: 'note', title });
    expect(observedBy(rule, signature(), { ...changes, expected: { jobs: ['release'] } }).severity).toBe('note');
  });

  test('a job that starts seconds after the signature was not the one that signed', () => {
    const jobs = [
      job('release', { completedAt: minutesAfter(0.05) }),
      job('announce', { conclusion: 'failure', startedAt: minutesAfter(0.1), completedAt: minutesAfter(1) }),
    ];
    expect(observedBy(rule, signature(), found({ conclusion: 'failure', jobs })).severity).toBe('note');
  });

  test('a job whose end is seconds before the signature may have made it: clocks differ', () => {
    const jobs = [job('release', { completedAt: minutesAfter(-0.1) })];
    expect(verdictOf(rule, signature(), { ...found({ jobs }), expected: { jobs: ['release'] } })).toBeUndefined();
    const early = [job('release', { completedAt: minutesAfter(-0.5) })];
    const observation = observedBy(rule, signature(), { ...found({ jobs: early }), expected: { jobs: ['release'] } });
    expect(observation.title).toBe('no signing job of run 42 was running when a certificate was issued to it');
  });

  test('without expected jobs, a failed job next to a successful one may have signed', () => {
    const jobs = [job('build (linux)'), job('build (windows)', { conclusion: 'failure' })];
    const changes = found({ conclusion: 'failure', jobs });
    expect(observedBy(rule, signature(), changes).severity).toBeUndefined();
    expect(observedBy(rule, signature(), { ...changes, expected: { jobs: ['build (linux)'] } }).severity).toBe('note');
  });

  test('an unsuccessful job does not matter in a run that succeeded, unless it is a signing job', () => {
    const jobs = [job('release'), job('lint', { conclusion: 'failure' })];
    expect(verdictOf(rule, signature(), found({ jobs }))).toBeUndefined();
    const failing = found({ jobs: [job('release', { conclusion: 'failure' })] });
    expect(observedBy(rule, signature(), { ...failing, expected: { jobs: ['release'] } }).title).toMatch(
      'its signing job did not succeed',
    );
  });

  test('a neutral job succeeded', () => {
    const jobs = [job('release', { conclusion: 'neutral' })];
    expect(verdictOf(rule, signature(), { ...found({ jobs }), expected: { jobs: ['release'] } })).toBeUndefined();
  });
});

describe('the signing jobs of the policy', () => {
  test('the run succeeded, but the signature was made in another job', () => {
    const jobs = [job('test'), job('release', { startedAt: minutesAfter(3), completedAt: minutesAfter(5) })];
    const { reason } = observedBy(rule, signature(), { ...found({ jobs }), expected: { jobs: ['release'] } });
    expect(reason).toMatch(/only others were running: the job test \(success\)/);
  });

  test('the signing job was skipped', () => {
    const jobs = [job('test'), job('release', { conclusion: 'skipped' })];
    expect(observedBy(rule, signature(), { ...found({ jobs }), expected: { jobs: ['release'] } }).title).toMatch(
      /^no signing job/,
    );
  });

  test.each(['release (linux, x64)', 'call / release', 'outer / release (1) / sign'])('a job named %s', (name) => {
    const expected = { jobs: ['release'] };
    expect(verdictOf(rule, signature(), { ...found({ jobs: [job(name)] }), expected })).toBeUndefined();
  });

  test.each(['release-notes', 'prerelease', 'release (linux'])('a job named %s is another one', (name) => {
    const expected = { jobs: ['release'] };
    expect(verdictOf(rule, signature(), { ...found({ jobs: [job(name)] }), expected })).toMatchObject({
      kind: 'observed',
    });
  });

  test('jobs without times may have been running', () => {
    const jobs = [job('release', { startedAt: undefined, completedAt: undefined })];
    expect(verdictOf(rule, signature(), { ...found({ jobs }), expected: { jobs: ['release'] } })).toBeUndefined();
    const signer = jobSigner({}, { notBefore: undefined });
    expect(verdictOf(rule, signature(signer), { expected: { jobs: ['release'] } })).toBeUndefined();
  });
});

describe('the run that the certificate describes', () => {
  test.each<[string, Partial<WorkflowRun>]>([
    ['commit', { headSha: otherCommit }],
    ['trigger', { event: 'pull_request_target' }],
    ['workflow', { path: '.github/workflows/ci.yml' }],
    ['attempt', { attempt: 2 }],
    ['run', { id: '43' }],
  ])('another %s', (what, changes) => {
    const observation = observedBy(rule, signature(), found(changes));
    expect(observation.title).toMatch('is not the one that the certificate describes');
    expect(observation.reason).toMatch(`The certificate states the ${what} `);
  });

  test('a difference is observed while the run is in progress', () => {
    expect(verdictOf(rule, signature(), found({ status: 'in_progress', headSha: otherCommit }))).toMatchObject({
      kind: 'observed',
    });
  });

  test('a run of another repository', () => {
    const runInvocationUri = 'https://github.com/evil/app/actions/runs/42/attempts/1';
    const observation = observedBy(rule, signature(jobSigner({ claims: { runInvocationUri } })));
    expect(observation.title).toBe('a certificate of octo/app names a run of evil/app');
  });

  test('the head of a pull request is not the merge commit that is built', () => {
    const signer = jobSigner({ trigger: 'pull_request_target' });
    const changes = found({ event: 'pull_request_target', headSha: otherCommit });
    expect(verdictOf(rule, signature(signer), changes)).toBeUndefined();
  });

  test.each(['octo/app/.github/workflows/release.yml@refs/tags/v1.0.0', '.github/workflows/release.yml@main'])(
    'the path %s',
    (path) => {
      expect(verdictOf(rule, signature(), found({ path }))).toBeUndefined();
    },
  );

  test('a reusable workflow that the run calls', () => {
    const signer = jobSigner({ signer: 'octo/workflows/.github/workflows/sign.yml@refs/heads/main' });
    const path = 'octo/workflows/.github/workflows/sign.yml';
    const calls = (referenced: WorkflowRun['referencedWorkflows'][number]) =>
      found({ referencedWorkflows: [referenced] });
    const ref = 'refs/heads/main';
    const sha = signer.claims.buildSignerDigest ?? '';
    expect(verdictOf(rule, signature(signer), calls({ path, sha, ref }))).toBeUndefined();
    expect(verdictOf(rule, signature(signer), calls({ path: `${path}@refs/heads/main`, sha, ref }))).toBeUndefined();
    expect(verdictOf(rule, signature(signer), found({ referencedWorkflows: [] }))).toBeUndefined();
    for (const other of [
      { path: 'octo/workflows/.github/workflows/other.yml', sha, ref },
      { path: 'evil/workflows/.github/workflows/sign.yml', sha, ref },
      { path, sha: otherCommit, ref },
    ])
      expect(observedBy(rule, signature(signer), calls(other)).reason).toMatch('The run does not call the workflow');
  });
});

describe('a run that is not known', () => {
  test('it is pending for an hour', () => {
    const entry = signature(jobSigner({}, { notBefore: minutesAfter(-30, now) }));
    expect(verdictOf(rule, entry, absent)).toMatchObject({ kind: 'pending', until: minutesAfter(30, now) });
  });

  test('it is unexplained after an hour', () => {
    expect(observedBy(rule, signature(), absent).title).toBe('run 42, which a certificate names, does not exist');
    expect(observedBy(rule, signature(), absent).severity).toBeUndefined();
  });

  test('after 90 days, GitHub may have removed it', () => {
    expect(observedBy(rule, signature(), { ...absent, now: daysAfter(89) }).severity).toBeUndefined();
    expect(observedBy(rule, signature(), { ...absent, now: daysAfter(91) }).severity).toBe('note');
  });

  test.each([{ kind: 'absent' }, { kind: 'unknown', reason: 'no token' }] as const)(
    'the repository is not visible either: %j',
    (repository) => {
      const verdict = verdictOf(rule, signature(), { facts: { run: { kind: 'absent' }, repository } });
      expect(verdict).toMatchObject({ kind: 'undecided' });
    },
  );

  test('the API does not answer', () => {
    const facts = { run: { kind: 'unknown', reason: 'HTTP status 502' } } as const;
    const reason = 'the run 42 of octo/app is not known: HTTP status 502';
    expect(verdictOf(rule, signature(), { facts })).toEqual({ kind: 'undecided', reason });
  });

  test.each(['queued', 'in_progress', 'waiting', 'requested', 'pending'])('a run that is %s is pending', (status) => {
    const verdict = verdictOf(rule, signature(), found({ status, conclusion: undefined }));
    expect(verdict).toEqual({
      kind: 'pending',
      until: minutesAfter(15, now),
      reason: 'run 42 of octo/app is in progress',
    });
  });

  test('the certificate names no run', () => {
    const entry = signature(jobSigner({ claims: { runInvocationUri: undefined } }));
    expect(observedBy(rule, entry).severity).toBe('note');
  });
});

describe('the signers', () => {
  test('other repositories, persons, keys and CI systems are not joined', () => {
    expect(verdictOf(rule, signature(jobSigner({ repository: 'other/app' })), absent)).toBeUndefined();
    expect(verdictOf(rule, signature(personSigner()), absent)).toBeUndefined();
    expect(verdictOf(rule, signature({ kind: 'key', keyHash: 'a', format: 'pgp' }), absent)).toBeUndefined();
    const gitlab = jobSigner({
      claims: { sourceRepositoryUri: 'https://gitlab.com/octo/app', issuer: 'https://gitlab.com' },
    });
    const identities = [
      { place: { line: 1 }, match: 'segment', value: 'https://gitlab.com/octo/app', issuer: undefined },
    ] as const;
    expect(verdictOf(rule, signature(gitlab), { ...absent, policy: { identities } })).toBeUndefined();
  });

  test('a repository is own by its owner or an identity too', () => {
    const place = { line: 1 };
    const only = { ...absent, repository: undefined };
    const owners = [{ place, name: 'Octo', id: undefined }];
    expect(verdictOf(rule, signature(), { ...only, policy: { owners } })).toMatchObject({ kind: 'observed' });
    const byId = [{ place, name: 'renamed', id: '678' }];
    expect(verdictOf(rule, signature(), { ...only, policy: { owners: byId } })).toMatchObject({ kind: 'observed' });
    const another = [{ place, name: 'octo', id: '679' }];
    expect(verdictOf(rule, signature(), { ...only, policy: { owners: another } })).toBeUndefined();
    const identities = [
      { place, match: 'glob', value: 'https://github.com/octo/app/.github/workflows/*@refs/tags/*', issuer: undefined },
    ] as const;
    expect(verdictOf(rule, signature(), { ...only, policy: { identities } })).toMatchObject({ kind: 'observed' });
    expect(verdictOf(rule, signature(), only)).toBeUndefined();
  });

  test('a reusable workflow of the policy that signs for others is not own', () => {
    const signer = jobSigner({
      repository: 'other/app',
      signer: 'octo/app/.github/workflows/sign.yml@refs/heads/main',
    });
    expect(verdictOf(rule, signature(signer), absent)).toBeUndefined();
  });

  test('the worst of several signers counts', () => {
    const known = jobSigner({}, { notBefore: minutesAfter(-30, now) });
    const entry = { ...signature(), signers: [known, jobSigner()] };
    expect(verdictOf(rule, entry, absent)).toMatchObject({ kind: 'observed' });
    expect(verdictOf(rule, { ...entry, signers: [known] }, absent)).toMatchObject({ kind: 'pending' });
  });

  test('a certificate that no authority issued is a note', () => {
    const forged = signature(jobSigner({}, { isIssued: false }));
    expect(observedBy(rule, forged, absent)).toMatchObject({
      severity: 'note',
      title: 'a certificate with the name of octo/app was not issued by a trusted authority',
    });
    expect(rule.check(forged, context({ repository: undefined }))).toBeUndefined();
    expect(observedBy(rule, signature(jobSigner({}, { isIssued: true })), absent).severity).toBeUndefined();
  });
});
