/** Signing what another job built: the files of a workflow artifact, which may hold anything. */

import { createHash } from 'node:crypto';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RuntimeJob } from '../../sandbox/index.ts';
import { madeArchive } from '../fetch/made-archive.ts';
import type { JobResult } from '../kit/runner/index.ts';
import { type Files, failure, Job, lastStep, readAll, subjectsOf } from './job.ts';
import { remove, upload } from './upload.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
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

test('a folder for bundles that a link leads out of the workspace is refused', async () => {
  const workspace = await job.workspace();
  const outside = await job.workspace();
  await symlink(outside, join(workspace, 'bundles'));
  job.forget();
  const result = await sign(await built({ 'dist/app.tgz': 'app' }), { 'bundle-dir': 'bundles' }, workspace);
  expect(failure(lastStep(result))).toContain(' is a link to ');
  expect([job.count('fulcio'), [...(await readAll(outside)).keys()]]).toEqual([0, []]);
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
    { level: 'warning', message: expect.stringContaining('only by its name') },
  ]);
});

describe('an artifact that another job replaces before it is signed', () => {
  /** The outputs of actions/upload-artifact in the job that builds. */
  interface Built {
    readonly run: RuntimeJob;
    readonly id: string;
    readonly digest: string;
  }
  async function uploaded(name: string, bytes: Uint8Array, runtime?: RuntimeJob): Promise<Built> {
    const run = runtime ?? (await job.sandbox.artifactService.newJob());
    const id = await upload(job.sandbox, name, bytes, run);
    return { run, id, digest: createHash('sha256').update(bytes).digest('hex') };
  }
  const built = madeArchive([{ name: 'app.tgz', content: 'app' }]);
  const other = madeArchive([{ name: 'app.tgz', content: 'backdoored' }]);
  /** By a job of the run that has no permission at all. */
  async function replaced(first: Built, name: string, bytes: Uint8Array): Promise<Built> {
    const { runId } = first.run;
    const runtime = await job.sandbox.artifactService.newJob(runId);
    await remove(job.sandbox, name, { ...runtime, jobId: first.run.jobId });
    return uploaded(name, bytes, runtime);
  }
  const byId = ({ id }: Built): Inputs => ({ 'files-artifact-id': id });
  const byDigest = ({ digest }: Built): Inputs => ({ 'files-artifact-digest': digest });
  const both = (of: Built): Inputs => ({ ...byId(of), ...byDigest(of) });
  const verifyIt = async ({ run }: Built, inputs: Inputs): Promise<JobResult> => {
    const step = job.verifyStep({ 'files-artifact': 'release', 'bundle-artifact': 'signatures', ...inputs });
    const runtime = await job.sandbox.artifactService.newJob(run.runId);
    return job.run(await job.workspace(), [step], { runtime, permissions: {} });
  };

  test.each<[what: string, inputs: (built: Built) => Inputs]>([
    ['the id', byId],
    ['the digest', byDigest],
    ['both', both],
    ['both, and no name', (of) => ({ ...both(of), 'files-artifact': '' })],
    ['the id, and no name', (of) => ({ ...byId(of), 'files-artifact': '' })],
    ['the digest as the manifest writes it', ({ digest }) => ({ 'files-artifact-digest': `sha256:${digest}` })],
  ])(
    'with %s: what was built is signed and verified without a warning, and the substitute is refused',
    async (_, inputs) => {
      const first = await uploaded('release', built);
      const signed = await sign(first.run, { ...inputs(first), 'artifact-name': 'signatures' });
      expect([signed.conclusion, lastStep(signed).annotations]).toEqual(['success', []]);
      expect(lastStep(signed).summary).not.toContain('WARNING');
      const verified = await verifyIt(first, inputs(first));
      expect([verified.conclusion, lastStep(verified).annotations.filter(({ level }) => level !== 'notice')]).toEqual([
        'success',
        [],
      ]);

      await replaced(first, 'release', other);
      job.forget();
      const refused = await sign(first.run, inputs(first));
      expect(failure(lastStep(refused))).toMatch(/SUBJECT_(?:CHANGED|MISSING): .*\bartifact\b/);
      expect(job.count('fulcio')).toBe(0);
      const unverified = await verifyIt(first, inputs(first));
      expect(failure(lastStep(unverified))).toMatch(/SUBJECT_(?:CHANGED|MISSING): .*\bartifact\b/);
      expect(lastStep(unverified).outputs.get('verified')).toBe('false');
      expect(lastStep(unverified).outputs.get('artifact-path')).toBeUndefined();
    },
  );

  test('with the id of one and the digest of the other: refused', async () => {
    const first = await uploaded('release', built);
    const second = await replaced(first, 'release', other);
    job.forget();
    const result = await sign(first.run, { ...byId(second), ...byDigest(first) });
    expect(failure(lastStep(result))).toContain('SUBJECT_CHANGED');
    expect(job.count('fulcio')).toBe(0);
  });

  test('a substitute of the same files in another archive is another artifact', async () => {
    const first = await uploaded('release', built);
    await replaced(
      first,
      'release',
      madeArchive([
        { name: 'app.tgz', content: 'app' },
        { name: 'x', content: 'x' },
      ]),
    );
    expect(failure(lastStep(await sign(first.run, byDigest(first))))).toContain('SUBJECT_CHANGED');
  });

  test('a single file, not archived, has its own digest', async () => {
    const first = await uploaded('app.bin', Buffer.from('app'));
    const inputs = { ...both(first), 'files-artifact': 'app.bin' };
    expect(subjectsOf(lastStep(await sign(first.run, inputs)))).toMatchObject([
      { name: 'app.bin', digest: `sha256:${first.digest}` },
    ]);
    await replaced(first, 'app.bin', Buffer.from('other'));
    expect(failure(lastStep(await sign(first.run, inputs)))).toContain('SUBJECT_CHANGED');
  });

  test('with its name alone it is signed, with a warning that says why and what to set', async () => {
    const first = await uploaded('release', built);
    await replaced(first, 'release', other);
    // What an expression of another spelling leaves is no id and no digest.
    const result = await sign(first.run, {
      'files-artifact-id': '',
      'files-artifact-digest': '',
      'artifact-name': 'signatures',
    });
    expect(result.conclusion).toBe('success');
    const text = expect.stringMatching(
      /"release".*only by its name.*can replace it.*`files-artifact-id`.*`artifact-digest`/,
    );
    expect(lastStep(result).annotations).toMatchObject([{ level: 'warning', message: text }]);
    expect(lastStep(result).summary).toContain('only by its name');
    const verified = await verifyIt(first, {});
    expect(lastStep(verified).annotations).toContainEqual(expect.objectContaining({ level: 'warning', message: text }));
    expect(lastStep(verified).summary).toContain('only by its name');
  });

  test.each<[what: string, inputs: Inputs, named: string]>([
    ['an id that is none', { 'files-artifact-id': 'release' }, 'files-artifact-id'],
    ['a digest of another kind', { 'files-artifact-digest': `sha512:${'0'.repeat(128)}` }, 'files-artifact-digest'],
    [
      'a digest, and nothing that has it',
      { 'files-artifact': '', 'files-artifact-digest': '0'.repeat(64) },
      'files-artifact-digest',
    ],
  ])('%s is refused before anything is asked', async (_, inputs, named) => {
    const first = await uploaded('release', built);
    job.forget();
    for (const result of [await sign(first.run, inputs), await verifyIt(first, inputs)]) {
      expect(failure(lastStep(result))).toMatch(new RegExp(`USAGE: .*\`${named}\``));
      expect([job.count('artifacts'), job.count('fulcio')]).toEqual([0, 0]);
    }
  });
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
