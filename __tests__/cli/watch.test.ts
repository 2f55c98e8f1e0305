/** `countersign watch`, with the logs and the GitHub of a sandbox. */

import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  exampleJob,
  type Fault,
  fault,
  type JobClaims,
  jobIdentity,
  type SandboxRepository,
} from '../../sandbox/index.ts';
import { generateSigningKey } from '../../sandbox/pki/index.ts';
import { encodeBase64, utf8 } from '../../src/core/encoding/index.ts';
import { Job } from '../action/job.ts';
import { countersign, type Run, type RunOptions } from './command.ts';

const iss = 'https://token.actions.githubusercontent.com';
const hour = 60 * 60 * 1000;

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());

let count = 0;
let cwd: string;
let name: string;
let repository: SandboxRepository;
let env: Readonly<Record<string, string>>;
beforeEach(async () => {
  count += 1;
  name = `example-org/app-${count}`;
  cwd = await job.workspace({ 'policy.yml': `watch:\n  repositories:\n    - name: ${name}\n` });
  const { github } = job.sandbox;
  repository = github.addRepository(name);
  repository.addCommit(exampleJob.sha, 'identical');
  const permissions = { actions: 'read', contents: 'read', issues: 'write', metadata: 'read' } as const;
  env = { GITHUB_TOKEN: github.jobToken(repository, permissions), GITHUB_API_URL: github.url };
});
afterEach(() => job.sandbox.behave());

/** Returns the claims of a job of the repository. */
function claimsOf(changes: Partial<JobClaims>): Readonly<Record<string, string>> {
  const named = changes.repository ?? name;
  const workflow = `${named}/.github/workflows/release.yml@refs/heads/main`;
  return {
    ...exampleJob,
    iss,
    sub: `repo:${named}:ref:refs/heads/main`,
    repository: named,
    repository_owner: named.split('/')[0] ?? '',
    repository_id: String(repository.id),
    repository_owner_id: String(repository.ownerId),
    job_workflow_ref: workflow,
    workflow_ref: workflow,
    ...changes,
  };
}

/** Adds a signature to the log. @returns the digest */
function sign(changes: Partial<JobClaims> = {}, at = new Date(Date.now() - 2 * hour)): string {
  const { publicKey } = generateSigningKey('P-256');
  const certificate = job.sandbox.certificateAuthority.issue({
    publicKey,
    notBefore: at,
    ...jobIdentity(claimsOf(changes)),
  });
  const digest = createHash('sha256').update(`${name} ${Math.random()}`).digest();
  const data = { algorithm: 'SHA2_256', digest: encodeBase64(digest) };
  const x509Certificate = { rawBytes: encodeBase64(certificate) };
  const verifier = { keyDetails: 'PKIX_ECDSA_P256_SHA_256', x509Certificate };
  const signature = { content: encodeBase64(new Uint8Array(70)), verifier };
  const body = { apiVersion: '0.0.2', kind: 'hashedrekord', spec: { hashedRekordV002: { data, signature } } };
  job.sandbox.transparencyLog.append(utf8(JSON.stringify(body)));
  return digest.toString('hex');
}

/** Adds a run that succeeded, or not, an hour ago or now. @returns its id */
function addRun(conclusion: 'success' | 'failure' = 'success', updatedAt = new Date(Date.now() - hour)): string {
  const { sha } = exampleJob;
  const times = { createdAt: new Date(Date.now() - 3 * hour), updatedAt };
  const startedAt = new Date(Date.now() - 3 * hour);
  const jobs = [{ name: 'release', conclusion, startedAt, completedAt: times.updatedAt }];
  return String(repository.addRun({ workflow: 'release.yml', headSha: sha, conclusion, jobs, ...times }).id);
}

const rekor = (): readonly string[] => ['--log', job.sandbox.urls.rekor];

function watch(args: readonly string[] = [], options: Partial<RunOptions> = {}): Promise<Run> {
  const trust = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  return countersign(job, ['watch', ...trust, ...args], { cwd, env, ...options });
}

interface Finding {
  readonly id: string;
  readonly rule: { readonly id: string; readonly name: string };
  readonly severity: string;
  readonly title: string;
  readonly evidence: string | null;
}

