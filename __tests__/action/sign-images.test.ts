/** The action on container images: what it signs, attaches, says, and what becomes of it all where a registry does not take part. */

import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { formatDigest } from '../../src/core/crypto/index.ts';
import { image as builtImage, dockerSaveFiles, layoutFiles, multiPlatform, sha256Hex } from '../kit/image-layout.ts';
import { clientOf, type PushedImage, pushImage, pushIndex } from '../kit/registries.ts';
import { tarOf } from '../kit/tar.ts';
import { actionCommit, failure, Job, type SubjectOutput, subjectsOf } from './job.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());
afterEach(() => {
  job.sandbox.behave();
  for (const registry of [job.sandbox.registry, job.sandbox.registryWithoutReferrers])
    registry.configure({ authentication: 'none', anonymousPull: true });
});

const image = (name: string, ...tags: readonly string[]) => job.image(name, ...tags);

async function attachments({ repository, digest }: PushedImage): Promise<number> {
  return (await clientOf(job.registries, repository).referrers(digest)).descriptors.length;
}

const certificateOf = async ({ bundle }: SubjectOutput): Promise<string> =>
  JSON.parse(await readFile(bundle, 'utf8')).verificationMaterial.certificate.rawBytes;

test('images of two registries, an index and all in it: one certificate, and everything said that a later step needs', async () => {
  const repository = `${job.sandbox.registryWithoutReferrers.host}/example/index`;
  const platforms = [await pushImage(job.registries, repository), await pushImage(job.registries, repository)];
  const index = await pushIndex(job.registries, repository, platforms, 'v1');
  const single = await image('single', 'v1');
  const workspace = await job.workspace({ 'app.tgz': 'app' });
  const result = await job.sign(workspace, {
    files: '*.tgz',
    images: `${single.repository}:v1\n${index.repository}:v1`,
    recursive: 'true',
  });
  expect(result.annotations).toEqual([]);
  expect(result.conclusion).toBe('success');
  const all = [single, index, ...platforms];
  const subjects = subjectsOf(result);
  expect(subjects).toHaveLength(5);
  expect(new Set(await Promise.all(subjects.map(certificateOf))).size).toBe(1);
  for (const { repository: name, digest } of all) {
    expect(subjects).toContainEqual(
      expect.objectContaining({
        name,
        digest: formatDigest(digest),
        attached: expect.stringMatching(new RegExp(`^${name.replaceAll('.', '\\.')}@sha256:[0-9a-f]{64}$`)),
      }),
    );
  }
  expect(result.outputs.get('images')?.split('\n').sort()).toEqual(all.map(({ reference }) => reference).sort());
  for (const one of all) expect(await attachments(one)).toBe(1);
  expect(result.summary).toContain('## ✅ Countersign signed 5 subjects');
  expect(result.summary).toContain('| Attached as |');
  expect(result.summary).toContain(`| \`${repository}\` for \`linux/arm64/v8\` | `);
  expect(subjects).toContainEqual(expect.objectContaining({ name: repository, platform: 'linux/amd64' }));
  expect(result.summary).toContain('cosign verify ');
  expect(result.log.join('\n')).toContain(`signed ${single.reference}`);
});

test('what is not signed of an index is told apart by its digest', async () => {
  const repository = `${job.sandbox.registry.host}/example/unsigned`;
  const platforms = [await pushImage(job.registries, repository), await pushImage(job.registries, repository)];
  const index = await pushIndex(job.registries, repository, platforms, 'v1');
  job.sandbox.misbehave('fulcio:another-key');
  const result = await job.sign(await job.workspace(), {
    files: '',
    images: index.reference,
    recursive: 'true',
    concurrency: '1',
  });
  expect(result.conclusion).toBe('failure');
  const said = result.annotations.map(({ message }) => message).join('\n');
  for (const { reference } of [index, ...platforms]) {
    expect(said).toContain(`${reference}: `);
    expect(result.summary).toContain(`| \`${reference}\` | `);
  }
});

test('fifty images cost one certificate', async () => {
  const all: PushedImage[] = [];
  for (let number = 0; number < 50; number++) all.push(await image(`fifty-${number}`));
  const result = await job.sign(await job.workspace(), { images: all.map(({ reference }) => reference).join('\n') });
  expect(result.conclusion).toBe('success');
  const subjects = subjectsOf(result);
  expect(subjects).toHaveLength(50);
  expect(new Set(await Promise.all(subjects.map(certificateOf))).size).toBe(1);
  expect([job.count('oidc'), job.count('fulcio')]).toEqual([1, 1]);
  for (const one of all) expect(await attachments(one)).toBe(1);
  expect(result.summary).toContain('## ✅ Countersign signed 50 images');
});

test('images on disk are signed by the digests that they have there, and nobody is asked for them', async () => {
  const multi = multiPlatform();
  const older = builtImage(['older']);
  const files = {
    'app.tar': tarOf(layoutFiles([[multi, {}]])),
    'older.tar': tarOf(dockerSaveFiles([[older, ['ghcr.io/example/older:1']]])),
  };
  const result = await job.sign(await job.workspace(files), {
    images: './app.tar\ndocker-archive:older.tar',
    recursive: 'true',
  });
  expect(result.conclusion).toBe('success');
  expect(job.count('registry')).toBe(0);
  expect(subjectsOf(result).map(({ name, digest }) => [name, digest])).toEqual([
    ...[multi, ...multi.manifests].map(({ digest }) => ['app.tar', formatDigest(digest)]),
    // What was saved without a manifest has an image ID.
    ['ghcr.io/example/older', `sha256:${sha256Hex(older.config.bytes)}`],
  ]);
  // No registry has them: by these names, another image would be asked for.
  expect(result.outputs.get('images')).toBe('');
  expect(result.summary).toContain(`#${actionCommit}' verify sha256:`);
});

