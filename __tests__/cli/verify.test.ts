/** `countersign verify` as a required check uses it: many artifacts, policies, reports that machines read, and no network. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { transform } from 'esbuild';
import { exampleJob } from '../../sandbox/index.ts';
import { Job, signer } from '../action/job.ts';
import { countersign, type Run, type RunOptions } from './command.ts';

let job: Job;
let cwd: string;
let trusted: readonly string[];
let issuer: string;
/** gh's way to say it, but that the sandbox's issuer is not GitHub's. */
let repo: readonly string[];
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace({ a: 'a', b: 'b', c: 'c', 'plain.txt': 'plain' });
  trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  issuer = job.sandbox.urls.jobIssuer;
  repo = ['--repo', exampleJob.repository, '--certificate-oidc-issuer', issuer];
  const attested = await job.sign(cwd, { files: 'a\nb', 'bundle-format': 'attestation', 'bundle-dir': 'attestations' });
  const plain = await job.sign(cwd, { files: 'plain.txt', 'bundle-format': 'per-file' });
  expect([attested.conclusion, plain.conclusion]).toEqual(['success', 'success']);
});
afterAll(() => job[Symbol.asyncDispose]());

const verify = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> =>
  countersign(job, ['verify', ...args, ...trusted], { cwd, ...options });

const preload = (name: string): string => `--import=${fileURLToPath(new URL(name, import.meta.url))}`;