/** Watches the log, and returns the exit code and what the JSON says. */
async function watchLog(...args: readonly string[]) {
  const all = ['--policy', 'policy.yml', '--state', 'state', ...rekor(), '--json', ...args];
  const { code, stdout, stderr } = await watch(all);
  const report = JSON.parse(stdout || '{}');
  expect({ exitCode: report.exitCode, stderr }).toEqual({ exitCode: code, stderr: '' });
  const findings: readonly Finding[] = report.findings;
  return { code, report, findings, rules: findings.map(({ rule, severity }) => `${rule.id} ${severity}`).sort() };
}

/** Returns the open issue of the watch. */
function issues() {
  return repository.issues.filter(({ labels }) => labels.includes('countersign-watch'));
}

describe('an honest history', () => {
  test('gives no finding, in all logs', async () => {
    const all = ['--policy', 'policy.yml', '--state', 'state', '--json'];
    expect(await watch(all)).toMatchObject({ code: 0, stderr: '' });
    for (let release = 0; release < 5; release++) sign({ run_id: addRun('success', new Date()) }, new Date());
    // Entries of others.
    for (let other = 0; other < 5; other++)
      sign({ repository: 'somebody/else', repository_id: '1', repository_owner_id: '2' });
    const { code, stdout, stderr } = await watch(all);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'clean', matched: 10, findings: [], incomplete: [] });
  });

  test('is described to people, with the coverage', async () => {
    expect(await watchLog()).toMatchObject({ code: 0 });
    sign({ run_id: addRun() });
    const { code, stdout, stderr } = await watch(['--policy', 'policy.yml', '--state', 'state', ...rekor()]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(job.sandbox.urls.rekor);
    const quiet = await watch(['--policy', 'policy.yml', '--state', 'state', ...rekor(), '--quiet']);
    expect(quiet).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });
});

describe('one clear finding, in one issue', () => {
  test('about a signature of a run that does not exist', async () => {
    await watchLog('--issue', name);
    sign({ run_id: '4242' });
    const { code, findings } = await watchLog('--issue', name);
    expect({ code, findings }).toMatchObject({
      code: 7,
      findings: [
        { rule: { id: 'P01' }, severity: 'alert', title: /^run 4242, which a certificate names, does not exist$/ },
      ],
    } as unknown as object);
    expect(issues()).toMatchObject([{ state: 'open' }]);
    // Another run tells nothing again.
    const again = await watchLog('--issue', name);
    expect(again).toMatchObject({ code: 7, report: { changes: [] } });
    expect(issues()).toHaveLength(1);
    expect(issues()[0]?.comments).toEqual([]);
  });

  test('about a signature of a run that failed', async () => {
    await watchLog('--issue', name);
    sign({ run_id: addRun('failure') });
    const { code, rules } = await watchLog('--issue', name);
    expect({ code, rules }).toEqual({ code: 7, rules: ['P01 alert'] });
    expect(issues()).toMatchObject([{ state: 'open' }]);
  });

  test('about a repository whose name imitates the watched one', async () => {
    await watchLog('--issue', name);
    const other = {
      repository: name.replace('example-org', 'exarnple-org'),
      repository_id: '5',
      repository_owner_id: '6',
    };
    sign({ ...other, run_id: '99' });
    const { code, rules, findings } = await watchLog('--issue', name);
    expect({ code, rules }).toEqual({ code: 7, rules: ['P19 alert'] });
    expect(findings[0]?.title).toContain('exarnple-org');
    expect(issues()).toMatchObject([{ state: 'open' }]);
  });

  test('about a log that forked, with its evidence', async () => {
    sign({ run_id: addRun() });
    await watchLog('--issue', name);
    job.sandbox.misbehave('rekor-v2:forked-tree');
    sign({ run_id: addRun() });
    const { code, rules, findings } = await watchLog('--issue', name);
    expect({ code, rules }).toEqual({ code: 8, rules: ['P22 critical'] });
    expect(issues()).toMatchObject([{ state: 'open' }]);
    job.sandbox.behave();
    const evidence = findings[0]?.evidence ?? '';
    const trust = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
    expect(await countersign(job, ['audit', ...trust, '--evidence', evidence], { cwd })).toMatchObject({ code: 8 });
    // It stays, also in honest runs.
    expect(await watchLog('--issue', name)).toMatchObject({ code: 8, report: { changes: [] } });
  });
});

