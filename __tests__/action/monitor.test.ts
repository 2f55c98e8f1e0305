/** The monitor action, as jobs on the simulated runner: its state, its issue, and what it does about outages. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { exampleJob, fault, type RunOptions, type SandboxRepository } from '../../sandbox/index.ts';
import { eventContext, type JobRun, zipEntries } from '../kit/runner/index.ts';
import { actionCommit, failure, Job, lastStep } from './job.ts';

const stateName = 'countersign-watch-state';

let job: Job;
let app: SandboxRepository;
let repository: string;
let token: string;
let workspace: string;
let runs = 5000;

beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(async () => {
  const { github } = job.sandbox;
  repository = `${exampleJob.repository_owner}/app-${++runs}`;
  app = github.addRepository(repository);
  token = github.jobToken(app, { actions: 'read', contents: 'read', issues: 'write' });
  workspace = await job.workspace({
    '.github/countersign.yml': `watch:\n  repositories:\n    - name: ${repository}\n`,
  });
});
afterEach(() => job.sandbox.behave());

type Inputs = Readonly<Record<string, string>>;
interface Options extends Partial<JobRun> {
  readonly id?: number;
  readonly attempt?: number;
  /** What the API says about the run afterwards. */
  readonly as?: Partial<RunOptions>;
}

/** Runs a scheduled job, and adds it to the runs of the repository. */
async function watch(inputs: Inputs = {}, { id = ++runs, attempt = 1, as = {}, ...run }: Options = {}) {
  const earlier = app.runs.find((one) => one.id === id);
  const runtime = await job.sandbox.artifactService.newJob(earlier?.backendId);
  const of = { id, attempt, workflow: 'watch.yml', event: 'schedule', backendId: runtime.runId } as const;
  app.addRun({ ...of, status: 'in_progress' });
  const result = await job.run(
    workspace,
    [
      {
        uses: `example-org/countersign/monitor@${actionCommit}`,
        id: 'watch',
        with: {
          instance: 'sandbox',
          'trusted-root': job.path('trusted_root.json'),
          'retry-budget': '0',
          from: 'start',
          ...inputs,
        },
      },
    ],
    {
      event: eventContext('schedule', { repository, workflowPath: '.github/workflows/watch.yml' }),
      github: {
        api_url: job.sandbox.urls.github,
        repository_id: String(app.id),
        run_id: String(id),
        run_attempt: String(attempt),
      },
      githubToken: token,
      runtime,
      permissions: { contents: 'read', actions: 'read', issues: 'write' },
      ...run,
    },
  );
  app.addRun({ ...of, conclusion: result.conclusion === 'success' ? 'success' : 'failure', ...as });
  const step = lastStep(result);
  return { ...step, id, runId: runtime.runId };
}

type Watched = Awaited<ReturnType<typeof watch>>;

const messages = ({ annotations }: Watched, wanted: 'error' | 'warning'): string =>
  annotations
    .filter(({ level }) => level === wanted)
    .map(({ message }) => message)
    .join('\n');

/** Returns the artifact of a run with a name. */
function artifact({ runId }: Watched, name = stateName): Uint8Array | undefined {
  return job.sandbox.artifactService.artifacts.find((one) => one.runId === runId && one.name === name)?.bytes;
}

/** Signs a file in a run of the repository that failed. */
async function sign(): Promise<void> {
  const { id } = app.addRun({ workflow: 'release.yml', conclusion: 'failure', headSha: exampleJob.sha });
  const workflow = `${repository}/.github/workflows/release.yml@refs/heads/main`;
  const claims = { repository, repository_id: String(app.id), run_id: String(id), workflow_ref: workflow };
  job.sandbox.jobTokens.configure({ claims: { ...claims, job_workflow_ref: workflow } });
  const folder = await job.workspace({ 'app.txt': `app ${runs}` });
  expect((await job.sign(folder, { files: 'app.txt' })).conclusion).toBe('success');
}

test('a first run reads the logs, and leaves its state and a page; a later run continues', async () => {
  const first = await watch();
  expect([messages(first, 'error'), first.conclusion]).toEqual(['', 'success']);
  expect([first.outputs.get('outcome'), first.outputs.get('open-findings')]).toEqual(['clean', '0']);
  expect(first.log.join('\n')).toContain('No earlier state: the watch begins now.');
  expect(first.summary).toContain('Countersign watch');
  const page = artifact(first, 'countersign-watch-report') ?? new Uint8Array();
  expect(
    zipEntries(page)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['index.html', 'report.json']);
  const names = zipEntries(artifact(first) ?? new Uint8Array()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['audit.json', 'monitor.json', 'watch/state.json']));
  const second = await watch();
  expect(second.log.join('\n')).toContain(`Continues the state of the run ${first.id}.`);
  expect(second.outputs.get('outcome')).toBe('clean');
  const again = await watch({}, { id: second.id, attempt: 2 });
  expect(again.log.join('\n')).toContain(`Continues the state of the run ${second.id}.`);
  expect(artifact(again, `${stateName}-attempt-2`)).toBeDefined();
});

