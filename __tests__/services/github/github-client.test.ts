/** The client of GitHub's REST API, at the sandbox's. */

import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  fault,
  type Sandbox,
  type SandboxRepository,
  secondaryRateLimit,
  startSandbox,
} from '../../../sandbox/index.ts';
import type { CountersignError } from '../../../src/core/errors/index.ts';
import { Secret } from '../../../src/node/index.ts';
import {
  type GitHubClient,
  type GitHubRun,
  type IssueQuery,
  type Lookup,
  openGitHub,
} from '../../../src/services/github/index.ts';
import { type HttpConnections, openHttp, withRetries } from '../../../src/services/http/index.ts';
import { answering, failure } from '../loopback.ts';
import { half, SkippedTime } from '../time.ts';

const commit = '7'.repeat(40);
const createdAt = new Date('2026-11-20T10:00:00Z');
const updatedAt = new Date('2026-11-20T10:05:00Z');

let sandbox: Sandbox;
let app: SandboxRepository;
let connections: HttpConnections;
let time: SkippedTime;
beforeEach(async () => {
  time = new SkippedTime();
  sandbox = await startSandbox({ clock: time.clock });
  app = sandbox.github.addRepository('octo/app');
  connections = openHttp('countersign');
});
afterEach(async () => {
  connections[Symbol.dispose]();
  await sandbox.close();
});

/** Opens a client whose requests are sent again for as long as a service is down. */
function client(token?: string, apiUrl = sandbox.urls.github): GitHubClient {
  const http = withRetries(connections.send, { ...time, budget: 60_000, random: half });
  return openGitHub({ http, token: token === undefined ? undefined : new Secret(token), apiUrl, clock: time.clock });
}

const reader = (): GitHubClient => client(sandbox.github.jobToken(app, { actions: 'read', contents: 'read' }));
const writer = (): GitHubClient => client(sandbox.github.jobToken(app, { issues: 'write' }));

/** The requests to the API: the method and the path. */
const sent = (): readonly string[] =>
  sandbox.requests.filter(({ service }) => service === 'github').map(({ method, path }) => `${method} ${path}`);

/** The head of the last request. */
const lastRequest = (service = 'github'): string =>
  String(Buffer.from(sandbox.requests.findLast((request) => request.service === service)?.content() ?? []));

function known<Value>(found: Lookup<Value>): Value {
  if (found.kind === 'known') return found.value;
  throw new Error(found.kind === 'absent' ? found.kind : found.reason);
}