test('an acknowledged finding does not count, and comes back when the acknowledgement ends', async () => {
  await watchLog('--issue', name);
  sign({ run_id: '4242' });
  const { findings } = await watchLog('--issue', name);
  const acknowledged = (until: string) =>
    writeFile(
      join(cwd, 'policy.yml'),
      `watch:
  repositories:
    - name: ${name}
  acknowledged:
    - finding: ${findings[0]?.id}
      reason: Deleted by hand.
      until: ${until}
`,
    );
  await acknowledged('2999-01-01');
  expect(await watchLog('--issue', name)).toMatchObject({ code: 0, rules: [], report: { acknowledged: [{}] } });
  expect(issues()).toMatchObject([{ state: 'closed' }]);
  await acknowledged('2026-01-01');
  expect(await watchLog('--issue', name)).toMatchObject({ code: 7, rules: ['P01 alert'] });
  expect(issues()).toMatchObject([{ state: 'open' }]);
});

describe('what is missing makes the run incomplete', () => {
  test('if GitHub does not respond, until it does', async () => {
    await watchLog();
    sign({ run_id: addRun() });
    job.sandbox.faults.set('github', fault.status(503));
    const { code, report } = await watchLog('--retry-budget', '0s');
    expect({ code, findings: report.findings, incomplete: report.incomplete }).toEqual({
      code: 6,
      findings: [],
      incomplete: [expect.stringMatching(/^an entry could not be judged by P01/)],
    });
    job.sandbox.behave();
    expect(await watchLog()).toMatchObject({ code: 0, report: { incomplete: [], matched: 0 } });
  });

  test('if a run is still in progress, it is only stated', async () => {
    await watchLog();
    const { sha } = exampleJob;
    const { id } = repository.addRun({ workflow: 'release.yml', headSha: sha, status: 'in_progress' });
    sign({ run_id: String(id) }, new Date());
    expect(await watchLog()).toMatchObject({ code: 0, report: { pending: 1, incomplete: [], findings: [] } });
  });

  test('if a delivery fails; the others go on, and the next run delivers it', async () => {
    const received: string[] = [];
    // Not one of the failures that are tried again.
    let status = 400;
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        if (status === 200) received.push(String(request.headers['webhook-id']));
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    env = { ...env, COUNTERSIGN_WEBHOOK_SECRET: `whsec_${encodeBase64(new Uint8Array(32))}` };
    await watchLog();
    sign({ run_id: '4242' });
    const args = [
      '--webhook',
      `http://127.0.0.1:${port}/hook`,
      '--ocsf',
      'findings.jsonl',
      '--sarif',
      'findings.sarif',
    ];
    const { code, report } = await watchLog(
      ...args,
      '--issue',
      name,
      '--html',
      'page.html',
      '--metrics',
      'metrics.txt',
    );
    expect({ code, incomplete: report.incomplete }).toEqual({
      code: 7,
      incomplete: [expect.stringMatching(/^the delivery to webhook http:\/\/127\.0\.0\.1:\d+ \w+ failed: /)],
    });
    expect(issues()).toHaveLength(1);
    expect((await readdir(cwd)).sort()).toEqual([
      'findings.jsonl',
      'findings.sarif',
      'metrics.txt',
      'page.html',
      'policy.yml',
      'state',
    ]);
    status = 200;
    expect(await watchLog(...args)).toMatchObject({ code: 7, report: { incomplete: [], changes: [] } });
    expect(received).toHaveLength(1);
    await watchLog(...args);
    expect(received).toHaveLength(1);
    await new Promise((resolve) => server.close(resolve));
    const lines = (await readFile(join(cwd, 'findings.jsonl'), 'utf8')).trim().split('\n');
    const created = lines
      .map((line) => JSON.parse(line))
      .filter((event) => event.activity_id === 1 && event.severity_id > 1);
    expect(created).toHaveLength(1);
  });

  test('if the budget ends, and the next run continues', async () => {
    await watchLog();
    sign({ run_id: '4242' });
    sign({ run_id: '4343' });
    const first = await watchLog('--max-entries', '1');
    expect(first).toMatchObject({ code: 7, rules: ['P01 alert'], report: { matched: 1 } });
    expect(first.report.incomplete[0]).toContain('the budget of the run ended before the last 1 entries');
    expect(await watchLog()).toMatchObject({ code: 7, rules: ['P01 alert', 'P01 alert'], report: { matched: 1 } });
  });
});

