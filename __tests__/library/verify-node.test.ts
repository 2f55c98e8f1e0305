/** The front door of verifying in Node, with real services and files. */

import { createHash } from 'node:crypto';
import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob, exampleRelease } from '../../sandbox/index.ts';
import { artifactOfBytes, exactIdentity, type Policy, verify } from '../../src/core/verify/index.ts';
import { attachToImage, attest, signFile, signImage, storeAttestation, writeBundle } from '../../src/library/sign.ts';
import {
  fetchAttestations,
  loadTrustedRoot,
  readPolicy,
  type VerifyOptions,
  verifyDigest,
  verifyFile,
  verifyImage,
  verifyRelease,
} from '../../src/library/verify-node.ts';
import { Place, person } from './place.ts';

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

let place: Place;
let file: string;
let bundle: string;
let options: VerifyOptions;
let policy: Policy;
beforeAll(async () => {
  place = await Place.open();
  file = await place.write('app.tar.gz', 'app');
  bundle = `${file}.sigstore.json`;
  await writeBundle(bundle, await signFile(file, await place.signing()));
  policy = exactIdentity(person, place.sandbox.urls.personIssuer);
  // Verifying needs no services.
  const { trustedRoot } = place.instance;
  options = { policy, instance: { trustedRoot, sandbox: true }, environment: {} };
});
afterAll(() => place[Symbol.asyncDispose]());

describe('verifyFile', () => {
  test('finds the bundle next to the file', async () => {
    const { digest, verdicts, reference, warnings } = await verifyFile(file, options);
    expect([digest, reference, warnings]).toEqual([sha256('app'), undefined, []]);
    expect(verdicts).toMatchObject([{ signer: { identity: { subjectAlternativeName: person } } }]);
  });

  test('takes bundles by their paths', async () => {
    const moved = await place.write('moved', 'app');
    await expect(verifyFile(moved, options)).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
    expect((await verifyFile(moved, { ...options, bundles: [bundle] })).verdicts).toHaveLength(1);
  });

  test.each([
    [
      'another identity',
      () => ({ policy: exactIdentity('other@example.test', place.sandbox.urls.personIssuer) }),
      'IDENTITY_MISMATCH',
    ],
    [
      'a sandbox that is not said to be one',
      () => ({ instance: { ...place.instance, sandbox: false } }),
      'CERTIFICATE_SANDBOX',
    ],
    ['a root that is none', () => ({ instance: { trustedRoot: '{}' } }), 'TRUSTED_ROOT_INVALID'],
    ['an aborted call', () => ({ signal: AbortSignal.abort() }), 'CANCELLED'],
  ] as const)('refuses %s', async (_, changes, code) => {
    await expect(verifyFile(file, { ...options, ...changes() })).rejects.toMatchObject({ code });
  });

  test('refuses another file', async () => {
    const other = await place.write('other', 'other');
    await expect(verifyFile(other, { ...options, bundles: [bundle] })).rejects.toMatchObject({
      code: 'ARTIFACT_MISMATCH',
    });
  });
});

describe('readPolicy', () => {
  const signer = () =>
    `policy:\n  certificate-identity: ${person}\n  certificate-oidc-issuer: ${place.sandbox.urls.personIssuer}\n`;

  test('the policy of a file holds', async () => {
    const read = await readPolicy(signer());
    expect((await verifyFile(file, { ...options, policy: read })).verdicts).toHaveLength(1);
    const strict = await readPolicy(`${signer()}  log-entries: 2\n`);
    await expect(verifyFile(file, { ...options, policy: strict })).rejects.toMatchObject({ code: 'LOG_ENTRY_MISSING' });
  });

  test('so do the attestations that it requires', async () => {
    const read = await readPolicy(`${signer()}  require-attestation: spdx\n`);
    await expect(verifyFile(file, { ...options, policy: read })).rejects.toMatchObject({ kind: 'absent' });
  });

  test('it has the warnings about what it leaves open', async () => {
    const read = await readPolicy(`policy:\n  certificate-identity: ${person}\n  any-issuer: true\n`);
    expect(read.warnings).toHaveLength(1);
    expect((await verifyFile(file, { ...options, policy: read })).warnings).toEqual(read.warnings);
  });

  test('errors name the place in the file', async () => {
    await expect(readPolicy('policy:\n  nobody: 1\n', { path: 'app.yml' })).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      message: expect.stringContaining('app.yml:2:3'),
    });
  });

  test('a copy of it is refused, since it lacks what the file requires', async () => {
    const copy = { ...(await readPolicy(signer())) };
    await expect(verifyFile(file, { ...options, policy: copy })).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  });
});

