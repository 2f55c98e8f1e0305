/** The legs of a matrix hand their digests over, and the last job signs them: each a job of its own, with a workspace of its own. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RuntimeJob } from '../../sandbox/index.ts';
import { madeArchive } from '../fetch/made-archive.ts';
import type { JobResult, JobRun } from '../kit/runner/index.ts';
import { type Files, failure, Job, lastStep, readAll, subjectsOf } from './job.ts';
import { remove, upload } from './upload.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());

type Inputs = Readonly<Record<string, string>>;

const newRun = (): Promise<RuntimeJob> => job.sandbox.artifactService.newJob();

function expression(text: string): string {
  return `\${{ ${text} }}`;
}

/** A leg without any permission. */
async function leg({ runId }: RuntimeJob, files: Files, inputs: Inputs, run: Partial<JobRun> = {}): Promise<JobResult> {
  const runtime = await job.sandbox.artifactService.newJob(runId);
  const step = job.step({ mode: 'collect', files: 'dist/**', ...inputs });
  const outputs = { collected: expression('steps.sign.outputs.collected') };
  return job.run(await job.workspace(files), [step], { runtime, permissions: {}, outputs, ...run });
}

async function collected(run: RuntimeJob, files: Files, name: string, inputs: Inputs = {}): Promise<string> {
  const result = await leg(run, files, { leg: name, ...inputs });
  expect(result.conclusion).toBe('success');
  return result.outputs.get('collected') ?? '';
}

/** The job that signs, in an empty workspace. */
async function sign(
  { runId }: RuntimeJob,
  inputs: Inputs,
  workspace?: string,
  run: Partial<JobRun> = {},
): Promise<JobResult> {
  const runtime = await job.sandbox.artifactService.newJob(runId);
  return job.run(workspace ?? (await job.workspace()), [job.step(inputs)], { runtime, ...run });
}

const linux = { 'dist/app-linux': 'linux', 'dist/LICENSE': 'free' };
const mac = { 'dist/app-mac': 'mac', 'dist/LICENSE': 'free' };
const windows = { 'dist/app.exe': 'windows' };

test('three legs hand over, one job signs all in one attestation, and each file verifies alone', async () => {
  const run = await newRun();
  job.forget();
  const outputs = [
    await collected(run, linux, 'linux'),
    await collected(run, mac, 'mac'),
    await collected(run, windows, 'windows'),
  ];
  for (const service of ['fulcio', 'rekor-v2', 'timestamp', 'oidc', 'tuf'] as const) expect(job.count(service)).toBe(0);
  for (const output of outputs) expect(output).toMatch(/^\d+@sha256:[0-9a-f]{64}$/);
  const workspace = await job.workspace();
  const result = await sign(run, { collected: outputs.join('\n'), 'collected-count': '3' }, workspace);
  expect([result.conclusion, lastStep(result).annotations]).toEqual(['success', []]);
  const subjects = subjectsOf(lastStep(result));
  expect(subjects.map(({ name }) => name)).toEqual(['dist/LICENSE', 'dist/app-linux', 'dist/app-mac', 'dist/app.exe']);
  expect(job.count('rekor-v2', '/entries')).toBe(1);
  await job.judgeSubjects(workspace, subjects, { ...linux, ...mac, ...windows });

  const bundle = await readFile(subjects[0]?.bundle ?? '');
  const verify = async (files: Files): Promise<JobResult> => {
    const elsewhere = await job.workspace(files);
    await writeFile(join(elsewhere, 'attestation.sigstore.json'), bundle);
    const step = job.verifyStep({ files: '*', bundle: 'attestation.sigstore.json' });
    return job.run(elsewhere, [step], { permissions: {} });
  };
  expect((await verify({ 'app.exe': 'windows' })).conclusion).toBe('success');
  expect(failure(lastStep(await verify({ 'app.exe': 'other' })))).toContain('about 4 artifacts, none of which is');
});

