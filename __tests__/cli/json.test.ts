/** `--json` prints exactly one document on standard output, on success and on failure. */

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fault } from '../../sandbox/index.ts';
import { inFlags } from '../../src/cli/option-names.ts';
import { errorReference } from '../../src/core/errors/reference.ts';
import { Job } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

const person = 'releaser@example.org';
let job: Job;
let cwd: string;
let signing: readonly string[];
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace({ a: 'a', b: 'b' });
  const token = job.path('token');
  await writeFile(token, await job.sandbox.personTokens.token(person));
  const files = ['--trusted-root', job.path('trusted_root.json'), '--signing-config', job.path('rekor-v2.json')];
  signing = ['--instance', 'sandbox', ...files, '--identity-token', token, '--retry-budget', '0'];
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

async function run(...args: readonly string[]): Promise<{ readonly ended: Run; readonly document: unknown }> {
  const ended = await countersign(job, [...args, '--json'], { cwd });
  expect(ended.stdout).toMatch(/^\{.*\}\n$/);
  return { ended, document: JSON.parse(ended.stdout) };
}

describe('a failure before anything was done', () => {
  test.each([
    [['sign', 'a', '--registry-username', 'x'], 2, 'USAGE', 'usage', { signed: false, subjects: [], unsigned: [] }],
    [['sign', 'gone'], 3, 'SUBJECT_MISSING', 'absent', { signed: false, subjects: [] }],
    [['verify', 'a'], 2, 'POLICY_INVALID', 'usage', { verified: false, artifacts: [] }],
    [['verify', 'a', '--concurrency', '0'], 2, 'USAGE', 'usage', {}],
    [['tree', 'alpine'], 2, 'USAGE', 'usage', { verified: false, image: 'alpine' }],
    [['tree', 'alpine', '--unknown'], 2, 'USAGE', 'usage', {}],
    [['tree', './layout'], 3, 'SUBJECT_UNREADABLE', 'absent', { verified: false }],
    [['errors', 'NONE'], 2, 'USAGE', 'usage', { errors: [] }],
  ])('%j', async (args, exitCode, code, kind, members) => {
    const { ended, document } = await run(...args, ...(args[0] === 'sign' ? signing : []));
    expect(ended.code).toBe(exitCode);
    expect(document).toMatchObject({
      version: 1,
      exitCode,
      failure: { code, kind, message: expect.any(String) },
      ...members,
    });
  });

  test('names options as the command has them', async () => {
    const { document } = await run('sign', 'a', '--registry-username', 'x', ...signing);
    expect(document).toMatchObject({ failure: { message: expect.stringContaining('--registry-password-file') } });
  });

  test('a value of an unknown option is not repeated', async () => {
    const { ended } = await run('sign', 'a', '--registry-password=hunter2');
    expect(ended.stdout).toContain("'--registry-password=…'");
    expect(`${ended.stdout}${ended.stderr}`).not.toContain('hunter2');
  });
});

test('sign: what was signed, and what was not', async () => {
  job.sandbox.faults.set('rekor-v2', fault.status(400), { skip: 1 });
  const { ended, document } = await run('sign', 'a', 'b', '--concurrency', '1', ...signing);
  expect(ended.code).toBe(6);
  expect(document).toMatchObject({
    version: 1,
    signed: false,
    exitCode: 6,
    failure: { code: 'SERVICE_REFUSED', kind: 'unavailable' },
    subjects: [{ name: 'a', identity: person, bundle: join(cwd, 'a.sigstore.json') }],
    unsigned: [{ name: 'b', code: 'SERVICE_REFUSED', message: expect.any(String) }],
  });
  expect(await readdir(cwd)).not.toContain('b.sigstore.json');
  job.sandbox.faults.clear();
  expect((await run('sign', 'a', 'b', ...signing)).document).toMatchObject({
    signed: true,
    exitCode: 0,
    failure: null,
    subjects: [
      { name: 'a', resumed: true },
      { name: 'b', resumed: false },
    ],
    unsigned: [],
  });
});

test('errors: all codes, or one', async () => {
  const { document } = await run('errors');
  const { errors } = document as { readonly errors: readonly { readonly code: string }[] };
  expect(errors.map(({ code }) => code).sort()).toEqual(Object.keys(errorReference).sort());
  const { remedy, ...reference } = errorReference.BUNDLE_MISSING;
  const one = { code: 'BUNDLE_MISSING', kind: 'absent', exitCode: 3, ...reference, remedy: inFlags(remedy) };
  expect((await run('errors', 'bundle_missing')).document).toEqual({ version: 1, errors: [one] });
});
