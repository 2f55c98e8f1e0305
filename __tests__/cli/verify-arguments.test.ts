/** The arguments of `countersign verify` and `sign` as people write them: expanded and quoted patterns, bundles, URLs, and options of peers. */

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { Job } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

let job: Job;
let cwd: string;
let trusted: readonly string[];
let repo: readonly string[];
beforeAll(async () => {
  job = await Job.start();
  trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  repo = ['--repo', exampleJob.repository, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(async () => {
  cwd = await job.workspace({ 'dist/a': 'a', 'dist/b': 'b' });
  expect((await job.sign(cwd, { files: 'dist/*', 'bundle-format': 'per-file' })).conclusion).toBe('success');
});

const verify = (args: readonly string[], policy = repo): Promise<Run> =>
  countersign(job, ['verify', ...args, ...policy, ...trusted], { cwd });
/** Returns what a shell makes of dist/*. */
const expanded = (...more: readonly string[]): readonly string[] => [
  'dist/a',
  'dist/a.sigstore.json',
  'dist/b',
  'dist/b.sigstore.json',
  ...more,
];

describe('dist/*', () => {
  test.each<[what: string, args: readonly string[]]>([
    ['expanded by a shell', expanded()],
    ['in quotes', ['dist/*']],
  ])('%s: the artifacts are verified, and their bundles are skipped', async (_, args) => {
    const { code, stdout, stderr } = await verify(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Verified dist\/a: .*\nVerified dist\/b: .*\n2 artifacts verified, 2 bundles skipped\n$/);
    const json = JSON.parse((await verify([...args, '--json'])).stdout);
    expect(json).toMatchObject({ verified: true, skipped: ['dist/a.sigstore.json', 'dist/b.sigstore.json'] });
    expect(json.artifacts).toHaveLength(2);
    expect((await verify([...args, '--strict-folder'])).code).toBe(0);
  });

  test('without an artifact: its bundle is not skipped, and is not verified', async () => {
    await rm(join(cwd, 'dist/b'));
    const { code, stdout, stderr } = await verify(['dist/a', 'dist/a.sigstore.json', 'dist/b.sigstore.json']);
    expect(code).toBe(3);
    expect(stdout).toContain('NOT VERIFIED dist/b.sigstore.json\n');
    expect(stdout).toContain('1 artifact verified, 1 not verified, 1 bundle skipped\n');
    expect(stderr).toContain('The file is a bundle itself\nSpecify the file that it belongs to, such as dist/b,');
  });

  test('with a file that only has the name of a bundle: it is not verified', async () => {
    await writeFile(join(cwd, 'dist/c'), 'c');
    await writeFile(join(cwd, 'dist/a.sigstore.json'), 'a script');
    const { code, stdout } = await verify(expanded());
    expect(code).toBe(3);
    expect(stdout).toContain('NOT VERIFIED dist/a.sigstore.json\n');
  });

  test('with nothing but bundles is an error that says what to specify', async () => {
    await rm(join(cwd, 'dist/a'));
    await rm(join(cwd, 'dist/b'));
    for (const args of [['dist/a.sigstore.json', 'dist/b.sigstore.json'], ['dist/*']])
      expect(await verify(args)).toMatchObject({
        code: 3,
        stdout: '',
        stderr: expect.stringMatching(/^SUBJECT_MISSING: all specified files are bundles\nSpecify the files that /),
      });
  });
});

test('a bundle as the only artifact is an error that names its file', async () => {
  expect(await verify(['dist/a.sigstore.json'])).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringMatching(
      /^SUBJECT_MISSING: "dist\/a\.sigstore\.json" is a bundle\nSpecify the file that it belongs to: dist\/a\. /,
    ),
  });
});

test('the manifest that signing wrote is not verified, and the error says what it is', async () => {
  await job.sign(cwd, { files: 'dist/*', 'bundle-dir': 'bundles' });
  const { code, stderr } = await verify(['bundles/manifest.json']);
  expect(code).toBe(3);
  expect(stderr).toContain('is a manifest of bundles, which signing wrote and did not sign\nDo not specify');
});

test('a pattern that matches nothing is an error, and a file of that name is a file', async () => {
  expect(await verify(['nothing/*'])).toMatchObject({ code: 3, stderr: expect.stringContaining('nothing matches') });
  await writeFile(join(cwd, 'a[1]'), 'a');
  const { code, stdout } = await verify(['a[1]', '--bundle', 'dist/a.sigstore.json']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Verified a\[1\]: /)]);
});

test.each<[argument: string, message: string, remedy: string]>([
  ['https://example.org/a', 'is a URL', 'Download the file'],
  ['https://ghcr.io/example/app:1.2', 'is a URL', 'If it is a container image, omit https://.'],
  ['dist\\a', 'is a Windows path', 'Write dist/a.'],
  ['C:\\dist\\a', 'is a Windows path', '/mnt/c/dist/a'],
])('%j is not the path of a file', async (argument, message, remedy) => {
  const run = await verify([argument]);
  expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
  expect(run.stderr).toContain(remedy);
});

test('a file whose name has a backslash is a file', async () => {
  await writeFile(join(cwd, 'dist\\a'), 'a');
  expect(await verify(['dist\\a', '--bundle', 'dist/a.sigstore.json'])).toMatchObject({ code: 0, stderr: '' });
});

test('a repository in letters of another case is a mismatch that says so', async () => {
  const [, name = '', ...issuer] = repo;
  const run = await verify(['dist/a'], ['--repo', name.toUpperCase(), ...issuer]);
  expect(run).toMatchObject({ code: 4, stderr: expect.stringContaining('only the case of letters differs\n') });
  expect(run.stderr).toContain(`write the name as in the certificate: https://github.com/${name}\n`);
});

test.each<[command: string, option: string, hint: string]>([
  ['verify', '--bundle-from-oci', 'Remove it. The bundles that are attached to an image are used by default.'],
  ['verify', '--format=json', 'Use --json. Filter the JSON with jq.'],
  ['verify', '--certificate-chain', 'Use --trusted-root, with a trusted root that contains these certificates.'],
  ['sign', '--oidc-provider=github', 'Use --identity-provider.'],
  ['sign', '--output-signature', 'Use --bundle or --bundle-dir. The bundle contains it.'],
])('countersign %s %s says what to use instead', async (command, option, hint) => {
  const run = await countersign(job, [command, 'dist/a', option], { cwd });
  expect(run).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(`unknown option '${option.split('=')[0]}`),
  });
  expect(run.stderr.trimEnd().split('\n').at(-1)).toBe(hint);
});