describe('policies', () => {
  test('a repository, as gh has it', async () => {
    expect(await verify(['a', 'b', '--bundle-dir', 'attestations', ...repo])).toMatchObject({ code: 0, stderr: '' });
    const [owner = ''] = exampleJob.repository.split('/');
    const byOwner = ['a', '--bundle-dir', 'attestations', '-o', owner, '--cert-oidc-issuer', issuer];
    expect(await verify(byOwner)).toMatchObject({ code: 0 });
  });

  test.each<[string, readonly string[], string]>([
    ['another repository', ['-R', 'example-org/other'], 'IDENTITY_MISMATCH'],
    ['a repository whose name begins alike', ['--repo', exampleJob.repository.slice(0, -1)], 'IDENTITY_MISMATCH'],
    ['another trigger', ['--repo', exampleJob.repository, '--trigger', 'pull_request'], 'CLAIM_MISMATCH'],
    ['another ref', ['--repo', exampleJob.repository, '--source-ref', 'refs/tags/**'], 'CLAIM_MISMATCH'],
    ['another number', ['--repo', exampleJob.repository, '--source-repository-id', '1'], 'CLAIM_MISMATCH'],
    [
      'a claim that is not made',
      ['--repo', exampleJob.repository, '--claim', 'deployment-environment=x'],
      'CLAIM_MISMATCH',
    ],
    [
      'a claim that is refused',
      ['--repo', exampleJob.repository, '--refuse-claim', 'source-repository-ref=refs/heads/**'],
      'CLAIM_MISMATCH',
    ],
    [
      'another type of statement',
      ['--repo', exampleJob.repository, '--predicate-type', 'https://spdx.dev/Document'],
      'PREDICATE_TYPE_MISMATCH',
    ],
    [
      'another name in the statement',
      ['--repo', exampleJob.repository, '--subject-name', 'b'],
      'SUBJECT_NAME_MISMATCH',
    ],
    ['an identity that is a part', ['--cert-identity', signer.slice(0, -1)], 'IDENTITY_MISMATCH'],
    ['more logs than there are', ['--repo', exampleJob.repository, '--log-entries', '2'], 'LOG_ENTRY_MISSING'],
  ])('%s is refused', async (_, options, code) => {
    const run = await verify(['a', '--bundle-dir', 'attestations', '--cert-oidc-issuer', issuer, ...options]);
    expect(run).toMatchObject({
      code: code === 'LOG_ENTRY_MISSING' ? 3 : 4,
      stderr: expect.stringContaining(`${code}: a: `),
    });
  });

  test('what a job’s certificate says can all be asked for at once', async () => {
    const { sha, repository_id: id, repository_owner_id: ownerId, ref, event_name: event } = exampleJob;
    const workflow = signer.slice('https://github.com/'.length);
    const options = [
      ...['--signer-workflow', workflow, '--source-ref', ref, '--source-digest', sha, '--trigger', event],
      ...['--source-repository-id', id, '--source-owner-id', ownerId, '--deny-self-hosted-runners'],
      ...['--claim', 'source-repository-visibility=public', '--claim', 'source-repository-visibility=private'],
      ...['--predicate-type', 'https://slsa.dev/provenance/v1', '--subject-name', 'a'],
    ];
    expect(await verify(['a', '--bundle-dir', 'attestations', ...repo, ...options])).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test('a file', async () => {
    await writeFile(
      join(cwd, 'policy.yml'),
      `policy:\n  repo: ${exampleJob.repository}\n  certificate-oidc-issuer: ${issuer}\n  trigger: ${exampleJob.event_name}\n`,
    );
    const from = ['a', '--bundle-dir', 'attestations', '--policy', 'policy.yml'];
    expect(await verify(from)).toMatchObject({ code: 0, stderr: '' });
    expect(await verify([...from, '--subject-name', 'b'])).toMatchObject({ code: 4 });
    expect(await verify([...from, '--any-identity'])).toMatchObject({ code: 2, stdout: '' });
    await writeFile(join(cwd, 'mistyped.yml'), 'policy:\n  repoo: a/b\n');
    const mistyped = await verify(['a', '--policy', 'mistyped.yml']);
    expect(mistyped).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('mistyped.yml:2:3: "repoo"'),
    });
  });

  test.each<[readonly string[], string]>([
    [[], 'no signer specified'],
    [['--certificate-identity-regexp', '.*'], 'regular expression'],
    [['--cert-identity-regex', '.*'], 'regular expression'],
    [['--repo', 'a/b', '--owner', 'a'], 'each specifies the source'],
    [
      ['--repo', 'a/b', '--cert-identity', 'x', '--certificate-identity', 'y'],
      '--cert-identity and --certificate-identity are the same option',
    ],
    [['--repo', 'a/b', '--use-signed-timestamps'], '--use-signed-timestamps is not supported'],
    [
      ['--repo', 'a/b', '--trigger', 'x', '--certificate-github-workflow-trigger', 'y'],
      '--trigger was given together with',
    ],
    [['--repo', 'a/b', '--custom-trusted-root', 'x'], '--custom-trusted-root and --trusted-root are the same option'],
    [['--repo', ''], '--repo is ""'],
    [['--repo', 'a/b', '--repo', 'c/d'], 'It can be given only once.'],
  ])('%j is refused before anything is read', async (options, text) => {
    expect(await verify(['a', ...options])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(text),
    });
  });

  test('cosign’s names of claims', async () => {
    const { repository, ref, sha, event_name: event } = exampleJob;
    const claims = (name: string, value: string): readonly string[] => [`--certificate-github-workflow-${name}`, value];
    const policy = ['--certificate-identity', signer, '--certificate-oidc-issuer', issuer, ...claims('ref', ref)];
    const all = [...policy, ...claims('repository', repository), ...claims('sha', sha), ...claims('trigger', event)];
    expect(await verify(['plain.txt', ...all])).toMatchObject({ code: 0 });
    expect(await verify(['plain.txt', ...policy, ...claims('repository', 'example-org/other')])).toMatchObject({
      code: 4,
    });
  });
});

