import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { type ProgramEnd, programsOf } from '../../src/node/index.ts';

/** Runs a script on the Node that is there. */
function run(
  script: string,
  limits: { readonly timeoutMilliseconds?: number; readonly maxOutputLength?: number } = {},
): Promise<ProgramEnd> {
  return programsOf({ SHOWN: 'yes' })({
    program: process.execPath,
    arguments: ['-e', script],
    input: 'ghcr.io',
    timeoutMilliseconds: 50_000,
    maxOutputLength: 1024,
    ...limits,
  });
}

function text(end: ProgramEnd): string {
  return end.kind === 'ended' ? `${end.exitCode} ${Buffer.from(end.output).toString()}` : end.problem;
}

test('a program reads its input, and what it prints is read', async () => {
  expect(text(await run('process.stdin.pipe(process.stdout)'))).toBe('0 ghcr.io');
});

test('it has the environment that it was given, and no other', async () => {
  expect(text(await run('console.log(process.env.SHOWN, process.env.HOME)'))).toBe('0 yes undefined\n');
});

test('it runs where Node is, and not in a workspace, where Windows would look for its program first', async () => {
  expect(text(await run('process.stdout.write(process.cwd())'))).toBe(`0 ${realpathSync(dirname(process.execPath))}`);
});

test('standard error is not read, and shown nowhere', async () => {
  const isNull = 'const { devNull } = require("os"), { fstatSync, statSync } = require("fs")';
  expect(text(await run(`${isNull}; console.log(fstatSync(2).rdev === statSync(devNull).rdev)`))).toBe('0 true\n');
  expect(text(await run('console.error("x".repeat(1e6)); console.log(1); process.exitCode = 3'))).toBe('3 1\n');
});

test('a program that does not read its input may answer', async () => {
  expect(text(await run('process.stdin.destroy(); console.log(1)'))).toBe('0 1\n');
});

test('no shell is between', async () => {
  const end = await programsOf({ PATH: '/nowhere' })({
    program: 'docker-credential-x; echo 1',
    arguments: [],
    input: '',
    timeoutMilliseconds: 50_000,
    maxOutputLength: 10,
  });
  expect(text(end)).toBe('cannot be started (ENOENT)');
});

test('one that does not end is ended', async () => {
  expect(text(await run('setInterval(() => {}, 1000)', { timeoutMilliseconds: 150 }))).toBe(
    'did not finish within 0.15 s',
  );
});

test('one that prints without end is ended', async () => {
  const script = 'const more = () => process.stdout.write("x".repeat(65536), more); more()';
  expect(text(await run(script))).toBe('printed more than 1024 bytes');
});

test('one whose child keeps the pipe open is not waited for', async () => {
  const child = 'setTimeout(() => {}, 2000)';
  const script = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }).unref()`;
  expect(text(await run(script, { timeoutMilliseconds: 1000 }))).toBe('did not finish within 1 s');
});

test('one that is killed has failed', async () => {
  expect(text(await run('process.kill(process.pid, "SIGTERM")'))).toBe('was terminated by SIGTERM');
});