describe('a run', () => {
  const run = () =>
    app.addRun({
      workflow: 'release.yml',
      event: 'push',
      headSha: commit,
      headBranch: 'v1',
      conclusion: 'failure',
      jobs: [
        { name: 'test', conclusion: 'failure' },
        { name: 'release', conclusion: 'skipped', startedAt: createdAt, completedAt: updatedAt },
        { name: 'late', status: 'queued' },
      ],
      referencedWorkflows: [
        { path: 'octo/workflows/.github/workflows/sign.yml@v1', sha: '8'.repeat(40), ref: 'refs/tags/v1' },
      ],
      createdAt,
      updatedAt,
    });

  test('with its jobs', async () => {
    const { id } = run();
    expect(known(await reader().workflowRun('octo/app', String(id), 1))).toEqual({
      id: String(id),
      attempt: 1,
      path: '.github/workflows/release.yml',
      headSha: commit,
      headBranch: 'v1',
      event: 'push',
      status: 'completed',
      conclusion: 'failure',
      createdAt,
      updatedAt,
      url: `https://github.com/octo/app/actions/runs/${id}`,
      referencedWorkflows: [
        { path: 'octo/workflows/.github/workflows/sign.yml', sha: '8'.repeat(40), ref: 'refs/tags/v1' },
      ],
      jobs: [
        {
          name: 'test',
          status: 'completed',
          conclusion: 'failure',
          startedAt: createdAt,
          completedAt: updatedAt,
          workflowName: 'release',
        },
        expect.objectContaining({ name: 'release', conclusion: 'skipped' }),
        expect.objectContaining({ name: 'late', status: 'queued', conclusion: undefined, completedAt: undefined }),
      ],
    });
  });

  test('of each attempt', async () => {
    const { id } = run();
    app.addRun({ workflow: 'release.yml', id, attempt: 2, conclusion: 'success' });
    const found = reader();
    expect(known(await found.workflowRun('octo/app', String(id), 1)).conclusion).toBe('failure');
    expect(known(await found.workflowRun('octo/app', String(id), 2)).conclusion).toBe('success');
  });

  test('with jobs on several pages', async () => {
    const jobs = Array.from({ length: 5 }, (_, index) => ({ name: `build (${index})` }));
    const { id } = app.addRun({ workflow: 'release.yml', jobs });
    sandbox.github.configure({ maxPageSize: 2 });
    const found = known(await reader().workflowRun('octo/app', String(id), 1));
    expect(found.jobs.map(({ name }) => name)).toEqual(jobs.map(({ name }) => name));
  });

  test('with more jobs than are read is unknown', async () => {
    const jobs = Array.from({ length: 11 }, (_, index) => ({ name: `build (${index})` }));
    const { id } = app.addRun({ workflow: 'release.yml', jobs });
    sandbox.github.configure({ maxPageSize: 1 });
    expect(await reader().workflowRun('octo/app', String(id), 1)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('more than 1000 items'),
    });
  });

  test('that does not exist is absent', async () => {
    expect(await reader().workflowRun('octo/app', '42', 1)).toEqual({ kind: 'absent' });
  });

  test('of a repository that the token may not see is unknown, even if it exists', async () => {
    const { id } = run();
    app.visibility = 'private';
    const other = sandbox.github.addRepository('octo/other');
    const token = sandbox.github.jobToken(other, { actions: 'read' });
    for (const run of [String(id), '42'])
      expect(await client(token).workflowRun('octo/app', run, 1)).toMatchObject({
        kind: 'unknown',
        code: 'SERVICE_REFUSED',
        reason:
          'the API of GitHub did not find the repository octo/app, which may not exist, or may be hidden from the token',
        remedy: 'Check the name. For a private repository, provide a token with `actions: read` for it.',
      });
  });

  test('of a private repository needs a permission, which the remedy names', async () => {
    const { id } = run();
    app.visibility = 'private';
    const token = sandbox.github.jobToken(app, { contents: 'read' });
    expect(await client(token).workflowRun('octo/app', String(id), 1)).toMatchObject({
      kind: 'unknown',
      code: 'PERMISSION_MISSING',
      reason: expect.stringMatching(
        /refused access to the run \d+ of octo\/app \(attempt 1\): the token lacks a permission$/,
      ),
      remedy: expect.stringContaining('Add `actions: read` to the permissions of the job'),
    });
  });

  test('whose lookup failed is looked up again', async () => {
    const { id } = run();
    const one = reader();
    sandbox.faults.set('github', fault.status(400), 1);
    expect((await one.workflowRun('octo/app', String(id), 1)).kind).toBe('unknown');
    expect((await one.workflowRun('octo/app', String(id), 1)).kind).toBe('known');
  });

  test.each([
    ['octo', 'is not the name of a repository'],
    ['octo/app/actions', 'is not the name of a repository'],
    ['../app', 'is not the name of a repository'],
  ])('of %s is not looked up', async (name, reason) => {
    expect(await reader().workflowRun(name, '1', 1)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining(reason),
    });
    expect(sent()).toEqual([]);
  });

  test.each(['0', '1e3', '-1', '../1', '9'.repeat(17)])('with the id %s is not looked up', async (id) => {
    expect((await reader().workflowRun('octo/app', id, 1)).kind).toBe('unknown');
    expect(sent()).toEqual([]);
  });
});