test('a folder that is to hold nothing but what is verified', async () => {
  const folder = await job.workspace({ 'dist/x': 'x', 'dist/y': 'y' });
  expect((await job.sign(folder, { files: 'dist/*', 'bundle-format': 'per-file' })).conclusion).toBe('success');
  const strict = (...args: readonly string[]): Promise<Run> =>
    verify([...args, ...repo, '--strict-folder'], { cwd: folder });
  expect(await strict('dist/x', 'dist/y')).toMatchObject({ code: 0, stderr: '' });
  const alone = await strict('dist/x');
  expect(alone).toMatchObject({ code: 3, stderr: expect.stringContaining('SUBJECT_LEFT_OUT: 1 of 2 artifacts') });
  expect(alone.stdout).toContain('NOT VERIFIED dist/y');
  await writeFile(join(folder, 'dist/.hidden'), 'x');
  const both = await strict('dist/x', 'dist/y');
  expect(both.stdout).toContain('NOT VERIFIED dist/.hidden');
  expect(await verify(['dist/x', 'dist/y', ...repo], { cwd: folder })).toMatchObject({ code: 0, stderr: '' });
  // Bundles that are named may be called anything.
  await rm(join(folder, 'dist/.hidden'));
  await rename(join(folder, 'dist/x.sigstore.json'), join(folder, 'dist/x.bundle'));
  await rename(join(folder, 'dist/y.sigstore.json'), join(folder, 'dist/y.bundle'));
  const named = ['--bundle', 'dist/x.bundle', '--bundle', 'dist/y.bundle'];
  expect(await strict('dist/x', 'dist/y', ...named)).toMatchObject({ code: 0, stderr: '' });
});

