/** The deliveries of a signing run: each is independent of the others and reported, and a later run delivers what is missing. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob, fault, type Sandbox, type SandboxRepository } from '../../sandbox/index.ts';
import { formatDigest } from '../../src/core/crypto/index.ts';
import { failure, Job, lastStep, subjectsOf } from '../action/job.ts';
import { clientOf, type PushedImage } from '../kit/registries.ts';
import { eventContext, type JobRun } from '../kit/runner/index.ts';

type Permissions = Parameters<Sandbox['github']['jobToken']>[1];

const everything: Permissions = { contents: 'write', attestations: 'write', 'artifact-metadata': 'write' };

let job: Job;
let repository: SandboxRepository;
let image: PushedImage;
let runs = 0;
let artifactsBefore: ReadonlySet<string>;

beforeAll(async () => {
  job = await Job.start();
  repository = job.sandbox.github.addRepository(exampleJob.repository);
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(async () => {
  image = await job.image(`app-${++runs}`, 'v1');
  artifactsBefore = new Set(job.sandbox.artifactService.artifacts.map(({ id }) => id));
});
afterEach(() => {
  job.sandbox.behave();
  job.sandbox.registry.configure({ authentication: 'none', anonymousPull: true });
});

interface Run {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly attempt?: number;
  readonly granted?: Permissions;
  readonly run?: Partial<JobRun>;
}

/** Signs a file and an image with all deliveries, on an empty runner. */
async function sign({ inputs = {}, attempt = 1, granted = everything, run = {} }: Run = {}) {
  const workspace = await job.workspace({ [`app-${runs}.tgz`]: `app ${runs}` });
  const step = job.step({
    files: '*.tgz',
    images: image.reference,
    release: `v${runs}`,
    'upload-artifact': 'true',
    'store-attestations': 'true',
    'storage-records': 'true',
    ...inputs,
  });
  const result = await job.run(workspace, [step], {
    event: eventContext('push-branch', { repository: repository.name, attempt }),
    github: { api_url: job.sandbox.urls.github },
    githubToken: job.sandbox.github.jobToken(repository, granted),
    ...run,
  });
  return lastStep(result);
}

type Signed = Awaited<ReturnType<typeof sign>>;

/** Returns the sign of each result in the table of deliveries, by the title. */
function table({ summary }: Signed): Readonly<Record<string, string>> {
  const rows = [...summary.matchAll(/^\| ([\w ]+) \| [^|]* \| (✅|❌|➖)[^|]*\|$/gm)];
  return Object.fromEntries(rows.map(([, title = '', sign = '']) => [title, sign]));
}

/** Counts what is at each destination for the run of this test. */
async function arrived() {
  const { github, artifactService } = job.sandbox;
  const release = github.releases.of(repository).find(({ tag }) => tag === `v${runs}`);
  const { repository: name, digest } = image;
  const hex = formatDigest(digest);
  return {
    artifacts: artifactService.artifacts.filter((one) => !artifactsBefore.has(one.id)).length,
    attached: (await clientOf(job.registries, name).referrers(digest)).descriptors.length,
    assets: release?.assets.filter(({ content }) => content !== undefined).length ?? 0,
    attestations: github.attestations.all.filter(({ digests }) => digests.includes(hex)).length,
    records: github.storageRecords.all.filter((record) => record.digest === hex).length,
  };
}

const complete = { artifacts: 1, attached: 1, assets: 2, attestations: 1, records: 1 };

const titles = {
  artifacts: 'Workflow artifact',
  attached: 'Registry',
  assets: 'GitHub release',
  attestations: 'GitHub attestations',
  records: 'Storage records',
} as const;
type Destination = keyof typeof titles;
const destinations = ['artifacts', 'attached', 'assets', 'attestations', 'records'] as const satisfies Destination[];

function tableWith(failed: Destination | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(destinations.map((one) => [titles[one], one === failed ? '❌' : '✅']));
}

