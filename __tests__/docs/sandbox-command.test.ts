/** Runs the shell examples of docs/sandbox.md. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { built } from '../kit/built.ts';

const page = await readFile(fileURLToPath(new URL('../../docs/sandbox.md', import.meta.url)), 'utf8');
const [start = '', command = '', sign = '', request = '', misbehave = '', ...others] = [
  ...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm),
].map(([, text]) => text ?? '');

let cwd = '';
let env: NodeJS.ProcessEnv = {};
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'countersign-docs-'));
  env = { PATH: `${join(cwd, 'bin')}:${process.env.PATH}`, HOME: cwd };
  const programs = {
    countersign: `exec '${process.execPath}' '${await built('cli.mjs')}' "$@"`,
    // The tests need no program but Node: this one takes the options that the page gives to curl.
    curl: `exec '${process.execPath}' --input-type=module --eval '
const [option, header = "", address] = process.argv.slice(1);
const [name, value] = header.split(": ");
if (option !== "-H") throw new Error(option);
console.log(await (await fetch(address, { headers: { [name]: value } })).text());
' -- "$@"`,
  };
  await mkdir(join(cwd, 'bin'));
  for (const [name, command] of Object.entries(programs)) {
    await writeFile(join(cwd, 'bin', name), `#!/bin/sh\n${command}\n`);
    await chmod(join(cwd, 'bin', name), 0o755);
  }
  await writeFile(join(cwd, 'app.tar.gz'), 'app');
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const shell = (script: string) => promisify(execFile)('sh', ['-c', script], { cwd, env });

/** Starts a sandbox, runs something with it, and stops it. Passes on the text that it prints at its start. */
async function withSandbox(command: string, use: (printed: string) => Promise<void>): Promise<void> {
  const sandbox: ChildProcess = spawn('sh', ['-c', `exec ${command}`], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(sandbox, 'exit');
  try {
    if (sandbox.stdout === null) throw new Error('the sandbox has no output');
    const [printed] = await Promise.race([once(sandbox.stdout, 'data'), ended]);
    await use(String(printed));
  } finally {
    sandbox.kill('SIGINT');
    await ended;
  }
}

test('the sandbox starts, signs, and issues tokens', async () => {
  expect(others).toEqual([]);
  await withSandbox(start.trim(), async () => {
    await shell(sign);
    expect(JSON.parse(await readFile(join(cwd, 'app.tar.gz.sigstore.json'), 'utf8'))).toHaveProperty('mediaType');
    const { stdout } = await shell(`. sandbox/stack.env\n${request}`);
    const [, payload = ''] = JSON.parse(stdout).value.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ ref: 'dev', aud: 'sigstore' });
  });
});

test('a command runs with a sandbox', async () => {
  // A bundle of another sandbox would be in the way.
  const bundle = join(cwd, 'app.tar.gz.sigstore.json');
  await rm(bundle, { force: true });
  const { stdout } = await shell(command);
  expect(stdout).toMatch(/^Signed 1 subject\n/);
  expect(stdout).toContain('"verificationMaterial"');
  await rm(bundle);
});

test('the sandbox injects faults, and lists them', async () => {
  const [inject = '', list = ''] = misbehave.split('\n');
  await withSandbox(inject, async (printed) => {
    expect(printed).toContain('rekor-v2:forked-tree');
    expect(printed).toContain('fulcio:slow');
  });
  expect((await shell(list)).stdout).toContain('rekor-v2:forked-tree');
});
