/** `countersign deliver`: existing bundles are verified, then delivered, and nothing is signed. */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob, type SandboxRepository } from '../../sandbox/index.ts';
import { fetchAttached } from '../../src/fetch/index.ts';
import { Job, signer } from '../action/job.ts';
import { clientOf, type PushedImage } from '../kit/registries.ts';
import { countersign } from './command.ts';

let job: Job;
let repository: SandboxRepository;
let workspace: string;

beforeAll(async () => {
  job = await Job.start();
  repository = job.sandbox.github.addRepository(exampleJob.repository);
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(async () => {
  workspace = await job.workspace({ 'app.tgz': 'app' });
  expect((await job.sign(workspace, { files: '*.tgz', 'bundle-format': 'attestation' })).conclusion).toBe('success');
  job.forget();
});

let folders = 0;

function deliver(...args: readonly string[]) {
  return deliverFrom(workspace, ['app.tgz'], '--bundle', 'attestation.sigstore.json', ...args);
}

function deliverFrom(cwd: string, files: readonly string[], ...args: readonly string[]) {
  const trusting = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  const expecting = ['--certificate-identity', signer, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  return countersign(job, ['deliver', ...files, ...trusting, ...expecting, '--json', ...args], {
    cwd,
    env: {
      GITHUB_TOKEN: job.sandbox.github.jobToken(repository, { contents: 'write', attestations: 'write' }),
      GITHUB_API_URL: job.sandbox.urls.github,
      GITHUB_REPOSITORY: repository.name,
    },
  });
}

const assetsOf = (tag: string) =>
  job.sandbox.github.releases.of(repository).flatMap((one) => (one.tag === tag ? one.assets : []));

test('what verifies is delivered once, however often it is repeated', async () => {
  for (const outcome of ['delivered', 'present']) {
    const { code, stdout } = await deliver('--to-release', 'v1', '--store-attestations');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      delivered: true,
      exitCode: 0,
      deliveries: [
        { name: 'release', outcome, place: 'v1' },
        { name: 'github-attestations', outcome },
      ],
    });
  }
  expect(assetsOf('v1').map(({ name }) => name)).toEqual(
    expect.arrayContaining(['app.tgz', 'attestation.sigstore.json']),
  );
  expect([assetsOf('v1').length, job.sandbox.github.attestations.all.length]).toEqual([2, 1]);
  expect([job.count('fulcio'), job.count('rekor-v2')]).toEqual([0, 0]);
});

describe('a folder with files and bundles', () => {
  let folder: string;
  let before = 0;
  beforeEach(async () => {
    before = job.sandbox.github.attestations.all.length;
    folder = await job.workspace({ 'a.tgz': `a ${++folders}`, 'b.tgz': `b ${folders}`, 'sub/c.tgz': `c ${folders}` });
  });

  const attest = async (files: string): Promise<string> => {
    const signed = await job.sign(folder, {
      files,
      'bundle-format': 'attestation',
      'bundle-dir': 'bundles',
      overwrite: 'true',
    });
    expect(signed.conclusion).toBe('success');
    const path = join(folder, 'bundles', 'attestation.sigstore.json');
    const text = await readFile(path, 'utf8');
    await rm(join(folder, 'bundles'), { recursive: true });
    return text.trim();
  };

  const stored = () => {
    const { all } = job.sandbox.github.attestations;
    return all.slice(before).map(({ bundle }) => bundle);
  };
  test('is named by a pattern, and its bundles are no artifacts', async () => {
    expect((await job.sign(folder, { files: '*.tgz', 'bundle-format': 'per-file' })).conclusion).toBe('success');
    const tag = `folder-${folders}`;
    const { code } = await deliverFrom(folder, ['*', '!countersign-manifest.json'], '--to-release', tag);
    expect(code).toBe(0);
    expect(
      assetsOf(tag)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['a.tgz', 'a.tgz.sigstore.json', 'b.tgz', 'b.tgz.sigstore.json']);
  });

  test.each([
    ['named', ['--bundle', 'all.jsonl']],
    ['in a folder', ['--bundle-dir', '.']],
  ])(
    'has several bundles in one file, %s: those that verify are delivered, each by itself and once',
    async (_, args) => {
      const [ab, c, other] = [await attest('[ab].tgz'), await attest('sub/c.tgz'), await attest('a.tgz')];
      const broken = other.replace(/"sig":"..../, '"sig":"AAAA');
      await writeFile(join(folder, 'all.jsonl'), [ab, c, ab, broken, ''].join('\n'));
      const tag = `lines-${folders}-${args.length}`;
      for (const outcome of ['delivered', 'present']) {
        const run = await deliverFrom(
          folder,
          ['a.tgz', 'b.tgz', 'sub/*.tgz'],
          ...args,
          '--to-release',
          tag,
          '--store-attestations',
        );
        expect(run.code).toBe(0);
        expect(JSON.parse(run.stdout).deliveries).toMatchObject([
          { name: 'release', outcome },
          { name: 'github-attestations', outcome },
        ]);
      }
      expect(stored()).toEqual([ab, c].map((text) => JSON.parse(text)));
      const names = assetsOf(tag).map(({ name }) => name);
      expect(names.filter((name) => name.endsWith('.tgz')).sort()).toEqual(['a.tgz', 'b.tgz', 'c.tgz']);
      expect(names.filter((name) => /^attestation-\d+\.sigstore\.json$/.test(name))).toHaveLength(2);
      expect(names).toHaveLength(5);
    },
  );
});

test('nothing is delivered if a file does not verify', async () => {
  await writeFile(join(workspace, 'app.tgz'), 'another');
  const { code, stdout } = await deliver('--to-release', 'v2');
  expect(code).not.toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ delivered: false, failure: { code: 'ARTIFACT_MISMATCH' } });
  expect(job.count('github')).toBe(0);
});

