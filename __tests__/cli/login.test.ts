/** `countersign sign` by a person who logs in: in a browser, with a code, on another device, and where nobody can. */

import { chmod, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { bundlesIn, Job, readAll } from '../action/job.ts';
import { judge } from '../kit/judge.ts';
import { copyCode, fillIn, logIn } from '../kit/person.ts';
import { inTerminal, type TerminalRun } from '../kit/terminal.ts';
import { countersign, type Run, type RunOptions } from './command.ts';

const person = 'dev@example.com';
let job: Job;
let trusted: readonly string[];
let instance: readonly string[];
/** Every token that the issuer has issued. */
const issued: string[] = [];
beforeAll(async () => {
  job = await Job.start();
  trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  instance = [...trusted, '--signing-config', job.path('rekor-v2.json'), '--retry-budget', '0'];
  const { personTokens } = job.sandbox;
  const issue = personTokens.token.bind(personTokens);
  personTokens.token = async (...args) => {
    const token = await issue(...args);
    issued.push(token);
    return token;
  };
});
afterEach(() => job.sandbox.behave());
afterAll(() => job[Symbol.asyncDispose]());

/** A machine with a browser that opens nothing: the person reads the address in the terminal. */
const desktop = { DISPLAY: ':0', BROWSER: 'true' };

const urlIn = (text: string): URL => new URL(/https?:\S+/.exec(text)?.[0] ?? '');
const line = (text: string, start: string): string | undefined =>
  text.split('\n').find((one) => one.startsWith(start) && text.includes(`${one}\n`));

/** Signs with a login. `act` is called once, with the first line that starts with the text. */
async function sign(
  cwd: string,
  args: readonly string[],
  {
    on,
    act,
    ...options
  }: Partial<RunOptions> & {
    readonly on?: string;
    readonly act?: (line: string, type: (line: string) => void, interrupt: () => void) => unknown;
  } = {},
): Promise<Run> {
  let isDone = false;
  job.forget();
  issued.length = 0;
  const run = await countersign(job, ['sign', ...args, ...instance], {
    cwd,
    env: desktop,
    onErrorOutput: (stderr, interrupt, type) => {
      const found = on === undefined || isDone ? undefined : line(stderr, on);
      if (found === undefined) return;
      isDone = true;
      act?.(found, type, interrupt);
    },
    ...options,
  });
  for (const text of [run.stdout, run.stderr, ...(await readAll(cwd)).values()])
    for (const token of issued) for (const part of token.split('.')) expect(text.includes(part)).toBe(false);
  return run;
}

const opens = 'Your browser opens this page: ';
const withBrowser = { on: opens, act: (text: string) => logIn(urlIn(text)) };

function verify(cwd: string, args: readonly string[]): Promise<Run> {
  const policy = ['--cert-identity', person, '--cert-oidc-issuer', job.sandbox.urls.personIssuer];
  return countersign(job, ['verify', ...args, ...policy, ...trusted], { cwd });
}

describe('in a browser', () => {
  test('the person signs several files with one login, and somebody else verifies them', async () => {
    const cwd = await job.workspace({ a: 'a', b: 'b', c: 'c' });
    const run = await sign(cwd, ['a', 'b', 'c', '--yes'], withBrowser);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining(`identity  ${person}`) });
    expect(issued).toHaveLength(2);
    expect(run.stderr.split('\n')).toEqual([
      `To sign, log in at ${job.sandbox.urls.personIssuer}.`,
      'The email address and the ID of your account become part of the signature. The sandbox keeps them on this machine.',
      expect.stringMatching(/^Your browser opens this page: http/),
      '',
    ]);
    expect(await verify(cwd, ['a', 'b', 'c'])).toMatchObject({ code: 0 });
    const bundle = JSON.parse(await readFile(join(cwd, 'a.sigstore.json'), 'utf8'));
    expect(judge(job.sandbox.trustedRoot, bundle, Buffer.from('a')).identity).toMatchObject({
      subjectAlternativeName: person,
      extensions: { issuer: job.sandbox.urls.personIssuer },
    });
  });

  test('$BROWSER is run with the address, and prints nothing', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const browser = job.path('browser');
    await writeFile(browser, '#!/bin/sh\necho noise\nprintf %s "$1" > "$0.log"\n');
    await chmod(browser, 0o755);
    const run = await sign(cwd, ['a', '-y'], { ...withBrowser, env: { ...desktop, BROWSER: browser } });
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain('noise');
    expect(await readFile(`${browser}.log`, 'utf8')).toBe(line(run.stderr, opens)?.slice(opens.length));
  });

  test('--json prints only JSON', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const run = await sign(cwd, ['a', '--yes', '--json'], withBrowser);
    expect(JSON.parse(run.stdout).subjects).toMatchObject([{ name: 'a', identity: person }]);
  });

  test('the token of a login is used rather than that of the environment if it is required', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const env = { ...desktop, SIGSTORE_ID_TOKEN: await job.sandbox.personTokens.token('other@example.com') };
    const run = await sign(cwd, ['a', '--yes', '--identity-provider', 'login'], { ...withBrowser, env });
    expect(run.stdout).toContain(`identity  ${person}`);
    expect((await sign(cwd, ['a', '--overwrite'], { env })).stdout).toContain('identity  other@example.com');
  });

  test('another issuer, client or redirect is used if it is named', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const own = ['--oidc-redirect-url', 'http://127.0.0.1:0/own', '--oidc-issuer', job.sandbox.urls.personIssuer];
    const run = await sign(cwd, ['a', '--yes', ...own], withBrowser);
    expect(run.code).toBe(0);
    expect(urlIn(run.stderr.split('page: ')[1] ?? '').searchParams.get('redirect_uri')).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/own$/,
    );
    const other = await sign(cwd, ['a', '--yes', '--oidc-client-id', 'other'], {
      on: opens,
      act: (text, _, interrupt) => {
        expect(urlIn(text).searchParams.get('client_id')).toBe('other');
        interrupt();
      },
    });
    expect(other.code).toBe(130);
    const elsewhere = await sign(cwd, ['a', '--yes', '--oidc-issuer', `${job.sandbox.urls.personIssuer}/other`]);
    expect(elsewhere).toMatchObject({ code: 6, stderr: expect.stringContaining('SERVICE_REFUSED: ') });
  });

  test('an instance without an issuer for people is refused, unless an option names one', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const { oidcUrls: _, ...config } = job.sandbox.signingConfig;
    await writeFile(job.path('no-issuer.json'), JSON.stringify(config));
    const without = [...trusted, '--signing-config', job.path('no-issuer.json'), '--yes'];
    const run = await countersign(job, ['sign', 'a', ...without], { cwd, env: desktop });
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('LOGIN_UNAVAILABLE: ') });
    expect(run.stderr).toContain('Set --oidc-issuer');
  });

  test('a port that is in use is refused before a browser opens', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const url = `http://localhost:${port}/auth/callback`;
    const run = await sign(cwd, ['a', '--yes', '--oidc-redirect-url', url]);
    other.close();
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('LOGIN_UNAVAILABLE: ') });
    expect(run.stderr).toContain('omit --oidc-redirect-url');
    expect(run.stderr).not.toContain(opens);
  });
});

