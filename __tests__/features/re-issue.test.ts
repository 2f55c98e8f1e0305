/**
 * Everything is signed again in one run (FEATURES.md, re-issue): the command is killed in the middle and continues, signs nothing twice, and
 * loses nothing. The library verifies every new bundle under a trusted root without the log that was compromised.
 */

import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { readTrustedRoot } from '../../src/core/trust/index.ts';
import { artifactOfBytes, exactIdentity, readBundle, verify } from '../../src/core/verify/index.ts';
import { Job } from '../action/job.ts';
import { countersign, type Run, type RunOptions } from '../cli/command.ts';
import { inTerminal } from '../kit/terminal.ts';

const person = 'releaser@example.org';
const names = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(2, '0')}.tgz`);

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

async function run(
  cwd: string,
  args: readonly string[],
  { config = 'rekor-v2.json', ...options }: Partial<RunOptions> & { readonly config?: string } = {},
): Promise<Run> {
  const token = await job.sandbox.personTokens.token(person);
  const instance = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json'), '--retry-budget', '0'];
  const signing = ['--signing-config', job.path(config)];
  return countersign(job, [...args, ...instance, ...signing], { cwd, env: { SIGSTORE_ID_TOKEN: token }, ...options });
}

const policy = (): readonly string[] => [
  ...['--certificate-identity', person, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer],
];

/** Signs files with Rekor v1, and returns the folder and the old bundles. */
async function signed(files: readonly string[] = names) {
  const cwd = await job.workspace(Object.fromEntries(files.map((name) => [name, `contents of ${name}`])));
  expect(await run(cwd, ['sign', ...files], { config: 'rekor-v1.json' })).toMatchObject({ code: 0 });
  await writeFile(join(cwd, 'list'), files.map((name) => `${name}.sigstore.json\n`).join(''));
  return { cwd, old: await bundlesIn(cwd, files) };
}

async function bundlesIn(cwd: string, files: readonly string[] = names): Promise<ReadonlyMap<string, string>> {
  const texts = files.map(async (name) => [name, await readFile(join(cwd, `${name}.sigstore.json`), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}

const reissue = ['reissue', '--list', 'list', '--reason', 'the log was compromised', '--yes', '--json'];

test('40 signatures are issued again, although the command is killed in the middle', async () => {
  const { cwd, old } = await signed();
  const { sandbox } = job;
  const before = sandbox.transparencyLog.size;
  let requests = 0;
  const killed = await run(cwd, [...reissue, ...policy(), '--concurrency', '4'], {
    onStart: (interrupt) =>
      sandbox.faults.set('rekor-v2', async (exchange) => {
        if (++requests === 15) interrupt('SIGKILL');
        const { status, headers, body } = await exchange.answer();
        exchange.head(status, { ...headers, 'content-length': String(body.length) });
        exchange.response.end(body);
      }),
  });
  expect(killed).toMatchObject({ signal: 'SIGKILL' });
  sandbox.faults.clear();
  const entries = sandbox.transparencyLog.size - before;

  const continued = await run(cwd, [...reissue, ...policy()]);
  expect(continued).toMatchObject({ code: 0 });
  const report = JSON.parse(continued.stdout);
  expect(report.counts.done + report.counts.reissued).toBe(40);
  expect(report.counts).toMatchObject({ failed: 0, skipped: 0 });
  // At most those that were under way have an entry that no bundle has, and the run says how many.
  expect(report.unknown).toBeLessThanOrEqual(4);
  const lost = sandbox.transparencyLog.size - before - 41;
  expect(lost).toBeGreaterThanOrEqual(0);
  expect(lost).toBeLessThanOrEqual(report.unknown);
  expect(entries).toBeGreaterThan(5);

  // Under a root without the log that was compromised, all of them verify.
  const trust = readTrustedRoot(JSON.stringify(sandbox.trustedRoot));
  const remaining = {
    ...trust,
    transparencyLogs: trust.transparencyLogs.filter(({ baseUrl }) => baseUrl !== sandbox.urls.rekorV1),
  };
  expect(remaining.transparencyLogs.length).toBeLessThan(trust.transparencyLogs.length);
  const exact = exactIdentity(person, sandbox.urls.personIssuer, { sandbox: 'accept' });
  const fresh = await bundlesIn(cwd);
  for (const [name, text] of fresh)
    await verify(readBundle(text), artifactOfBytes(Buffer.from(`contents of ${name}`)), remaining, exact, new Date());
  const [link = ''] = report.statements;
  const statement = await readFile(link, 'utf8');
  const { predicate } = JSON.parse(Buffer.from(JSON.parse(statement).dsseEnvelope.payload, 'base64').toString());
  const links = predicate.signatures.map((one: { name: string; old: { digest: string }; new: { digest: string } }) => [
    one.name,
    one.old.digest,
    one.new.digest,
  ]);
  const expected = names.map((name) => [
    name,
    ...[old, fresh].map((bundles) => `sha256:${sha256(bundles.get(name) ?? '')}`),
  ]);
  expect(links.sort()).toEqual(expected);
  const verified = ['verify', '07.tgz', '--bundle', link, '--predicate-type', 'urn:countersign:reissue:v1'];
  const trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  expect(await countersign(job, [...verified, ...policy(), ...trusted], { cwd })).toMatchObject({ code: 0 });

  // Every old bundle is kept as it was.
  const kept = await readdir(join(cwd, 'countersign-reissue/old'), { recursive: true, withFileTypes: true });
  const files = kept.filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
  const texts = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
  expect(texts.map(sha256).sort()).toEqual([...old.values()].map(sha256).sort());
});

test('without --yes and without a terminal, nothing is signed, and the error has the number of entries', async () => {
  const { cwd, old } = await signed(['a.tgz', 'b.tgz']);
  const before = job.sandbox.transparencyLog.size;
  const refused = await run(cwd, ['reissue', '--list', 'list', '--reason', 'test', ...policy()]);
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toMatch(
    /^USAGE: nothing was signed, because there is no terminal .* 2 signatures .* 3 entries/m,
  );
  expect(refused.stderr).toContain('set --yes');
  expect(job.sandbox.transparencyLog.size).toBe(before);
  expect(await bundlesIn(cwd, ['a.tgz', 'b.tgz'])).toEqual(old);
});

test.each([
  ['n', 6, 0],
  ['y', 0, 3],
])('in a terminal, the answer %s to the question decides', async (answer, code, entries) => {
  const { cwd, old } = await signed(['a.tgz', 'b.tgz']);
  const before = job.sandbox.transparencyLog.size;
  const token = await job.sandbox.personTokens.token(person);
  const instance = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  const args = ['reissue', '--list', 'list', '--reason', 'test', '--signing-config', job.path('rekor-v2.json')];
  const words = [process.execPath, join(job.action, 'dist', 'cli.mjs'), ...args, ...policy(), ...instance];
  const run = await inTerminal(
    words.map((word) => `'${word}'`).join(' '),
    { cwd, env: { SIGSTORE_ID_TOKEN: token, HOME: job.path('home') } },
    [{ to: /2 signatures again with up to 3 entries[\s\S]*Continue\? \[y\/N\] /, react: () => `${answer}\n` }],
  );
  expect(run.code).toBe(code);
  expect(job.sandbox.transparencyLog.size - before).toBe(entries);
  const now = await bundlesIn(cwd, ['a.tgz', 'b.tgz']);
  for (const [name, text] of old) expect(now.get(name) === text).toBe(answer === 'n');
});

test('a dry run needs no identity, and tells what could not be issued again', async () => {
  const { cwd, old } = await signed(['a.tgz', 'b.tgz']);
  const trusted = ['--instance', 'sandbox', '--old-trusted-root', job.path('trusted_root.json')];
  const args = ['reissue', '--list', 'list', '--dry-run', ...policy(), ...trusted];
  const there = await readdir(cwd);
  expect(await countersign(job, args, { cwd })).toEqual({
    code: 0,
    signal: null,
    stdout: 'Would issue 2 signatures again\n',
    stderr: '',
  });
  const lost = await countersign(job, [...args, '--without-log', job.sandbox.urls.rekorV1], { cwd });
  expect(lost).toMatchObject({ code: 3, stdout: 'Would issue 0 signatures again; failed: 2\n' });
  expect(lost.stderr).toContain('a.tgz.sigstore.json: LOG_ENTRY_MISSING: ');
  expect(lost.stderr).toContain('LOG_ENTRY_MISSING: 2 of 2 signatures were not issued again');
  const remaining = [...args, '--without-log', job.sandbox.urls.rekorV1, '--insecure-ignore-tlog'];
  expect(await countersign(job, remaining, { cwd })).toMatchObject({ code: 0 });
  const early = await countersign(job, [...args, '--signed-before', '2020-01-01', '--json'], { cwd });
  expect(JSON.parse(early.stdout)).toMatchObject({ exitCode: 4, failure: { code: 'TIMESTAMP_MISMATCH' } });
  expect(await bundlesIn(cwd, ['a.tgz', 'b.tgz'])).toEqual(old);
  expect(await readdir(cwd)).toEqual(there);
});

test('options that contradict each other or are missing are refused before anything is requested', async () => {
  const cwd = await job.workspace({ list: 'a.sigstore.json\n' });
  const requests = job.sandbox.requests.length;
  for (const [args, message] of [
    [['--reason', 'x', '--yes'], 'no old signatures specified'],
    [['--list', 'list', '--folder', '.', '--reason', 'x'], 'several sources'],
    [['--list', 'list', '--yes'], 'no reason specified'],
    [['--list', 'list', '--dry-run', '--without-log', 'https://x'], '--without-log cannot be combined'],
    [['--list', 'list', '--dry-run', '--without-key', `sha256:${'0'.repeat(64)}`], '--without-key cannot be combined'],
    [['--list', 'list', '--reason', 'x', '--signed-before', 'yesterday'], '--signed-before is "yesterday"'],
  ] as const)
    expect(await run(cwd, ['reissue', ...args, ...policy()])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`USAGE: ${message}`),
    });
  expect(await run(cwd, ['reissue', '--list', 'list', '--reason', 'x'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('POLICY_INVALID'),
  });
  expect(job.sandbox.requests.slice(requests)).toEqual([]);
});
