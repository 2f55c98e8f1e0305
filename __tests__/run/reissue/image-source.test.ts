/** Issuing the signatures of images again: what is found in the sandbox's registries, and what is attached there. */

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import { fetchAttached } from '../../../src/fetch/index.ts';
import {
  imageSource,
  type OldPolicy,
  type ReissueMode,
  type ReissueReport,
  reissueRun,
  type Source,
  upgradeOld,
} from '../../../src/run/reissue/index.ts';
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

async function found(source: Source): Promise<readonly string[]> {
  const locations: string[] = [];
  for await (const one of source.signatures())
    locations.push('error' in one ? `${one.origin}: ${one.error.code}` : one.place.location);
  return locations.sort();
}

function sourceOf(...names: readonly string[]): Source {
  const world = place.world();
  return imageSource(names, registriesFor(world.http), world);
}

const old = (): OldPolicy => {
  const { policy, trust } = place.verification([]);
  return { policy, trust, before: undefined, without: { logs: [], authorities: [], keys: [] } };
};

function reissue(source: Source, how: 'sign' | 'upgrade', state: string): Promise<ReissueReport> {
  const world = place.world();
  const mode: ReissueMode =
    how === 'sign'
      ? { kind: 'sign', signing: place.request({}, world), reason: 'the log was compromised' }
      : { kind: 'upgrade', upgrade: upgradeOld(old(), world) };
  const confirm = async () => undefined;
  return reissueRun({ source, old: old(), mode, state: `${place.folder}/${state}`, concurrency: 2, confirm }, world);
}

const attachedTo = (image: Image) => fetchAttached(images.client(image), image);
const attest = async (image: Image): Promise<void> =>
  images.tag(image, 'att', [await images.olderAttestation(image.digest, image.name, 'https://example.test/v1')]);

test('a repository has all tags, and the images that only a tag of cosign names', async () => {
  const [first, second] = [await images.push('owner/several', '1'), await images.push('owner/several', '1')];
  await attest(first);
  await images.attach(second, await images.sign(second));
  const tag = (image: Image) => formatDigest(image.digest).replace(':', '-');
  expect(await found(sourceOf(first.name))).toEqual(
    [`oci://${first.name}:${tag(first)}.att, layer 1`, expect.stringMatching(/^oci:\/\/.*@sha256:[0-9a-f]{64}$/)].map(
      (one) => one,
    ),
  );
  // An image that is named twice is one image.
  expect(await found(sourceOf(second.byTag, second.byDigest))).toHaveLength(1);
  expect(await found(sourceOf(`${first.name}:missing`))).toEqual([`${first.name}:missing: SUBJECT_MISSING`]);
  await expect(found(sourceOf(`${first.name}-missing`))).rejects.toMatchObject({ code: 'SUBJECT_MISSING' });
});

test.each(['sign', 'upgrade'] as const)('%s: a new bundle is attached, and is not issued again itself', async (how) => {
  const image = await images.push();
  await attest(image);
  const source = sourceOf(image.byTag);
  const before = await found(source);
  const report = await reissue(source, how, 'first');
  expect(report.counts).toMatchObject({ [how === 'sign' ? 'reissued' : 'upgraded']: 1, failed: 0 });
  const { bundles } = await attachedTo(image);
  expect(bundles.map(({ bundle }) => bundle.version).sort()).toEqual(['0.1', '0.3']);
  expect(await found(source)).toEqual(before);
  expect((await reissue(source, how, 'first')).counts).toMatchObject({ done: 1, failed: 0 });
  expect((await attachedTo(image)).bundles).toHaveLength(2);
});

test('a bundle that claims to replace what is not there is issued again', async () => {
  const image = await images.push();
  await attest(image);
  const source = sourceOf(image.byTag);
  await reissue(source, 'upgrade', 'state');
  await images.tag(image, 'att', []);
  expect(await found(source)).toEqual([expect.stringMatching(/^oci:\/\/.*@sha256:[0-9a-f]{64}$/)]);
});

test('a bundle of version 0.3, and a signature over a document, are not upgraded', async () => {
  const image = await images.push();
  await images.attach(image, await images.sign(image));
  await images.tag(image, 'sig', [await images.olderSignature(image.digest, image.name)]);
  const { counts } = await reissue(sourceOf(image.byTag), 'upgrade', 'state');
  expect(counts).toMatchObject({ skipped: 2, upgraded: 0, failed: 0 });
});

test('a registry that fails while a bundle is attached loses nothing', async () => {
  const image = await images.push();
  await attest(image);
  const world = place.world();
  const registries = registriesFor((request) => {
    if (request.method === 'PUT') place.sandbox.misbehave('registry:503');
    return world.http(request);
  });
  const failed = await reissue(imageSource([image.byTag], registries, world), 'upgrade', 'state');
  expect(failed.worst).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  place.sandbox.behave();
  const { counts } = await reissue(sourceOf(image.byTag), 'upgrade', 'state');
  expect(counts).toMatchObject({ upgraded: 1, failed: 0 });
  expect((await attachedTo(image)).bundles).toHaveLength(2);
});