describe('a login that fails', () => {
  test.each([
    ['oidc:another-state', 5, 'LOGIN_INVALID'],
    ['oidc:another-nonce', 5, 'LOGIN_INVALID'],
    ['oidc:another-redirect-issuer', 5, 'LOGIN_INVALID'],
    ['oidc:failed-login', 6, 'LOGIN_REFUSED'],
    ['oidc:unverified-email', 5, 'TOKEN_INVALID'],
    ['oidc:without-email', 5, 'TOKEN_INVALID'],
  ] as const)('%s ends with %d, and nothing is signed', async (name, code, error) => {
    const cwd = await job.workspace({ a: 'a' });
    job.sandbox.misbehave(name);
    const run = await sign(cwd, ['a', '--yes'], withBrowser);
    expect(run).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(`${error}: `) });
    expect([await bundlesIn(cwd), job.count('fulcio')]).toEqual([[], 0]);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s while nobody logs in ends with %d', async (signal, code) => {
    const cwd = await job.workspace({ a: 'a' });
    let kill: (signal: NodeJS.Signals) => void = () => undefined;
    const run = await sign(cwd, ['a', '--yes'], {
      onStart: (interrupt) => {
        kill = interrupt;
      },
      on: opens,
      act: () => kill(signal),
    });
    expect(run).toMatchObject({ code, signal: null, stdout: '' });
    expect(run.stderr).toContain('CANCELLED: cancelled while waiting for the login');
    expect(await bundlesIn(cwd)).toEqual([]);
  });

  test('a file that does not exist is reported before anyone logs in', async () => {
    const run = await sign(await job.workspace(), ['absent', '--yes']);
    expect(run).toMatchObject({ code: 3, stderr: expect.stringContaining('SUBJECT_MISSING: ') });
    expect(run.stderr).not.toContain('log in at');
  });
});

