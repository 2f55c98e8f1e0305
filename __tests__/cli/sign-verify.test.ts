/** `countersign sign` and `countersign verify`, as a person or another CI system uses them. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fault } from '../../sandbox/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import { writeLegDigests } from '../../src/subject/index.ts';
import { bundlesIn, Job, readAll, type SubjectOutput, signer } from '../action/job.ts';
import { cosignVulnDocument, cyclonedxDocument } from '../kit/documents.ts';
import { judge } from '../kit/judge.ts';
import { countersign, type Run, type RunOptions } from './command.ts';

const person = 'releaser@example.org';
let job: Job;
let tokenFile: string;
let instance: readonly string[];
let trusted: readonly string[];
beforeAll(async () => {
  job = await Job.start();
  tokenFile = job.path('token');
  trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  instance = [...trusted, '--signing-config', job.path('rekor-v2.json'), '--retry-budget', '0'];
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

async function sign(cwd: string, args: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> {
  const token = await job.sandbox.personTokens.token(person);
  await writeFile(tokenFile, `${token}\n`);
  job.forget();
  const run = await countersign(job, ['sign', ...args, ...instance, '--identity-token', tokenFile], {
    cwd,
    ...options,
  });
  for (const text of [run.stdout, run.stderr, ...(await readAll(cwd)).values()]) {
    for (const part of token.split('.')) expect(text.includes(part)).toBe(false);
  }
  return run;
}

function verify(
  cwd: string,
  args: readonly string[],
  who = person,
  issuer = job.sandbox.urls.personIssuer,
): Promise<Run> {
  const policy = ['--certificate-identity', who, '--certificate-oidc-issuer', issuer];
  return countersign(job, ['verify', ...args, ...policy, ...trusted], { cwd });
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('sign', () => {
  test('attests an SBOM, a predicate of a type, several documents, and a statement that names its subjects', async () => {
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'elsewhere', digest: { sha256: sha256('app') } }],
      predicateType: 'https://example.com/v1',
      predicate: {},
    };
    const cwd = await job.workspace({
      app: 'app',
      'sbom.json': JSON.stringify(cyclonedxDocument()),
      'scan.json': JSON.stringify(cosignVulnDocument),
      'statement.json': JSON.stringify(statement),
    });
    const signed = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { code, stdout } = await sign(cwd, [...args, '--json']);
      expect(code).toBe(0);
      return JSON.parse(stdout).subjects.map((one: { predicateType: string }) => one.predicateType);
    };
    const [bom, vuln] = ['https://cyclonedx.org/bom', 'https://cosign.sigstore.dev/attestation/vuln/v1'];
    expect(await signed('app', '--sbom', 'sbom.json', '--bundle-dir', '1')).toEqual([bom]);
    expect(await signed('app', '--predicate', 'scan.json', '--type', 'vuln', '--bundle-dir', '2')).toEqual([vuln]);
    const several = ['--attest', 'sbom=sbom.json', '--attest', 'vuln=scan.json', '--bundle-dir', '3'];
    expect(await signed('app', ...several)).toEqual([bom, vuln]);
    expect(await signed('--statement', 'statement.json', '--bundle-dir', '4')).toEqual(['https://example.com/v1']);
    expect(await verify(cwd, ['app', '--bundle', '4/attestation-custom.sigstore.json'])).toMatchObject({ code: 0 });

    const both = await sign(cwd, ['app', '--sbom', 'sbom.json', '--statement', 'statement.json']);
    expect(both.stderr).toContain('USAGE: --sbom and --statement cannot be combined\nList all of them in --attest');
  });

  test('writes a bundle beside the file, says who signed, and sigstore-js accepts it', async () => {
    const cwd = await job.workspace({ 'app.tgz': 'app' });
    const { code, stdout, stderr } = await sign(cwd, ['app.tgz']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Signed 1 subject\n/);
    for (const text of [person, job.sandbox.urls.personIssuer, 'app.tgz -> app.tgz.sigstore.json (log index '])
      expect(stdout).toContain(text);
    expect([...(await readAll(cwd)).keys()]).toEqual(['app.tgz', 'app.tgz.sigstore.json']);
    const bundle = JSON.parse(await readFile(join(cwd, 'app.tgz.sigstore.json'), 'utf8'));
    expect(judge(job.sandbox.trustedRoot, bundle, Buffer.from('app')).identity?.subjectAlternativeName).toBe(person);
  });

  test('takes the token from SIGSTORE_ID_TOKEN, and prints JSON', async () => {
    const cwd = await job.workspace({ a: 'a', b: 'b' });
    const token = await job.sandbox.personTokens.token(person);
    const run = await countersign(job, ['sign', 'a', 'b', '--json', ...instance], {
      cwd,
      env: { SIGSTORE_ID_TOKEN: token },
    });
    const stderr = 'Identity token: the environment variable SIGSTORE_ID_TOKEN\n';
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr });
    const { subjects }: { readonly subjects: readonly SubjectOutput[] } = JSON.parse(run.stdout);
    expect(subjects).toMatchObject([
      {
        name: 'a',
        digest: `sha256:${sha256('a')}`,
        bundle: join(cwd, 'a.sigstore.json'),
        identity: person,
        resumed: false,
      },
      {
        name: 'b',
        digest: `sha256:${sha256('b')}`,
        bundle: join(cwd, 'b.sigstore.json'),
        identity: person,
        resumed: false,
      },
    ]);
    expect(JSON.stringify(run)).not.toContain(token);
  });

  test('of many files at the same time causes no warning of Node', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${index}.txt`);
    const cwd = await job.workspace(Object.fromEntries(names.map((name) => [name, name])));
    expect(await sign(cwd, ['*.txt'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('takes the token of a job from its runner', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const { requestUrl, requestToken } = job.sandbox.jobTokens;
    const env = {
      GITHUB_ACTIONS: 'true',
      ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    };
    const run = await countersign(job, ['sign', 'a', '--bundle-format', 'attestation', ...instance], { cwd, env });
    expect(run).toMatchObject({ code: 0, stderr: 'Identity token: GitHub Actions\n' });
    expect(run.stdout).toContain('.github/workflows/release.yml@refs/heads/main');
    expect(JSON.stringify(run)).not.toContain(requestToken);
  });

  test('signs the digests that jobs handed over, in one statement', async () => {
    const from = { repository: 'example-org/app', runId: '7', attempt: 1, job: 'build' };
    const listOf = (leg: string, name: string, content: string): string => {
      const subject = { kind: 'file', name, digest: digest('sha256', utf8(content)), size: content.length } as const;
      return writeLegDigests({ from: { ...from, leg }, subjects: [subject] });
    };
    const lists = { 'linux.json': listOf('linux', 'app', 'app'), 'mac.json': listOf('mac', 'app.dmg', 'dmg') };
    const cwd = await job.workspace({ ...lists, 'other.json': listOf('wasm', 'app', 'other') });
    const { requestUrl, requestToken } = job.sandbox.jobTokens;
    const env = {
      GITHUB_ACTIONS: 'true',
      ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    };
    const signLists = (...args: readonly string[]): Promise<Run> =>
      countersign(job, ['sign', ...args.flatMap((path) => ['--digests-from', path]), ...instance], { cwd, env });
    const run = await signLists('linux.json', 'mac.json');
    expect([run.code, run.stdout]).toEqual([0, expect.stringMatching(/^Signed 2 subjects\n/)]);
    await writeFile(join(cwd, 'app'), 'app');
    const verified = await verify(cwd, ['app'], signer, job.sandbox.urls.jobIssuer);
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    await writeFile(join(cwd, 'app'), 'changed');
    expect((await verify(cwd, ['app'], signer, job.sandbox.urls.jobIssuer)).code).not.toBe(0);

    await rm(join(cwd, 'app'));
    const contradicted = await signLists('linux.json', 'other.json');
    expect([contradicted.code, contradicted.stderr]).toEqual([
      2,
      expect.stringMatching(/"app" has two different digests.*the leg build \(linux\).*the leg build \(wasm\)/),
    ]);
    const plain = await countersign(
      job,
      ['sign', '--digests-from', 'linux.json', '--bundle-format', 'per-file', ...instance],
      { cwd, env },
    );
    expect([plain.code, plain.stderr]).toEqual([2, expect.stringContaining('cannot be combined with --digests-from')]);
  });

  test('stops if two providers have a token, and signs with the one that an option names', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const { requestUrl, requestToken } = job.sandbox.jobTokens;
    const env = {
      GITHUB_ACTIONS: 'true',
      ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      SIGSTORE_ID_TOKEN: await job.sandbox.personTokens.token(person),
    };
    const two = await countersign(job, ['sign', 'a', ...instance], { cwd, env });
    expect(two).toMatchObject({ code: 2, stdout: '' });
    for (const text of [
      'USAGE: there are identity tokens of the environment variable SIGSTORE_ID_TOKEN and GitHub Actions',
      'Choose one with --identity-provider environment or --identity-provider github.',
    ])
      expect(two.stderr).toContain(text);
    const chosen = await countersign(job, ['sign', 'a', ...instance, '--identity-provider', 'environment'], {
      cwd,
      env,
    });
    expect(chosen).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(person) });
    const unknown = await countersign(job, ['sign', 'a', ...instance, '--identity-provider', 'jenkins'], { cwd, env });
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('--identity-provider') });
  });

  test('refuses a job that anyone can trigger, in any CI system, unless an option allows it', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const claims = { project_id: '1', job_project_id: '2' };
    const env = { GITLAB_CI: 'true', SIGSTORE_ID_TOKEN: await job.sandbox.gitlabTokens.token('sigstore', { claims }) };
    const refused = await countersign(job, ['sign', 'a', ...instance], { cwd, env });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('TRIGGER_REFUSED') });
    expect(refused.stderr).toContain('--allow-dangerous-triggers');
    const allowed = await countersign(job, ['sign', 'a', ...instance, '--allow-dangerous-triggers'], { cwd, env });
    expect(allowed).toMatchObject({ code: 0 });
  });

  test('refuses a token on the command line, and does not repeat it', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const token = await job.sandbox.personTokens.token(person);
    const run = await countersign(job, ['sign', 'a', ...instance, '--identity-token', token], { cwd });
    expect(run).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('USAGE: the value of --identity-token is a token'),
    });
    expect(run.stderr).not.toContain(token.slice(0, 40));
    expect(await bundlesIn(cwd)).toEqual([]);
  });

  test('without any identity says where one may come from', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const run = await countersign(job, ['sign', 'a', ...instance], { cwd });
    expect(run.code).toBe(2);
    for (const text of ['a login requires your agreement', '--yes', '--identity-token', 'SIGSTORE_ID_TOKEN'])
      expect(run.stderr).toContain(text);
  });

  test('a token that is none, for someone else, or over, is refused without a word of it', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const { personTokens } = job.sandbox;
    const tokens = [
      'not-a-token',
      await personTokens.token(person, { aud: 'other' }),
      await personTokens.token(person, { exp: 1 }),
    ];
    const codes = [];
    for (const token of tokens) {
      await writeFile(tokenFile, token);
      const run = await countersign(job, ['sign', 'a', ...instance, '--identity-token', tokenFile], { cwd });
      codes.push([run.code, run.stderr.split(':')[0]]);
      expect(run.stderr).not.toContain(token);
    }
    expect(codes).toEqual([
      [5, 'TOKEN_INVALID'],
      [5, 'TOKEN_INVALID'],
      [6, 'TOKEN_EXPIRED'],
    ]);
  });

  test('--bundle names the one bundle, --bundle-dir the folder of several', async () => {
    const cwd = await job.workspace({ a: 'a', 'deep/b': 'b' });
    expect(await sign(cwd, ['a', '--bundle', 'elsewhere/mine.json'])).toMatchObject({ code: 0 });
    expect(await verify(cwd, ['a', '--bundle', 'elsewhere/mine.json'])).toMatchObject({ code: 0 });
    expect(await sign(cwd, ['a', 'deep/b', '--bundle-dir', 'out'])).toMatchObject({ code: 0 });
    expect(await bundlesIn(cwd)).toEqual(['out/a.sigstore.json', 'out/deep/b.sigstore.json']);
    const two = await sign(cwd, ['a', 'deep/b', '--bundle', 'one.json']);
    expect(two).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('USAGE: --bundle specifies one file for 2 subjects'),
    });
  });

  test('files outside of the current folder, with the names that they have there', async () => {
    const folder = await job.workspace({ 'work/x': '', 'out/app.tgz': 'app', 'out/sub/lib.tgz': 'lib' });
    const cwd = join(folder, 'work');
    const { code, stdout, stderr } = await sign(cwd, ['../out/**', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).subjects).toMatchObject([
      { name: 'app.tgz', bundle: join(folder, 'out/app.tgz.sigstore.json') },
      { name: 'sub/lib.tgz', bundle: join(folder, 'out/sub/lib.tgz.sigstore.json') },
    ]);
    expect((await sign(cwd, [join(folder, 'out/app.tgz')])).code).toBe(0);
    expect((await verify(cwd, ['../out/app.tgz'])).code).toBe(0);
  });

  test('checksums and digests', async () => {
    const cwd = await job.workspace({ SUMS: `${sha256('c')}  c\n` });
    const run = await sign(cwd, [
      '--checksums',
      'SUMS',
      '--digest',
      `d@sha256:${sha256('d')}`,
      '--digest',
      `e@sha256:${sha256('e')}`,
    ]);
    expect(run.code).toBe(0);
    expect(await bundlesIn(cwd)).toEqual(['c.sigstore.json', 'd.sigstore.json', 'e.sigstore.json']);
    expect(await verify(cwd, [`sha256:${sha256('d')}`, '--bundle', 'd.sigstore.json'])).toMatchObject({ code: 0 });
  });

  test.each([
    [['no-such-file'], 3, '"no-such-file"'],
    [['--checksums', 'no-sums'], 3, 'no-sums'],
    [['--digest', 'a@sha256:12'], 5, '--digest, line 1'],
    [[], 3, 'nothing to sign'],
  ])('%j ends with %d', async (args, code, text) => {
    const cwd = await job.workspace();
    expect(await sign(cwd, args)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(text) });
    expect(job.count('fulcio')).toBe(0);
  });

  test('a service that is down ends with 6, and keeps what is finished', async () => {
    job.sandbox.faults.set('rekor-v2', fault.status(503), { skip: 1 });
    const cwd = await job.workspace({ a: 'a', b: 'b', c: 'c' });
    const run = await sign(cwd, ['a', 'b', 'c', '--concurrency', '1']);
    expect(run.code).toBe(6);
    expect(run.stderr).toContain('SERVICE_UNAVAILABLE: 2 of 3 subjects were not signed');
    expect(run.stdout).toContain('Not signed: 2 subjects');
    expect(await bundlesIn(cwd)).toEqual(['a.sigstore.json']);
  });

  test('an interruption ends it, and keeps what is finished', async () => {
    const cwd = await job.workspace({ a: 'a', b: 'b' });
    let interrupt = (): void => undefined;
    job.sandbox.faults.set(
      'rekor-v2',
      (exchange) => {
        exchange.request.resume();
        interrupt();
      },
      { skip: 1 },
    );
    const run = await sign(cwd, ['a', 'b', '--concurrency', '1'], {
      onStart: (stop) => {
        interrupt = stop;
      },
    });
    // The log never answers: only the interruption ends it.
    expect(run).toMatchObject({ code: 130, signal: null, stderr: expect.stringContaining('CANCELLED: ') });
    expect([...(await readAll(cwd)).keys()]).toEqual(['a', 'a.sigstore.json', 'b']);
    expect(await verify(cwd, ['a'])).toMatchObject({ code: 0 });
  });

  test('what it prints into a pipe is not cut, however much it is', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `file-${index}`);
    const cwd = await job.workspace(Object.fromEntries(names.map((name) => [name, name])));
    await writeFile(tokenFile, await job.sandbox.jobTokens.token('sigstore'));
    const args = [
      'sign',
      'file-*',
      '--json',
      ...instance,
      '--identity-token',
      tokenFile,
      '--bundle',
      'all.json',
      '--bundle-format',
      'attestation',
    ];
    const script = '"$@" | cat';
    const command = [process.execPath, join(job.action, 'dist/cli.mjs'), ...args];
    const { stdout } = await promisify(execFile)('sh', ['-c', script, 'sh', ...command], { cwd, maxBuffer: 2 ** 24 });
    expect(stdout.length).toBeGreaterThan(2 * 65_536);
    expect(JSON.parse(stdout).subjects).toHaveLength(400);
  });
});

describe('verify', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await job.workspace({ 'app.tgz': 'app' });
    expect(await sign(cwd, ['app.tgz'])).toMatchObject({ code: 0 });
    const bundle = await readFile(join(cwd, 'app.tgz.sigstore.json'), 'utf8');
    await writeFile(join(cwd, 'changed.tgz'), 'apq');
    const { signature } = JSON.parse(bundle).messageSignature;
    const bytes = Buffer.from(signature, 'base64');
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    await writeFile(join(cwd, 'forged.json'), bundle.replace(signature, bytes.toString('base64')));
    await writeFile(join(cwd, 'broken.json'), bundle.slice(0, 500));
  });

  test('says who signed, when, and where that is logged, and asks nobody', async () => {
    job.forget();
    const { code, stdout, stderr } = await verify(cwd, ['app.tgz']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Verified app\.tgz: signed by releaser@example\.org \(http:\S+\) on 2\S+ \S+ UTC, log entry \d+ at http:\S+\n$/,
    );
    for (const service of ['oidc', 'fulcio', 'timestamp', 'rekor-v1', 'rekor-v2', 'tuf'] as const)
      expect(job.count(service)).toBe(0);
  });

  test('says it in JSON', async () => {
    const { code, stdout } = await verify(cwd, ['app.tgz', '--json']);
    expect(code).toBe(0);
    const certified = {
      identity: person,
      issuer: job.sandbox.urls.personIssuer,
      logs: [{ url: job.sandbox.urls.rekor }],
    };
    expect(JSON.parse(stdout)).toMatchObject({
      verified: true,
      exitCode: 0,
      artifacts: [{ artifact: 'app.tgz', verified: true, results: [{ verified: true, certified, statement: null }] }],
    });
  });

  test('takes a digest in place of a file', async () => {
    const bundle = ['--bundle', 'app.tgz.sigstore.json'];
    expect(await verify(cwd, [`sha256:${sha256('app')}`, ...bundle])).toMatchObject({ code: 0 });
    expect(await verify(cwd, [`sha256:${sha256('apq')}`, ...bundle])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('ARTIFACT_MISMATCH'),
    });
    expect(await verify(cwd, ['sha256:12', ...bundle])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('DIGEST_INVALID'),
    });
  });

  test.each([
    ['another identity', ['app.tgz'], 'other@example.org', undefined, 4, 'IDENTITY_MISMATCH'],
    ['a part of the identity', ['app.tgz'], 'example.org', undefined, 4, 'IDENTITY_MISMATCH'],
    ['another issuer', ['app.tgz'], person, 'https://issuer.example.org', 4, 'ISSUER_MISMATCH'],
    ['a changed file', ['changed.tgz', '--bundle', 'app.tgz.sigstore.json'], person, undefined, 4, 'ARTIFACT_MISMATCH'],
    ['a changed signature', ['app.tgz', '--bundle', 'forged.json'], person, undefined, 4, 'TIMESTAMP_MISMATCH'],
    ['half a bundle', ['app.tgz', '--bundle', 'broken.json'], person, undefined, 5, 'BUNDLE_INVALID'],
    ['no bundle', ['changed.tgz'], person, undefined, 3, 'BUNDLE_MISSING'],
    ['no file', ['gone.tgz', '--bundle', 'app.tgz.sigstore.json'], person, undefined, 3, 'SUBJECT_UNREADABLE'],
  ])('%s', async (_, args, who, issuer, code, text) => {
    const run = await verify(cwd, args, who, issuer);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: expect.stringMatching(/^NOT VERIFIED /) });
    expect(run.stderr).toContain(text);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  test('refuses what a sandbox signed where none was asked for', async () => {
    const policy = ['--certificate-identity', person, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer];
    const root = ['--instance', 'custom', '--trusted-root', job.path('trusted_root.json')];
    const run = await countersign(job, ['verify', 'app.tgz', ...policy, ...root], { cwd });
    expect(run).toMatchObject({ code: 4, stderr: expect.stringContaining('CERTIFICATE_SANDBOX') });
  });

  test('needs more than the name of an instance that is not known', async () => {
    const policy = ['--certificate-identity', person, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer];
    const run = await countersign(job, ['verify', 'app.tgz', ...policy, '--instance', 'custom'], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('trusted-root') });
  });
});

describe('with a TUF repository', () => {
  let cwd: string;
  let tuf: readonly string[];
  beforeAll(async () => {
    cwd = await job.workspace({ a: 'a' });
    await writeFile(job.path('root.json'), job.sandbox.tuf.rootJson);
    tuf = ['--instance', 'sandbox', '--tuf-url', job.sandbox.urls.tuf, '--tuf-root', job.path('root.json')];
  });

  const run = (args: readonly string[], cache: string): Promise<Run> => {
    job.forget();
    return countersign(job, args, { cwd, env: { XDG_CACHE_HOME: job.path(cache) } });
  };

  test('sign and verify take all that they need from it, once; verify then needs no network', async () => {
    await writeFile(tokenFile, await job.sandbox.personTokens.token(person));
    const signed = await run(['sign', 'a', ...tuf, '--identity-token', tokenFile], 'cache');
    expect(signed).toMatchObject({ code: 0, stderr: '' });
    expect(job.count('tuf')).toBeGreaterThan(0);

    const policy = ['--certificate-identity', person, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer];
    expect(await run(['verify', 'a', ...policy, ...tuf], 'cache')).toMatchObject({ code: 0, stderr: '' });
    expect(job.count('tuf')).toBe(0);
    expect(await run(['verify', 'a', ...policy, ...tuf, '--offline'], 'cache')).toMatchObject({ code: 0, stderr: '' });
    expect(job.count('tuf')).toBe(0);

    const elsewhere = await run(['verify', 'a', ...policy, ...tuf, '--offline'], 'another-cache');
    expect(elsewhere).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('TRUSTED_ROOT_MISSING') });
    expect(job.count('tuf')).toBe(0);
  });

  test('a repository is nothing without a root to begin with', async () => {
    const policy = ['--certificate-identity', person, '--certificate-oidc-issuer', 'x'];
    const rootless = await run(['verify', 'a', ...policy, ...tuf.slice(0, 4)], 'rootless');
    expect(rootless).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('root') });
    expect(job.count('tuf')).toBe(0);
  });

  test('a root of another repository is refused', async () => {
    const other = await Job.start();
    try {
      await writeFile(job.path('other.json'), other.sandbox.tuf.rootJson);
    } finally {
      await other[Symbol.asyncDispose]();
    }
    const policy = ['--certificate-identity', person, '--certificate-oidc-issuer', 'x'];
    const refused = await run(['verify', 'a', ...policy, ...tuf.slice(0, 5), job.path('other.json')], 'other-cache');
    expect(refused).toMatchObject({ code: 5, stdout: '', stderr: expect.stringContaining('TRUSTED_ROOT_INVALID') });
  });
});

describe('sandbox', () => {
  test('gives all that sign and verify need, until it is interrupted', async () => {
    const cwd = await job.workspace({ a: 'a' });
    const state = job.path('state');
    let tried: Promise<readonly Run[]> | undefined;
    const sandbox = await countersign(job, ['sandbox', '--state', state], {
      cwd,
      onOutput: (stdout, interrupt) => {
        if (!stdout.includes('Press Ctrl-C')) return;
        tried ??= use(state, cwd).finally(interrupt);
      },
    });
    expect(sandbox).toMatchObject({ code: 130, signal: null, stderr: '' });
    expect(sandbox.stdout).toContain('Do not trust its signatures.');
    expect(await tried).toMatchObject([
      { code: 0, stderr: 'Identity token: GitHub Actions\n' },
      { code: 0, stderr: '' },
    ]);
  });

  async function use(state: string, cwd: string): Promise<readonly Run[]> {
    const lines = (await readFile(join(state, 'stack.env'), 'utf8')).trimEnd().split('\n');
    const env = Object.fromEntries(lines.map((line) => /^export (\w+)='(.*)'$/.exec(line)?.slice(1) ?? []));
    for (const name of ['REGISTRY', 'REGISTRY_NOREF']) {
      expect((await fetch(`http://${env[name]}/v2/`)).status).toBe(200);
    }
    const files = ['--instance', 'sandbox', '--trusted-root', join(state, 'trust/trusted_root.json')];
    const config = ['--signing-config', join(state, 'trust/signing_config.json')];
    const signed = await countersign(job, ['sign', 'a', '--json', ...files, ...config], { cwd, env });
    const [subject] = JSON.parse(signed.stdout).subjects;
    const policy = ['--certificate-identity', subject.identity, '--certificate-oidc-issuer', subject.issuer];
    return [signed, await countersign(job, ['verify', 'a', ...policy, ...files], { cwd })];
  }
});
