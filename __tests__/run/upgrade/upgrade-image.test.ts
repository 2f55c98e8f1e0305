/** Upgrading what is attached to images: cosign's older tags, and bundles of earlier versions, in the sandbox's registries. */

import * as files from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { differentPart, upgradeBundle } from '../../../src/core/bundle/index.ts';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { fetchAttached } from '../../../src/fetch/index.ts';
import { upgradeFailure } from '../../../src/report/index.ts';
import { demandUpgraded, type UpgradeRequest, upgradeRun } from '../../../src/run/upgrade/index.ts';
import { verifyRun } from '../../../src/run/verify/index.ts';
import { verifiableImage } from '../../../src/run/verify/verify-image.ts';
import type { Registries } from '../../../src/services/registry/index.ts';
import { olderBundleText } from '../../kit/older-files.ts';
import { registriesFor } from '../../kit/registries.ts';
import { type Image, type OlderLayer, SignedImages } from '../../kit/signed-images.ts';
import { type Expected, Workplace } from '../workplace.ts';

let place: Workplace;
let images: SignedImages;
beforeAll(async () => {
  place = await Workplace.open();
  images = new SignedImages(place.sandbox);
});
afterAll(async () => {
  images[Symbol.dispose]();
  await place[Symbol.asyncDispose]();
});
beforeEach(() => place.reset());

const predicateType = 'https://example.test/v1';
const attest = ({ digest, name }: Image): Promise<OlderLayer> => images.olderAttestation(digest, name, predicateType);
const sign = ({ digest, name }: Image): Promise<OlderLayer> => images.olderSignature(digest, name);

interface Changes extends Partial<Omit<UpgradeRequest, 'policy' | 'trust'>> {
  readonly expected?: Expected;
}

async function upgrade(name: string, { expected, ...changes }: Changes = {}) {
  const world = place.world();
  const { policy, trust } = place.verification([], expected);
  const registries: Registries = registriesFor(world.http);
  const upgradables = [{ kind: 'image', name }] as const;
  const request = { upgradables, policy, trust, registries, recursive: false, dryRun: false, ...changes };
  return upgradeRun(request, world);
}

const attachedTo = (image: Image) => fetchAttached(images.client(image), image);

async function expectVerified(image: Image): Promise<void> {
  const world = place.world();
  const artifact = verifiableImage(image.byDigest, registriesFor(world.http), files);
  const { results } = await verifyRun(place.verification([artifact]), world);
  expect(results.map(({ failure }) => failure)).toEqual(results.map(() => undefined));
}

const upgraded = { kind: 'upgraded' };
const current = { kind: 'current' };
const failed = (code: string) => ({ kind: 'failed', failure: { code } });

describe("cosign's older tags", () => {
  test('an attestation is attached as a bundle that proves the same, once', async () => {
    const image = await images.push();
    await images.tag(image, 'att', [await attest(image)]);
    const [old] = (await attachedTo(image)).bundles;
    const { outcomes } = await upgrade(image.byTag);
    expect(outcomes).toMatchObject([{ ...upgraded, from: old?.place, name: image.byTag }]);
    const { bundles } = await attachedTo(image);
    expect(bundles.map(({ bundle }) => bundle.version).sort()).toEqual(['0.1', '0.3']);
    const newer = bundles.find(({ bundle }) => bundle.version === '0.3');
    if (old === undefined || newer === undefined) throw new Error('not attached');
    expect(differentPart(old.bundle, newer.bundle)).toBeUndefined();
    expect(outcomes).toMatchObject([{ to: newer.place }]);
    await expectVerified(image);

    const requests = place.count('rekor-v1');
    expect((await upgrade(image.byDigest)).outcomes).toMatchObject([current, current]);
    expect(place.count('rekor-v1')).toBe(requests);
    expect((await attachedTo(image)).bundles).toHaveLength(2);
  });

  test('a signature is attached with its document, once', async () => {
    const image = await images.push();
    await images.tag(image, 'sig', [await sign(image), await sign(image)]);
    const { outcomes } = await upgrade(image.byTag);
    expect(outcomes).toMatchObject([upgraded, upgraded]);
    const { bundles } = await attachedTo(image);
    expect(bundles).toHaveLength(4);
    expect(bundles.every(({ document }) => document !== undefined)).toBe(true);
    await expectVerified(image);
    expect((await upgrade(image.byTag)).outcomes).toMatchObject([current, current, current, current]);
    expect((await attachedTo(image)).bundles).toHaveLength(4);
  });

  test('what the policy does not accept is not attached, and harms nothing else', async () => {
    const [image, other] = [await images.push(), await images.push()];
    await images.tag(image, 'att', [await attest(other), await attest(image)]);
    await images.tag(image, 'sig', [await sign(other)]);
    const report = await upgrade(image.byTag);
    expect(report.outcomes).toHaveLength(3);
    expect(report.outcomes).toEqual(
      expect.arrayContaining([
        expect.objectContaining(upgraded),
        expect.objectContaining({ from: expect.stringContaining('.att, layer 1'), kind: 'failed' }),
        expect.objectContaining({ from: expect.stringContaining('.sig, layer 1'), kind: 'failed' }),
      ]),
    );
    expect(upgradeFailure(report)).toMatchObject({ code: 'ARTIFACT_MISMATCH' });
    expect(() => demandUpgraded(report)).toThrow('2 of 3 signatures could not be upgraded');
    expect((await attachedTo(image)).bundles).toHaveLength(4);

    const expected = { identity: 'https://example.test/other' };
    const { outcomes } = await upgrade(image.byTag, { expected });
    expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'failed'));
    expect((await attachedTo(image)).bundles).toHaveLength(4);
  });

  test('a layer that cannot be read is reported', async () => {
    const image = await images.push();
    await images.tag(image, 'att', [{ bytes: utf8('{}'), annotations: {} }]);
    const report = await upgrade(image.byTag);
    expect(report.outcomes).toMatchObject([failed('BUNDLE_INVALID')]);
    expect(() => demandUpgraded(report)).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
  });

  test('a dry run attaches nothing', async () => {
    const image = await images.push();
    await images.tag(image, 'att', [await attest(image)]);
    await images.tag(image, 'sig', [await sign(image)]);
    const { outcomes } = await upgrade(image.byTag, { dryRun: true });
    const to = `a referrer of ${image.name}@${formatDigest(image.digest)}`;
    expect(outcomes).toMatchObject([
      { ...upgraded, to },
      { ...upgraded, to },
    ]);
    expect((await attachedTo(image)).bundles).toHaveLength(2);
  });
});

