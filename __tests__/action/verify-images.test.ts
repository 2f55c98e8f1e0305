/** The verify action on container images: what later steps deploy, and that nothing is deployed that was not verified. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/index.ts';
import { formatDigest } from '../../src/core/crypto/index.ts';
import type { PushedImage } from '../kit/registries.ts';
import type { JobRun } from '../kit/runner/index.ts';
import { failure, Job, lastStep } from './job.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());
afterEach(() => {
  job.sandbox.behave();
  job.sandbox.registry.configure({ authentication: 'none', anonymousPull: true });
});

const image = (name: string, ...tags: readonly string[]) => job.image(name, ...tags);

async function signed(name: string, ...tags: readonly string[]): Promise<PushedImage> {
  const pushed = await image(name, ...tags);
  const result = await job.sign(await job.workspace(), { images: pushed.reference });
  expect(result.conclusion).toBe('success');
  return pushed;
}

/** In a job that may do nothing at all. */
async function verify(inputs: Readonly<Record<string, string>>, run: Partial<JobRun> = {}): Promise<StepResult> {
  return lastStep(await job.run(await job.workspace(), [job.verifyStep(inputs)], { permissions: {}, ...run }));
}

test('says of one image what to deploy, and of several what each is', async () => {
  const [one, other] = [await signed('one', 'v1'), await signed('other', 'v1')];
  const single = await verify({ images: `${one.repository}:v1` });
  expect(single.conclusion).toBe('success');
  expect(single.outputs.get('verified')).toBe('true');
  expect(single.outputs.get('image')).toBe(one.reference);
  expect(JSON.parse(single.outputs.get('images') ?? '')).toEqual([
    { image: `${one.repository}:v1`, verified: true, reference: one.reference, digest: formatDigest(one.digest) },
  ]);
  expect(single.summary).toContain(one.reference);
  const both = await verify({ images: `${one.repository}:v1\n${other.reference}` });
  expect(both.outputs.get('image')).toBe('');
  expect(JSON.parse(both.outputs.get('images') ?? '')).toHaveLength(2);
});

test('an image that is not verified fails the step, and names nothing to deploy', async () => {
  const [good, bare] = [await signed('good', 'v1'), await image('bare', 'v1')];
  for (const images of [`${bare.repository}:v1`, `${good.repository}:v1\n${bare.repository}:v1`]) {
    const result = await verify({ images });
    expect(failure(result)).toContain('no bundle or cosign signature is attached');
    expect(result.outputs.get('verified')).toBe('false');
    expect(result.outputs.get('image')).toBe('');
  }
  const stranger = await verify({ images: good.reference, 'certificate-identity': 'https://example.test/stranger' });
  expect(failure(stranger)).toContain('stranger');
  expect(stranger.outputs.get('image')).toBe('');
});

test('the images that the sign action says it signed are what the verify action takes', async () => {
  const [one, other] = [await image('said-one', 'v1'), await image('said-other', 'v1')];
  const result = await job.sign(await job.workspace(), {
    images: `${one.repository}:v1\n${other.repository}:v1`,
    'bundle-format': 'attestation',
  });
  const verified = await verify({
    images: result.outputs.get('images') ?? '',
    'predicate-type': 'https://slsa.dev/provenance/v1',
  });
  expect(verified.outputs.get('verified')).toBe('true');
});

describe('a registry that wants to know who asks', () => {
  test('gets the account of the inputs, and no log shows it', async () => {
    const guarded = await signed('guarded');
    const { registry } = job.sandbox;
    registry.configure({ authentication: 'basic', anonymousPull: false });
    const { username, password } = registry.reader;
    const result = await verify({
      images: guarded.reference,
      'registry-username': username,
      'registry-password': password,
    });
    expect(result.conclusion).toBe('success');
    const encoded = Buffer.from(`${username}:${password}`).toString('base64');
    const masks = result.rawLog.filter(({ text }) => text.startsWith('::add-mask::')).map(({ text }) => text);
    expect(masks).toEqual(expect.arrayContaining([`::add-mask::${password}`, `::add-mask::${encoded}`]));
    // The runner itself shows inputs, before the action can mask what was written into the workflow.
    const own = result.log.slice(result.log.indexOf('##[endgroup]'));
    for (const secret of [password, encoded])
      expect(JSON.stringify([own, result.summary, ...result.outputs])).not.toContain(secret);
    expect(failure(await verify({ images: guarded.reference }))).toContain('docker login');
  });

  test('half of an account is refused: a secret that is not set is empty', async () => {
    for (const half of [{ 'registry-username': 'me' }, { 'registry-password': 's3cr3t' }]) {
      const result = await verify({ images: 'ghcr.io/example/app:v1', ...half });
      expect(failure(result)).toMatch(/^USAGE: .*must be set together/);
    }
  });
});

test.each([
  ['ghcr.io/example/app', 'neither a tag nor a digest'],
  ['./image.tar', 'image.tar cannot be read: ENOENT'],
  ['ghcr.io/example/##[error]x:v1', 'is not a valid image name'],
])('%s is refused', async (images, words) => {
  const result = await verify({ images });
  expect(failure(result)).toContain(words);
  expect(result.outputs.get('verified')).toBe('false');
});