describe('a response about a run that is refused', () => {
  const right = {
    id: 42,
    run_attempt: 1,
    path: '.github/workflows/a.yml',
    event: 'push',
    status: 'completed',
    conclusion: 'success',
    head_branch: 'main',
    head_sha: commit,
    html_url: 'https://github.com/octo/app/actions/runs/42',
    created_at: '2026-11-20T10:00:00Z',
    updated_at: '2026-11-20T10:00:00Z',
  };

  async function read(run: object, jobs: object = { total_count: 0, jobs: [] }): Promise<Lookup<GitHubRun>> {
    await using server = await answering(({ url }) => ({
      status: 200,
      body: JSON.stringify(url.includes('/jobs') ? jobs : run),
    }));
    return await client(undefined, server.origin).workflowRun('octo/app', '42', 1);
  }

  test('none', async () => {
    expect(known(await read(right)).id).toBe('42');
  });

  test.each([
    ['.github/workflows/a.yml@refs/heads/main', '.github/workflows/a.yml'],
    ['.github/workflows/a.yml@main', '.github/workflows/a.yml'],
    ['.github/workflows/a@b.yaml@v1', '.github/workflows/a@b.yaml'],
    ['.github/workflows/a.yml@b.yml', '.github/workflows/a.yml@b.yml'],
    ['dynamic/pages/pages-build-deployment', 'dynamic/pages/pages-build-deployment'],
  ])('none: the path %s', async (path, expected) => {
    expect(known(await read({ ...right, path })).path).toBe(expected);
  });

  test.each<readonly [string, object, object?]>([
    ['of another run', { ...right, id: 43 }],
    ['of another attempt', { ...right, run_attempt: 2 }],
    ['without an id', { ...right, id: undefined }],
    ['with an id that is no number', { ...right, id: 'x' }],
    ['without a path', { ...right, path: '' }],
    ['without a commit', { ...right, head_sha: null }],
    ['without a status', { ...right, status: null }],
    ['with a time that is none', { ...right, updated_at: 'yesterday' }],
    ['with a text that is too long', { ...right, event: 'x'.repeat(5000) }],
    ['with fewer jobs than it counts', right, { total_count: 1, jobs: [] }],
    ['with a job without a name', right, { total_count: 1, jobs: [{ status: 'completed' }] }],
    ['that is a list', []],
  ])('%s', async (_, run, jobs = undefined) => {
    expect(await read(run, jobs)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(
        /^the response of the API of GitHub \(http.*\) for the (?:run|jobs of the run) 42 of octo\/app/,
      ),
      remedy: undefined,
    });
  });
});

describe('a repository', () => {
  test('with its ids', async () => {
    const internal = sandbox.github.addRepository('octo/inside', {
      visibility: 'internal',
      defaultBranch: 'trunk',
      id: 77,
    });
    const token = sandbox.github.jobToken(internal, {});
    expect(known(await client(token).repository('octo/inside'))).toEqual({
      id: '77',
      ownerId: String(internal.ownerId),
      name: 'octo/inside',
      defaultBranch: 'trunk',
      visibility: 'internal',
    });
  });

  test('under its former name', async () => {
    sandbox.github.rename(app, 'other/app');
    const found = known(await reader().repository('octo/app'));
    expect([found.name, found.id]).toEqual(['other/app', String(app.id)]);
    const { id } = app.addRun({ workflow: 'release.yml' });
    expect((await reader().workflowRun('octo/app', String(id), 1)).kind).toBe('known');
  });

  test('is remembered', async () => {
    const one = reader();
    for (const name of ['octo/app', 'Octo/App']) expect((await one.repository(name)).kind).toBe('known');
    expect(sent()).toHaveLength(1);
  });

  test('without a visibility is public or private', async () => {
    const owner = { id: 2 };
    for (const isPrivate of [true, false]) {
      const body = { id: 1, owner, full_name: 'octo/app', default_branch: 'main', private: isPrivate };
      await using server = await answering(() => ({ status: 200, body: JSON.stringify(body) }));
      const { visibility } = known(await client(undefined, server.origin).repository('octo/app'));
      expect(visibility).toBe(isPrivate ? 'private' : 'public');
    }
  });
});

describe('a commit', () => {
  test.each(['ahead', 'behind', 'diverged'] as const)('that is %s', async (relation) => {
    app.addCommit(commit, relation);
    expect(known(await reader().compareToDefaultBranch('octo/app', commit))).toBe(relation);
  });

  test('that does not exist is absent', async () => {
    expect(await reader().compareToDefaultBranch('octo/app', commit)).toEqual({ kind: 'absent' });
  });

  test('of a repository that the token may not see is unknown', async () => {
    expect(await reader().compareToDefaultBranch('octo/other', commit)).toMatchObject({
      kind: 'unknown',
      reason:
        'the API of GitHub did not find the repository octo/other, which may not exist, or may be hidden from the token',
    });
  });

  test.each(['main', commit.slice(1), `${commit}..main`, commit.toUpperCase().replace('7', 'A')])(
    '%s is not compared',
    async (sha) => {
      expect((await reader().compareToDefaultBranch('octo/app', sha)).kind).toBe('unknown');
      expect(sent()).toEqual([]);
    },
  );

  test('with an unknown relation is unknown', async () => {
    app.addCommit(commit, 'ahead');
    const changed = (body: Uint8Array) => Buffer.from(String(Buffer.from(body)).replace('"ahead"', '"sideways"'));
    sandbox.faults.set(
      { service: 'github', matching: /compare/ },
      fault.altered((response) => ({ ...response, body: changed(response.body) })),
    );
    expect((await reader().compareToDefaultBranch('octo/app', commit)).kind).toBe('unknown');
  });
});

