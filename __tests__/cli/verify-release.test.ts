/** `countersign verify --release`, as a person runs it who downloaded a release and its attestation. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exampleRelease } from '../../sandbox/index.ts';
import { Job } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

const release = `${exampleRelease.repository}@${exampleRelease.tag}`;
let job: Job;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace(exampleRelease.assets);
  const { releaseAuthority } = job.sandbox;
  await writeFile(join(cwd, 'release.json'), JSON.stringify(releaseAuthority.attest(exampleRelease)));
  await writeFile(join(cwd, 'github.json'), JSON.stringify(releaseAuthority.trustedRoot));
});
afterAll(() => job[Symbol.asyncDispose]());

const verify = (...args: readonly string[]): Promise<Run> =>
  countersign(job, ['verify', '--instance', 'sandbox', '--trusted-root', 'github.json', ...args], { cwd });

test('the release, and each of its files', async () => {
  const whole = await verify('--release', release, '--bundle', 'release.json');
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  expect(whole.stdout).toContain(`Verified ${release}: signed by dotcom.releases.github.com on `);
  expect(whole.stdout).toContain(`\n  commit ${exampleRelease.commit}\n  asset  sha256:`);
  const each = await verify('app.zip', 'app.tar.gz', '--release', release, '--bundle', 'release.json');
  expect(each).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('2 artifacts verified') });
});

test('another release is refused, with or without files', async () => {
  for (const files of [[], ['app.zip']]) {
    const other = await verify(...files, '--release', `${exampleRelease.repository}@v9`, '--bundle', 'release.json');
    expect(other).toMatchObject({ code: 4, stderr: expect.stringContaining('RELEASE_MISMATCH') });
  }
});

test('options are named as the command has them', async () => {
  const both = await verify('--release', release, '--repo', exampleRelease.repository, '--bundle', 'release.json');
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('--repo cannot be combined with --release') });
  const without = await verify('--release', release);
  expect(without).toMatchObject({ code: 3, stderr: expect.stringContaining('with --bundle, or its folder with') });
});

test('without a release, artifacts are required', async () => {
  const policy = join(cwd, 'policy.yml');
  await writeFile(policy, `policy:\n  repo: ${exampleRelease.repository}\n`);
  expect(await verify('--policy', policy)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("missing required argument 'artifacts'"),
  });
});

test('inspect shows the tag, its commit and the files', async () => {
  const shown = await countersign(job, ['inspect', 'release.json'], { cwd });
  expect(shown.code).toBe(0);
  expect(shown.stdout).toMatch(new RegExp(`subject +pkg:github/${release} commit ${exampleRelease.commit}\n`));
  expect(shown.stdout).toMatch(/subject +app\.zip sha256:[0-9a-f]{64}\n/);
  const { stdout } = await countersign(job, ['inspect', 'release.json', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({
    bundles: [{ claims: { content: { subjects: [{ commit: exampleRelease.commit }, {}, {}] } } }],
  });
});
