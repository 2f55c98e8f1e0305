/** The reusable workflow of the watch, as examples/monitor.yml calls it, run by act against a sandbox and its API of GitHub. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { type Sandbox, type SandboxRepository, startSandbox } from '../../sandbox/index.ts';
import { zipEntries } from '../kit/runner/index.ts';
import { Act, type ActRun, countersignCommit, countersignRepository } from './kit/act.ts';

const repository = 'example-org/example-repo';
const path = '.github/workflows/watch.yml';

let act: Act;
let sandbox: Sandbox;
let app: SandboxRepository;
beforeAll(async () => {
  act = await Act.start();
  sandbox = await startSandbox();
  app = sandbox.github.addRepository(repository);
});
afterAll(async () => {
  await sandbox?.close();
  await act?.[Symbol.asyncDispose]();
});

/** Runs the example in a new run. */
async function watch(inputs: Readonly<Record<string, string>> = {}): Promise<ActRun> {
  const text = await readFile(fileURLToPath(new URL('../../examples/monitor.yml', import.meta.url)), 'utf8');
  const workflow = parse(
    text.replace('OWNER/countersign', countersignRepository).replace('@COMMIT', `@${countersignCommit}`),
  );
  const tuf = {
    instance: 'sandbox',
    'tuf-url': sandbox.urls.tuf,
    'tuf-root': Buffer.from(sandbox.tuf.rootJson).toString(),
  };
  workflow.jobs.watch.with = { ...tuf, from: 'start', ...inputs };
  const runtime = await sandbox.artifactService.newJob();
  const run = app.addRun({ workflow: 'watch.yml', event: 'schedule', status: 'in_progress', backendId: runtime.runId });
  const result = await act.run({
    path,
    event: 'schedule',
    repository,
    files: {
      [path]: stringify(workflow),
      '.github/countersign.yml': `watch:\n  repositories:\n    - name: ${repository}\n`,
    },
    token: sandbox.github.jobToken(app, { contents: 'read', actions: 'read', issues: 'write' }),
    variables: {
      GITHUB_API_URL: sandbox.urls.github,
      // act does not set these.
      GITHUB_REPOSITORY_ID: String(app.id),
      GITHUB_WORKFLOW_REF: `${repository}/${path}@refs/heads/main`,
      GITHUB_RUN_ID: String(run.id),
      ACTIONS_RESULTS_URL: sandbox.urls.results,
      ACTIONS_RUNTIME_TOKEN: runtime.token,
    },
  });
  app.addRun({ ...run, status: 'completed', conclusion: result.code === 0 ? 'success' : 'failure' });
  return result;
}

test('a run leaves its state, from which the next one goes on', async () => {
  const first = await watch();
  expect([first.errors, first.results]).toEqual(['', { 'Monitor/watch': 'success' }]);
  expect(first.lines).toContain('No earlier state: the watch begins now.');
  const state = sandbox.artifactService.artifacts.find(({ name }) => name === 'countersign-watch-state');
  expect(zipEntries(state?.bytes ?? new Uint8Array()).map(({ name }) => name)).toContain('audit.json');
  const second = await watch();
  expect(second.results).toEqual({ 'Monitor/watch': 'success' });
  expect(second.lines.join('\n')).toContain('Continues the state of the run');
});

test('a test of the delivery opens and closes an issue', async () => {
  const run = await watch({ 'test-delivery': 'true' });
  expect([run.errors, run.results]).toEqual(['', { 'Monitor/watch': 'success' }]);
  expect(app.issues.map(({ state, labels }) => [state, labels])).toEqual([['closed', ['countersign-watch-test']]]);
});