describe('issues', () => {
  const query: IssueQuery = { label: 'countersign', creator: 'github-actions[bot]', state: 'all' };

  test('are opened, changed, commented on, closed and reopened', async () => {
    const one = writer();
    const issue = await one.createIssue('octo/app', { title: 'Title', body: 'Body', labels: ['countersign'] });
    expect(issue).toEqual({
      number: 1,
      title: 'Title',
      body: 'Body',
      state: 'open',
      author: 'github-actions[bot]',
      labels: ['countersign'],
      url: 'https://github.com/octo/app/issues/1',
    });
    expect(await one.updateIssue('octo/app', 1, { title: 'Other', body: 'Text' })).toMatchObject({
      title: 'Other',
      body: 'Text',
      state: 'open',
    });
    await one.comment('octo/app', 1, 'A comment');
    expect(app.issues[0]?.comments.map(({ body }) => body)).toEqual(['A comment']);
    expect((await one.updateIssue('octo/app', 1, { state: 'closed', stateReason: 'completed' })).state).toBe('closed');
    expect(app.issues[0]?.stateReason).toBe('completed');
    expect((await one.updateIssue('octo/app', 1, { state: 'open' })).state).toBe('open');
    expect(await one.listIssues('octo/app', query)).toHaveLength(1);
  });

  test('are listed from several pages, without pull requests and those of others', async () => {
    const labels = ['countersign'];
    app.addIssue({ title: 'imitation', labels, author: 'mallory' });
    app.addIssue({ title: 'pull request', labels, author: query.creator, isPullRequest: true });
    app.addIssue({ title: 'without label', author: query.creator });
    for (const title of ['one', 'two', 'three']) app.addIssue({ title, labels, author: query.creator });
    sandbox.github.configure({ maxPageSize: 2 });
    const issues = await writer().listIssues('octo/app', query);
    expect(issues.map(({ title }) => title)).toEqual(['three', 'two', 'one']);
  });

  test('of others are left out even if the server lists them', async () => {
    app.addIssue({ title: 'imitation', labels: ['countersign'], author: 'mallory' });
    app.addIssue({ title: 'without label', labels: ['other'], author: query.creator });
    sandbox.faults.set(
      'github',
      fault.instead(() => ({ status: 200, headers: {}, body: all })),
    );
    const response = await fetch(`${sandbox.urls.github}/repos/octo/app/issues`).catch(() => undefined);
    expect(response?.status).toBe(200);
    expect(await writer().listIssues('octo/app', query)).toEqual([]);
  });
  const shown = (number: number, login: string, label: string): object => ({
    number,
    title: 'x',
    state: 'open',
    user: { login },
    labels: [{ name: label }],
    html_url: 'https://github.com/octo/app/issues/1',
  });
  const all = Buffer.from(
    JSON.stringify([shown(1, 'mallory', 'countersign'), shown(2, 'github-actions[bot]', 'other')]),
  );

  test.each([
    ['opened', (one: GitHubClient) => one.createIssue('octo/app', { title: 'Title', body: 'x', labels: [] })],
    ['commented on', (one: GitHubClient) => one.comment('octo/app', 1, 'x')],
  ])('are not %s twice after a lost response', async (_, write) => {
    const first = app.addIssue({ title: 'first', author: 'jane' });
    sandbox.faults.set('github', fault.afterEffect(fault.status(502)), 1);
    const error = await failure(write(writer()));
    expect([error.code, error.message]).toEqual(['SERVICE_UNAVAILABLE', expect.stringContaining('tried once')]);
    expect(app.issues.length - 1 + first.comments.length).toBe(1);
    expect(time.waits).toEqual([]);
  });

  test('are changed again after a lost response, which has no further effect', async () => {
    app.addIssue({ title: 'first', author: 'jane' });
    sandbox.faults.set('github', fault.afterEffect(fault.status(502)), 1);
    expect((await writer().updateIssue('octo/app', 1, { title: 'other' })).title).toBe('other');
  });

  test('need a permission, which the remedy names', async () => {
    const error = await failure(reader().createIssue('octo/app', { title: 'Title', body: 'x', labels: [] }));
    expect([error.code, error.remedy]).toEqual(['PERMISSION_MISSING', expect.stringContaining('`issues: write`')]);
  });

  test('need a token', async () => {
    const error = await failure(client().createIssue('octo/app', { title: 'Title', body: 'x', labels: [] }));
    expect(error.code).toBe('PERMISSION_MISSING');
  });

  test('that are disabled are refused', async () => {
    const quiet = sandbox.github.addRepository('octo/quiet', { hasIssues: false });
    const one = client(sandbox.github.jobToken(quiet, { issues: 'write' }));
    const error = await failure(one.listIssues('octo/quiet', query));
    expect([error.code, error.message]).toEqual([
      'SERVICE_REFUSED',
      'the API of GitHub no longer provides the issues of octo/quiet',
    ]);
  });

  test('that are too long are refused', async () => {
    const error = await failure(writer().createIssue('octo/app', { title: 'x', body: 'x'.repeat(70_000), labels: [] }));
    expect(error.code).toBe('SERVICE_REFUSED');
  });
});

