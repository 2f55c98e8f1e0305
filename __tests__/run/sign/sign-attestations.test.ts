/** Signing the attestation manifests that BuildKit makes, in registries and on disk; and what is refused before anything is signed. */

import { randomUUID } from 'node:crypto';
import * as files from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import { imageLines, signingJson, signingSummary } from '../../../src/report/index.ts';
import { attachedIn, deliverRun, registry, signingReport, signRun } from '../../../src/run/sign/index.ts';
import { demandVerified, verifyRun } from '../../../src/run/verify/index.ts';
import { verifiableImages } from '../../../src/run/verify/verify-image.ts';
import {
  attachedAttestation,
  attestationEntry,
  attestationManifest,
  type BuiltImage,
  buildKitStatement,
  digestOf,
  document,
  image,
  index,
  layoutFiles,
  multiPlatform,
  writeFiles,
} from '../../kit/image-layout.ts';
import { attachInto, clientOf, pushBuilt, registriesFor } from '../../kit/registries.ts';
import { type Changes, Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const hosts = (): readonly string[] => [place.sandbox.registry.host, place.sandbox.registryWithoutReferrers.host];

async function push(built: BuiltImage, which = 0): Promise<string> {
  const repository = `${hosts()[which]}/example/${randomUUID()}`;
  await pushBuilt(place.registries, repository, built, 'v1');
  return `${repository}:v1`;
}

async function sign(name: string, { recursive = false, ...changes }: Changes & { readonly recursive?: boolean } = {}) {
  const world = place.world();
  const registries = registriesFor(world.http);
  const images = { named: [name], push: true, recursive, attestations: true, workspace: place.folder, registries };
  const request = place.request({ subjects: { files: [], checksums: [], digests: [] }, images, ...changes }, world);
  const receipt = await signRun(request, world);
  const delivery = { places: request.places, collect: false, deliveries: [registry(images)] };
  const deliveries = await deliverRun(receipt, delivery, world);
  expect(deliveries.failures).toEqual([]);
  return { digests: receipt.signed.map(({ digest }) => formatDigest(digest)), receipt, deliveries };
}

async function verify(name: string, platform?: string): Promise<void> {
  const world = place.world();
  const images = verifiableImages([name], registriesFor(world.http), files, platform);
  demandVerified(await verifyRun(place.verification(images), world));
}

/** The attestation manifests that an index lists. */
function attestationsIn({ bytes }: BuiltImage): readonly string[] {
  const { manifests }: { manifests: readonly { digest: string; annotations?: object }[] } = JSON.parse(String(bytes));
  return manifests.flatMap(({ digest, annotations }) => (annotations === undefined ? [] : digest));
}

describe.each([0, 1])('in registry %i', (which) => {
  test('those that an index lists are signed besides the index, and verify the platforms', async () => {
    const built = multiPlatform(randomUUID());
    const name = await push(built, which);
    const { digests, receipt, deliveries } = await sign(name);
    const attestations = attestationsIn(built);
    expect(attestations).toHaveLength(2);
    expect([...digests].sort()).toEqual([formatDigest(built.digest), ...attestations].sort());
    expect(attachedIn(deliveries).size).toBe(3);
    // Another index of the same images, which nobody signed.
    const copy = document({ ...JSON.parse(String(built.bytes)), annotations: { of: name } });
    const repository = name.slice(0, -':v1'.length);
    await pushBuilt(place.registries, repository, { ...copy, digest: digestOf(copy.bytes), blobs: [copy] }, 'v2');
    await verify(`${repository}:v2`);
    await verify(`${repository}:v2`, 'linux/amd64');
    const report = signingReport(receipt, deliveries, place.folder);
    expect(imageLines(report).split('\n')).toEqual([expect.stringContaining(formatDigest(built.digest))]);
    const about = built.manifests.map(({ digest }) => formatDigest(digest));
    expect(signingJson(report, undefined)).toMatchObject({
      subjects: [
        expect.not.objectContaining({ attests: expect.anything() }),
        { platform: 'linux/amd64', attests: about[0] },
        { platform: 'linux/arm64/v8', attests: about[1] },
      ],
    });
    expect(signingSummary(report)).toContain('attestation manifest for `linux/amd64`');
  });

  test('those that are attached to an image are signed', async () => {
    const app = image([randomUUID()]);
    const name = await push(app, which);
    const built = attachedAttestation(app);
    await attachInto(clientOf(place.registries, name.slice(0, -':v1'.length)), { subject: app, built });
    const { digests } = await sign(name);
    expect([...digests].sort()).toEqual([formatDigest(app.digest), formatDigest(built.digest)].sort());
  });
});

test('with `recursive`, each is signed once', async () => {
  const built = multiPlatform(randomUUID());
  const { digests } = await sign(await push(built), { recursive: true });
  expect(digests).toHaveLength(5);
  expect(new Set(digests).size).toBe(5);
});

test('those of an image on disk are signed', async () => {
  const built = multiPlatform(randomUUID());
  await writeFiles(join(place.folder, 'layout'), layoutFiles([[built, {}]]));
  const { digests } = await sign('./layout');
  expect([...digests].sort()).toEqual([formatDigest(built.digest), ...attestationsIn(built)].sort());
});

describe('nothing is signed', () => {
  const platform = { os: 'linux', architecture: 'amd64' };

  async function expectRefused(name: string, code: string, changes: Changes = {}): Promise<void> {
    await expect(sign(name, changes)).rejects.toMatchObject({ code, remedy: expect.any(String) });
    expect([place.count('rekor-v2'), place.count('fulcio')]).toEqual([0, 0]);
  }

  const refused = async (attested: BuiltImage, app = image([randomUUID()])): Promise<string> =>
    push(
      index([
        [app, { platform }],
        [attested, attestationEntry(app)],
      ]),
    );

  test('if there is no attestation manifest', async () => {
    await expectRefused(await push(image([randomUUID()])), 'SUBJECT_MISSING');
    await expectRefused(await push(index([[image([randomUUID()]), { platform }]])), 'SUBJECT_MISSING');
  });

  test('if one is about another image', async () => {
    const [app, other] = [image([randomUUID()]), image([randomUUID()])];
    await expectRefused(await refused(attestationManifest([buildKitStatement(other)]), app), 'ARTIFACT_MISMATCH');
    const both = [buildKitStatement(app), buildKitStatement(other)];
    await expectRefused(await refused(attestationManifest(both), app), 'ARTIFACT_MISMATCH');
    await expectRefused(await refused(attachedAttestation(app, other), app), 'ARTIFACT_MISMATCH');
    await expectRefused(await refused(attestationManifest([]), app), 'ARTIFACT_MISMATCH');
  });

  test('if one is listed for an image that the index does not list', async () => {
    const [app, other] = [image([randomUUID()]), image([randomUUID()])];
    const stray = attestationManifest([buildKitStatement(other)]);
    const name = await push(
      index([
        [app, { platform }],
        [attestationManifest([buildKitStatement(app)]), attestationEntry(app)],
        [stray, attestationEntry(other)],
      ]),
    );
    await expectRefused(name, 'ARTIFACT_MISMATCH');
  });

  test('if they were to be named in one attestation', async () => {
    await expectRefused(await push(multiPlatform(randomUUID())), 'USAGE', { format: 'attestation' });
  });
});