describe('a step that collects', () => {
  test('tells what it did, and its artifact', async () => {
    const { outputs, log } = lastStep(await leg(await newRun(), linux, { leg: 'linux' }));
    const [id, digest] = outputs.get('collected')?.split('@sha256:') ?? [];
    expect([outputs.get('artifact-id'), outputs.get('artifact-digest')]).toEqual([id, digest]);
    expect(outputs.get('artifact-name')).toMatch(/^countersign-digests-sandbox-[0-9a-f]{12}$/);
    expect(log.join('\n')).toMatch(/collected 2 subjects of sandbox \(linux\)/);
    expect(log.join('\n')).not.toContain('signed');
  });

  test('takes checksums, digests, and the names of actions/attest, and leaves bundles out', async () => {
    const run = await newRun();
    const hex = 'ab'.repeat(32);
    const first = await sign(await newRun(), { files: '*', 'bundle-dir': 'out' }, await job.workspace({ x: 'x' }));
    const bundle = await readFile(subjectsOf(lastStep(first))[0]?.bundle ?? '', 'utf8');
    const files = { 'dist/app': 'app', 'dist/x.sigstore.json': bundle, SHA256SUMS: `${hex}  listed\n` };
    const inputs = { checksums: 'SHA256SUMS', digests: `named@sha256:${hex}`, 'subject-path': 'SHA256SUMS' };
    const output = await collected(run, files, '', inputs);
    const result = await sign(run, { collected: output, 'collected-count': '1' });
    expect(subjectsOf(lastStep(result)).map(({ name }) => name)).toEqual(['SHA256SUMS', 'dist/app', 'listed', 'named']);
  });

  test('hands nothing over if a file cannot be read', async () => {
    const run = await newRun();
    const result = await leg(run, linux, { files: 'dist/**\ndist/none' });
    expect(failure(lastStep(result))).toContain('SUBJECT_MISSING');
    expect(result.outputs.get('collected') ?? '').toBe('');
    expect(job.sandbox.artifactService.artifacts.filter(({ runId }) => runId === run.runId)).toEqual([]);
  });

  test('takes images by digest, and asks no registry', async () => {
    const run = await newRun();
    const image = await job.image('fan-in');
    job.forget();
    const output = await collected(run, {}, 'image', { files: '', images: image.reference });
    expect(job.count('registry')).toBe(0);
    const result = await sign(run, { collected: output, 'collected-count': '1' });
    expect(result.conclusion).toBe('success');
    expect(lastStep(result).outputs.get('images')).toBe(image.reference);
    const verified = await job.run(await job.workspace(), [job.verifyStep({ images: image.reference })], {
      permissions: {},
    });
    expect(verified.conclusion).toBe('success');
  });

  test.each<[what: string, inputs: Inputs, message: RegExp]>([
    ['an image without a digest', { images: 'ghcr.io/o/app:1' }, /has no digest, which `mode: collect` requires/],
    ['an image on disk', { images: './image.tar' }, /has no digest/],
    ['outputs of other legs', { collected: 'all', 'collected-count': '1' }, /`collected` cannot be used/],
    ['a folder for bundles', { 'bundle-dir': 'out' }, /`bundle-dir` cannot be used/],
    ['a name for the bundles', { 'artifact-name': 'x' }, /`artifact-name` cannot be used/],
    ['a leg with a line break', { leg: 'a\nb' }, /`leg` cannot be used/],
    ['an unknown mode', { mode: 'collected' }, /`mode` is "collected"/],
  ])('refuses %s', async (_, inputs, message) => {
    const result = lastStep(await leg(await newRun(), linux, inputs));
    expect(failure(result)).toMatch(message);
    expect(failure(result)).toContain('USAGE');
    expect(job.count('artifacts')).toBe(0);
  });

  test('refuses a second list of one leg', async () => {
    const run = await newRun();
    await collected(run, linux, '');
    expect(failure(lastStep(await leg(run, mac, {})))).toMatch(/USAGE: .*already has an artifact.*`leg`/s);
  });

  test('needs the artifact service of github.com', async () => {
    const result = await leg(await newRun(), linux, {}, { github: { server_url: 'https://ghe.example.org' } });
    expect(failure(lastStep(result))).toContain('`mode: collect` requires the artifact service');
  });
});

