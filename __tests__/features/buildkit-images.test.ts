/** FEATURES.md, C7: BuildKit's attestation manifests are signed, and images are verified by them from the tag or the index. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { formatDigest } from '../../src/core/crypto/index.ts';
import { Job, lastStep, signer } from '../action/job.ts';
import { countersign, type Run } from '../cli/command.ts';
import { type BuiltImage, buildKitTypes, digestOf, document, multiPlatform } from '../kit/image-layout.ts';
import { pushBuilt } from '../kit/registries.ts';

let job: Job;
let cwd: string;
let built: ReturnType<typeof multiPlatform>;
let repository: string;
/** The same index with another digest, which nobody signs: its platforms and attestation manifests are those that are signed. */
let unsigned: string;
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace();
  built = multiPlatform(randomUUID());
  repository = `${job.sandbox.registry.host}/example/${randomUUID()}`;
  unsigned = `${repository}:copy`;
  await push(built, 'v1');
  await pushCopy('copy', (manifests) => manifests);
  const { conclusion } = await job.sign(cwd, { images: `${repository}:v1`, 'sign-attestations': 'true' });
  expect(conclusion).toBe('success');
});
afterAll(() => job[Symbol.asyncDispose]());

async function push(image: BuiltImage, tag: string): Promise<void> {
  await pushBuilt(job.registries, repository, image, tag);
}

type Entry = Readonly<Record<string, unknown>>;

/** Pushes an index with changed entries. */
async function pushCopy(tag: string, change: (manifests: readonly Entry[]) => readonly Entry[]): Promise<void> {
  const { manifests, ...rest }: { manifests: readonly Entry[]; mediaType: string } = JSON.parse(String(built.bytes));
  const copy = document({ ...rest, ...{ manifests: change(manifests), annotations: { tag } } });
  await push({ ...copy, digest: digestOf(copy.bytes), blobs: [copy] }, tag);
}

function verify(...args: readonly string[]): Promise<Run> {
  const trust = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  const who = ['--certificate-identity', signer, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  return countersign(job, ['verify', ...args, ...trust, ...who], { cwd });
}

const platformReference = (at: number): string => {
  const image = built.manifests[at];
  if (image === undefined) throw new Error('a platform was wanted');
  return `${repository}@${formatDigest(image.digest)}`;
};

test('the command verifies an index by the attestation manifests of all platforms', async () => {
  const { code, stdout } = await verify(unsigned);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Verified .*: signed by /) });
  expect(stdout).toMatch(/^ {2}linux\/amd64 \(sha256:.*\), by the attestation manifest sha256:/m);
  expect(stdout).toMatch(/^ {2}linux\/arm64\/v8 \(sha256:.*\), by the attestation manifest sha256:/m);
  for (const type of buildKitTypes) expect(await verify(unsigned, '--predicate-type', type)).toMatchObject({ code: 0 });
  expect(await verify(unsigned, '--predicate-type', 'https://slsa.dev/provenance/v0.2')).toMatchObject({ code: 4 });
});

test('the command verifies one platform, and names what to deploy', async () => {
  const { code, stdout } = await verify(unsigned, '--platform', 'linux/arm64', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ artifacts: [{ verified: true, reference: platformReference(1) }] });
  const missing = await verify(unsigned, '--platform', 'linux/s390x');
  expect(missing.code).toBe(3);
  expect(missing.stderr).toContain('SUBJECT_MISSING');
  expect(missing.stderr).toContain('it has linux/amd64, linux/arm64/v8');
  expect(missing.stderr).toContain('--platform');
  expect(await verify(job.path('trusted_root.json'), '--platform', 'linux/amd64')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--platform'),
  });
});

test('the command refuses attestation manifests that are swapped, and a platform without one', async () => {
  await pushCopy('swapped', ([amd, arm, amdAttested, armAttested]) => [
    { ...amd },
    { ...arm },
    { ...amdAttested, annotations: armAttested?.annotations },
    { ...armAttested, annotations: amdAttested?.annotations },
  ]);
  expect(await verify(`${repository}:swapped`)).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('ARTIFACT_MISMATCH'),
  });
  await pushCopy('partly', (manifests) => manifests.slice(0, 3));
  expect(await verify(`${repository}:partly`)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('BUNDLE_MISSING'),
  });
  expect(await verify(`${repository}:partly`, '--platform', 'linux/amd64')).toMatchObject({ code: 0 });
});

test('the action verifies an index and one platform, and outputs what to deploy', async () => {
  const verifyWith = async (inputs: Readonly<Record<string, string>>) => {
    const { outputs, conclusion } = lastStep(await job.run(cwd, [job.verifyStep({ images: unsigned, ...inputs })]));
    return { conclusion, image: outputs.get('image') };
  };
  expect(await verifyWith({})).toEqual({
    conclusion: 'success',
    image: expect.stringMatching(/@sha256:[0-9a-f]{64}$/),
  });
  expect(await verifyWith({ platform: 'linux/amd64' })).toEqual({ conclusion: 'success', image: platformReference(0) });
  expect(await verifyWith({ platform: 'linux/s390x' })).toEqual({ conclusion: 'failure', image: '' });
});

test('tree shows the attestation manifests, their statements and the bundles on them', async () => {
  const { code, stdout } = await countersign(job, ['tree', '--recursive', unsigned], { cwd });
  expect(code).toBe(0);
  const [, attested = ''] = stdout.split('attestation manifest of linux/amd64\n');
  for (const type of buildKitTypes) expect(attested).toContain(`   ${type}\n`);
  expect(attested).toContain('https://sigstore.dev/cosign/sign/v1');
});
