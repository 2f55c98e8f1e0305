/**
 * Linked artifacts (FEATURES.md, C4): the sign action notes at GitHub in which registries the images are that it signed and attested, each
 * place of an image in a record of its own.
 */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { exampleJob, type Sandbox, type SandboxRepository } from '../../sandbox/index.ts';
import { formatDigest } from '../../src/core/crypto/index.ts';
import { failure, Job, lastStep } from '../action/job.ts';
import { clientOf, type PushedImage, pushInto } from '../kit/registries.ts';

type Permissions = Parameters<Sandbox['github']['jobToken']>[1];
const everything: Permissions = { attestations: 'write', 'artifact-metadata': 'write' };

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
afterEach(() => job.sandbox.behave());

const records = () =>
  job.sandbox.github.storageRecords.all.filter(({ digest }) => digest === formatDigest(image.digest));

async function sign(inputs: Readonly<Record<string, string>> = {}, granted = everything) {
  const step = job.step({
    images: image.reference,
    'bundle-dir': 'bundles',
    'store-attestations': 'true',
    'storage-records': 'true',
    ...inputs,
  });
  const result = await job.run(await job.workspace({ 'app.tgz': `app ${runs}` }), [step], {
    github: { api_url: job.sandbox.urls.github },
    githubToken: job.sandbox.github.jobToken(repository, granted),
  });
  return lastStep(result);
}

test('an image that was attested has a record with its registry, repository and digest', async () => {
  const signed = await sign();
  expect([signed.conclusion, signed.annotations]).toEqual(['success', []]);
  const { host } = job.sandbox.registry;
  const [owner, name] = repository.name.split('/');
  expect(records()).toMatchObject([
    {
      organization: owner,
      name: image.repository,
      digest: formatDigest(image.digest),
      registryUrl: `https://${host}`,
      artifactUrl: `https://${image.repository}`,
      repository: image.repository.slice(host.length + 1),
      status: 'active',
      others: { github_repository: name },
    },
  ]);
  expect(signed.outputs.get('storage-record-ids')).toBe(String(records()[0]?.id));
  expect(signed.outputs.get('attestation-id')).toMatch(/^\d+$/);
});

test('an image in two places has a record of each', async () => {
  const mirror = `${image.repository}-mirror`;
  await pushInto(clientOf(job.registries, mirror), image, ['v1']);
  const signed = await sign({ images: `${image.reference}\n${mirror}@${formatDigest(image.digest)}` });
  expect(signed.conclusion).toBe('success');
  expect(records().map(({ name }) => name)).toEqual([image.repository, mirror]);
  expect(signed.outputs.get('storage-record-ids')).toBe(
    records()
      .map(({ id }) => id)
      .join(','),
  );
});

test('a run that is repeated updates the record', async () => {
  const [first, second] = [await sign(), await sign()];
  expect([first.conclusion, second.conclusion, records().length]).toEqual(['success', 'success', 1]);
  expect(second.outputs.get('storage-record-ids')).toBe(first.outputs.get('storage-record-ids'));
});

test('files have no records', async () => {
  const signed = await sign({ images: '', files: '*.tgz' });
  expect([signed.conclusion, records(), signed.outputs.get('storage-record-ids')]).toEqual(['success', [], '']);
});

test('without the permission, the error names it, and the attestation is stored', async () => {
  const signed = await sign({}, { attestations: 'write' });
  expect(failure(signed)).toMatch(/PERMISSION_MISSING.*artifact-metadata: write/s);
  expect(records()).toEqual([]);
  expect(signed.outputs.get('attestation-id')).toMatch(/^\d+$/);
});