test('a signature of a run that failed fails the job, opens one issue, and is remembered', async () => {
  await sign();
  const first = await watch({ issue: 'true' });
  expect(failure(first)).toContain('P01');
  expect(first.outputs.get('outcome')).toBe('findings');
  expect(Number(first.outputs.get('open-findings'))).toBeGreaterThan(0);
  expect(app.issues.map(({ state, author, labels }) => [state, author, labels])).toEqual([
    ['open', 'github-actions[bot]', ['countersign-watch']],
  ]);
  // Its state is used, although it failed.
  const second = await watch({ issue: 'true' });
  expect(second.log.join('\n')).toContain(`Continues the state of the run ${first.id}.`);
  expect(second.outputs.get('outcome')).toBe('findings');
  expect([app.issues.length, app.issues[0]?.comments.length]).toEqual([1, 0]);

  // Somebody deletes the runs with their states: the issue is a second anchor.
  for (const { id } of [first, second]) app.removeRun(id);
  const third = await watch({ issue: 'true' });
  expect(failure(third)).toMatch(
    /the issue of the watch states a tree of \d+ entries of the log .*, and the state does not have this log/,
  );
});

test('a state that a pull request of a fork left is refused', async () => {
  const first = await watch();
  const fork = job.sandbox.github.addRepository(`mallory/app-${runs}`, { isFork: true });
  const planted = app.addRun({
    workflow: 'watch.yml',
    event: 'pull_request',
    headRepository: fork,
    backendId: `planted ${runs}`,
  });
  job.sandbox.artifactService.keep(planted.backendId, stateName, artifact(first) ?? new Uint8Array());
  const second = await watch();
  expect(messages(second, 'warning')).toContain(
    `the state of the run ${planted.id} is not used: the run was started by pull_request`,
  );
  expect(second.log.join('\n')).toContain(`Continues the state of the run ${first.id}.`);
  expect(second.conclusion).toBe('success');
});

test('a state that was lost is a finding', async () => {
  const first = await watch();
  await watch({}, { as: { backendId: 'nothing' } });
  const third = await watch();
  expect(failure(third)).toMatch(/P22 the run \d+ has no state/);
  expect(third.log.join('\n')).toContain(`Continues the state of the run ${first.id}.`);
});

test('an outage is a warning at first, and fails the job once it lasts', async () => {
  await watch();
  job.sandbox.faults.set('rekor-v2', fault.status(503));
  const second = await watch();
  expect([second.conclusion, second.outputs.get('outcome')]).toEqual(['success', 'incomplete']);
  expect(messages(second, 'warning')).not.toBe('');
  expect(artifact(second)).toBeDefined();
  // Seven hours later.
  const code =
    'const Now = Date; globalThis.Date = class extends Now { constructor(...a) { a.length > 0 ? super(...a) : super(Now.now() + 25200000); } static now() { return Now.now() + 25200000; } };';
  const options = `--import=data:text/javascript,${encodeURIComponent(code)}`;
  const third = await watch({}, { env: { NODE_OPTIONS: options } });
  expect(failure(third)).toContain('no run of the watch was complete for 7 hours; the limit is 6');
});

test.each([
  ['of all requests', { service: 'github', matching: /./ }, 503, 'SERVICE_UNAVAILABLE'],
  ['of the list of runs', { service: 'github', matching: /\/workflows\/[^/]+\/runs/ }, 502, 'SERVICE_UNAVAILABLE'],
  [
    'of the archives of artifacts',
    { service: 'github', matching: /\/artifacts\/\d+\/zip/ },
    503,
    'SERVICE_UNAVAILABLE',
  ],
  ['by a rate limit', { service: 'github', matching: /./ }, 429, 'RATE_LIMITED'],
] as const)('an outage of the API of GitHub %s is incomplete, and no new beginning', async (_, where, status, code) => {
  const first = await watch();
  job.sandbox.faults.set(where, fault.status(status));
  const second = await watch();
  expect(failure(second)).toMatch(new RegExp(`^${code}: the state of the watch could not be restored`));
  expect(second.outputs.get('outcome')).toBe('incomplete');
  expect(artifact(second)).toBeUndefined();
  job.sandbox.behave();
  const third = await watch();
  expect(third.log.join('\n')).toContain(`Continues the state of the run ${first.id}.`);
  expect([third.outputs.get('outcome'), messages(third, 'warning')]).toEqual(['clean', '']);
});

test('a refusal of the API of GitHub is no outage', async () => {
  job.sandbox.faults.set('github', fault.status(401));
  const result = await watch();
  expect(failure(result)).toMatch(/^PERMISSION_MISSING: the API of GitHub/);
  expect([result.outputs.get('outcome'), artifact(result)]).toEqual([undefined, undefined]);
});

test('a short outage of the API of GitHub is waited for', async () => {
  const first = await watch();
  job.sandbox.faults.set('github', fault.status(503), 1);
  const second = await watch({ 'retry-budget': '1m' });
  expect(second.log.join('\n')).toContain(`Continues the state of the run ${first.id}.`);
  expect(second.outputs.get('outcome')).toBe('clean');
});

test.each<readonly [string, Inputs, string]>([
  ['a webhook without its secret', { webhook: 'https://hooks.example' }, '`webhook-secret` is not'],
  ['a policy that does not exist', { policy: 'none.yml' }, 'none.yml'],
  ['a name of an artifact that GitHub does not allow', { 'state-artifact': 'a/b' }, 'state-artifact'],
  ['a test without a delivery', { 'test-delivery': 'true' }, '`test-delivery` is set'],
])('%s is refused', async (_, inputs, message) => {
  expect(failure(await watch(inputs))).toContain(message);
});
