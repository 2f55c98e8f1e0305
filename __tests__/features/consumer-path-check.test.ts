/** B5: a release is checked as its users get it: each asset from its public address, verified by the policy and the attached bundles alone. */

import { createHash } from 'node:crypto';
import * as files from 'node:fs/promises';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fault, type StoredAsset, secondaryRateLimit } from '../../sandbox/index.ts';
import { maxBundleLength, writeBundle } from '../../src/core/bundle/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import { artifactOutcomes } from '../../src/report/index.ts';
import { loadPolicy, loadTrust } from '../../src/run/policy/index.ts';
import { type CheckedRelease, checkRelease, type ReleaseCheckRequest } from '../../src/run/release-check/index.ts';
import { Instance, identity, issuer, now } from '../kit/instance.ts';
import { ReleasePlace } from '../kit/release-place.ts';
import { failure } from '../services/loopback.ts';

let place: ReleasePlace;
let instance: Instance;
beforeEach(async () => {
  place = await ReleasePlace.open();
  instance = new Instance();
  await writeFile(join(place.folder, 'root.json'), JSON.stringify(instance.trustedRoot()));
});
afterEach(() => place[Symbol.asyncDispose]());

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
function bundleOf(text: string, signer = identity): string {
  const bundle = instance.sign({
    signed: utf8(text),
    leaf: {
      subjectAlternativeNames: { critical: false, names: [{ kind: 'uniformResourceIdentifier', value: signer }] },
    },
  });
  if (bundle.content.kind !== 'message-signature') throw new Error('not a signature');
  return writeBundle({ ...bundle, content: { ...bundle.content, messageDigest: digest('sha256', utf8(text)) } });
}
const signed = (name: string): Record<string, string> => ({ [name]: name, [`${name}.sigstore.json`]: bundleOf(name) });
/** Attaches files to the draft, and publishes it. */
async function release(contents: Readonly<Record<string, string>>, publish = true): Promise<void> {
  const written = await place.write(Object.keys(contents), (name) => contents[name] ?? '');
  await place.attach(written, { publish });
}