/** The request with which each delivery begins to write. */
const writes: Readonly<Record<Destination, Parameters<Sandbox['faults']['set']>[0]>> = {
  artifacts: { service: 'artifacts', matching: /CreateArtifact/ },
  attached: { service: 'registry', matching: /^PUT .*\/manifests\// },
  assets: { service: 'github', matching: /^POST .*\/releases$/ },
  attestations: { service: 'github', matching: /^POST .*\/attestations$/ },
  records: { service: 'github', matching: /storage-record/ },
};

test('all deliveries arrive, and outputs and summary name them', async () => {
  const signed = await sign();
  expect([signed.conclusion, signed.annotations]).toEqual(['success', []]);
  expect(table(signed)).toEqual(tableWith(undefined));
  expect(await arrived()).toEqual(complete);
  const { github } = job.sandbox;
  const [release] = github.releases.of(repository).filter(({ tag }) => tag === `v${runs}`);
  const id = String(github.attestations.all.at(-1)?.id);
  expect(Object.fromEntries(signed.outputs)).toMatchObject({
    'release-id': String(release?.id),
    'attestation-id': id,
    'attestation-ids': id,
    'attestation-url': `https://github.com/${repository.name}/attestations/${id}`,
  });
  expect(signed.outputs.get('storage-record-ids')).toMatch(/^\d+$/);
  expect(release?.isDraft).toBe(true);
});

const refused = fault.status(403, { body: '{"message":"Resource not accessible by integration","msg":"forbidden"}' });
// GitHub's client of artifacts waits long before it gives up on a service that is down.
const quick = destinations.filter((one) => one !== 'artifacts');

/** Delivers what is missing in a later attempt, and demands that nothing is there twice, or signed again. */
async function deliverTheRest(): Promise<void> {
  job.sandbox.behave();
  const second = await sign({ attempt: 2 });
  expect([errorsOf(second), second.conclusion]).toEqual(['', 'success']);
  expect(table(second)).toEqual(tableWith(undefined));
  expect(await arrived()).toEqual(complete);
  expect(subjectsOf(second).map(({ resumed }) => resumed)).toEqual([true, true]);
  expect([job.count('fulcio'), job.count('rekor-v2')]).toEqual([0, 0]);
}

describe.each([
  ['that is refused', refused, destinations],
  ['whose service is killed', fault.refuse(), quick],
])('a delivery %s', (_, what, which) => {
  test.each(which)('%s: the others arrive, and a later run delivers it', async (one) => {
    job.sandbox.faults.set(writes[one], what);
    const first = await sign();
    expect(table(first)).toEqual(tableWith(one));
    expect(failure(first)).not.toBe('');
    expect(first.summary).toContain('It keeps what is there, and delivers the rest.');
    const isMissing = { ...complete, [one]: 0 };
    expect(await arrived()).toEqual(isMissing);
    await deliverTheRest();
  });
});

test.each(quick)('%s: a service that is killed after it has done its work leaves nothing twice', async (one) => {
  job.sandbox.faults.set(writes[one], fault.afterEffect(fault.refuse()));
  await sign();
  await deliverTheRest();
});

test.each<[Destination, Permissions]>([
  ['assets', { ...everything, contents: 'read' }],
  ['attestations', { ...everything, attestations: 'read' }],
  ['records', { contents: 'write', attestations: 'write' }],
])('a job without the permission for %s makes the other deliveries', async (one, granted) => {
  const signed = await sign({ granted });
  expect(table(signed)).toEqual(tableWith(one));
  expect(failure(signed)).toContain('PERMISSION_MISSING');
  expect(await arrived()).toEqual({ ...complete, [one]: 0 });
});

test('a later run reports what is there already, and adds nothing', async () => {
  await sign();
  const second = await sign({ attempt: 2 });
  const rows = [...second.summary.matchAll(/^\| ([\w ]+) \| [^|]* \| ✅ ([^|]*) \|$/gm)];
  expect(Object.fromEntries(rows.map(([, title, result]) => [title, result]))).toMatchObject({
    'Workflow artifact': 'there already',
    Registry: 'there already',
    'GitHub release': 'there already',
    'GitHub attestations': 'there already',
  });
  expect(await arrived()).toEqual(complete);
});

test('a run whose deliveries all fail loses nothing on disk, and says so of each', async () => {
  for (const one of destinations) job.sandbox.faults.set(writes[one], refused);
  const signed = await sign();
  expect(Object.values(table(signed))).toEqual(['❌', '❌', '❌', '❌', '❌']);
  expect(subjectsOf(signed)).toHaveLength(2);
  expect(signed.annotations.filter(({ level }) => level === 'warning').length).toBeGreaterThanOrEqual(5);
});

test('a cancelled run ends all deliveries at once', async () => {
  const controller = new AbortController();
  const stalled = fault.stall();
  for (const one of destinations)
    job.sandbox.faults.set(writes[one], (exchange) => {
      controller.abort();
      return stalled(exchange);
    });
  const signed = await sign({ run: { signal: controller.signal } });
  expect(signed.conclusion).toBe('cancelled');
});

describe('a release', () => {
  test('is published only on request, with everything attached', async () => {
    const inputs = { images: '', 'storage-records': 'false', 'publish-release': 'true' };
    const signed = await sign({ inputs });
    expect([errorsOf(signed), signed.conclusion]).toEqual(['', 'success']);
    const release = job.sandbox.github.releases.of(repository).find(({ tag }) => tag === `v${runs}`);
    expect([release?.isDraft, release?.assets.map(({ name }) => name).sort()]).toEqual([
      false,
      [`app-${runs}.tgz`, 'attestation.sigstore.json'],
    ]);
  });

  test('stays a draft if a subject was not signed', async () => {
    const inputs = { 'bundle-format': 'per-file', 'store-attestations': 'false', 'storage-records': 'false' };
    job.sandbox.faults.set('rekor-v2', fault.status(400), { skip: 1, times: 1 });
    const signed = await sign({ inputs: { ...inputs, 'publish-release': 'true', concurrency: '1' } });
    expect(failure(signed)).toContain('1 of 2 subjects were not signed');
    const release = job.sandbox.github.releases.of(repository).find(({ tag }) => tag === `v${runs}`);
    expect(release?.isDraft).toBe(true);
  });

  test.each([
    [{ release: 'draft' }, '`release: draft` names the draft of the tag that started the run'],
    [{ release: 'a b' }, 'which is not a tag'],
    [{ release: '', 'publish-release': 'true' }, '`publish-release` cannot be used without `release`'],
    [{ mode: 'collect', 'storage-records': 'false' }, 'cannot be used with `mode: collect`'],
    [{ 'bundle-format': 'per-file' }, "GitHub's attestation store takes statements"],
  ])('%j is refused before anything is signed', async (inputs, message) => {
    const signed = await sign({ inputs });
    expect(failure(signed)).toContain(message);
    expect(job.count('rekor-v2')).toBe(0);
  });
});

function errorsOf({ annotations }: Signed): string {
  return annotations
    .filter(({ level }) => level === 'error')
    .map(({ message }) => message)
    .join('\n');
}
