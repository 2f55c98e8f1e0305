/** Completing the bundles that are attached to images in the sandbox's registry. */

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Bundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { policyFor } from '../../../src/core/policy/index.ts';
import { artifactOfDigest, verify } from '../../../src/core/verify/index.ts';
import { fetchAttached } from '../../../src/fetch/index.ts';
import type { CompletionReport } from '../../../src/report/index.ts';
import { completeRun } from '../../../src/run/complete/index.ts';
import type { Registries } from '../../../src/services/registry/index.ts';
import { registriesFor } from '../../kit/registries.ts';
import { type Image, SignedImages } from '../../kit/signed-images.ts';
import { Workplace } from '../workplace.ts';

let place: Workplace;
let images: SignedImages;
beforeAll(async () => {
  place = await Workplace.open();
  images = new SignedImages(place.sandbox);
});
afterEach(() => place.reset());
afterAll(async () => {
  images[Symbol.dispose]();
  await place[Symbol.asyncDispose]();
});

function complete(
  names: readonly string[],
  registries: Registries = registriesFor(place.world().http),
): Promise<CompletionReport> {
  const { instance } = place;
  const request = { paths: [], images: { names, registries }, instance, allowPublicLog: false, concurrency: 2 };
  return completeRun(request, place.world());
}

const outcomes = ({ files }: CompletionReport): readonly string[] =>
  files.map((one) => ('error' in one ? one.error.code : one.outcome));
const attachedTo = async (image: Image) => (await fetchAttached(images.client(image), image)).bundles;
const unlogged = async (image: Image, type?: string): Promise<Bundle> => ({
  ...(await images.sign(image, type)),
  logEntries: [],
});

test('a completed bundle is attached once, beside the old one, and a stranger accepts it', async () => {
  const image = await images.push();
  const old = await unlogged(image);
  await images.attach(image, old);
  const first = await complete([image.byTag]);
  expect(first.files).toMatchObject([
    {
      path: expect.stringMatching(/^oci:\/\/.*@sha256:/),
      outcome: 'completed',
      attached: expect.stringContaining(`${image.name}@sha256:`),
      logs: [{ url: place.sandbox.urls.rekor }],
    },
  ]);
  const after = await attachedTo(image);
  expect(after).toHaveLength(2);
  const [fresh] = after.filter(({ bundle }) => bundle.logEntries.length > 0);
  if (fresh === undefined) throw new Error('no bundle with an entry');
  expect({ ...fresh.bundle, logEntries: [] }).toEqual(old);
  const { trust, thresholds, sandbox } = place.instance;
  const anyone = policyFor({ kind: 'identity', identity: 'any', issuer: 'any', claims: [] }, { thresholds, sandbox });
  const verdict = await verify(fresh.bundle, artifactOfDigest(image.digest), trust, anyone, place.clock());
  expect(verdict.logEntries).toHaveLength(1);

  const size = place.sandbox.transparencyLog.size;
  expect(outcomes(await complete([image.byDigest]))).toEqual(['already-complete', 'already-complete']);
  expect(place.sandbox.transparencyLog.size).toBe(size);
  expect(await attachedTo(image)).toHaveLength(2);
});

test('a failure does not affect the other bundles, images and files', async () => {
  const [image, empty] = [await images.push(), await images.push()];
  await images.attach(image, await unlogged(image));
  // About another image: anyone who may push can attach it.
  await images.attach(image, await unlogged(empty));
  await images.attach(image, Buffer.from('{}'));
  await images.tag(image, 'sig', [await images.olderSignature(image.digest, image.name)]);
  const report = await complete([empty.byTag, image.byTag]);
  expect([...outcomes(report)].sort()).toEqual(['ARTIFACT_MISMATCH', 'BUNDLE_INVALID', 'BUNDLE_MISSING', 'completed']);
});

test('a bundle with an entry that is not of its signature does not pass for the completed one', async () => {
  const image = await images.push();
  const [one, other] = [await images.sign(image), await images.sign(image, 'https://example.test/other')];
  await images.attach(image, { ...one, logEntries: [] });
  await images.attach(image, Buffer.from(writeBundle({ ...one, logEntries: other.logEntries })));
  const report = await complete([image.byTag]);
  expect(outcomes(report)).toEqual(['LOG_ENTRY_MISMATCH', 'completed']);
});

test('nothing is logged if the registry does not allow to push', async () => {
  const image = await images.push();
  await images.attach(image, await unlogged(image));
  place.sandbox.registry.configure({ authentication: 'bearer', anonymousPull: true });
  const asked = place.count('rekor-v2');
  expect(outcomes(await complete([image.byTag]))).toEqual(['SERVICE_REFUSED']);
  expect(place.count('rekor-v2')).toBe(asked);
  place.sandbox.registry.configure({ authentication: 'none' });
  expect(outcomes(await complete([image.byTag]))).toEqual(['completed']);
});
