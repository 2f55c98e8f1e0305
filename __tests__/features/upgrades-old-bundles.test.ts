/** Old bundles and layouts are upgraded: to bundles of version 0.3 that prove the same, and that other verifiers accept. */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Bundle, differentPart, readBundle } from '../../src/core/bundle/index.ts';
import { encodeBase64, encodePem } from '../../src/core/encoding/index.ts';
import { readSigningConfig } from '../../src/core/trust/index.ts';
import { fetchAttached } from '../../src/fetch/index.ts';
import { type UpgradeReport, upgradeJson, upgradeText } from '../../src/report/index.ts';
import { signRun } from '../../src/run/sign/index.ts';
import { demandUpgraded, type Upgradable, upgradeRun } from '../../src/run/upgrade/index.ts';
import { certificateOf } from '../kit/instance.ts';
import { judge } from '../kit/judge.ts';
import { cosignBundleText, olderBundleText } from '../kit/older-files.ts';
import { registriesFor } from '../kit/registries.ts';
import { SignedImages } from '../kit/signed-images.ts';
import { Workplace } from '../run/workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const pathOf = (name: string): string => join(place.folder, name);

/** Signs a file with Rekor v1, as clients did when they wrote the older formats, and returns the bundle, which is removed. */
async function sign(name: string): Promise<Bundle> {
  await place.write(name);
  const signingConfig = readSigningConfig(JSON.stringify(place.sandbox.signingConfigBothLogs));
  const instance = { ...place.instance, signingConfig };
  const subjects = { files: [name], checksums: [], digests: [] };
  await signRun(place.request({ instance, subjects, logVersion: 1 }), place.world());
  const bundle = readBundle(await readFile(pathOf(`${name}.sigstore.json`), 'utf8'));
  await rm(pathOf(`${name}.sigstore.json`));
  return bundle;
}

async function upgrade(...upgradables: readonly Upgradable[]): Promise<UpgradeReport> {
  const { policy, trust } = place.verification([]);
  const world = place.world();
  const request = { policy, trust, registries: registriesFor(world.http), recursive: false, dryRun: false };
  return upgradeRun({ upgradables, ...request }, world);
}

const file = (name: string): Upgradable => ({ kind: 'file', name, path: pathOf(name) });

/** Writes a signature in an older format. Returns the parts that the new bundle must have. */
type OldFormat = (name: string, bundle: Bundle) => Promise<Bundle>;

const formats: Readonly<Record<string, OldFormat>> = {
  'bundle of version 0.1 without a proof': async (name, bundle) => {
    await writeFile(pathOf(`${name}.sigstore`), olderBundleText(bundle, { version: '0.1', withoutProof: true }));
    return bundle;
  },
  'bundle of version 0.1': async (name, bundle) => {
    await writeFile(pathOf(`${name}.sigstore.json`), olderBundleText(bundle, { version: '0.1' }));
    return bundle;
  },
  'bundle of version 0.2': async (name, bundle) => {
    await writeFile(pathOf(`${name}.sigstore.json`), olderBundleText(bundle, { version: '0.2' }));
    return bundle;
  },
  "cosign's older bundle": async (name, bundle) => {
    await writeFile(pathOf(`${name}.bundle`), cosignBundleText(bundle));
    return { ...bundle, timestamps: [] };
  },
  'detached signature': async (name, bundle) => {
    const certificate = certificateOf(bundle.signer) ?? new Uint8Array();
    await writeFile(pathOf(`${name}.sig`), encodeBase64(bundle.content.signature));
    await writeFile(pathOf(`${name}.pem`), encodePem('CERTIFICATE', certificate));
    return { ...bundle, timestamps: [] };
  },
};

