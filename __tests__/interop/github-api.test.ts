/**
 * GitHub's description of its REST API judges both ends: the requests of the client, and the responses of the sandbox. A description says nothing
 * about behaviour; that is tested elsewhere.
 */

import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, secondaryRateLimit, startSandbox } from '../../sandbox/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { Secret } from '../../src/node/index.ts';
import {
  type GitHubClient,
  openAttestationWriter,
  openGitHub,
  openStorageRecorder,
} from '../../src/services/github/index.ts';
import { type Http, openHttp } from '../../src/services/http/index.ts';
import { attestation } from '../kit/attestation.ts';
import { type Observed, OpenApi, observing } from './kit/openapi.ts';

const commit = '7'.repeat(40);

let description: OpenApi;
let seen: readonly Observed[];
beforeAll(async () => {
  description = await OpenApi.read();
  seen = await observe();
});

/** Sends every request that there is, with every response that the sandbox gives. */
async function session(sandbox: Sandbox, http: Http): Promise<void> {
  const { github } = sandbox;
  const app = github.addRepository('octo/app');
  const fork = github.addRepository('mallory/app', { isFork: true });
  const hidden = github.addRepository('octo/hidden', { visibility: 'private' });
  const quiet = github.addRepository('octo/quiet', { hasIssues: false });
  const client = (token?: string): GitHubClient =>
    openGitHub({ http, token: token === undefined ? undefined : new Secret(token), apiUrl: github.url, clock });
  const job = client(github.jobToken(app, { actions: 'read', contents: 'read', issues: 'write' }));
  const jobs = [
    { name: 'test', conclusion: 'failure' },
    { name: 'release', conclusion: 'skipped' },
    { name: 'wait', status: 'queued' },
  ] as const;
  const referencedWorkflows = [
    { path: 'octo/workflows/.github/workflows/sign.yml@v1', sha: commit, ref: 'refs/tags/v1' },
  ];
  const run = app.addRun({ workflow: 'monitor.yml', jobs, referencedWorkflows, headSha: commit, backendId: 'backend' });
  app.addRun({ workflow: 'monitor.yml', id: run.id, attempt: 2, conclusion: 'success' });
  app.addRun({ workflow: 'monitor.yml', status: 'in_progress', headRepository: fork, event: 'pull_request' });
  const id = String(run.id);
  for (const attempt of [1, 2, 3]) await job.workflowRun('octo/app', id, attempt);
  for (const name of ['octo/app', 'octo/hidden']) await job.repository(name);
  for (const relation of ['ahead', 'behind', 'diverged'] as const) {
    app.addCommit(relation.replace(/./g, '5').padEnd(40, String(relation.length % 10)), relation);
    await job.compareToDefaultBranch('octo/app', relation.replace(/./g, '5').padEnd(40, String(relation.length % 10)));
  }
  await job.compareToDefaultBranch('octo/app', commit);
  await job.login().catch(ignore);
  await client(github.userToken('jane')).login();
  await client().createIssue('octo/app', { title: 'x', body: '', labels: [] }).catch(ignore);
  app.addIssue({ title: 'pull request', author: 'github-actions[bot]', labels: ['watch'], isPullRequest: true });
  const issue = await job.createIssue('octo/app', { title: 'Title', body: 'Body', labels: ['watch'] });
  await job.updateIssue('octo/app', issue.number, {
    title: 'Other',
    body: 'Text',
    state: 'closed',
    stateReason: 'completed',
  });
  await job.updateIssue('octo/app', issue.number, { state: 'open', stateReason: 'reopened' });
  await job.comment('octo/app', issue.number, 'A comment');
  await job.listComments('octo/app', issue.number, clock());
  await job.createIssue('octo/app', { title: 'x', body: 'x'.repeat(70_000), labels: [] }).catch(ignore);
  await job.comment('octo/app', 99, 'A comment').catch(ignore);
  const query = { label: 'watch', creator: 'github-actions[bot]', state: 'all' } as const;
  await job.listIssues('octo/app', query);
  await client(github.jobToken(quiet, { issues: 'write' }))
    .createIssue('octo/quiet', { title: 'x', body: '', labels: [] })
    .catch(ignore);
  await client(github.jobToken(hidden, {})).listIssues('octo/hidden', query).catch(ignore);
  await job.workflowRuns('octo/app', { workflow: 'monitor.yml', branch: 'main', status: 'success' });
  await job.workflowRuns('octo/app', { workflow: 'none.yml', branch: 'main', status: 'success' }).catch(ignore);
  sandbox.artifactService.keep('backend', 'state', Buffer.from('state'));
  const [artifact] = await job.artifactsOfRun('octo/app', id, 'state');
  if (artifact === undefined) throw new Error('no artifact');
  await job.downloadArtifact('octo/app', artifact);
  const store = { http, token: new Secret(github.jobToken(app, storing)), apiUrl: github.url, clock };
  const bytes = utf8(JSON.stringify(attestation(sandbox, { repository: 'octo/app', subjects: { a: digestOf('a') } })));
  for (const isFresh of [true, false]) await openAttestationWriter(store).store('octo/app', bytes, isFresh);
  const foreign = attestation(sandbox, { repository: 'mallory/app', subjects: { b: digestOf('b') } });
  await openAttestationWriter(store)
    .store('octo/app', utf8(JSON.stringify(foreign)), false)
    .catch(ignore);
  const record = {
    name: 'ghcr.io/octo/app',
    digest: await digest('sha256', utf8('a')),
    registryUrl: 'https://ghcr.io',
  };
  await openStorageRecorder(store).create('octo', { ...record, version: '1', artifactUrl: 'https://ghcr.io/octo/app' });
  await openStorageRecorder(store).create('nobody', record).catch(ignore);
  github.configure({ maxPageSize: 1 });
  await job.workflowRun('octo/app', id, 1);
  sandbox.faults.set('github', secondaryRateLimit(60), 1);
  await job.workflowRun('octo/app', id, 1);
  github.configure({ requestsPerHour: 0 });
  await client().repository('octo/app');
}

