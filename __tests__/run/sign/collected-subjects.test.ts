/** The digests that legs hand over through GitHub's artifact service, with everything that another job of the run can do to them. */

import * as files from 'node:fs/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RuntimeJob, Sandbox } from '../../../sandbox/index.ts';
import { digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { uploadLegDigests } from '../../../src/deliver/index.ts';
import {
  type CollectedRequest,
  type CollectedSubjects,
  collectedSubjects,
  formatOfCollected,
} from '../../../src/run/sign/index.ts';
import {
  type Leg,
  type LegSubject,
  legArtifactName,
  legDigestsFile,
  writeLegDigests,
} from '../../../src/subject/index.ts';
import { remove, upload } from '../../action/upload.ts';
import { madeArchive } from '../../fetch/made-archive.ts';
import { artifactPlace } from '../../kit/artifact-service.ts';
import { failure } from '../../services/loopback.ts';

const run = { repository: 'octo-org/app', runId: '7', attempt: 1 };

const place = artifactPlace('countersign-collected-');
let temporaryDirectory = '';
let sandbox: Sandbox;
/** A job of a run of its own for each test. */
let first: RuntimeJob;
beforeEach(async () => {
  ({ folder: temporaryDirectory, sandbox } = place);
  first = await sandbox.artifactService.newJob();
});

const sha256 = (text: string) => digest('sha256', utf8(text));
const file = (name: string, content = name): LegSubject => ({
  kind: 'file',
  name,
  digest: sha256(content),
  size: content.length,
});
const leg = (name: string, changes: Partial<Leg> = {}): Leg => ({ ...run, job: 'build', leg: name, ...changes });

/** Becomes another job of the run. */
async function become(job?: RuntimeJob): Promise<RuntimeJob> {
  const one = job ?? (await sandbox.artifactService.newJob(first.runId));
  process.env.ACTIONS_RUNTIME_TOKEN = one.token;
  return one;
}

/** Hands digests over as a leg does, and returns its output `collected`. */
async function handOver(from: Leg, ...subjects: readonly LegSubject[]): Promise<string> {
  await become();
  const { id, digest: of } = await uploadLegDigests({ from, subjects }, { files, temporaryDirectory });
  return `${id}@${of}`;
}

/** Uploads any archive in the name of a leg, and returns what the output would be. */
async function plant(name: string, entries: Readonly<Record<string, string>>, job?: RuntimeJob): Promise<string> {
  const archive = madeArchive(Object.entries(entries).map(([path, content]) => ({ name: path, content })));
  const id = await upload(sandbox, name, archive, job ?? (await become()));
  return `${id}@${formatDigest(digest('sha256', new Uint8Array(archive)))}`;
}

async function receive(
  collected: readonly string[],
  changes: Partial<CollectedRequest> = {},
): Promise<CollectedSubjects> {
  await become();
  const request = { collected, count: collected.length, run, ...changes };
  return collectedSubjects(request, { files, temporaryDirectory });
}

const namesOf = ({ found }: CollectedSubjects): readonly string[] => found.map(({ name }) => name);

test('what three legs hand over arrives, in the order of their outputs, and nothing stays on disk', async () => {
  const outputs = [
    await handOver(leg('linux'), file('app-linux'), file('LICENSE')),
    await handOver(leg('mac'), file('app-mac'), file('LICENSE')),
    await handOver(leg('', { job: 'docs' }), file('docs.tgz')),
  ];
  const received = await receive(outputs);
  expect(namesOf(received)).toEqual(['LICENSE', 'app-linux', 'app-mac', 'docs.tgz']);
  expect(received.found[1]).toMatchObject({
    kind: 'digest',
    digest: sha256('app-linux'),
    origin: 'the leg build (linux)',
  });
  expect(received).toMatchObject({
    images: [],
    warnings: [],
    legs: [leg('linux'), leg('mac'), leg('', { job: 'docs' })],
  });
  const left = await files.readdir(temporaryDirectory);
  expect(left.filter((name) => name.startsWith('countersign-leg-'))).toEqual([]);
});

test('images are received by name and digest, each once', async () => {
  const image = (content: string): LegSubject => ({ kind: 'image', name: 'ghcr.io/o/app', digest: sha256(content) });
  const outputs = [
    await handOver(leg('arm64'), image('arm64'), image('index')),
    await handOver(leg('amd64'), image('amd64'), image('index')),
  ];
  const { found, images } = await receive(outputs);
  const named = (content: string): string => `ghcr.io/o/app@${formatDigest(sha256(content))}`;
  expect(found).toEqual([]);
  expect([...images].sort()).toEqual(['arm64', 'index', 'amd64'].map(named).sort());
});

describe('all', () => {
  test('takes the digests of every leg, and no other artifact, with a warning', async () => {
    await handOver(leg('linux'), file('app-linux'));
    await handOver(leg('mac'), file('app-mac'));
    await plant('release', { 'app.tgz': 'app' });
    const received = await receive(['all'], { count: 2 });
    expect(namesOf(received)).toEqual(['app-linux', 'app-mac']);
    expect(received.warnings).toEqual([expect.stringMatching(/only by the names.*can replace.*`collected`/)]);
  });

  test.each([
    [1, 'USAGE', /digests of 2 legs, but `collected-count` is 1/],
    [3, 'SUBJECT_MISSING', /digests of 2 legs, but `collected-count` is 3/],
  ])('of two legs is refused where %j is expected', async (count, code, message) => {
    await handOver(leg('linux'), file('app-linux'));
    await handOver(leg('mac'), file('app-mac'));
    const error = await failure(receive(['all'], { count }));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('is refused together with outputs', async () => {
    const output = await handOver(leg('linux'), file('app'));
    expect(await failure(receive(['all', output]))).toMatchObject({ code: 'USAGE' });
  });

  test('a service that does not answer is an outage', async () => {
    process.env.ACTIONS_RUNTIME_TOKEN = (await sandbox.artifactService.newJob(undefined, -3600)).token;
    const attempt = collectedSubjects({ collected: ['all'], count: 1, run }, { files, temporaryDirectory });
    expect(await failure(attempt)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});

describe('a leg that is missing', () => {
  test('with an empty output is an error', async () => {
    const output = await handOver(leg('linux'), file('app'));
    const error = await failure(receive([output], { count: 2 }));
    expect(error).toMatchObject({ code: 'SUBJECT_MISSING', message: expect.stringContaining('1 lines') });
  });

  test('is not looked for without a count', async () => {
    const output = await handOver(leg('linux'), file('app'));
    const error = await failure(receive([output], { count: undefined }));
    expect(error).toMatchObject({ code: 'USAGE', message: expect.stringContaining('`collected-count`') });
  });

  test('whose artifact was deleted is an error', async () => {
    const output = await handOver(leg('linux'), file('app'));
    await remove(sandbox, legArtifactName(leg('linux')), await become());
    expect(await failure(receive([output]))).toMatchObject({ code: 'SUBJECT_MISSING' });
  });
});

describe('an artifact that another job of the run replaces', () => {
  async function replaced(): Promise<{ readonly output: string; readonly planted: string }> {
    const output = await handOver(leg('linux'), file('app', 'good'));
    const job = await become();
    const name = legArtifactName(leg('linux'));
    await remove(sandbox, name, job);
    const text = writeLegDigests({ from: leg('linux'), subjects: [file('app', 'evil')] });
    return { output, planted: await plant(name, { [legDigestsFile]: text }, job) };
  }

  test('is refused by the output of the leg', async () => {
    const { output } = await replaced();
    expect(await failure(receive([output]))).toMatchObject({ code: 'SUBJECT_MISSING' });
  });

  test('is refused if only its id is the one of the leg, or only its digest', async () => {
    const { output, planted } = await replaced();
    const [[, goodDigest], [evilId]] = [output.split('@'), planted.split('@')];
    const error = await failure(receive([`${evilId}@${goodDigest}`]));
    expect(error).toMatchObject({ code: 'SUBJECT_CHANGED', message: expect.stringContaining('`collected` is') });
  });

  test('is not noticed without the outputs, as the warning says', async () => {
    await replaced();
    const received = await receive(['all'], { count: 1 });
    expect(received.found[0]?.digest).toEqual(sha256('evil'));
    expect(received.warnings).toHaveLength(1);
  });
});

describe('digests that are not of this run', () => {
  test.each<[what: string, changes: Partial<Leg>, message: RegExp]>([
    ['of another repository', { repository: 'octo-org/fork' }, /repository "octo-org\/fork", not octo-org\/app/],
    ['of another run', { runId: '8' }, /run "8", not 7/],
    ['of a later attempt', { attempt: 2 }, /attempt 2, but this is the attempt 1/],
  ])('%s are refused, by the output and among all', async (_, changes, message) => {
    const output = await handOver(leg('linux', changes), file('app'));
    for (const collected of [[output], ['all']])
      expect(await failure(receive(collected))).toMatchObject({
        code: 'ARCHIVE_INVALID',
        message: expect.stringMatching(message),
      });
  });

  test('of another run are not found at all', async () => {
    const output = await handOver(leg('linux'), file('app'));
    first = await sandbox.artifactService.newJob();
    expect(await failure(receive([output]))).toMatchObject({ code: 'SUBJECT_MISSING' });
    expect(await failure(receive(['all'], { count: 1 }))).toMatchObject({ code: 'SUBJECT_MISSING' });
  });
});

describe('an attempt that repeats failed jobs', () => {
  const second = { ...run, attempt: 2 };

  test('takes the digests of a leg that was not repeated, and the new ones of a leg that was', async () => {
    const linux = await handOver(leg('linux'), file('app-linux'));
    const old = await handOver(leg('mac'), file('app-mac', 'first'));
    const mac = await handOver(leg('mac', second), file('app-mac', 'second'));
    for (const collected of [[linux, mac], ['all']]) {
      const { found } = await receive(collected, { count: 2, run: second });
      expect(found.map(({ digest: of }) => of)).toEqual([sha256('app-linux'), sha256('second')]);
    }
    expect(await failure(receive([linux, old], { run: second }))).toMatchObject({ code: 'SUBJECT_MISSING' });
  });

  test('cannot replace digests of the same attempt: the legs have no names of their own', async () => {
    await handOver(leg(''), file('app-linux'));
    const error = await failure(handOver(leg(''), file('app-mac')));
    expect(error).toMatchObject({ code: 'USAGE', remedy: expect.stringContaining('`leg`') });
  });

  test.each<[what: string, changes: Partial<Leg>]>([
    ['another leg', { leg: 'mac' }],
    ['another job', { job: 'test' }],
    ['another run', { runId: '8' }],
    ['another repository', { repository: 'octo-org/fork' }],
    ['a later attempt', { attempt: 3 }],
  ])('does not replace what has the name and is of %s', async (_, changes) => {
    const text = writeLegDigests({ from: leg('linux', changes), subjects: [file('app')] });
    await plant(legArtifactName(leg('linux')), { [legDigestsFile]: text });
    expect(await failure(handOver(leg('linux', second), file('app')))).toMatchObject({ code: 'USAGE' });
  });

  test('does not replace what has the name and is something else', async () => {
    await plant(legArtifactName(leg('linux')), { 'app.tgz': 'app' });
    expect(await failure(handOver(leg('linux', second), file('app')))).toMatchObject({ code: 'USAGE' });
  });
});

describe('an artifact that is not what a leg uploads', () => {
  const text = writeLegDigests({ from: leg('linux'), subjects: [file('app')] });

  test.each<[what: string, entries: Readonly<Record<string, string>>, code: string]>([
    ['another file', { 'digests.json': text }, 'ARCHIVE_INVALID'],
    ['one more file', { [legDigestsFile]: text, more: '' }, 'ARCHIVE_INVALID'],
    ['the file in a folder', { [`a/${legDigestsFile}`]: text }, 'ARCHIVE_INVALID'],
    ['a path that leads out', { [`../${legDigestsFile}`]: text }, 'ARCHIVE_INVALID'],
    ['nothing', {}, 'ARCHIVE_INVALID'],
    ['text that is not canonical', { [legDigestsFile]: ` ${text}` }, 'JSON_INVALID'],
  ])('%s', async (_, entries, code) => {
    const output = await plant('countersign-digests-x', entries);
    for (const collected of [[output], ['all']]) expect(await failure(receive(collected))).toMatchObject({ code });
  });

  test('more than 64 MiB in a small archive, which is not unpacked', async () => {
    const output = await plant('countersign-digests-x', { [legDigestsFile]: ' '.repeat(65 * 1024 * 1024) });
    expect(await failure(receive([output]))).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('unpacks to'),
    });
  });

  test('the file without an archive', async () => {
    const id = await upload(sandbox, legDigestsFile, Buffer.from(text), await become());
    const { found } = await receive([`${id}@${formatDigest(sha256(text))}`]);
    expect(found).toMatchObject([{ name: 'app' }]);
  });
});

describe('two legs', () => {
  test('with one name for two files: both legs are named', async () => {
    const outputs = [
      await handOver(leg('linux'), file('app', 'linux')),
      await handOver(leg('mac'), file('app', 'mac')),
    ];
    const error = await failure(receive(outputs));
    expect(error).toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(
        /"app" has two different digests: .*\(the leg build \(linux\)\).*\(the leg build \(mac\)\)/,
      ),
    });
  });

  test('of one name are refused, as one of them is not what it says', async () => {
    const output = await handOver(leg('linux'), file('app'));
    const text = writeLegDigests({ from: leg('linux'), subjects: [file('more')] });
    const planted = await plant('countersign-digests-x', { [legDigestsFile]: text });
    for (const collected of [[output, planted], ['all']])
      expect(await failure(receive(collected, { count: 2 }))).toMatchObject({
        code: 'ARCHIVE_INVALID',
        message: expect.stringContaining('both say that they are of the leg build (linux)'),
      });
  });

  test('with more than 100,000 files together are refused', async () => {
    const many = (prefix: string): readonly LegSubject[] =>
      Array.from({ length: 50_001 }, (_, index) => ({ ...file('x'), name: `${prefix}${index}` }));
    const outputs = [await handOver(leg('linux'), ...many('a')), await handOver(leg('mac'), ...many('b'))];
    expect(await failure(receive(outputs))).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});

describe('outputs that are refused before anything is requested', () => {
  const good = `12@sha256:${'0'.repeat(64)}`;
  test.each([
    '12',
    `sha256:${'0'.repeat(64)}`,
    `0@sha256:${'0'.repeat(64)}`,
    `99999999999999999@sha256:${'0'.repeat(64)}`,
    `9999999999999999@sha256:${'0'.repeat(64)}`,
    `12@sha512:${'0'.repeat(128)}`,
    `12@sha256:${'0'.repeat(63)}`,
    `${good} `,
    'ALL',
  ])('%j', async (line) => {
    const before = sandbox.requests.length;
    expect(await failure(receive([line]))).toMatchObject({ code: 'USAGE' });
    expect(sandbox.requests.length).toBe(before);
  });

  test('one leg twice', async () => {
    expect(await failure(receive([good, good]))).toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('twice'),
    });
  });
});

test('digests of other jobs are only signed in statements', async () => {
  expect([formatOfCollected('auto', 'collected'), formatOfCollected('attestation', 'collected')]).toEqual([
    'attestation',
    'attestation',
  ]);
  const attempt = Promise.resolve().then(() => formatOfCollected('per-file', 'collected'));
  expect(await failure(attempt)).toMatchObject({ code: 'USAGE', message: expect.stringContaining('`collected`') });
});
