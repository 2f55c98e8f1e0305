/** The built command and signals: it ends, whatever hangs, with the status of the signal, and keeps what is finished. */

import { execFileSync, spawn } from 'node:child_process';
import { open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { bundlesIn, Job, readAll } from '../action/job.ts';
import { answering, type Loopback, serve } from '../services/loopback.ts';
import { countersign, type Interrupt, type Run, type RunOptions } from './command.ts';

const person = 'releaser@example.org';
let job: Job;
let trusted: readonly string[];
let instance: readonly string[];
beforeAll(async () => {
  job = await Job.start();
  trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  instance = [...trusted, '--signing-config', job.path('rekor-v2.json'), '--retry-budget', '0'];
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;
const identity = ['--certificate-identity', person, '--certificate-oidc-issuer', 'https://issuer.example.test'];
const preloaded = (name: string): readonly string[] => ['--import', fileURLToPath(new URL(name, import.meta.url))];

async function tokenFile(): Promise<string> {
  const path = job.path('token');
  await writeFile(path, await job.sandbox.personTokens.token(person));
  return path;
}

let pipes = 0;
function pipe(): string {
  const path = job.path(`pipe-${pipes++}`);
  execFileSync('mkfifo', [path]);
  return path;
}

/** Runs a command, and hands over what interrupts it. */
function running(
  args: readonly string[],
  options: RunOptions,
): { readonly ended: Promise<Run>; readonly interrupt: Interrupt } {
  let interrupt: Interrupt = () => undefined;
  const ended = countersign(job, args, {
    ...options,
    onStart: (stop) => {
      interrupt = stop;
    },
  });
  return { ended, interrupt: (signal) => interrupt(signal) };
}

/** Runs a command until it prints a text, and then sends it a signal. */
function runUntil(text: string, signal: NodeJS.Signals, args: readonly string[], options: RunOptions): Promise<Run> {
  let isSent = false;
  return countersign(job, args, {
    ...options,
    onOutput: (stdout, interrupt) => {
      if (isSent || !stdout.includes(text)) return;
      isSent = true;
      interrupt(signal);
    },
  });
}

/** A server that takes requests and answers none. */
async function silent(asked: () => void): Promise<Loopback> {
  return serve((request) => {
    request.resume();
    asked();
  });
}

describe.each(signals)('%s ends a verification', (signal, code) => {
  const killed = { code: null, signal };

  test(`while a service does not answer, with the exit code ${code} and without temporary files`, async () => {
    const cwd = await job.workspace({ a: 'a' });
    const temporary = await job.workspace();
    let asked = (): void => undefined;
    await using server = await silent(() => asked());
    const root = job.path('tuf_root.json');
    await writeFile(root, job.sandbox.tuf.rootJson);
    const args = ['verify', 'a', ...identity, '--instance', 'custom', '--tuf-url', server.origin, '--tuf-root', root];
    for (const json of [false, true]) {
      const { ended, interrupt } = running([...args, ...(json ? ['--json'] : [])], { cwd, env: { TMPDIR: temporary } });
      asked = () => interrupt(signal);
      const run = await ended;
      const stderr = expect.stringMatching(
        /^Interrupted\. .*\nCANCELLED: cancelled while waiting for the TUF repository\n/,
      );
      expect(run).toMatchObject({ code, signal: null, stderr });
      expect(await readdir(temporary)).toEqual([]);
      if (json) expect(JSON.parse(run.stdout)).toMatchObject({ verified: false, failure: { code: 'CANCELLED' } });
      else expect(run.stdout).toBe('');
    }
  });

  test(`while a registry does not answer, with the exit code ${code}`, async () => {
    const cwd = await job.workspace();
    let asked = (): void => undefined;
    await using server = await silent(() => asked());
    const image = `${new URL(server.origin).host}/app:1`;
    for (const args of [
      ['verify', image, ...identity, ...trusted],
      ['tree', image],
    ]) {
      const { ended, interrupt } = running(args, { cwd });
      asked = () => interrupt(signal);
      const stderr = expect.stringContaining('CANCELLED: ');
      expect(await ended).toMatchObject({ code, signal: null, stderr });
    }
  });

  test(`while it reads standard input, with the exit code ${code}`, async () => {
    const cwd = await job.workspace({ a: 'a' });
    const signing = ['sign', 'a', ...instance, '--identity-token', await tokenFile()];
    expect(await countersign(job, signing, { cwd })).toMatchObject({ code: 0 });
    // A pipe holds less: the write ends once the command reads.
    const bytes = new Uint8Array(4 * 1024 * 1024);
    const input = { bytes, onRead: (interrupt: Interrupt) => interrupt(signal) };
    const verifying = ['verify', '-', '--bundle', 'a.sigstore.json', ...identity, ...trusted];
    expect(await countersign(job, verifying, { cwd, input })).toMatchObject({
      code,
      signal: null,
      stderr: expect.stringContaining('CANCELLED: -: cancelled while reading standard input'),
    });
  });

  test('at once, as the system does it, while a password is read from a pipe to which nobody writes', async () => {
    const cwd = await job.workspace();
    const path = pipe();
    const login = ['--registry-username', 'me', '--registry-password-file', path];
    const { ended, interrupt } = running(['verify', 'ghcr.io/a/b:1', ...login, ...identity, ...trusted], { cwd });
    // It is open as soon as the command has opened it too.
    const writer = await open(path, 'w');
    interrupt(signal);
    expect(await ended).toMatchObject(killed);
    await writer.close();
  });

  test('at once, as the system does it, while a synchronous step runs', async () => {
    const cwd = await job.workspace({ busy: 'a' });
    const options = { cwd, nodeArguments: preloaded('busy.mjs') };
    expect(await runUntil('busy\n', signal, ['verify', 'busy', ...identity, ...trusted], options)).toMatchObject(
      killed,
    );
  });
});

test.each(signals)('a shell sees a verification that %s ended as %d', async (signal, status) => {
  const cwd = await job.workspace();
  let pid = 0;
  let asked = (): void => undefined;
  await using server = await silent(() => asked());
  asked = () => process.kill(pid, signal);
  const script = `node "$1" tree "$2" & echo $!; wait $!; echo "status $?"`;
  const shell = spawn(
    '/bin/sh',
    ['-c', script, 'sh', join(job.action, 'dist', 'cli.mjs'), `${new URL(server.origin).host}/a:1`],
    {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let printed = '';
  shell.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
    pid = Number.parseInt(printed, 10);
  });
  await new Promise((resolve) => shell.once('close', resolve));
  expect(printed.split('\n')[1]).toBe(`status ${status}`);
});

describe.each(signals)('%s ends signing', (signal, code) => {
  const killed = { code: null, signal };

  test('while the token is read from a pipe to which nobody writes', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const path = pipe();
    const { ended, interrupt } = running(['sign', 'a', ...instance, '--identity-token', path], { cwd });
    const writer = await open(path, 'w');
    interrupt(signal);
    expect(await ended).toMatchObject(killed);
    await writer.close();
    expect(await bundlesIn(cwd)).toEqual([]);
  });

  test('while a synchronous step runs before anything is signed', async () => {
    const cwd = await job.workspace({ busy: 'a' });
    const args = ['sign', 'busy', ...instance, '--identity-token', await tokenFile()];
    expect(await runUntil('busy\n', signal, args, { cwd, nodeArguments: preloaded('busy.mjs') })).toMatchObject(killed);
  });

  test.each(['fulcio', 'timestamp', 'rekor-v2'] as const)(
    `while %s does not answer, with the exit code ${code}`,
    async (service) => {
      const cwd = await job.workspace({ a: 'a', b: 'b' });
      let asked = (): void => undefined;
      const skip = service === 'fulcio' ? 0 : 1;
      job.sandbox.faults.set(
        service,
        (exchange) => {
          exchange.request.resume();
          asked();
        },
        { skip },
      );
      const args = ['sign', 'a', 'b', '--concurrency', '1', ...instance, '--identity-token', await tokenFile()];
      const { ended, interrupt } = running(args, { cwd });
      asked = () => interrupt(signal);
      const run = await ended;
      expect(run).toMatchObject({ code, signal: null, stderr: expect.stringContaining('CANCELLED: ') });
      expect(run.stderr).toContain('Interrupted');
      expect([...(await readAll(cwd)).keys()]).toEqual(skip === 0 ? ['a', 'b'] : ['a', 'a.sigstore.json', 'b']);
      // What was signed is in the summary.
      if (skip === 1) expect(run.stdout).toContain('a -> a.sigstore.json');
    },
  );

  test('while the file system does not answer: what is finished stays', async () => {
    const cwd = await job.workspace({ a: 'a', b: 'b' });
    const args = ['sign', 'a', 'b', '--concurrency', '1', ...instance, '--identity-token', await tokenFile()];
    const options = { cwd, env: { STUCK_PIPE: pipe() }, nodeArguments: preloaded('stuck.mjs') };
    expect(await runUntil('stuck\n', signal, args, options)).toMatchObject(killed);
    expect(await bundlesIn(cwd)).toEqual(['a.sigstore.json']);
  });

  test('at once, where it is the second one', async () => {
    const cwd = await job.workspace({ a: 'a', b: 'b' });
    const args = ['sign', 'a', 'b', '--concurrency', '1', ...instance, '--identity-token', await tokenFile()];
    const first = signal === 'SIGINT' ? 'SIGTERM' : 'SIGINT';
    let signalsSent = 0;
    const run = await countersign(job, args, {
      cwd,
      env: { STUCK_PIPE: pipe() },
      nodeArguments: preloaded('stuck.mjs'),
      onOutput: (stdout, interrupt) => {
        if (signalsSent === 0 && stdout.includes('stuck\n')) {
          signalsSent = 1;
          interrupt(first);
        }
      },
      onErrorOutput: (stderr, interrupt) => {
        if (signalsSent === 1 && stderr.includes('Interrupted')) {
          signalsSent = 2;
          interrupt(signal);
        }
      },
    });
    expect(run).toMatchObject(killed);
    expect(await bundlesIn(cwd)).toEqual(['a.sigstore.json']);
  });
});

describe.each(signals)('%s ends with the exit code %d', (signal, code) => {
  test('a sandbox, which keeps its state', async () => {
    const cwd = await job.workspace();
    const run = await runUntil('Press Ctrl-C', signal, ['sandbox', '--state', 'state'], { cwd });
    expect(run).toMatchObject({ code, signal: null, stderr: '' });
    expect(await readdir(join(cwd, 'state'))).toContain('stack.env');
  });

  test('a demonstration, which removes its temporary folder', async () => {
    const [cwd, temporary] = [await job.workspace(), await job.workspace()];
    // The signing step has started.
    const options = { cwd, env: { TMPDIR: temporary } };
    const run = await runUntil('  | group: Run', signal, ['demo', '--verbose'], options);
    expect(run).toMatchObject({ code, signal: null, stderr: 'CANCELLED: the demonstration was interrupted\n' });
    expect(await readdir(temporary)).toEqual([]);
  });

  test('a demonstration, which keeps a folder that was given', async () => {
    const cwd = await job.workspace();
    const run = await runUntil('Signing', signal, ['demo', '--out', 'kept'], { cwd });
    expect(run).toMatchObject({ code, signal: null });
    expect(await readdir(join(cwd, 'kept'))).toContain('workspace');
  });
});

describe('signing', () => {
  test('takes the token from a pipe, as a shell makes one of <(command)', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const path = pipe();
    const { ended } = running(['sign', 'a', ...instance, '--identity-token', path], { cwd });
    await writeFile(path, `${await job.sandbox.personTokens.token(person)}\n`);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(await bundlesIn(cwd)).toEqual(['a.sigstore.json']);
  });

  test.each(['/proc/countersign', '/proc/countersign/x/y'])(
    'into %s, where no folder can be made, is refused',
    async (folder) => {
      const cwd = await job.workspace({ a: 'a' });
      const path = job.path('token');
      await writeFile(path, await job.sandbox.personTokens.token(person));
      job.forget();
      const run = await countersign(job, ['sign', 'a', '--bundle-dir', folder, ...instance, '--identity-token', path], {
        cwd,
      });
      expect(run.signal).toBeNull();
      expect(run.stderr).toContain('WRITE_FAILED: ');
      expect(run.stderr).toContain('--bundle-dir');
      expect(job.count('rekor-v2')).toBe(0);
    },
  );

  test('takes the password of a registry from a pipe', async () => {
    const cwd = await job.workspace();
    const path = pipe();
    await using server = await answering({ status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } });
    const image = `${new URL(server.origin).host}/app:1`;
    const login = ['--registry-username', 'me', '--registry-password-file', path];
    const { ended } = running(['tree', image, ...login], { cwd });
    await writeFile(path, 'hunter2\n');
    const run = await ended;
    expect(server.received.at(-1)?.headers.authorization).toBe(`Basic ${Buffer.from('me:hunter2').toString('base64')}`);
    expect(`${run.stdout}${run.stderr}`).not.toMatch(/hunter2|bWU6/);
  });
});

describe('a file that is named for a secret and cannot be read', () => {
  test.each([
    ['--identity-token', 'sign', 'TOKEN_INVALID'],
    ['--registry-password-file', 'tree', 'USAGE'],
  ])('%s: what was named is not repeated, as it may be the secret itself', async (option, command, code) => {
    const cwd = await job.workspace({ a: 'a' });
    const rest = command === 'sign' ? ['a', ...instance] : ['ghcr.io/a/b:1', '--registry-username', 'me'];
    const run = await countersign(job, [command, ...rest, option, 'hunter2'], { cwd });
    expect(run.stderr).toContain(`${code}: `);
    expect(run.stderr).toContain('ENOENT');
    expect(`${run.stdout}${run.stderr}`).not.toContain('hunter2');
  });

  test('an option that is not known is not repeated with its value', async () => {
    const run = await countersign(job, ['sign', 'a', '--registry-password=hunter2'], { cwd: await job.workspace() });
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('--registry-password') });
    expect(run.stderr).not.toContain('hunter2');
  });
});