describe('a watch that saw less than it should', () => {
  test('because its state was lost, says so', async () => {
    await watchLog();
    sign({ run_id: '4242' });
    await watchLog();
    await rm(join(cwd, 'state', 'watch'), { recursive: true });
    const { code, rules, findings } = await watchLog();
    expect({ code, rules }).toEqual({ code: 7, rules: ['P22 alert'] });
    expect(findings[0]?.title).toMatch(/were read by the audit, and not compared with the policy/);
  });

  test('because its whole state was planted by another log, says so', async () => {
    await watchLog();
    const folder = join(cwd, 'state', 'watch');
    await writeFile(join(folder, 'state.json'), JSON.stringify({ schema: 'countersign-watch/1', findings: [] }));
    expect(await watchLog()).toMatchObject({ code: 7, rules: ['P22 alert'] });
    expect(await readdir(folder)).toContain('state-invalid.json');
  });
});

test('Ctrl-C keeps what was done, and the next run continues', async () => {
  await watchLog();
  sign({ run_id: '4242' });
  let interrupt = (): void => undefined;
  // A second signal would end the process at once.
  const stopping: Fault = async () => {
    interrupt();
    interrupt = () => undefined;
  };
  job.sandbox.faults.set('github', stopping);
  const args = ['--policy', 'policy.yml', '--state', 'state', ...rekor()];
  const first = await watch(args, { onStart: (send) => (interrupt = () => send('SIGINT')) });
  expect(first.code).toBe(130);
  expect(first.stdout).toMatch(/the run was interrupted before 1 entries were judged; the next run judges them/);
  job.sandbox.behave();
  expect(await watchLog()).toMatchObject({ code: 7, rules: ['P01 alert'], report: { matched: 0 } });
});

describe('a back test', () => {
  test('reports what a policy would have found, and changes nothing', async () => {
    const from = job.sandbox.transparencyLog.size;
    sign({ run_id: '4242' });
    sign({ run_id: addRun() });
    const to = job.sandbox.transparencyLog.size;
    sign({ run_id: '4343' });
    const args = ['--policy', 'policy.yml', '--json', ...rekor()];
    const { code, stdout, stderr } = await watch([...args, '--back-test', `${from}..${to}`]);
    expect({ code, stderr }).toEqual({ code: 7, stderr: '' });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      matched: 2,
      findings: [{ rule: { id: 'P01' }, title: 'run 4242, which a certificate names, does not exist' }],
      logs: [{ coverage: { from, to, read: 2 } }],
      changes: [],
    });
    expect(report.learning.join('\n')).toMatch(/knows only the present state of runs.*\n.*finds neither forks/);
    expect(await readdir(cwd)).toEqual(['policy.yml']);
  });

  test('takes dates', async () => {
    sign({ run_id: '4242' });
    const run = async (range: string) => {
      const { code, stdout } = await watch(['--policy', 'policy.yml', '--json', ...rekor(), '--back-test', range]);
      const findings: readonly Finding[] = JSON.parse(stdout).findings;
      return { code, titles: findings.map(({ title }) => title) };
    };
    const today = new Date().toISOString().slice(0, 10);
    const found = await run(`2020-01-01..${today}`);
    expect(found.code).toBe(7);
    expect(found.titles).toContainEqual(expect.stringContaining('4242'));
    expect(await run('2030-01-01..2030-01-02')).toEqual({ code: 0, titles: [] });
  });
});

test('nothing but the report is printed if the event of the job is missing', async () => {
  const args = ['--policy', 'policy.yml', '--test-delivery', '--issue', name, '--json'];
  const { code, stdout } = await watch(args, { env: { ...env, GITHUB_EVENT_PATH: join(cwd, 'none.json') } });
  expect([code, JSON.parse(stdout).test]).toEqual([0, true]);
});

