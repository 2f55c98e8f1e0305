/** Receipts that the sign action writes. */

import { mkdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { examine } from '../../src/core/verify/index.ts';
import { readPageTexts } from '../../src/report/index.ts';
import { failure, Job, readAll, signer, subjectsOf } from './job.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());

const files = { 'app.tgz': 'app', 'dist/lib.js': 'lib' };
const signed = { files: 'app.tgz\ndist/*', receipt: 'true' };

/** Verifies what a page contains, and returns the name of the file and of the expected signer. */
async function verified(path: string): Promise<readonly [file: string, signer: string]> {
  const page = await readFile(path, 'utf8');
  const text = (id: string): string =>
    new RegExp(`<script type="application/json" id="${id}">([^<]*)</script>`).exec(page)?.[1] ?? '';
  const data = readPageTexts({ data: text('data'), bundle: text('bundle'), trustedRoots: [text('trusted-root-0')] });
  if (data.kind !== 'receipt') throw new Error('it is not a receipt');
  const { bundle, artifact, roots, file } = data;
  const [{ trust, policy }] = roots;
  expect((await examine(bundle, artifact, trust, policy, new Date())).failure).toBeUndefined();
  const { signer: expected } = policy;
  const identity = expected.kind === 'identity' && expected.identity !== 'any' ? expected.identity.value : '';
  return [file, identity];
}

test('are next to the bundles, in the workflow artifact, and in the output', async () => {
  const workspace = await job.workspace(files);
  const result = await job.sign(workspace, { ...signed, 'upload-artifact': 'true' });
  expect(result.conclusion).toBe('success');
  const paths = result.outputs.get('receipt-path')?.split('\n') ?? [];
  expect(paths.map((path) => relative(workspace, path))).toEqual(['app.tgz.receipt.html', 'dist/lib.js.receipt.html']);
  expect(await Promise.all(paths.map(verified))).toEqual([
    ['app.tgz', signer],
    ['lib.js', signer],
  ]);
  const [artifact] = job.sandbox.artifactService.artifacts;
  // An archive has the names of its files as they are.
  const archive = Buffer.from(artifact?.bytes ?? []).toString('latin1');
  expect(archive).toContain('app.tgz.receipt.html');
  expect(archive).toContain('dist/lib.js.receipt.html');
});

test('of one bundle about several files are named after the files', async () => {
  const workspace = await job.workspace(files);
  const result = await job.sign(workspace, { ...signed, 'bundle-format': 'attestation', 'bundle-dir': 'bundles' });
  expect(result.conclusion).toBe('success');
  const found = await readAll(join(workspace, 'bundles'));
  expect([...found.keys()].filter((name) => name.endsWith('.html')).sort()).toEqual([
    'app.tgz.receipt.html',
    'dist/lib.js.receipt.html',
  ]);
});

test('that cannot be written fail the step, and lose no bundle', async () => {
  const workspace = await job.workspace({ 'app.tgz': 'app' });
  await mkdir(join(workspace, 'app.tgz.receipt.html'));
  const result = await job.sign(workspace, { files: 'app.tgz', receipt: 'true' });
  expect(failure(result)).toContain('WRITE_FAILED');
  expect(subjectsOf(result)).toHaveLength(1);
  expect((await stat(join(workspace, 'app.tgz.sigstore.json'))).isFile()).toBe(true);
});

test('are not written unless they are requested', async () => {
  const workspace = await job.workspace({ 'app.tgz': 'app' });
  const result = await job.sign(workspace, { files: 'app.tgz' });
  expect(result.outputs.get('receipt-path')).toBe('');
  expect([...(await readAll(workspace)).keys()].filter((name) => name.endsWith('.html'))).toEqual([]);
});
