/** Signing what another job built: the files of a workflow artifact, which may hold anything. */

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JobResult, RuntimeJob } from '../../src/sandbox/index.ts';
import { madeArchive } from '../deliver/made-archive.ts';
import { type Files, failure, Job, lastStep, readAll, subjectsOf } from './job.ts';
import { upload } from './upload.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
}, 60_000);
afterAll(() => job[Symbol.asyncDispose]());

type Inputs = Readonly<Record<string, string>>;

/** A run in which an earlier job uploaded these files. */
async function built(files: Files): Promise<RuntimeJob> {
  const runtime = await job.sandbox.artifactService.newJob();
  const entries = Object.entries(files).map(([name, content]) => ({ name, content: String(content) }));
  await upload(job.sandbox, 'release', madeArchive(entries), runtime);
  return runtime;
}

/** A later job of the run, with a workspace of its own in which nothing is. */
async function sign({ runId }: RuntimeJob, inputs: Inputs = {}, workspace?: string): Promise<JobResult> {
  const step = job.step({ 'files-artifact': 'release', 'upload-artifact': 'true', ...inputs });
  const runtime = await job.sandbox.artifactService.newJob(runId);
  return job.run(workspace ?? (await job.workspace()), [step], { runtime });
}

/** Another job, that verifies the one artifact by the other. */
async function verify({ runId }: RuntimeJob, bundles = 'signatures'): Promise<JobResult> {
  const step = job.verifyStep({ 'files-artifact': 'release', 'bundle-artifact': bundles });
  return job.run(await job.workspace(), [step], {
    runtime: await job.sandbox.artifactService.newJob(runId),
    permissions: {},
  });
}

describe.each(['per-file', 'attestation'])('%s', (format) => {
  test('every file is signed, hidden ones too, and a third job verifies them by what was uploaded', async () => {
    const run = await built({ 'dist/app.tgz': 'app', 'dist/.hidden': 'x', 'a b.txt': 'y' });
    const workspace = await job.workspace();
    const result = await sign(run, { 'bundle-format': format }, workspace);
    expect(result.conclusion).toBe('success');
    const step = lastStep(result);
    expect(subjectsOf(step).map(({ name }) => name)).toEqual(['a b.txt', 'dist/.hidden', 'dist/app.tgz']);
    expect([...(await readAll(workspace)).keys()]).toEqual([]);
    // Whoever reads the summary has the artifacts, and not this runner.
    expect(step.summary).not.toContain('countersign-bundles-');
    const name = step.outputs.get('artifact-name') ?? '';
    expect(name).toMatch(/^countersign-sandbox-[0-9a-f]{12}$/);
    const verified = await verify(run, name);
    expect(verified.conclusion).toBe('success');
    expect(JSON.parse(lastStep(verified).outputs.get('results') ?? '')).toHaveLength(3);
  });
});

test('with a folder for bundles, they are in the workspace', async () => {
  const workspace = await job.workspace();
  const result = await sign(await built({ 'dist/app.tgz': 'app' }), { 'bundle-dir': 'bundles' }, workspace);
  expect(subjectsOf(lastStep(result)).map(({ bundle }) => bundle)).toEqual([
    join(workspace, 'bundles/dist/app.tgz.sigstore.json'),
  ]);
});

test('a bundle that the build put in is neither signed nor taken for one that this job made', async () => {
  const first = await sign(await built({ 'app.tgz': 'app' }), { 'bundle-dir': 'bundles' });
  const [signed] = subjectsOf(lastStep(first));
  const bundle = [...(await readAll(join(signed?.bundle ?? '', '..')))].find(
    ([name]) => name === 'app.tgz.sigstore.json',
  );
  const run = await built({ 'app.tgz': 'app', 'app.tgz.sigstore.json': bundle?.[1] ?? '' });
  const again = lastStep(await sign(run, { 'artifact-name': 'signatures' }));
  expect(subjectsOf(again)).toMatchObject([{ name: 'app.tgz', resumed: false }]);
  expect(subjectsOf(again)[0]?.logs).not.toEqual(signed?.logs);
});

test('what only has the name of a bundle is signed like any file', async () => {
  const run = await built({ 'app.tgz': 'app', 'app.tgz.sigstore.json': '{}', 'countersign-manifest.json': '{}' });
  const result = await sign(run, { 'artifact-name': 'signatures' });
  expect(subjectsOf(lastStep(result)).map(({ name }) => name)).toEqual([
    'app.tgz',
    'app.tgz.sigstore.json',
    'countersign-manifest.json',
  ]);
  expect((await verify(run)).conclusion).toBe('success');
});

test('what was exchanged after signing is noticed', async () => {
  const run = await built({ 'app.tgz': 'app' });
  expect((await sign(run, { 'artifact-name': 'signatures' })).conclusion).toBe('success');
  const other = madeArchive([{ name: 'app.tgz', content: 'other' }]);
  await upload(job.sandbox, 'exchanged', other, run);
  const step = job.verifyStep({ 'files-artifact': 'exchanged', 'bundle-artifact': 'signatures' });
  const runtime = await job.sandbox.artifactService.newJob(run.runId);
  const result = await job.run(await job.workspace(), [step], { runtime, permissions: {} });
  expect(result.conclusion).toBe('failure');
  expect(lastStep(result).annotations).toMatchObject([
    { level: 'error', title: expect.stringContaining('ARTIFACT_MISMATCH') },
  ]);
});

test.each<[what: string, files: Files, inputs: Inputs, code: string]>([
  ['a name that leads out', { '../x': 'x' }, {}, 'ARCHIVE_INVALID'],
  ['a name that is a command', { 'x\n::error::y': 'x' }, {}, 'ARCHIVE_INVALID'],
  ['nothing in it', {}, {}, 'SUBJECT_MISSING'],
  ['no such artifact', { x: 'x' }, { 'files-artifact': 'other' }, 'SUBJECT_MISSING'],
  ['a name that GitHub forbids', { x: 'x' }, { 'files-artifact': '../x' }, 'USAGE'],
  ['files of two places', { x: 'x' }, { files: '*' }, 'USAGE'],
])('is refused, and nothing is signed: %s', async (_, files, inputs, code) => {
  const result = await sign(await built(files), inputs);
  expect(failure(lastStep(result))).toContain(code);
  expect(job.count('fulcio')).toBe(0);
  for (const { text } of lastStep(result).rawLog) expect(text).not.toMatch(/^::error::y/);
});