test('a test is sent through each delivery', async () => {
  const files = ['--ocsf', 'a.jsonl', '--sarif', 'a.sarif', '--html', 'a.html', '--metrics', 'a.txt'];
  const args = ['--policy', 'policy.yml', '--test-delivery', '--issue', name, ...files];
  const { code, stdout, stderr } = await watch([...args, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ test: true });
  expect(repository.issues).toHaveLength(1);
  expect(issues()).toEqual([]);
  expect((await readdir(cwd)).sort()).toEqual(['a.html', 'a.jsonl', 'a.sarif', 'a.txt', 'policy.yml']);
});

describe('the configuration of rekor-monitor', () => {
  test('is converted to a policy, which can be used', async () => {
    const config = `monitoredValues:
  certIdentities:
    - certSubject: ^https://github\\.com/octo/app/\\.github/workflows/release\\.yml@refs/heads/main$
      issuers: [https://token.actions.githubusercontent.com]
githubIssue:
  repositoryOwner: octo
`;
    await writeFile(join(cwd, 'config.yml'), config);
    const { code, stdout, stderr } = await watch(['--import', 'config.yml']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^config\.yml:5: .*--issue/m) });
    expect(stdout).toContain('https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main');
    await writeFile(join(cwd, 'policy.yml'), stdout);
    expect(await watchLog()).toMatchObject({ code: 0 });
  });

  test('without anything to watch is refused', async () => {
    await writeFile(join(cwd, 'config.yml'), 'monitoredValues: {}\nstartIndex: 5\n');
    const { code, stdout, stderr } = await watch(['--import', 'config.yml']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/FORMAT_UNSUPPORTED: nothing of config\.yml could be converted to a policy/);
    const combined = await watch(['--import', 'config.yml', '--policy', 'policy.yml']);
    expect(combined).toMatchObject({ code: 2, stderr: expect.stringMatching(/^USAGE: --import cannot be combined/) });
  });
});

describe('incorrect usage', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no policy', ['--state', 's'], /^USAGE: no policy file specified\nSpecify one with --policy/],
    ['no state', ['--policy', 'policy.yml'], /^USAGE: no state folder specified\nSpecify a folder with --state/],
    ['no policy at the path', ['--policy', 'none.yml'], /^USAGE: the policy none\.yml cannot be read: ENOENT/],
    [
      'a range that is none',
      ['--policy', 'policy.yml', '--back-test', 'yesterday'],
      /^USAGE: --back-test is "yesterday", which is not a range\nUse dates/,
    ],
    [
      'a back test with a state',
      ['--policy', 'policy.yml', '--back-test', '1..2', '--state', 's'],
      /^USAGE: --back-test cannot be combined with --state or deliveries/,
    ],
    [
      'a back test of entries in several logs',
      ['--policy', 'policy.yml', '--back-test', '1..2'],
      /^USAGE: --back-test with entries is about one log, and there are \d+\nChoose a log with --log/,
    ],
    [
      'a test without a delivery',
      ['--policy', 'policy.yml', '--test-delivery'],
      /^USAGE: --test-delivery needs a delivery\nSpecify --issue, --webhook/,
    ],
    [
      'an issue in no repository',
      ['--policy', 'policy.yml', '--state', 's', '--issue', 'octo'],
      /^USAGE: --issue is "octo", which is not the name of a repository/,
    ],
    [
      'a webhook without a secret',
      ['--policy', 'policy.yml', '--state', 's', '--webhook', 'https://hook.example'],
      /^USAGE: --webhook needs a secret, and COUNTERSIGN_WEBHOOK_SECRET is not set/,
    ],
    [
      'json and quiet',
      ['--policy', 'policy.yml', '--state', 's', '--quiet', '--verbose'],
      /^USAGE: --json, --quiet and --verbose cannot be combined/,
    ],
    [
      'an unknown log',
      ['--policy', 'policy.yml', '--state', 's', '--log', 'https://log.example'],
      /^USAGE: the log "https:\/\/log\.example" is not in the trusted root/,
    ],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await watch(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('an issue without a token', async () => {
    env = {};
    const { code, stderr } = await watch(['--policy', 'policy.yml', '--state', 's', '--issue', name]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^USAGE: --issue needs a token, and neither GITHUB_TOKEN nor GH_TOKEN is set/);
  });

  test('is stated as JSON too', async () => {
    const { code, stdout } = await watch(['--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, outcome: null, findings: [], failure: { code: 'USAGE' } });
  });
});