test('a destination is required', async () => {
  expect(JSON.parse((await deliver()).stdout)).toMatchObject({
    failure: { code: 'USAGE', remedy: 'Use --to-release, --store-attestations or --to-registry.' },
  });
});

describe('images', () => {
  let image: PushedImage;
  let number = 0;
  beforeEach(async () => {
    image = await job.image(`delivered-${++number}`, 'v1');
    const signing = { images: image.reference, 'push-to-registry': 'false', 'bundle-dir': 'bundles' };
    expect((await job.sign(workspace, signing)).conclusion).toBe('success');
    job.forget();
  });

  const attached = async () => {
    const client = clientOf(job.registries, image.repository);
    return (await fetchAttached(client, { name: client.name, digest: image.digest })).bundles;
  };

  test('get their bundles in the registry, once, and verify there', async () => {
    for (const outcome of ['delivered', 'present']) {
      const run = await deliverFrom(workspace, [`${image.repository}:v1`], '--bundle-dir', 'bundles', '--to-registry');
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(run.stdout).deliveries).toMatchObject([{ name: 'registry', outcome, place: image.repository }]);
    }
    expect(await attached()).toHaveLength(1);
    const trusting = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
    const expecting = ['--certificate-identity', signer, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
    const verified = await countersign(job, ['verify', image.reference, ...trusting, ...expecting], { cwd: workspace });
    expect(verified).toMatchObject({ code: 0 });
    expect([job.count('fulcio'), job.count('rekor-v2')]).toEqual([0, 0]);
  });

  test('are delivered together with files, and each destination gets what is for it', async () => {
    const artifacts = ['app.tgz', `oci://${image.reference}`];
    const bundles = ['--bundle', 'attestation.sigstore.json', '--bundle-dir', 'bundles'];
    const tag = `images-${number}`;
    const run = await deliverFrom(workspace, artifacts, ...bundles, '--to-registry', '--to-release', tag);
    expect(run).toMatchObject({ code: 0 });
    expect(JSON.parse(run.stdout).deliveries).toMatchObject([
      { name: 'registry', outcome: 'delivered' },
      { name: 'release', outcome: 'delivered' },
    ]);
    expect(await attached()).toHaveLength(1);
    const names = assetsOf(tag).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['app.tgz', 'attestation.sigstore.json']));
    expect(names).toHaveLength(3);
  });

  test('whose bundle is about another image get nothing, and neither does anything else', async () => {
    const other = await job.image(`delivered-other-${number}`);
    const artifacts = [image.reference, other.reference];
    const run = await deliverFrom(workspace, artifacts, '--bundle-dir', 'bundles', '--to-registry');
    expect(run.code).not.toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ delivered: false, deliveries: [] });
    expect(await attached()).toEqual([]);
  });

  test.each([
    [['app.tgz'], ['--to-registry', '--bundle', 'attestation.sigstore.json'], '--to-registry is set, but'],
    [['IMAGE'], ['--to-registry'], 'the bundles of the images are not specified'],
  ])('%s with %s', async (names, args, message) => {
    const artifacts = names.map((name) => (name === 'IMAGE' ? image.reference : name));
    expect(JSON.parse((await deliverFrom(workspace, artifacts, ...args)).stdout)).toMatchObject({
      failure: { code: 'USAGE', message: expect.stringContaining(message) },
    });
    expect(await attached()).toEqual([]);
  });
});
