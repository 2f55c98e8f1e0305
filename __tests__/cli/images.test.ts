/** `countersign sign --image` and `countersign verify IMAGE`, as somebody types them. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { formatDigest } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import { Job, signer } from '../action/job.ts';
import { sha256Hex } from '../kit/image-layout.ts';
import { clientOf } from '../kit/registries.ts';
import { countersign, type Run, type RunOptions } from './command.ts';

let job: Job;
let cwd: string;
let who: readonly string[];
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace();
  who = ['--certificate-identity', signer, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
});
afterAll(() => job[Symbol.asyncDispose]());
afterEach(() => {
  job.sandbox.behave();
  job.sandbox.registry.configure({ authentication: 'none' });
});

const image = (name: string, ...tags: readonly string[]) => job.image(name, ...tags);

const trusted = (): readonly string[] => ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];

function sign(args: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> {
  const { requestUrl, requestToken } = job.sandbox.jobTokens;
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken };
  const config = ['--signing-config', job.path('rekor-v2.json'), '--retry-budget', '0s'];
  return countersign(job, ['sign', ...args, ...trusted(), ...config], {
    cwd,
    ...options,
    env: { ...env, ...options.env },
  });
}

const verify = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> =>
  countersign(job, ['verify', ...args, ...trusted(), ...who], { cwd, ...options });

/** Names the provider of the token. */
const detected = 'Identity token: GitHub Actions\n';

const escaped = (text: string): string => text.replace(/[.()/]/g, '\\$&');

test('an image is signed, attached and verified, and what to deploy is said', async () => {
  const { repository, reference, digest } = await image('app', 'v1');
  const signed = await sign(['--image', `${repository}:v1`, '--json']);
  expect(signed).toMatchObject({ code: 0, stderr: detected });
  expect(JSON.parse(signed.stdout).subjects).toMatchObject([
    { name: repository, attached: expect.stringMatching(/@sha256:[0-9a-f]{64}$/), identity: signer },
  ]);
  for (const name of [`${repository}:v1`, reference, `oci://${repository}:v1`]) {
    const verified = await verify([name]);
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    const shown = name === reference ? '' : ` (${reference})`;
    expect(verified.stdout).toMatch(new RegExp(`^Verified ${escaped(`${name}${shown}`)}: signed by [^\n]+\n$`));
  }
  const json = JSON.parse((await verify([`${repository}:v1`, '--json'])).stdout);
  expect(json).toMatchObject({
    verified: true,
    artifacts: [{ artifact: `${repository}:v1`, reference, digest: expect.stringMatching(/^sha256:/), verified: true }],
  });
  expect((await clientOf(job.registries, repository).referrers(digest)).descriptors).toHaveLength(1);
});

test('with --no-push-to-registry the registry is left as it is, and the bundle verifies the image by its path', async () => {
  const { reference, digest, repository } = await image('kept');
  const bundle = join(cwd, 'kept.sigstore.json');
  const signed = await sign(['--image', reference, '--no-push-to-registry', '--bundle', bundle]);
  expect(signed).toMatchObject({ code: 0, stderr: detected });
  expect((await clientOf(job.registries, repository).referrers(digest)).descriptors).toEqual([]);
  expect(await verify([reference])).toMatchObject({ code: 3, stderr: expect.stringContaining('BUNDLE_MISSING') });
  job.forget();
  expect(await verify([reference, '--bundle', bundle])).toMatchObject({ code: 0, stderr: '' });
  expect(job.count('registry')).toBe(0);
});

test('files and images are verified in one run', async () => {
  await writeFile(join(cwd, 'file.txt'), 'contents');
  const { reference } = await image('mixed');
  expect(await sign(['file.txt', '--image', reference])).toMatchObject({ code: 0 });
  expect(await verify(['file.txt', reference])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('2 artifacts verified'),
  });
});