describe('the login of a token', () => {
  test('of a user', async () => {
    expect(await client(sandbox.github.userToken('jane')).login()).toBe('jane');
  });

  test('of a job', async () => {
    expect(await reader().login()).toBe('github-actions[bot]');
  });

  test('that is invalid', async () => {
    const token = sandbox.github.userToken('jane');
    sandbox.github.revoke(token);
    const error = await failure(client(token).login());
    expect([error.code, error.message]).toEqual([
      'PERMISSION_MISSING',
      expect.stringContaining('refused the token as invalid or expired'),
    ]);
  });
});

describe('runs of a workflow', () => {
  const query = { workflow: 'monitor.yml', branch: 'main', status: 'success' };

  test('by branch and status, the newest first', async () => {
    const fork = sandbox.github.addRepository('mallory/app', { isFork: true });
    const [old, own] = [
      app.addRun({ workflow: 'monitor.yml' }),
      app.addRun({ workflow: 'monitor.yml', event: 'schedule' }),
    ];
    app.addRun({ workflow: 'monitor.yml', conclusion: 'failure' });
    app.addRun({ workflow: 'monitor.yml', headBranch: 'dev' });
    app.addRun({ workflow: 'other.yml' });
    const planted = app.addRun({ workflow: 'monitor.yml', headRepository: fork, event: 'pull_request' });
    const runs = await reader().workflowRuns('octo/app', query);
    expect(runs.map(({ id }) => id)).toEqual([planted, own, old].map(({ id }) => String(id)));
    expect(runs.map(({ headRepositoryId }) => headRepositoryId)).toEqual([fork, app, app].map(({ id }) => String(id)));
    expect(runs[1]).toMatchObject({ path: '.github/workflows/monitor.yml', event: 'schedule', headBranch: 'main' });
  });

  test('of a workflow that does not exist', async () => {
    expect((await failure(reader().workflowRuns('octo/app', query))).code).toBe('SERVICE_REFUSED');
  });
});