test.each([
  ['a path that is not there', './nothing.tar', 'SUBJECT_UNREADABLE'],
  ['what is no saved image', './plain.txt', 'IMAGE_INVALID'],
  ['a file that is written as a name', 'plain.txt', 'USAGE'],
])('%s', async (_, images, code) => {
  const result = await job.sign(await job.workspace({ 'plain.txt': 'plain'.repeat(300) }), { images });
  expect(failure(result)).toContain(`${code}: `);
  expect(job.count('oidc')).toBe(0);
});

describe('as with actions/attest', () => {
  test('push-to-registry makes an image of what was named with its digest', async () => {
    const { repository, digest, reference } = await image('attested');
    const result = await job.sign(await job.workspace(), {
      'subject-name': repository.replace('example', 'Example'),
      'subject-digest': formatDigest(digest),
      'push-to-registry': 'true',
    });
    expect(result.conclusion).toBe('success');
    expect(result.outputs.get('images')).toBe(reference);
    expect(result.outputs.get('bundle-path')).toMatch(/attestation\.sigstore\.json$/);
  });

  test('without it, nobody is asked for what was named so', async () => {
    const { repository, digest } = await image('named');
    const inputs = { 'subject-name': repository, 'subject-digest': formatDigest(digest) };
    for (const push of [{}, { 'push-to-registry': 'false' }]) {
      const result = await job.sign(await job.workspace(), { ...inputs, ...push });
      expect(result.conclusion).toBe('success');
      expect(job.count('registry')).toBe(0);
      expect(result.outputs.get('images')).toBe('');
    }
  });
});

test('with push-to-registry: false the bundle stays on disk', async () => {
  const kept = await image('kept', 'v1');
  const result = await job.sign(await job.workspace(), {
    images: `${kept.repository}:v1`,
    'push-to-registry': 'false',
  });
  expect(result.conclusion).toBe('success');
  expect(await attachments(kept)).toBe(0);
  expect(subjectsOf(result)).toHaveLength(1);
  expect(result.summary).not.toContain('Attached as');
});

describe('a registry that wants to know who asks', () => {
  /** Returns the home folder with the configuration that `docker login` writes. */
  async function loggedIn(): Promise<string> {
    const folder = await mkdtemp(job.path('docker-'));
    const { registry } = job.sandbox;
    const auth = Buffer.from(`${registry.writer.username}:${registry.writer.password}`).toString('base64');
    await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    return folder;
  }

  test.each(['basic', 'bearer'] as const)('takes what docker login left: %s', async (authentication) => {
    const guarded = await image(`guarded-${authentication}`);
    const { registry } = job.sandbox;
    registry.configure({ authentication, anonymousPull: false });
    const result = await job.sign(
      await job.workspace(),
      { images: guarded.reference },
      { env: { DOCKER_CONFIG: await loggedIn() } },
    );
    expect(result.conclusion).toBe('success');
    expect(JSON.stringify([result.log, result.summary])).not.toContain(registry.writer.password);
    registry.configure({ authentication: 'none' });
    expect(await attachments(guarded)).toBe(1);
  });

  test('and refuses everybody else before anything is signed', async () => {
    const guarded = await image('refused');
    job.sandbox.registry.configure({ authentication: 'basic' });
    const home = job.path('empty-home');
    await mkdir(home, { recursive: true });
    const result = await job.sign(
      await job.workspace(),
      { images: guarded.reference },
      { env: { DOCKER_CONFIG: home, XDG_RUNTIME_DIR: home, REGISTRY_AUTH_FILE: '' } },
    );
    expect(failure(result)).toMatch(/^SERVICE_REFUSED: .*docker login/s);
    expect(job.count('fulcio')).toBe(0);
  });
});

test('a registry that forgets what it acknowledged fails the step, and the bundle is kept', async () => {
  const forgotten = await image('forgotten');
  job.sandbox.misbehave('registry:forgotten-manifest');
  const result = await job.sign(await job.workspace(), { images: forgotten.reference });
  expect(failure(result)).toContain('SERVICE_RESPONSE_INVALID');
  const [subject] = subjectsOf(result);
  expect(JSON.parse(await readFile(subject?.bundle ?? '', 'utf8'))).toHaveProperty('dsseEnvelope');
  expect(result.summary).toContain('❌ Countersign signed 1 image, but 1 of 1 deliveries failed');
  expect(result.summary).toContain('the bundle was not attached');
});

test.each([
  ['ghcr.io/example/app', 'USAGE'],
  ['GHCR.io/Example/app:v1', 'USAGE'],
  ['ghcr.io/example/app:v1%0A::error::x', 'USAGE'],
  ['https://ghcr.io/example/app:v1', 'USAGE'],
])('the name %s is refused', async (name, code) => {
  const result = await job.sign(await job.workspace(), { images: name });
  expect(failure(result)).toContain(code);
  expect(job.count('oidc')).toBe(0);
});
