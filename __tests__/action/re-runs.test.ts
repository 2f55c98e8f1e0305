/** A later attempt of a run, on an empty runner: what an earlier attempt delivered is restored, and what others put there is not. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob, fault, type SandboxRepository } from '../../sandbox/index.ts';
import { asList, asObject, asText, type JsonObject, parseJson, utf8 } from '../../src/core/encoding/index.ts';
import type { PushedImage } from '../kit/registries.ts';
import { eventContext } from '../kit/runner/index.ts';
import { failure, Job, lastStep, subjectsOf } from './job.ts';

let job: Job;
let repository: SandboxRepository;
let image: PushedImage;
let runs = 0;

beforeAll(async () => {
  job = await Job.start();
  repository = job.sandbox.github.addRepository(exampleJob.repository);
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(async () => {
  image = await job.image(`app-${++runs}`, 'v1');
});
afterEach(() => {
  job.sandbox.behave();
  job.sandbox.github.attestations.configure({ inlineBundles: undefined });
});

type Inputs = Readonly<Record<string, string>>;

/** Signs a file that is like no other, or an image, in an attempt of a run. */
async function sign(inputs: Inputs, attempt: number, runId = exampleJob.run_id) {
  const workspace = await job.workspace({ 'app.tgz': `app ${runs}` });
  const step = job.step({ ...(inputs.images === undefined && { files: '*.tgz' }), ...inputs });
  const event = eventContext('push-branch', { repository: repository.name, attempt });
  const { claims } = event;
  const result = await job.run(workspace, [step], {
    event: {
      ...event,
      github: { ...event.github, run_id: runId },
      ...(claims !== undefined && { claims: { ...claims, run_id: runId } }),
    },
    github: { api_url: job.sandbox.urls.github },
    githubToken: job.sandbox.github.jobToken(repository, { contents: 'write', attestations: 'write' }),
  });
  const signed = lastStep(result);
  const errors = signed.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
  const resumed = subjectsOf(signed).map((subject) => subject.resumed);
  return { ...signed, errors, resumed, made: job.count('rekor-v2') };
}

/** The inputs that choose a single destination. */
const destinations = {
  artifact: () => ({ 'upload-artifact': 'true' }),
  'artifact with a name': () => ({ 'upload-artifact': 'true', 'artifact-name': `bundles-${runs}` }),
  release: () => ({ release: `v${runs}`, 'bundle-format': 'attestation' }),
  store: () => ({ 'store-attestations': 'true' }),
  registry: () => ({ images: image.reference }),
} satisfies Readonly<Record<string, () => Inputs>>;

test.each(Object.entries(destinations))('what only the %s has is restored', async (_, to) => {
  const first = await sign(to(), 1);
  expect(first).toMatchObject({ errors: [], conclusion: 'success', resumed: [false], made: 1 });
  expect(await sign(to(), 2)).toMatchObject({ errors: [], conclusion: 'success', resumed: [true], made: 0 });
});

test('the store is also read where its lists have only the addresses of bundles', async () => {
  job.sandbox.github.attestations.configure({ inlineBundles: false });
  await sign(destinations.store(), 1);
  expect(await sign(destinations.store(), 2)).toMatchObject({ errors: [], resumed: [true], made: 0 });
});

describe('what others left is not restored', () => {
  test.each(['release', 'store', 'registry'] as const)('a bundle of another run in the %s', async (one) => {
    await sign(destinations[one](), 1, '7');
    expect(await sign(destinations[one](), 2)).toMatchObject({ resumed: [false], made: 1 });
  });

  test('a forged bundle in the release', async () => {
    await sign(destinations.release(), 1);
    const [release] = job.sandbox.github.releases.of(repository).filter(({ tag }) => tag === `v${runs}`);
    const asset = release?.assets.find(({ name }) => name === 'attestation.sigstore.json');
    if (asset === undefined) throw new Error('the release has no bundle');
    const { releases } = job.sandbox.github;
    const forged = forge(asObject(parseJson(releases.contentOf(asset))) ?? {});
    releases.replaceContent(asset, utf8(JSON.stringify(forged)));
    expect(await sign(destinations.release(), 2)).toMatchObject({ resumed: [false], made: 1 });
  });

  test('a forged bundle in the store', async () => {
    await sign(destinations.store(), 1);
    const { attestations } = job.sandbox.github;
    const [genuine] = attestations.all.slice(-1);
    if (genuine === undefined) throw new Error('nothing was stored');
    attestations.delete([genuine]);
    attestations.keep(repository, forge(genuine.bundle));
    expect(await sign(destinations.store(), 2)).toMatchObject({ errors: [], resumed: [false], made: 1 });
  });

  test('a bundle of an outage in the store, which lacks a log entry', async () => {
    await sign(destinations.store(), 1);
    const { attestations } = job.sandbox.github;
    const [genuine] = attestations.all.slice(-1);
    if (genuine === undefined) throw new Error('nothing was stored');
    attestations.delete([genuine]);
    const { tlogEntries: _, ...material } = asObject(genuine.bundle.verificationMaterial) ?? {};
    attestations.keep(repository, { ...genuine.bundle, verificationMaterial: material });
    expect(await sign(destinations.store(), 2)).toMatchObject({ errors: [], resumed: [false], made: 1 });
  });
});

describe('nothing is signed while it is unknown whether it is signed already', () => {
  test.each([
    ['the store', 'store', 'github', 500],
    ['the store of bundles', 'store', 'blobs', 403],
    ['the artifact service', 'artifact', 'artifacts', 403],
  ] as const)('%s is down', async (_, to, service, status) => {
    job.sandbox.github.attestations.configure({ inlineBundles: false });
    await sign(destinations[to](), 1);
    job.sandbox.faults.set(service, fault.status(status, { body: '{"msg":"no"}' }));
    const second = await sign(destinations[to](), 2);
    expect(failure(second)).toMatch(/SERVICE_/);
    expect(second.made).toBe(0);
  });
});

/** Returns an attestation whose signature is another one. */
function forge(bundle: JsonObject): JsonObject {
  const envelope = asObject(bundle.dsseEnvelope);
  const [signature] = asList(envelope?.signatures) ?? [];
  const sig = asText(asObject(signature)?.sig) ?? '';
  const other = `${sig.slice(0, 20)}${sig[20] === 'A' ? 'B' : 'A'}${sig.slice(21)}`;
  return { ...bundle, dsseEnvelope: { ...envelope, signatures: [{ sig: other }] } };
}
