/** Has cosign judge what is upgraded: beside its own conversions, as files, and as referrers of images. */

import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { differentPart, readBundle } from '../../src/core/bundle/index.ts';
import { defaultThresholds, exactly } from '../../src/core/policy/index.ts';
import { readTrustedRoot } from '../../src/core/trust/index.ts';
import { demandUpgraded, type Upgradable, type UpgradeRequest, upgradeRun } from '../../src/run/upgrade/index.ts';
import { systemRegistries } from '../../src/run/world/system-registries.ts';
import { systemWorld } from '../../src/run/world/world.ts';
import { olderBundleText } from '../kit/older-files.ts';
import { Court, services } from './kit/court.ts';
import { cosign, identityOptions, imageSigners, succeed } from './kit/image-clients.ts';
import { pushImage, referenceTo } from './kit/images.ts';
import type { Run } from './kit/program.ts';

describe.each(services)('with %s', (which) => {
  let court: Court;
  let folder: string;
  beforeAll(async () => {
    court = await Court.open(which);
    folder = await mkdtemp(court.path('upgrade-'));
  });
  afterAll(() => court[Symbol.asyncDispose]());

  const pathOf = (name: string): string => join(folder, name);
  const bundleAt = async (name: string) => readBundle(await readFile(pathOf(name)));

  async function upgrade(upgradable: Upgradable, changes: Partial<UpgradeRequest> = {}): Promise<void> {
    const { name, issuer } = court.instance.identity('job');
    const trust = readTrustedRoot(await readFile(court.instance.trustedRoot));
    using world = systemWorld();
    const signer = { kind: 'identity', identity: exactly(name), issuer: exactly(issuer), claims: [] } as const;
    const witnesses = { keys: [], threshold: 0 };
    const source = { options: {}, file: undefined };
    const report = await upgradeRun(
      {
        upgradables: [upgradable],
        policy: { signer, content: {}, thresholds: {}, witnesses, warnings: [], source },
        trust: {
          roots: [{ instance: 'sandbox', trust, thresholds: defaultThresholds, sandbox: 'accept' }],
          warnings: [],
        },
        registries: systemRegistries({ images: [], account: undefined, environment: {} }, world),
        recursive: false,
        dryRun: false,
        ...changes,
      },
      world,
    );
    demandUpgraded(report);
  }

  const file = (name: string): Upgradable => ({ kind: 'file', name, path: pathOf(name) });

  async function sign(name: string, ...options: readonly string[]): Promise<void> {
    await writeFile(pathOf(name), `contents of ${name}`);
    const { instance } = court;
    const token = ['--identity-token', await instance.token('job'), '--trusted-root', instance.trustedRoot];
    await succeed(cosign(court, ['sign-blob', '--yes', ...token, ...options, pathOf(name)]));
  }

  const older = () => [
    ...['--new-bundle-format=false', '--use-signing-config=false'],
    ...['--fulcio-url', court.instance.setting('FULCIO_URL'), '--rekor-url', court.instance.setting('REKOR1_URL')],
  ];

  function verify(bundle: string, name: string): Promise<Run> {
    const trust = ['--trusted-root', court.instance.trustedRoot];
    const identity = identityOptions(court.instance.identity('job'));
    return cosign(court, ['verify-blob', ...trust, ...identity, '--bundle', pathOf(bundle), pathOf(name)]);
  }

  async function expectAccepted(name: string): Promise<void> {
    expect(await verify(`${name}.sigstore.json`, name)).toMatchObject({ code: 0 });
    await writeFile(pathOf('other'), 'other contents');
    expect((await verify(`${name}.sigstore.json`, 'other')).code).not.toBe(0);
  }

  test('cosign accepts what its older bundle is upgraded to', async () => {
    await sign('older.txt', ...older(), '--bundle', pathOf('older.txt.bundle'));
    await upgrade(file('older.txt'));
    await expectAccepted('older.txt');
  });

  test('cosign accepts what a detached signature is upgraded to', async () => {
    const outputs = [
      '--output-signature',
      pathOf('detached.txt.sig'),
      '--output-certificate',
      pathOf('detached.txt.pem'),
    ];
    await sign('detached.txt', ...older(), ...outputs);
    await upgrade(file('detached.txt'));
    await expectAccepted('detached.txt');
  });

  test('cosign upgrades a bundle to the same as Countersign', async () => {
    await sign('promise.txt', '--signing-config', court.instance.signingConfig(1), '--bundle', pathOf('signed.json'));
    const signed = await bundleAt('signed.json');
    const old = olderBundleText(signed, { version: '0.1', withoutProof: true });
    await writeFile(pathOf('promise.txt.bundle'), old);
    await upgrade(file('promise.txt'));
    await expectAccepted('promise.txt');
    const out = ['--out', pathOf('cosign.json'), '--rekor-url', court.instance.setting('REKOR1_URL')];
    await succeed(cosign(court, ['bundle', 'upgrade', ...out, pathOf('promise.txt.bundle')]));
    const [ours, theirs] = [await bundleAt('promise.txt.sigstore.json'), await bundleAt('cosign.json')];
    expect(theirs.version).toBe('0.3');
    expect(differentPart(readBundle(old), ours)).toBeUndefined();
    // cosign takes the promise of the answer too, which the log signs anew each time.
    const promises = ours.logEntries.map(({ signedEntryTimestamp }) => signedEntryTimestamp);
    const logEntries = theirs.logEntries.map((entry, at) => ({ ...entry, signedEntryTimestamp: promises[at] }));
    expect(differentPart(readBundle(old), { ...theirs, logEntries })).toBeUndefined();
  });

  test('cosign verifies an attestation of its older layout as a bundle, and still under its tag', async () => {
    const image = await pushImage(court, 'go-containerregistry');
    await imageSigners.cosign.sign(court, 'older layout', {
      content: 'attestation',
      images: [image],
      recursive: false,
    });
    const verifyAttestation = (...options: readonly string[]): Promise<Run> =>
      cosign(court, [
        ...['verify-attestation', '--type', 'slsaprovenance1', '--trusted-root', court.instance.trustedRoot],
        ...identityOptions(court.instance.identity('job')),
        ...options,
        referenceTo(image),
      ]);
    await upgrade({ kind: 'image', name: referenceTo(image) });
    expect(await verifyAttestation('--new-bundle-format')).toMatchObject({ code: 0 });
    expect(await verifyAttestation('--new-bundle-format=false')).toMatchObject({ code: 0 });
  });

  test('cosign verifies a signature of its older layout as a referrer, and still under its tag', async () => {
    const image = await pushImage(court, 'go-containerregistry');
    await imageSigners.cosign.sign(court, 'older layout', { content: 'signature', images: [image], recursive: false });
    const verifyImage = (...options: readonly string[]): Promise<Run> =>
      cosign(court, [
        ...['verify', '--new-bundle-format=false', '--trusted-root', court.instance.trustedRoot],
        ...identityOptions(court.instance.identity('job')),
        ...options,
        referenceTo(image),
      ]);
    expect((await verifyImage('--experimental-oci11')).code).toBe(0);
    await upgrade({ kind: 'image', name: referenceTo(image) });
    expect(await verifyImage('--experimental-oci11')).toMatchObject({ code: 0 });
    expect(await verifyImage()).toMatchObject({ code: 0 });
  });
});
