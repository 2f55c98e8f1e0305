/** `countersign trusted-root` */

import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readTrustedRoot } from '../../src/core/trust/index.ts';
import { Job } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

let job: Job;
let cwd: string;
let tuf: readonly string[];
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace();
  const root = job.path('tuf_root.json');
  await writeFile(root, job.sandbox.tuf.rootJson);
  tuf = ['--instance', 'custom', '--tuf-url', job.sandbox.urls.tuf, '--tuf-root', root];
});
afterAll(() => job[Symbol.asyncDispose]());

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
  countersign(job, ['trusted-root', ...args, '--retry-budget', '0'], { cwd, env });

test('prints the trusted root of the repository, as one line', async () => {
  const { code, stdout, stderr } = await run(tuf);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n')).toHaveLength(2);
  expect(JSON.parse(stdout)).toEqual(job.sandbox.trustedRoot);
  expect(readTrustedRoot(stdout).transparencyLogs).toHaveLength(3);
});

test('of a sandbox, with the settings of the shell', async () => {
  const cwdOfState = await job.workspace();
  const args = [
    'sandbox',
    '--',
    process.execPath,
    `${job.action}/dist/cli.mjs`,
    'trusted-root',
    '--instance',
    'sandbox',
  ];
  const { code, stdout } = await countersign(job, args, { cwd: cwdOfState });
  expect(code).toBe(0);
  expect(readTrustedRoot(stdout).certificateAuthorities[0]?.uri).toMatch(/^http:\/\/127\.0\.0\.1:/);
});

test('from the cache alone', async () => {
  const env = { XDG_CACHE_HOME: job.path('cache') };
  expect(await run([...tuf, '--offline'], env)).toMatchObject({ code: 3, stdout: '' });
  expect(await run(tuf, env)).toMatchObject({ code: 0 });
  job.forget();
  const { code, stdout } = await run([...tuf, '--offline'], env);
  expect({ code, root: JSON.parse(stdout) }).toEqual({ code: 0, root: job.sandbox.trustedRoot });
  expect(job.count('tuf')).toBe(0);
});

test('an altered trusted root is not printed', async () => {
  job.sandbox.misbehave('tuf:altered-target');
  try {
    expect(await run(tuf, { XDG_CACHE_HOME: job.path('empty') })).toMatchObject({
      code: 5,
      stdout: '',
      stderr: expect.stringMatching(/^TRUSTED_ROOT_INVALID: /),
    });
  } finally {
    job.sandbox.behave();
  }
});

test.each([
  [['--instance', 'custom'], 'requires a TUF repository'],
  [['--instance', 'sandbox'], 'TRUST is not set'],
])('%j is incorrect usage', async (args, text) => {
  expect(await run(args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
});