describe('reports', () => {
  /** Returns a pattern for the line of a verified artifact. */
  const verifiedLine = (name: string): string =>
    `Verified ${name}: signed by github\\.com/${exampleJob.repository} \\(release\\.yml\\) at ${exampleJob.ref} on \\S+ \\S+ UTC, log entry \\d+ at http:\\S+\n`;

  test('have one line for each verified artifact', async () => {
    const one = await verify(['a', '--bundle-dir', 'attestations', ...repo]);
    expect(one).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(`^${verifiedLine('a')}$`) });
    const { code, stdout, stderr } = await verify(['a', 'c', '--bundle-dir', 'attestations', ...repo]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^BUNDLE_MISSING: 1 of 2 artifacts could not be verified; c: /);
    expect(stdout).toMatch(new RegExp(`^${verifiedLine('a')}NOT VERIFIED c\n1 artifact verified, 1 not verified\n$`));
  });

  test('have the criteria of artifacts that are not verified', async () => {
    const { code, stdout } = await verify(['plain.txt', '--repo', 'example-org/other', '--cert-oidc-issuer', issuer]);
    expect(code).toBe(4);
    expect(stdout).toMatch(/^NOT VERIFIED plain\.txt \(sha256:\S+\)\n {2}bundle plain\.txt\.sigstore\.json\n/);
    expect(stdout).toMatch(/\n {4}signing time +pass +2\S+Z {2}\(expected: at least 1 trusted timestamp\)\n/);
    expect(stdout).toMatch(/\n {4}identity +FAIL +signed by /);
    expect(stdout).toMatch(/\n {4}transparency log +pass +http:\S+ \d+ {2}\(expected: at least 1 log entry\)\n$/);
  });

  test.each(['--verbose', '-v'])('have all criteria and claims with %s, those of the statement apart', async (flag) => {
    const { code, stdout } = await verify(['a', '--bundle-dir', 'attestations', ...repo, flag]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Verified a \(sha256:[0-9a-f]{64}\)\n {2}bundle attestations\/attestation\.sigstore\.json\n {4}signing time +pass /,
    );
    const [certified, stated] = [stdout.indexOf('Certificate claims'), stdout.indexOf('Statement (written by')];
    expect(certified).toBeGreaterThan(0);
    expect(stdout.indexOf('    source-repository-ref ')).toBeGreaterThan(certified);
    expect(stdout.indexOf('    predicate-type ')).toBeGreaterThan(stated);
  });

  test.each<[readonly string[], number]>([
    [['plain.txt', ...['--any-identity', '--any-issuer']], 0],
    [['plain.txt', '--repo', 'example-org/other', '--certificate-oidc-issuer', 'https://issuer.example'], 4],
    [['c', '--any-identity', '--any-issuer'], 3],
    [['gone', '--any-identity', '--any-issuer'], 3],
    [['sha256:ab', '--any-identity', '--any-issuer'], 5],
  ])('are empty with --quiet: %j', async (args, code) => {
    expect(await verify([...args, '--quiet'])).toMatchObject({ code, stdout: '', stderr: '' });
  });

  test('have incorrect usage on standard error, even with --quiet', async () => {
    for (const args of [['plain.txt'], ['plain.txt', '--any-identity', '--any-issuer', '--verbose']]) {
      const run = await verify([...args, '-q']);
      expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^(?:POLICY_INVALID|USAGE): /) });
    }
  });

  test('have colours only where FORCE_COLOR requires them and NO_COLOR does not forbid them', async () => {
    const coloured = async (env: Readonly<Record<string, string>>): Promise<boolean> =>
      (await verify(['plain.txt', ...repo], { env })).stdout.includes('\u001b[32mVerified\u001b[0m');
    expect(await coloured({})).toBe(false);
    expect(await coloured({ FORCE_COLOR: '1' })).toBe(true);
    expect(await coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  });

  test('the same as JSON, on failure too', async () => {
    const { code, stdout } = await verify(['a', 'gone', 'plain.txt', '--json', ...repo, '--trigger', 'release']);
    expect(code).toBe(4);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ version: 1, verified: false, exitCode: 4 });
    const [a, gone, plain] = report.artifacts;
    expect(a).toMatchObject({ artifact: 'a', verified: false, failure: { code: 'BUNDLE_MISSING', kind: 'absent' } });
    expect(gone).toMatchObject({
      artifact: 'gone',
      digest: null,
      failure: { code: 'SUBJECT_UNREADABLE' },
      results: [{ bundle: null, criteria: [] }],
    });
    expect(plain.results).toMatchObject([
      { bundle: 'plain.txt.sigstore.json', verified: false, certified: null, statement: null },
    ]);
    expect(plain.results[0].criteria).toContainEqual({
      name: 'claim',
      about: 'build-trigger',
      outcome: 'fail',
      expected: 'release',
      found: expect.stringContaining(JSON.stringify(exampleJob.event_name)),
      code: 'CLAIM_MISMATCH',
    });
  });

  test('as JSON too where nothing could be verified at all', async () => {
    for (const [args, exitCode, code] of [
      [['oci://x/y', ...repo], 2, 'USAGE'],
      [['sha256:ab', ...repo], 5, 'DIGEST_INVALID'],
      [['plain.txt'], 2, 'POLICY_INVALID'],
    ] as const) {
      const run = await verify([...args, '--json']);
      expect(run).toMatchObject({ code: exitCode, stderr: expect.stringContaining(`${code}: `) });
      expect(JSON.parse(run.stdout)).toMatchObject({
        version: 1,
        verified: false,
        exitCode,
        failure: { code, kind: expect.any(String), message: expect.any(String) },
        warnings: [],
        artifacts: [],
      });
    }
  });

  test('anybody is accepted only where that is typed out, and that is said', async () => {
    const { code, stdout } = await verify(['plain.txt', '--any-identity', '--any-issuer', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).warnings).toEqual([
      expect.stringContaining('any identity is accepted'),
      expect.stringContaining('any OIDC issuer'),
    ]);
  });
});