describe('verifyDigest', () => {
  test('with a bundle', async () => {
    expect((await verifyDigest(sha256('app'), { ...options, bundles: [bundle] })).digest).toBe(sha256('app'));
    const other = verifyDigest(sha256('other'), { ...options, bundles: [bundle] });
    await expect(other).rejects.toMatchObject({ code: 'ARTIFACT_MISMATCH' });
    await expect(verifyDigest('sha256:1', options)).rejects.toMatchObject({ code: 'DIGEST_INVALID' });
  });

  test("with GitHub's attestation store, from which bundles can be fetched too", async () => {
    const signed = await attest([file], 'provenance', { instance: place.instance, environment: place.job });
    await storeAttestation(signed, { environment: place.job });
    const environment = place.job;
    const ofJob = exactIdentity(`https://github.com/${exampleJob.job_workflow_ref}`, place.sandbox.urls.jobIssuer);
    const stored = { ...options, environment, policy: ofJob, from: `github:${exampleJob.repository}` };
    expect((await verifyDigest(sha256('app'), stored)).verdicts).toHaveLength(1);
    await expect(verifyDigest(sha256('other'), stored)).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
    const fetched = await fetchAttestations(sha256('app'), { environment });
    expect(fetched).toEqual([signed.bundle]);
    expect(await fetchAttestations(sha256('other'), { environment })).toEqual([]);
    const trust = await loadTrustedRoot({ instance: place.instance });
    const [first] = fetched;
    if (first === undefined) throw new Error('nothing was fetched');
    const accepting = { ...ofJob, sandbox: 'accept' } as const;
    await verify(first, artifactOfBytes(Buffer.from('app')), trust, accepting, new Date());
  });
});

describe('verifyImage', () => {
  test('with the bundle that is attached to it', async () => {
    const image = await place.image();
    await expect(verifyImage(image.reference, options)).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
    const signed = await signImage(image.reference, await place.signing());
    await attachToImage(signed.image, signed, { environment: {} });
    const { reference, digest } = await verifyImage(`${image.repository}:v1`, options);
    expect([reference, digest]).toEqual([image.reference, image.reference.split('@')[1]]);
    const other = { ...options, policy: exactIdentity('other@example.test', place.sandbox.urls.personIssuer) };
    await expect(verifyImage(image.reference, other)).rejects.toMatchObject({ code: 'IDENTITY_MISMATCH' });
  });
});

describe('verifyRelease', () => {
  const release = `${exampleRelease.repository}@${exampleRelease.tag}`;
  const { assets } = exampleRelease;

  test('with the attestation in the store, or with one that is here', async () => {
    const { releaseAuthority, github } = place.sandbox;
    const app = place.repository;
    app.addTag(exampleRelease.tag, exampleRelease.commit);
    github.attestations.keep(app, releaseAuthority.attest(exampleRelease));
    const instance = { trustedRoot: releaseAuthority.trustedRoot, sandbox: true };
    const [[name = '', content] = []] = Object.entries(assets);
    const asset = await place.write(name, Buffer.from(content ?? '').toString());
    const whole = await verifyRelease(release, { instance, environment: place.job });
    expect([whole.digest, whole.verdicts[0].content.kind]).toEqual([undefined, 'release']);
    const one = await verifyRelease(release, { instance, environment: place.job, file: asset });
    expect(one.verdicts[0].content.kind).toBe('dsse-envelope');
    const path = await place.write('release.json', JSON.stringify(releaseAuthority.attest(exampleRelease)));
    const offline = { instance, environment: {}, bundles: [path] };
    await verifyRelease(release, offline);
    const other = verifyRelease(`${exampleRelease.repository}@v9`, offline);
    await expect(other).rejects.toMatchObject({ code: 'RELEASE_MISMATCH' });
    await expect(verifyRelease('v9', offline)).rejects.toMatchObject({ code: 'POLICY_INVALID' });
    const changed = await place.write('changed', 'changed');
    await expect(verifyRelease(release, { ...offline, file: changed })).rejects.toMatchObject({ kind: 'mismatch' });
  });
});

describe('loadTrustedRoot', () => {
  test('follows a TUF repository, and keeps what it has fetched in the folder', async () => {
    const tufRoot = await place.write('root.json', place.sandbox.tuf.rootJson);
    const cacheDirectory = await mkdtemp(join(place.folder, 'cache-'));
    const instance = { tufUrl: place.sandbox.urls.tuf, tufRoot };
    await expect(loadTrustedRoot({ instance, cacheDirectory, offline: true })).rejects.toMatchObject({
      kind: 'absent',
    });
    const trust = await loadTrustedRoot({ instance, cacheDirectory });
    expect(trust).toEqual(await loadTrustedRoot({ instance: place.instance }));
    expect(await readdir(cacheDirectory)).not.toEqual([]);
    expect(await loadTrustedRoot({ instance, cacheDirectory, offline: true })).toEqual(trust);
  });

  test('keeps nothing if it must not', async () => {
    const tufRoot = await place.write('root.json', place.sandbox.tuf.rootJson);
    const environment = { XDG_CACHE_HOME: join(place.folder, 'no-cache') };
    await loadTrustedRoot({
      instance: { tufUrl: place.sandbox.urls.tuf, tufRoot },
      cacheDirectory: false,
      environment,
    });
    await expect(readdir(environment.XDG_CACHE_HOME)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('refuses several roots', async () => {
    const line = JSON.stringify(place.sandbox.trustedRoot);
    const several = loadTrustedRoot({ instance: { trustedRoot: `${line}\n${line}` } });
    await expect(several).rejects.toMatchObject({ code: 'USAGE' });
  });
});