test('COSIGN_REPOSITORY names the repository of the bundles, for signing as for verifying', async () => {
  const { reference } = await image('elsewhere');
  const env = { COSIGN_REPOSITORY: `${job.sandbox.registry.host}/example/signatures` };
  expect(await sign(['--image', reference], { env })).toMatchObject({ code: 0, stderr: detected });
  const verified = await verify([reference, '--verbose'], { env });
  expect(verified).toMatchObject({ code: 0, stderr: '' });
  expect(verified.stdout).toContain(`  bundle ${env.COSIGN_REPOSITORY}@sha256:`);
  expect(await verify([reference])).toMatchObject({ code: 3, stderr: expect.stringContaining('BUNDLE_MISSING') });
  const wrong = await verify([reference], { env: { COSIGN_REPOSITORY: 'a b' } });
  expect(wrong).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('the environment variable COSIGN_REPOSITORY'),
  });
});

test('a folder that is an image layout is verified by what is in it', async () => {
  const { reference, digest, bytes } = await image('saved');
  const path = join(cwd, 'saved.sigstore.json');
  expect(await sign(['--image', reference, '--no-push-to-registry', '--bundle', path])).toMatchObject({ code: 0 });
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const blobs = join(cwd, 'saved/blobs/sha256');
  await mkdir(blobs, { recursive: true });
  const store = async (content: Uint8Array) => {
    const hex = sha256Hex(content);
    await writeFile(join(blobs, hex), content);
    return { digest: `sha256:${hex}`, size: content.length };
  };
  const bundle = await store(await readFile(path));
  const subject = { mediaType, ...(await store(bytes)) };
  const layers = [{ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', ...bundle }];
  const referrer = utf8(JSON.stringify({ schemaVersion: 2, mediaType, config: {}, layers, subject }));
  const manifests = [subject, { mediaType, ...(await store(referrer)) }];
  await writeFile(join(cwd, 'saved/oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  await writeFile(join(cwd, 'saved/index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  job.forget();
  for (const name of ['saved', './saved', 'oci:saved']) {
    const verified = await verify([name]);
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toContain(formatDigest(digest));
  }
  expect(job.count('registry')).toBe(0);
  await writeFile(join(blobs, bundle.digest.slice('sha256:'.length)), '{}');
  expect(await verify(['saved'])).toMatchObject({ code: 5, stderr: expect.stringContaining('IMAGE_INVALID') });
});

describe('what is no image', () => {
  test.each([
    ['a file that is not there', 'nothing.tgz', 3, 'SUBJECT_UNREADABLE'],
    ['a path that is not there', './nothing:v1', 3, 'SUBJECT_UNREADABLE'],
    ['a folder', '.', 3, 'SUBJECT_UNREADABLE'],
    ['a name without tag and digest', 'oci://ghcr.io/example/app', 2, 'USAGE'],
    ['a name with capitals', 'oci://ghcr.io/Example/app:v1', 2, 'USAGE'],
    ['the same without oci://', 'ghcr.io/Example/app:v1', 2, 'it contains upper-case letters'],
    ['a name that begins like one', 'ghcr.io/example/app', 2, 'has neither a tag nor a digest'],
    ['a file in a folder like a host', 'build.d/app.tgz', 3, 'SUBJECT_UNREADABLE'],
    ['a path that is marked', 'oci://./image', 2, 'USAGE'],
  ])('%s', async (_, name, code, error) => {
    expect(await verify([name])).toMatchObject({ code, stderr: expect.stringContaining(error) });
  });

  test('a file that is called like an image, and has a bundle, says nothing about that image', async () => {
    const { reference, repository } = await image('unsigned', 'v1');
    const named = [reference, `${repository}:v1`, `oci://${repository}:v1`, `sha256:${'0'.repeat(64)}`];
    for (const name of named) {
      await mkdir(dirname(join(cwd, name)), { recursive: true });
      await writeFile(join(cwd, name), `planted as ${name}`);
      expect(await sign([`./${name}`])).toMatchObject({ code: 0 });
      expect(await verify([`./${name}`])).toMatchObject({ code: 0 });
    }
    const refused = { code: 2, stderr: expect.stringContaining('a file with this name exists') };
    const nothing = { code: 3, stderr: expect.stringContaining('BUNDLE_MISSING') };
    const [byDigest = '', byTag = '', byScheme = '', digest = ''] = named;
    expect(await verify([byDigest])).toMatchObject(refused);
    expect(await verify([byTag])).toMatchObject(refused);
    expect(await verify([digest, '--bundle', `${digest}.sigstore.json`])).toMatchObject(refused);
    expect(await verify([byScheme])).toMatchObject(nothing);
    expect(await verify([`oci://${byDigest}`])).toMatchObject(nothing);
  });
});

describe('a registry that wants to know who asks', () => {
  async function passwordFile(password: string): Promise<string> {
    const path = job.path('password');
    await writeFile(path, `${password}\n`);
    return path;
  }

  test('takes a user name and a password from a file, for signing as for verifying', async () => {
    const { reference } = await image('guarded');
    const { registry } = job.sandbox;
    registry.configure({ authentication: 'bearer', anonymousPull: false });
    const { username, password } = registry.writer;
    const account = ['--registry-username', username, '--registry-password-file', await passwordFile(password)];
    const signed = await sign(['--image', reference, ...account]);
    expect(signed).toMatchObject({ code: 0, stderr: detected });
    expect(await verify([reference, ...account])).toMatchObject({ code: 0, stderr: '' });
    const nobody = await verify([reference]);
    expect(nobody).toMatchObject({ code: 6, stderr: expect.stringContaining('SERVICE_REFUSED') });
    const wrong = [...account.slice(0, 3), await passwordFile('s3cr3t-that-is-wrong')];
    const refused = await verify([reference, ...wrong]);
    expect(refused).toMatchObject({ code: 6, stderr: expect.stringContaining('SERVICE_REFUSED') });
    expect(`${refused.stdout}${refused.stderr}`).not.toContain('s3cr3t');
  });

  test('gets the password only where it is beyond doubt that it is meant', async () => {
    const [one, other] = [await image('one'), `${job.sandbox.registryWithoutReferrers.host}/example/other:v1`];
    const account = ['--registry-username', 'me', '--registry-password-file', await passwordFile('s3cr3t')];
    job.forget();
    expect(await verify([one.reference, other, ...account])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it is ambiguous which one'),
    });
    expect(job.count('registry')).toBe(0);
    const named = [...account, '--registry', job.sandbox.registry.host];
    expect((await verify([one.reference, other, ...named])).stderr).not.toContain('USAGE');
    job.forget();
    expect(await verify([one.reference, ...account, '--registry', 'ghcr.io'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('are for ghcr.io, but no image is in that registry'),
    });
    expect(job.count('registry')).toBe(0);
  });

  test.each([
    ['half of an account', ['--registry-username', 'me']],
    ['the other half', ['--registry-password-file', '/nowhere']],
    ['a file that is not there', ['--registry-username', 'me', '--registry-password-file', '/nowhere']],
  ])('%s is refused', async (_, account) => {
    const { reference } = await image('half');
    expect(await verify([reference, ...account])).toMatchObject({ code: 2, stderr: expect.stringContaining('USAGE') });
  });
});

test('the policy is about images as about files', async () => {
  const { reference } = await image('policy');
  expect(await sign(['--image', reference])).toMatchObject({ code: 0 });
  const run = (...args: readonly string[]) => countersign(job, ['verify', reference, ...trusted(), ...args], { cwd });
  const issuer = ['--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  expect(await run('--repo', exampleJob.repository, ...issuer)).toMatchObject({ code: 0 });
  expect(await run('--repo', 'example-org/other', ...issuer)).toMatchObject({ code: 4 });
  const cosign = ['--predicate-type', 'https://sigstore.dev/cosign/sign/v1'];
  expect(await run('--repo', exampleJob.repository, ...issuer, ...cosign)).toMatchObject({ code: 0 });
  const slsa = ['--predicate-type', 'https://slsa.dev/provenance/v1'];
  expect(await run('--repo', exampleJob.repository, ...issuer, ...slsa)).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('PREDICATE_TYPE_MISMATCH'),
  });
});
