/** `countersign sandbox -- COMMAND`, and `--instance sandbox` with the settings of a shell. */

import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { Job } from '../action/job.ts';
import { countersign, type Run, type RunOptions } from './command.ts';

let job: Job;
let temporary: string;
let cli: string;
beforeAll(async () => {
  job = await Job.start();
  temporary = await job.workspace();
  cli = `'${process.execPath}' '${join(job.action, 'dist', 'cli.mjs')}'`;
});
afterAll(() => job[Symbol.asyncDispose]());

/** Runs a command with a sandbox, whose temporary state must be gone afterwards. */
async function within(command: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> {
  const cwd = options.cwd ?? (await job.workspace({ a: 'a' }));
  const run = await countersign(job, ['sandbox', '--', ...command], {
    ...options,
    cwd,
    env: { TMPDIR: temporary, ...options.env },
  });
  expect(await readdir(temporary)).toEqual([]);
  return run;
}

const script = (code: string): readonly string[] => [process.execPath, '-e', code];

describe('a command', () => {
  test('signs and verifies with what is in its environment', async () => {
    const sign = `${cli} sign a --instance sandbox`;
    const verify = `${cli} verify a --repo ${exampleJob.repository} --instance sandbox`;
    const run = await within(['sh', '-c', `${sign} && ${verify}`]);
    expect(run).toMatchObject({ code: 0, signal: null, stderr: 'Identity token: GitHub Actions\n' });
    expect(run.stdout).toMatch(/^Signed 1 subject\n[\s\S]*\nVerified a/);
  });

  test('signs with version 1 of the log on request', async () => {
    const run = await within(['sh', '-c', `${cli} sign a --instance sandbox --log-version 1 && cat a.sigstore.json`]);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('inclusionPromise') });
  });

  test('gets the failure of a verification for another repository', async () => {
    const verify = `${cli} verify a --repo another/repository --instance sandbox`;
    const run = await within(['sh', '-c', `${cli} sign a --instance sandbox && ${verify}`]);
    expect(run).toMatchObject({ code: 4, stderr: expect.stringContaining('IDENTITY_MISMATCH') });
  });

  test('gets its arguments as they are, and its exit code is passed on', async () => {
    const code = 'console.log(process.argv.slice(1)); process.exitCode = 7';
    const run = await within([...script(code), '--', '--json', '-x', 'a b']);
    expect(run).toMatchObject({ code: 7, signal: null, stdout: "[ '--json', '-x', 'a b' ]\n", stderr: '' });
  });

  test('reads standard input', async () => {
    const args = [join(job.action, 'dist', 'cli.mjs'), 'sandbox', '--', 'cat'];
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH, TMPDIR: temporary },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
    child.stdin.end('input');
    await new Promise((resolve) => child.once('close', resolve));
    expect(printed).toBe('input');
  });

  test('gets the tokens of the sandbox, and not the one of the caller', async () => {
    const names = ['SIGSTORE_ID_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'KEPT'];
    const print = `console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env[name] ?? null)))`;
    const { stdout } = await within(script(print), { env: { SIGSTORE_ID_TOKEN: 'secret', KEPT: 'kept' } });
    expect(JSON.parse(stdout)).toEqual([null, expect.stringMatching(/^http:\/\/127\.0\.0\.1:/), 'kept']);
  });

  test.each([
    ['SIGINT', 9],
    ['SIGTERM', 9],
  ] as const)('gets %s, and decides', async (signal, status) => {
    const code = `process.on('${signal}', () => process.exit(${status})); setInterval(() => {}, 1000); console.log('ready')`;
    const run = await within(script(code), {
      onOutput: (stdout, interrupt) => stdout === 'ready\n' && interrupt(signal),
    });
    expect(run).toMatchObject({ code: status, signal: null });
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('that %s ends has the exit code %d', async (signal, status) => {
    const code = "setInterval(() => {}, 1000); console.log('ready')";
    const run = await within(script(code), {
      onOutput: (stdout, interrupt) => stdout === 'ready\n' && interrupt(signal),
    });
    expect(run).toMatchObject({ code: status, signal: null });
  });

  test('that cannot be started is incorrect usage', async () => {
    const stderr =
      'USAGE: the command "no-such-command" cannot be started: ENOENT\nCheck its name, and that its folder is in PATH.\n';
    expect(await within(['no-such-command'])).toMatchObject({ code: 2, stdout: '', stderr });
  });

  test('keeps a state folder that was given', async () => {
    const cwd = await job.workspace();
    const run = await countersign(job, ['sandbox', '--state', 'state', '--', 'sh', '-c', 'echo "$TRUST"'], { cwd });
    expect(run).toMatchObject({ code: 0, stdout: `${join(cwd, 'state', 'trust')}\n`, stderr: '' });
    expect(await readFile(join(cwd, 'state', 'stack.env'), 'utf8')).toContain(`TRUST='${join(cwd, 'state', 'trust')}'`);
  });

  test('is told about faults', async () => {
    const cwd = await job.workspace();
    const args = ['sandbox', '--misbehave', 'fulcio:503', '--', 'true'];
    const run = await countersign(job, args, { cwd });
    expect(run).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('fulcio:503') });
  });
});

describe('without the settings of a sandbox', () => {
  test.each([
    ['sign', 'a', '--identity-token', 'token'],
    ['verify', 'a', '--repo', 'a/b'],
  ])('countersign %s says how to set them', async (...args) => {
    const cwd = await job.workspace({ a: 'a', token: await job.sandbox.personTokens.token('a@example.org') });
    const run = await countersign(job, [...args, '--instance', 'sandbox'], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('TRUST is not set');
    expect(run.stderr).toContain('. FOLDER/stack.env');
  });

  test('another instance does not read them', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const run = await countersign(job, ['verify', 'a', '--repo', 'a/b', '--instance', 'custom'], {
      cwd,
      env: { TRUST: job.path('.') },
    });
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('--trusted-root') });
  });
});