describe('a job that signs what legs collected', () => {
  test('of all legs warns that it knows them only by name', async () => {
    const run = await newRun();
    await collected(run, linux, 'linux');
    await collected(run, windows, 'windows');
    const result = await sign(run, { collected: 'all', 'collected-count': '2' });
    expect(result.conclusion).toBe('success');
    const message = expect.stringContaining('only by the names of their artifacts');
    expect(lastStep(result).annotations).toMatchObject([{ level: 'warning', message }]);
    expect(lastStep(result).summary).toContain('only by the names of their artifacts');
  });

  test('of a leg whose artifact was replaced signs nothing', async () => {
    const run = await newRun();
    const output = await collected(run, linux, 'linux');
    const [name = ''] = job.sandbox.artifactService.artifacts
      .filter(({ runId }) => runId === run.runId)
      .map((one) => one.name);
    const other = await job.sandbox.artifactService.newJob(run.runId);
    await remove(job.sandbox, name, other);
    await upload(job.sandbox, name, madeArchive([{ name: 'x', content: 'x' }]), other);
    job.forget();
    const workspace = await job.workspace();
    const result = await sign(run, { collected: output, 'collected-count': '1' }, workspace);
    expect(failure(lastStep(result))).toContain('SUBJECT_MISSING');
    expect([job.count('fulcio'), job.count('oidc'), [...(await readAll(workspace)).keys()]]).toEqual([0, 0, []]);
  });

  test('in a second attempt takes the digests of the first', async () => {
    const run = await newRun();
    const output = await collected(run, linux, 'linux');
    const again = { github: { run_attempt: '2' } };
    const inputs = { collected: output, 'collected-count': '1', 'bundle-dir': 'out' };
    expect((await sign(run, inputs, undefined, again)).conclusion).toBe('success');
  });

  test.each<[what: string, inputs: Inputs, message: RegExp]>([
    ['no count', { collected: 'all' }, /`collected-count` is not/],
    ['a count alone', { 'collected-count': '2' }, /SUBJECT_MISSING: `collected` has 0 lines/],
    [
      'digests',
      { collected: 'all', 'collected-count': '1', digests: `x@sha256:${'ab'.repeat(32)}` },
      /`collected` cannot be used together with checksums or digests/,
    ],
    ['checksums', { collected: 'all', 'collected-count': '1', checksums: 'x' }, /together with checksums/],
    ['a bundle per file', { collected: 'all', 'collected-count': '1', 'bundle-format': 'per-file' }, /per-file/],
    ['a leg', { files: '*', leg: 'linux' }, /`leg` cannot be used without `mode: collect`/],
  ])('refuses %s before anything is requested', async (_, inputs, message) => {
    const result = await sign(await newRun(), inputs, await job.workspace({ x: 'x' }));
    expect(failure(lastStep(result))).toMatch(message);
    expect([job.count('artifacts'), job.count('fulcio')]).toEqual([0, 0]);
  });
});

describe('a job that has the files that legs collected', () => {
  test('signs them as files, whatever their folder, with the digests of the legs', async () => {
    const run = await newRun();
    const outputs = [await collected(run, linux, 'linux'), await collected(run, mac, 'mac')];
    const files = { 'files/app-linux': 'linux', 'files/app-mac': 'mac', 'files/LICENSE': 'free' };
    const inputs = { collected: outputs.join('\n'), 'collected-count': '2', files: 'files/**', 'bundle-dir': 'out' };
    const workspace = await job.workspace(files);
    const result = await sign(run, inputs, workspace);
    expect([result.conclusion, lastStep(result).annotations]).toEqual(['success', []]);
    const subjects = subjectsOf(lastStep(result));
    expect(subjects.map(({ name }) => name)).toEqual(['files/LICENSE', 'files/app-linux', 'files/app-mac']);
    expect(job.count('rekor-v2', '/entries')).toBe(1);
    await job.judgeSubjects(workspace, subjects, files);
  });

  test('signs those of a workflow artifact, which needs no pin', async () => {
    const run = await newRun();
    const output = await collected(run, linux, 'linux');
    const entries = Object.entries(linux).map(([name, content]) => ({ name: name.replace('dist/', ''), content }));
    await upload(job.sandbox, 'files-of-legs', madeArchive(entries), run);
    const inputs = { collected: output, 'collected-count': '1', 'files-artifact': 'files-of-legs' };
    const result = await sign(run, inputs);
    expect([result.conclusion, lastStep(result).annotations]).toEqual(['success', []]);
    expect(subjectsOf(lastStep(result)).map(({ name }) => name)).toEqual(['LICENSE', 'app-linux']);
  });

  test.each<[what: string, files: Files, message: RegExp]>([
    [
      'another file',
      { ...linux, 'dist/other': 'other' },
      /SUBJECT_CHANGED: "dist\/other" has the digest sha256:\w{64}, which/,
    ],
    [
      'a file that was changed',
      { ...linux, 'dist/LICENSE': 'paid' },
      /SUBJECT_CHANGED: "dist\/LICENSE" has the digest/,
    ],
    [
      'a file too few',
      { 'dist/app-linux': 'linux' },
      /SUBJECT_MISSING: no file has the digest sha256:\w{64} of "dist\/LICENSE", which the leg sandbox \(linux\)/,
    ],
  ])('signs nothing if it has %s', async (_, files, message) => {
    const run = await newRun();
    const output = await collected(run, linux, 'linux');
    const inputs = { collected: output, 'collected-count': '1', files: 'dist/**' };
    job.forget();
    const result = await sign(run, inputs, await job.workspace(files));
    expect(failure(lastStep(result))).toMatch(message);
    expect([job.count('oidc'), job.count('fulcio')]).toEqual([0, 0]);
  });
});
