/** `countersign look-alike` */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Job } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

let job: Job;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace();
});
afterAll(() => job[Symbol.asyncDispose]());

const owner = ['--kind', 'owner', '--target', 'sigstore'];
const run = (...args: readonly string[]): Promise<Run> => countersign(job, ['look-alike', ...args], { cwd });

/** Starts the command with an open standard input. */
function started(...args: readonly string[]): ChildProcessByStdio<Writable, Readable, null> {
  return spawn(process.execPath, [join(job.action, 'dist', 'cli.mjs'), 'look-alike', ...args], {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

test('explains each candidate in words', async () => {
  expect(await run(...owner, 'sigstroe', 'rekor')).toEqual({
    code: 0,
    signal: null,
    stdout: [
      'sigstroe: looks like sigstore',
      '  ALERT, score 0.99, rule transposed: Two neighbouring characters are transposed.',
      '  owner: "ro" instead of "or" at character 6',
      'rekor: looks like no protected name',
      '',
    ].join('\n'),
    stderr: '',
  });
});

test('with --json, each candidate is an object on one line', async () => {
  const { code, stdout, stderr } = await run(...owner, '--json', 'sigstroe', 'rekor', 'sigstore-team');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      candidate: 'sigstroe',
      target: 'sigstore',
      rule: 'transposed',
      score: 0.99,
      alert: true,
      part: 'owner',
      difference: '"ro" instead of "or" at character 6',
      reason: 'Two neighbouring characters are transposed.',
    },
    {
      candidate: 'rekor',
      target: null,
      rule: null,
      score: 0,
      alert: false,
      part: null,
      difference: null,
      reason: null,
    },
    expect.objectContaining({ candidate: 'sigstore-team', rule: 'affix', alert: false }),
  ]);
});

test.each([
  ['repo', 'docker/login-action', 'dokcer/login-action'],
  ['workflow', 'docker/app/.github/workflows/ci.yml', 'dokcer/app/.github/workflows/ci.yml'],
  ['email', 'alice@example.com', 'alice@exmaple.com'],
  ['domain', 'example.com', 'exmaple.com'],
  ['package', 'requests', 'reqeusts'],
])('compares names of the kind %s', async (kind, target, candidate) => {
  const { stdout } = await run('--kind', kind, '--target', target, '--json', candidate);
  expect(JSON.parse(stdout)).toMatchObject({ target, candidate, rule: 'transposed', alert: true });
});

test('several targets', async () => {
  const { stdout } = await run(...owner, '--target', 'docker', '--json', 'dokcer', 'docker');
  const [first, second] = stdout.split('\n', 2).map((line) => JSON.parse(line));
  expect(first).toMatchObject({ target: 'docker', alert: true });
  expect(second).toMatchObject({ rule: null });
});

test('hostile names are printed on one line, without control characters', async () => {
  const candidate = 'sig\u202estore\n::error::';
  const { stdout } = await run(...owner, candidate);
  expect(stdout).toContain('sig\\u202estore\\u000a::error::: misleading name\n');
  expect(stdout.split('\n')).toHaveLength(4);
  const json = await run(...owner, '--json', candidate);
  expect(json.stdout).not.toContain('\u202e');
  expect(JSON.parse(json.stdout)).toMatchObject({ candidate, target: null, rule: 'bidi-control', alert: true });
});

describe('candidates from standard input', () => {
  test('are explained as they arrive', async () => {
    const { stdin, stdout } = started(...owner, '--json', '-');
    const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
    const answer = async (line: string): Promise<unknown> => {
      stdin.write(`${line}\n`);
      return JSON.parse((await lines.next()).value);
    };
    expect(await answer('sigstroe')).toMatchObject({ candidate: 'sigstroe', alert: true });
    expect(await answer('\n rekor \r')).toMatchObject({ candidate: 'rekor', alert: false });
    stdin.end('s1gstore');
    expect(JSON.parse((await lines.next()).value)).toMatchObject({ candidate: 's1gstore', alert: true });
    expect((await lines.next()).done).toBe(true);
  });

  test('end with exit code 0, also without any', async () => {
    const child = started(...owner, 'rekor', '-');
    child.stdin.end();
    child.stdout.resume();
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  test('are read no more once the reader of the output has gone', async () => {
    const child = started(...owner, '-');
    const { stdin, stdout } = child;
    stdin.on('error', () => undefined);
    const feed = (): void => {
      while (!stdin.destroyed && stdin.write('sigstroe\n'.repeat(1000)));
    };
    stdin.on('drain', feed);
    feed();
    await once(stdout, 'data');
    stdout.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
    stdin.destroy();
  });
});

describe('incorrect usage ends with exit code 2', () => {
  test.each([
    [['--target', 'sigstore', 'x'], '--kind'],
    [['--kind', 'owner', 'x'], '--target'],
    [['--kind', 'person', '--target', 'a', 'x'], '--kind'],
    [['--kind', 'repo', '--target', 'sigstore', 'x'], 'use the form owner/repository'],
    [['--kind', 'email', '--target', 'sigstore', 'x'], 'is not an e-mail address'],
    [['--kind', 'owner', '--target', 'a'], "missing required argument 'names'"],
  ])('%j', async (args, text) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(text);
  });

  test('with --json, the failure is an object', async () => {
    const { code, stdout } = await run('--kind', 'repo', '--target', 'sigstore', '--json', 'x');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, failure: { code: 'USAGE' } });
  });
});