function asset(name: string): StoredAsset {
  const found = place.stored[0]?.assets.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no asset ${name}`);
  return found;
}

async function check(request: Partial<ReleaseCheckRequest> = {}, releases = place.releases()): Promise<CheckedRelease> {
  const world = {
    files,
    clock: () => now,
    cancellation: new AbortController().signal,
    random: (length: number) => new Uint8Array(length),
    http: () => Promise.reject(new Error('asked the network')),
  };
  const trustedRoot = join(place.folder, 'root.json');
  const given = { certificateIdentity: identity, certificateOidcIssuer: issuer };
  return checkRelease(
    {
      repository: 'octo/app',
      target: { kind: 'tag', tag: 'v1' },
      expected: new Map(),
      only: false,
      policy: await loadPolicy(given, world),
      trust: await loadTrust({ name: 'sandbox', purpose: 'verify', trustedRoot }, world),
      concurrency: 2,
      ...request,
    },
    releases,
    place.folder,
    world,
  );
}

/** Returns `verified` or the code of the failure for each artifact. */
function outcomes({ report }: CheckedRelease): Readonly<Record<string, string>> {
  return Object.fromEntries(
    artifactOutcomes(report).map(({ artifact, failure: found }) => [artifact, found?.code ?? 'verified']),
  );
}

test('a published release is verified without a token', async () => {
  await release({ ...signed('a'), ...signed('b') });
  const before = place.sandbox.requests.length;
  const result = await check();
  expect([outcomes(result), result.access]).toEqual([{ a: 'verified', b: 'verified' }, 'anonymous']);
  const downloads = place.sandbox.requests
    .slice(before)
    .filter(({ path }) => /\/releases\/download\/|\/release-assets\//.test(path));
  expect(downloads.filter(({ path }) => path.includes('/releases/download/'))).toHaveLength(4);
  expect(place.sent.filter((line) => line.includes('/releases/assets/'))).toEqual([]);
  for (const download of downloads) expect(Buffer.from(download.content() ?? []).toString()).toMatch(/^host$/im);
  for (const download of downloads)
    expect(Buffer.from(download.content() ?? []).toString()).not.toMatch(/authorization/i);
  expect((await readdir(place.folder)).filter((name) => name.startsWith('countersign-release-'))).toEqual([]);
});

test('a draft is verified with the token, and says so', async () => {
  await release(signed('a'), false);
  const id = place.stored[0]?.id ?? 0;
  const result = await check({ target: { kind: 'id', id } });
  expect([outcomes(result), result.access]).toEqual([{ a: 'verified' }, 'token']);
});

test('a release that does not exist is an error', async () => {
  expect((await failure(check())).code).toBe('RELEASE_MISSING');
});

describe('the check fails if', () => {
  test('an asset was swapped for another, as GitHub lists it', async () => {
    await release({ ...signed('a'), a: 'other' });
    expect(outcomes(await check())).toEqual({ a: 'ARTIFACT_MISMATCH' });
  });

  test('an asset is not what GitHub lists', async () => {
    await release({ ...signed('a'), ...signed('b') });
    place.sandbox.github.releases.replaceContent(asset('a'), utf8('A'));
    expect(outcomes(await check())).toMatchObject({ a: 'RELEASE_ASSET_DIFFERS', b: 'verified' });
  });

  test('an asset and its bundle are not those that were uploaded', async () => {
    await release(signed('a'));
    expect(outcomes(await check({ expected: new Map([['a', digestOf('b')]]) }))).toMatchObject({
      a: 'RELEASE_ASSET_DIFFERS',
    });
  });

  test('a bundle is missing', async () => {
    await release({ ...signed('a'), b: 'b', ...signed('c') });
    expect(outcomes(await check())).toEqual({ a: 'verified', b: 'BUNDLE_MISSING', c: 'verified' });
  });

  test('a bundle was signed by another repository', async () => {
    const other = identity.replace('example-org/', 'other-org/');
    await release({ a: 'a', 'a.sigstore.json': bundleOf('a', other) });
    expect(outcomes(await check())).toEqual({ a: 'IDENTITY_MISMATCH' });
  });

  test('an asset was deleted or renamed', async () => {
    const { a: _, ...rest } = signed('a');
    await release({ ...rest, renamed: 'a' });
    const expected = new Map([['a', undefined]]);
    expect(outcomes(await check({ expected }))).toEqual({ renamed: 'verified', a: 'SUBJECT_MISSING' });
    expect(outcomes(await check({ expected, only: true }))).toMatchObject({ renamed: 'RELEASE_ASSET_DIFFERS' });
  });

  test('a bundle is about no asset', async () => {
    await release({ ...signed('a'), 'b.sigstore.json': bundleOf('b') });
    expect(outcomes(await check())).toEqual({ a: 'verified', 'b.sigstore.json': 'ARTIFACT_MISMATCH' });
  });

  test('an upload has not ended', async () => {
    await release(signed('a'), false);
    const id = place.stored[0]?.id ?? 0;
    const url = new URL(`http://localhost/repos/octo/app/releases/${id}/assets?name=b`);
    place.sandbox.github.releases.interruptUpload(url);
    expect(outcomes(await check({ target: { kind: 'id', id } }))).toEqual({ a: 'verified', b: 'SUBJECT_MISSING' });
  });

  test('two assets are listed with one name', async () => {
    await release(signed('a'));
    const releases = place.releases();
    const [found] = await releases.list('octo/app');
    const assets = found === undefined ? [] : await releases.assetsOf(found);
    const twice = Object.assign(place.releases(), { assetsOf: async () => [...assets, ...assets] });
    expect((await failure(check({}, twice))).code).toBe('SERVICE_RESPONSE_INVALID');
  });

  test('two assets have names that differ only in case', async () => {
    await release({ ...signed('a'), ...signed('A') });
    expect((await failure(check())).code).toBe('SERVICE_RESPONSE_INVALID');
  });

  test.each(['../a', '.a', 'a/b', 'a\\b', ''])('an asset is named %j', async (name) => {
    await release(signed('a'));
    const releases = place.releases();
    const [found] = await releases.list('octo/app');
    const assets = found === undefined ? [] : await releases.assetsOf(found);
    const renamed = assets.map((one) => (one.name === 'a' ? { ...one, name } : one));
    const hostile = Object.assign(place.releases(), { assetsOf: async () => renamed });
    expect(outcomes(await check({}, hostile))).toMatchObject({ [name]: 'SERVICE_RESPONSE_INVALID' });
  });

  test('a bundle is too large', async () => {
    await release({ ...signed('a'), 'b.sigstore.json': ' '.repeat(maxBundleLength + 1) });
    expect(outcomes(await check())).toEqual({ a: 'verified', 'b.sigstore.json': 'LIMIT_EXCEEDED' });
  });

  test('the release has bundles only', async () => {
    await release({ 'a.sigstore.json': bundleOf('a') });
    expect(outcomes(await check())).toEqual({ release: 'SUBJECT_MISSING' });
  });
});

test.each([
  ['a failing service', fault.status(503), 'SERVICE_UNAVAILABLE'],
  ['a rate limit', secondaryRateLimit(7200), 'RATE_LIMITED'],
])('%s is told apart from an absent release', async (_, given, code) => {
  await release(signed('a'));
  place.sandbox.faults.set('github', given);
  expect((await failure(check())).code).toBe(code);
});