test('what comes in by a pipe, and a digest whose name a file has', async () => {
  const script = 'cat plain.txt | "$@"';
  const command = [
    process.execPath,
    join(job.action, 'dist/cli.mjs'),
    'verify',
    '-',
    '-b',
    'plain.txt.sigstore.json',
    ...repo,
    ...trusted,
  ];
  const piped = await new Promise<string>((resolve, reject) =>
    execFile('sh', ['-c', script, 'sh', ...command], { cwd }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    ),
  );
  expect(piped).toMatch(/^Verified - \(sha256:[0-9a-f]{64}\): signed by /);
  const digest = `sha256:${createHash('sha256').update('plain').digest('hex')}`;
  const args = [digest, '-b', 'plain.txt.sigstore.json', ...repo];
  expect(await verify(args)).toMatchObject({ code: 0 });
  await writeFile(join(cwd, digest), 'something else');
  expect(await verify(args)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('a file with this name exists'),
  });
});

describe('offline', () => {
  const env = { NODE_OPTIONS: preload('no-network.mjs') };

  test('with a trusted root no socket is opened and no name looked up', async () => {
    const run = await verify(['plain.txt', ...repo], { env });
    expect(run).toMatchObject({ code: 0, signal: null, stderr: '' });
    const failed = await verify(['plain.txt', '--repo', 'a/b'], { env });
    expect(failed).toMatchObject({ code: 4, signal: null });
  });

  test('without one the trap is sprung: the repository is asked', async () => {
    await writeFile(job.path('root.json'), job.sandbox.tuf.rootJson);
    const tuf = ['--instance', 'sandbox', '--tuf-url', job.sandbox.urls.tuf, '--tuf-root', job.path('root.json')];
    const run = await countersign(job, ['verify', 'plain.txt', ...repo, ...tuf], { cwd, env });
    expect(run.signal).toBe('SIGKILL');
    expect(run.stderr).toContain('NETWORK ');
  });

  test('a cache that has expired is refused, unless it is typed that it may be', async () => {
    await writeFile(job.path('root.json'), job.sandbox.tuf.rootJson);
    const tuf = ['--instance', 'sandbox', '--tuf-url', job.sandbox.urls.tuf, '--tuf-root', job.path('root.json')];
    const args = ['verify', 'plain.txt', ...repo, ...tuf];
    const cache = { XDG_CACHE_HOME: job.path('expiring-cache') };
    expect(await countersign(job, args, { cwd, env: cache })).toMatchObject({ code: 0 });
    const later = { ...cache, NODE_OPTIONS: `${preload('later.mjs')} ${preload('no-network.mjs')}` };
    const refused = await countersign(job, [...args, '--offline'], { cwd, env: later });
    expect(refused).toMatchObject({
      code: 5,
      signal: null,
      stdout: '',
      stderr: expect.stringContaining('TRUSTED_ROOT_EXPIRED'),
    });
    const accepted = await countersign(job, [...args, '--offline-stale'], { cwd, env: later });
    expect(accepted).toMatchObject({
      code: 0,
      signal: null,
      stdout: expect.stringContaining('Warning: the cached trust root'),
    });
  });

  test('nothing is loaded that the network, signing or YAML need', async () => {
    const list = job.path('loaded');
    await writeFile(list, '');
    const env = { NODE_OPTIONS: preload('loaded.mjs'), LOADED_MODULES: list };
    expect(await verify(['plain.txt', ...repo], { env })).toMatchObject({ code: 0 });
    const urls = (await readFile(list, 'utf8')).trim().split('\n');
    expect(
      // node:fs and node:util are required, not imported: Node reads every export of an imported module, and some load more code.
      urls.filter((url) => /^node:(?!(?:crypto|fs\/promises|os|path|url|module|process|events)$)/.test(url)),
    ).toEqual([]);
    const paths = urls
      .filter((url) => url.startsWith('file:') && url.includes('/dist/'))
      .map((url) => fileURLToPath(url));
    let size = 0;
    for (const path of paths) {
      const text = await readFile(path, 'utf8');
      expect(text).not.toMatch(/HttpClient|@actions\/|snapshot\.json|JWSInvalid|!!timestamp/);
      // Without white space and with short names, which say nothing about how much code there is.
      size += (await transform(text, { format: 'esm', minify: true })).code.length;
    }
    expect(size).toBeLessThan(256_000);
  });
});