const storing = { attestations: 'write', 'artifact-metadata': 'write' } as const;

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const clock = (): Date => new Date('2026-11-30T12:00:00Z');

function ignore(error: unknown): void {
  if (!(error instanceof CountersignError)) throw error;
}

async function observe(): Promise<readonly Observed[]> {
  const seen: Observed[] = [];
  await using sandbox = await startSandbox({ clock });
  using connections = openHttp('countersign');
  await session(sandbox, observing(connections.send, [sandbox.urls.github], seen));
  return seen;
}

test('all requests and responses are as described', () => {
  const judged = seen.map((one) => ({ ...description.judge(one), of: `${one.method} ${one.path} ${one.status}` }));
  expect(judged.filter(({ problems }) => problems.length > 0)).toEqual([]);
  expect([...new Set(judged.map(({ operation }) => operation))].sort()).toEqual([
    'actions/download-artifact',
    'actions/get-workflow-run-attempt',
    'actions/list-jobs-for-workflow-run-attempt',
    'actions/list-workflow-run-artifacts',
    'actions/list-workflow-runs',
    'issues/create',
    'issues/create-comment',
    'issues/list-comments',
    'issues/list-for-repo',
    'issues/update',
    'orgs/create-artifact-storage-record',
    'repos/compare-commits-with-basehead',
    'repos/create-attestation',
    'repos/get',
    'repos/list-attestations',
    'users/get-authenticated',
  ]);
  expect([...new Set(seen.map(({ status }) => status))].sort()).toEqual([200, 201, 302, 401, 403, 404, 410, 422]);
});

test.each<readonly [string, (one: Observed) => Observed]>([
  ['a parameter', (one) => ({ ...one, query: new URLSearchParams({ per_pages: '1' }) })],
  ['the value of a parameter', (one) => ({ ...one, query: new URLSearchParams({ state: 'shut' }) })],
  ['the path', (one) => ({ ...one, path: one.path.replace('/issues', '/issue') })],
  ['the method', (one) => ({ ...one, method: 'PUT' })],
  ['the status', (one) => ({ ...one, status: 202 })],
  ['the type of the response', (one) => ({ ...one, contentType: 'text/html' })],
  [
    'a member of the response',
    (one) => ({ ...one, responseBody: [{ ...(one.responseBody as object[])[0], id: '2' }] }),
  ],
  ['the response', (one) => ({ ...one, responseBody: [{ id: 2 }] })],
])('%s that is not as described is noticed', (_, change) => {
  const right = seen.find(({ path, method }) => method === 'GET' && path.endsWith('/issues'));
  if (right === undefined) throw new Error('no list of issues');
  expect(description.judge(change(right)).problems).not.toEqual([]);
});

test('a body of a request that is not as described is noticed', () => {
  const right = seen.find(({ path, method }) => method === 'POST' && path.endsWith('/issues'));
  if (right === undefined) throw new Error('no issue');
  expect(description.judge({ ...right, requestBody: { title: [] } }).problems).not.toEqual([]);
});