describe('artifacts', () => {
  const bytes = randomBytes(100_000);
  const run = () => app.addRun({ workflow: 'monitor.yml', backendId: 'backend' });

  test('of a run, by name', async () => {
    const { id } = run();
    const kept = sandbox.artifactService.keep('backend', 'state', bytes);
    sandbox.artifactService.keep('backend', 'other', bytes);
    sandbox.artifactService.keep('another run', 'state', bytes);
    expect(await reader().artifactsOfRun('octo/app', String(id), 'state')).toEqual([
      {
        id: Number(kept.id),
        name: 'state',
        size: 100_000,
        digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
        isExpired: false,
        run: { id: String(id), repositoryId: String(app.id), headRepositoryId: String(app.id), headBranch: 'main' },
      },
    ]);
  });

  test('are downloaded from another host, which gets no token', async () => {
    const { id } = run();
    sandbox.artifactService.keep('backend', 'state', bytes);
    const token = sandbox.github.jobToken(app, { actions: 'read' });
    const one = client(token);
    const [artifact] = await one.artifactsOfRun('octo/app', String(id), 'state');
    if (artifact === undefined) throw new Error('no artifact');
    // The sandbox's store of blobs refuses a request with a token.
    expect(Buffer.from(await one.downloadArtifact('octo/app', artifact)).equals(bytes)).toBe(true);
    expect(lastRequest()).toContain(token);
    expect(lastRequest('blobs')).not.toContain(token);
    expect(lastRequest('blobs')).not.toMatch(/authorization/i);
  });

  test('of another digest than is listed are refused', async () => {
    const { id } = run();
    sandbox.artifactService.keep('backend', 'state', bytes);
    const one = reader();
    const [artifact] = await one.artifactsOfRun('octo/app', String(id), 'state');
    if (artifact === undefined) throw new Error('no artifact');
    sandbox.faults.set(
      'blobs',
      fault.altered((response) => ({ ...response, body: randomBytes(100) })),
    );
    const error = await failure(one.downloadArtifact('octo/app', artifact));
    expect([error.code, error.message]).toEqual([
      'SERVICE_RESPONSE_INVALID',
      expect.stringContaining('but GitHub lists it with sha256:'),
    ]);
  });

  test('that have expired are refused', async () => {
    const { id } = run();
    sandbox.artifactService.keep('backend', 'state', bytes);
    const one = reader();
    time.now += 91 * 24 * 3_600_000;
    const [artifact] = await one.artifactsOfRun('octo/app', String(id), 'state');
    if (artifact === undefined) throw new Error('no artifact');
    expect(artifact.isExpired).toBe(true);
    const error = await failure(one.downloadArtifact('octo/app', artifact));
    expect([error.code, error.message]).toEqual([
      'SERVICE_REFUSED',
      'the API of GitHub no longer provides the artifact "state" of octo/app',
    ]);
  });

  test.each(['http://storage.example/state', 'file:///etc/passwd', 'x:'])(
    'are not fetched from %s',
    async (location) => {
      sandbox.faults.set(
        'github',
        fault.instead(() => ({ status: 302, headers: { location }, body: new Uint8Array() })),
      );
      const artifact = { id: 1, name: 'state', size: 1, digest: undefined, isExpired: false, run: undefined };
      const error = await failure(reader().downloadArtifact('octo/app', artifact));
      expect([error.code, error.message]).toEqual([
        'SERVICE_RESPONSE_INVALID',
        expect.stringContaining('redirects the artifact "state" of octo/app to an invalid URL'),
      ]);
    },
  );

  test('that are too large are not fetched', async () => {
    const artifact = { id: 1, name: 'state', size: 1e9, digest: undefined, isExpired: false, run: undefined };
    expect((await failure(reader().downloadArtifact('octo/app', artifact))).code).toBe('LIMIT_EXCEEDED');
    expect(sent()).toEqual([]);
  });
});

describe('rate limits', () => {
  test('a used up limit stops all requests until it is reset', async () => {
    sandbox.github.configure({ requestsPerHour: 1 });
    const one = reader();
    expect((await one.repository('octo/app')).kind).toBe('known');
    const error = await failure(one.workflowRuns('octo/app', { workflow: 'a.yml', branch: 'main', status: 'success' }));
    expect([error.code, error.message, error.remedy]).toEqual([
      'RATE_LIMITED',
      `the API of GitHub (${sandbox.urls.github}) accepts no requests until ${new Date(time.now + 3_600_000).toISOString()}, because the rate limit is used up: the runs of a.yml in octo/app could not be requested`,
      'Run again after that time. Other jobs of the repository share the limit.',
    ]);
    expect(sent()).toHaveLength(1);
    time.now += 3_600_000;
    expect(await one.workflowRun('octo/app', '1', 1)).toEqual({ kind: 'absent' });
  });

  test('a refusal is no missing permission', async () => {
    sandbox.github.configure({ requestsPerHour: 0 });
    const found = await client().repository('octo/app');
    expect(found).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('accepts no requests until'),
      remedy: expect.stringMatching(/^Provide a token \(GITHUB_TOKEN\)/),
    });
  });

  test.each([
    ['403 without a time', secondaryRateLimit(), 60],
    ['403 with a time', secondaryRateLimit(90), 90],
    ['403 with a time that is too long', secondaryRateLimit(100_000), 3600],
    ['429 with a time', secondaryRateLimit(120, 429), 120],
    ['429 without a time or message', fault.status(429), 60],
  ])('a secondary limit, %s, is not retried', async (_, limit, seconds) => {
    sandbox.faults.set('github', limit, 1);
    const one = reader();
    expect(await one.repository('octo/app')).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining(new Date(time.now + seconds * 1000).toISOString()),
    });
    expect((await one.repository('octo/app')).kind).toBe('unknown');
    expect([sent().length, time.waits]).toEqual([1, []]);
    time.now += seconds * 1000;
    expect((await one.repository('octo/app')).kind).toBe('known');
  });

  test('a 403 of another kind does not stop other requests', async () => {
    const one = reader();
    sandbox.faults.set(
      'github',
      fault.status(403, { body: '{"message":"Resource protected by organization SAML enforcement."}' }),
      1,
    );
    expect(await one.repository('octo/app')).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('single sign-on'),
    });
    expect((await one.repository('octo/app')).kind).toBe('known');
  });
});