describe('bundles of earlier versions', () => {
  test.each(['0.1', '0.2'] as const)('one of version %s is attached as version 0.3', async (version) => {
    const image = await images.push();
    await images.attach(image, utf8(olderBundleText(await images.sign(image), { version: '0.2' })));
    if (version === '0.1') await images.tag(image, 'att', [await attest(image)]);
    const { outcomes } = await upgrade(image.byDigest);
    expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'upgraded'));
    await expectVerified(image);
    const again = await upgrade(image.byDigest);
    expect(again.outcomes.map(({ kind }) => kind)).toEqual(again.outcomes.map(() => 'current'));
  });

  test('a bundle of version 0.3 stays as it is', async () => {
    const image = await images.push();
    await images.attach(image, await images.sign(image));
    expect((await upgrade(image.byTag)).outcomes).toMatchObject([current]);
  });

  test('a broken bundle of version 0.3 with the same signature does not count as done', async () => {
    const image = await images.push();
    await images.tag(image, 'att', [await attest(image)]);
    const [old] = (await attachedTo(image)).bundles;
    const [other] = (await images.sign(image)).logEntries;
    if (old === undefined || other === undefined) throw new Error('not signed');
    const logEntries = old.bundle.logEntries.map((entry) => ({ ...entry, inclusionProof: other.inclusionProof }));
    await images.attach(image, upgradeBundle({ ...old.bundle, logEntries }, undefined));
    const { outcomes } = await upgrade(image.byTag);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['failed', 'upgraded']);
  });
});

test('an image without signatures, and one that does not exist', async () => {
  const image = await images.push();
  expect((await upgrade(image.byTag)).outcomes).toMatchObject([failed('BUNDLE_MISSING')]);
  expect((await upgrade(`${image.name}:missing`)).outcomes).toMatchObject([failed('SUBJECT_MISSING')]);
});

test('a registry that fails in the middle loses nothing: the next run attaches what is missing', async () => {
  const image = await images.push();
  await images.tag(image, 'att', [await attest(image), await attest(image), await attest(image)]);
  const world = place.world();
  let puts = 0;
  const registries = registriesFor((request) => {
    const isPut = request.method === 'PUT' && request.url.pathname.includes('/manifests/');
    if (isPut && ++puts > 1) place.sandbox.misbehave('registry:503');
    return world.http(request);
  });
  const first = await upgrade(image.byTag, { registries });
  expect(first.outcomes.map(({ kind }) => kind)).toEqual(['upgraded', 'failed', 'failed']);
  expect(upgradeFailure(first)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  place.sandbox.behave();
  const second = await upgrade(image.byTag);
  expect(second.outcomes.map(({ kind }) => kind).sort()).toEqual(['current', 'current', 'upgraded', 'upgraded']);
  expect((await attachedTo(image)).bundles).toHaveLength(6);
  await expectVerified(image);
});