test.each(Object.entries(formats))('%s: upgraded once, kept, and accepted by sigstore-js', async (_, write) => {
  const expected = await write('app.txt', await sign('app.txt'));
  const before = await place.list();
  const report = await upgrade(file('app.txt'));
  demandUpgraded(report);
  expect(upgradeText(report)).toMatch(/^upgraded: .*\n1 upgraded, 0 up to date, 0 failed\n$/);
  const text = await readFile(pathOf('app.txt.sigstore.json'), 'utf8');
  const newer = readBundle(text);
  expect(newer.version).toBe('0.3');
  // A log answers with a new proof and a new promise. The entry is the same.
  const logEntries = newer.logEntries.map(({ inclusionProof, signedEntryTimestamp }, at) => ({
    ...(expected.logEntries[at] ?? newer.logEntries[0]),
    inclusionProof,
    signedEntryTimestamp,
  }));
  expect(newer).toEqual({ ...expected, logEntries });
  // It demands a timestamp of an authority, which some of the older formats have no place for.
  if (expected.timestamps.length > 0)
    judge(place.sandbox.trustedRoot, JSON.parse(text), await readFile(pathOf('app.txt')));
  const after = await place.list();
  expect(after).toEqual(expect.arrayContaining([...before, 'app.txt.sigstore.json']));

  const again = await upgrade(file('app.txt'));
  expect(again.outcomes).toMatchObject([{ kind: 'current' }]);
  expect(await readFile(pathOf('app.txt.sigstore.json'), 'utf8')).toBe(text);
  expect(await place.list()).toEqual(after);
});

test.each(Object.entries(formats))('%s: not upgraded if the signature is that of another file', async (_, write) => {
  await sign('app.txt');
  await write('app.txt', await sign('other.txt'));
  const before = await place.list();
  const report = await upgrade(file('app.txt'));
  expect(report.outcomes).toMatchObject([{ kind: 'failed' }]);
  expect(() => demandUpgraded(report)).toThrow();
  expect(upgradeJson(report)).toMatchObject({
    failure: { code: expect.stringMatching(/_(?:MISMATCH|INVALID|MISSING)$/) },
  });
  expect(await place.list()).toEqual(before);
});

test("cosign's tags: what is attached under them is attached as referrers, and one failure harms no other", async () => {
  using images = new SignedImages(place.sandbox);
  const image = await images.push();
  await images.tag(image, 'att', [await images.olderAttestation(image.digest, image.name, 'https://example.test/v1')]);
  await images.tag(image, 'sig', [await images.olderSignature(image.digest, image.name)]);
  const report = await upgrade({ kind: 'image', name: `${image.name}:missing` }, { kind: 'image', name: image.byTag });
  expect(report.outcomes.map(({ kind }) => kind)).toEqual(['failed', 'upgraded', 'upgraded']);
  const { bundles } = await fetchAttached(images.client(image), image);
  const old = bundles.filter(({ place: at }) => at.includes(':sha256-'));
  expect(old).toHaveLength(2);
  for (const { bundle, document } of old) {
    const upgraded = bundles.filter(({ place: at }) => !at.includes(':sha256-'));
    expect(
      upgraded.some(
        (one) => differentPart(bundle, one.bundle) === undefined && Boolean(one.document) === Boolean(document),
      ),
    ).toBe(true);
  }
});

test('the report as JSON', async () => {
  const signed = await sign('app.txt');
  await writeFile(pathOf('app.txt.sigstore.json'), olderBundleText(signed, { version: '0.2' }));
  await place.write('unsigned.txt');
  const report = await upgrade(file('app.txt'), file('unsigned.txt'));
  expect(JSON.parse(JSON.stringify(upgradeJson(report)))).toEqual({
    version: 1,
    exitCode: 3,
    failure: { code: 'BUNDLE_MISSING', kind: 'absent', message: expect.any(String), remedy: expect.any(String) },
    dryRun: false,
    warnings: [],
    signatures: [
      {
        name: 'app.txt',
        from: pathOf('app.txt.sigstore.json'),
        result: 'upgraded',
        to: pathOf('app.txt.sigstore.json'),
        kept: pathOf('app.txt.sigstore.json.old'),
        failure: null,
      },
      {
        name: 'unsigned.txt',
        from: null,
        result: 'failed',
        to: null,
        kept: null,
        failure: expect.objectContaining({ code: 'BUNDLE_MISSING' }),
      },
    ],
  });
  expect(upgradeText(report)).toContain('failed: unsigned.txt: BUNDLE_MISSING: ');
});