describe('an outage', () => {
  test('is waited for within the budget', async () => {
    sandbox.faults.set('github', fault.status(503), 2);
    expect((await reader().repository('octo/app')).kind).toBe('known');
    expect(time.waits).toHaveLength(2);
  });

  test('that lasts is unknown', async () => {
    sandbox.faults.set('github', fault.status(503));
    expect(await reader().repository('octo/app')).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('the API of GitHub'),
    });
  });

  test.each([
    ['HTML', fault.status(200)],
    ['garbage', fault.garbage()],
    ['more than is read', fault.oversized()],
    ['another host', fault.status(307, { headers: { location: 'http://another-host.invalid/' }, body: '' })],
  ])('with %s in place of the response is unknown', async (_, wrong) => {
    sandbox.faults.set('github', wrong);
    expect((await reader().repository('octo/app')).kind).toBe('unknown');
  });

  test('an endless redirection ends', async () => {
    sandbox.faults.set(
      'github',
      fault.status(301, { headers: { location: `${sandbox.urls.github}/repos/octo/app` }, body: '' }),
    );
    expect((await reader().repository('octo/app')).kind).toBe('unknown');
    expect(sent()).toHaveLength(4);
  });
});

test('the end of a run is no missing fact', async () => {
  const controller = new AbortController();
  controller.abort();
  using cancelled = openHttp('countersign', controller.signal);
  const one = openGitHub({ http: cancelled.send, token: undefined, apiUrl: sandbox.urls.github, clock: time.clock });
  expect((await failure(one.repository('octo/app'))).code).toBe('CANCELLED');
});

test('states the version of the API, and names itself', async () => {
  const token = sandbox.github.jobToken(app, {});
  await client(token).repository('octo/app');
  const request = lastRequest().toLowerCase();
  expect(request).toContain('x-github-api-version\n2022-11-28\n');
  expect(request).toContain('user-agent\ncountersign\n');
  expect(request).toContain('accept\napplication/vnd.github+json\n');
  expect(request).toContain(`authorization\nbearer ${token}\n`);
});

test.each(['http://api.github.example', 'x', 'ftp://127.0.0.1', 'https://api.github.com/?a=b'])(
  'GITHUB_API_URL=%s is refused',
  async (apiUrl) => {
    const error = await failure(Promise.resolve().then(() => client(undefined, apiUrl)));
    expect([error.code, error.message]).toEqual(['USAGE', expect.stringContaining('GITHUB_API_URL')]);
  },
);

test('GitHub Enterprise has its API below a path', async () => {
  await using server = await answering(() => ({ status: 404, body: '{}' }));
  const one = client(undefined, `${server.origin}/api/v3`);
  await one.repository('octo/app');
  expect(server.received.map(({ url }) => url)).toEqual(['/api/v3/repos/octo/app']);
});

test('no error contains the token or what the server answers to it', async () => {
  const token = sandbox.github.jobToken(app, {});
  sandbox.faults.set(
    'github',
    fault.altered((response) => ({ ...response, status: 400, body: Buffer.from(`{"message":"echo ${token}"}`) })),
  );
  const error: CountersignError = await failure(
    client(token).createIssue('octo/app', { title: 'x', body: 'y', labels: [] }),
  );
  expect(`${error.message} ${error.remedy} ${error.stack} ${String(error.cause)}`).not.toContain(token);
  expect(error.message).not.toContain('echo');
});