describe('without a browser', () => {
  const asks = 'Open this page in any browser: ';
  const withCode = {
    hasInput: true,
    on: asks,
    act: async (text: string, type: (line: string) => void) => type(await copyCode(urlIn(text))),
  };

  test.each([
    ['--no-browser', ['--no-browser'], desktop, undefined],
    ['SSH', [], { ...desktop, SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' }, 'this is an SSH session'],
    ['no display', [], {}, 'this machine has no graphical display'],
  ] as const)('%s: the person copies a code', async (_, args, env, reason) => {
    const cwd = await job.workspace({ a: 'a' });
    const run = await sign(cwd, ['a', '--yes', ...args], { ...withCode, env });
    expect(run.code).toBe(0);
    if (reason !== undefined) expect(run.stderr).toContain(`No browser is opened, because ${reason}.\n`);
    expect(run.stderr).not.toContain(opens);
    expect(await verify(cwd, ['a'])).toMatchObject({ code: 0 });
  });

  test('without an input, the error names other ways', async () => {
    const run = await sign(await job.workspace({ a: 'a' }), ['a', '--yes', '--no-browser']);
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('LOGIN_UNAVAILABLE: the input ended') });
    expect(run.stderr).toContain('--device');
  });

  test('--device: the person logs in on another device', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const run = await sign(cwd, ['a', '--yes', '--device'], {
      on: 'Open this page in a browser on any device: ',
      act: (text) => fillIn(urlIn(text)),
    });
    expect(run.code).toBe(0);
    expect(await verify(cwd, ['a'])).toMatchObject({ code: 0 });
  });

  test('--device contradicts a token that is named', async () => {
    const cwd = await job.workspace({ a: 'a', token: 'x' });
    const run = await sign(cwd, ['a', '--device', '--identity-token', 'token']);
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('USAGE: ') });
  });
});

describe('the agreement', () => {
  test('without a terminal needs --yes', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const run = await sign(cwd, ['a']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('LOGIN_UNAVAILABLE: a login requires your agreement');
    expect(run.stderr).toContain('--yes');
  });

  /** Runs the command in a terminal of its own, and types an answer to the question. */
  function answered(cwd: string, answer: string, ...options: readonly string[]): Promise<TerminalRun> {
    const words = [process.execPath, join(job.action, 'dist', 'cli.mjs'), 'sign', 'a', ...options, ...instance];
    return inTerminal(
      words.map((word) => `'${word}'`).join(' '),
      { cwd, env: { HOME: job.path('home'), ...desktop } },
      [
        { to: /Continue\? \[y\/N\] /, react: () => answer },
        {
          to: /^(Your browser opens|Open) this page.*: (\S+)\r\n/m,
          react: async ([, how, page = '']) => {
            if (how === 'Open') return `${await copyCode(new URL(page))}\n`;
            await logIn(new URL(page));
            return undefined;
          },
        },
      ],
    );
  }

  test('is asked for in a terminal', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const { code, screen } = await answered(cwd, 'y\n');
    expect([code, screen]).toEqual([0, expect.stringContaining('Signed 1 subject')]);
    expect(await verify(cwd, ['a'])).toMatchObject({ code: 0 });
  });

  test('is asked for before the code, at the same terminal', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const { code, screen } = await answered(cwd, 'y\n', '--no-browser');
    expect([code, screen]).toEqual([0, expect.stringContaining('Signed 1 subject')]);
  });

  test.each([
    ['n\n', 6, 'LOGIN_REFUSED: you did not agree'],
    ['\n', 6, 'LOGIN_REFUSED: you did not agree'],
    ['\u0004', 6, 'LOGIN_REFUSED: you did not agree'],
    ['\u0003', 130, 'CANCELLED: '],
  ])('that is answered with %j ends with %d', async (answer, code, text) => {
    const cwd = await job.workspace({ a: 'a' });
    const run = await answered(cwd, answer);
    expect([run.code, run.screen]).toEqual([code, expect.stringContaining(text)]);
    expect(await bundlesIn(cwd)).toEqual([]);
  });
});

describe('in a CI job', () => {
  test.each([{ CI: 'true' }, { JENKINS_URL: 'https://jenkins.example.test' }])(
    '%j: nobody is asked to log in, and the error says what to set',
    async (ci) => {
      const cwd = await job.workspace({ a: 'a' });
      const env = { ...desktop, ...ci };
      const run = await sign(cwd, ['a', '--yes'], { env });
      expect(run).toMatchObject({ code: 5, stderr: expect.stringContaining('TOKEN_INVALID: ') });
      for (const option of [['--identity-provider', 'login'], ['--device']]) {
        const required = await sign(cwd, ['a', '--yes', ...option], { env });
        expect(required).toMatchObject({ code: 2, stderr: expect.stringContaining('LOGIN_UNAVAILABLE: ') });
        for (const text of ['id-token: write', 'SIGSTORE_ID_TOKEN', '--identity-token'])
          expect(required.stderr).toContain(text);
      }
    },
  );
});
