/** Images as BuildKit builds them: cosign signs the attestation manifests, as Docker GitHub Builder has it do, and so do we. */

import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spdxDocument } from '../kit/documents.ts';
import { countersignPath } from './kit/countersign.ts';
import { Court, type Services } from './kit/court.ts';
import { cosign, cosignTree, identityOptions, succeed } from './kit/image-clients.ts';
import {
  type Pushed,
  type PushedIndex,
  pushIndex,
  type RegistryName,
  referenceTo,
  registryNames,
} from './kit/images.ts';
import { type Run, run } from './kit/program.ts';

const places: readonly (readonly [Services, readonly RegistryName[]])[] = [
  ['the sandbox', registryNames.slice(0, 2)],
  ['the real services', registryNames],
];

describe.each(places)('%s', (services, registries) => {
  let court: Court;
  beforeAll(async () => {
    court = await Court.open(services);
  });
  afterAll(() => court[Symbol.asyncDispose]());

  async function signWithCosign(...manifests: readonly Pushed[]): Promise<void> {
    const { instance } = court;
    for (const manifest of manifests) {
      const args = [
        ...['sign', '--yes', '--registry-referrers-mode', 'oci-1-1', '--new-bundle-format'],
        ...['--identity-token', await instance.token('job'), '--trusted-root', instance.trustedRoot],
        ...['--signing-config', instance.signingConfig(2), referenceTo(manifest)],
      ];
      await succeed(cosign(court, args, { COSIGN_EXPERIMENTAL: '1' }));
    }
  }

  async function countersign(args: readonly string[]): Promise<Run> {
    const { instance } = court;
    const home = await mkdtemp(court.path('countersign-'));
    const token = join(home, 'token');
    await writeFile(token, await instance.token('job'));
    const sign = ['--identity-token', token, '--signing-config', instance.signingConfig(2)];
    const all = [
      ...args,
      ...['--instance', instance.name, '--trusted-root', instance.trustedRoot],
      ...(args[0] === 'sign' ? sign : identityOptions(instance.identity('job'))),
    ];
    return run(process.execPath, [countersignPath, ...all], { cwd: home, env: { HOME: home } });
  }

  async function expectExit(code: number, ...args: readonly string[]): Promise<Run> {
    const done = await countersign(args);
    expect({ code: done.code, output: done.code === code ? '' : `${done.stdout}${done.stderr}` }).toEqual({
      code,
      output: '',
    });
    return done;
  }

  describe.each(registries)('%s', (registry) => {
    test('cosign verifies provenance of the index and its platforms, and the SBOM of each platform', async () => {
      const index = await pushIndex(court, registry);
      const folder = await mkdtemp(court.path('sboms-'));
      const sboms = await Promise.all(
        index.platforms.map(async ({ digest }, at) => {
          const path = join(folder, `${at}.json`);
          const checksumValue = digest.slice('sha256:'.length);
          await writeFile(path, JSON.stringify(spdxDocument([{ algorithm: 'SHA256', checksumValue }])));
          return ['--attest', `sbom=${path}`];
        }),
      );
      const attest = ['--attest', 'provenance', ...sboms.flat()];
      await expectExit(0, 'sign', '--image', referenceTo(index), '--recursive', ...attest);
      const verify = async (image: Pushed, type: string): Promise<Run> => {
        const { trustedRoot } = court.instance;
        const args = ['verify-attestation', '--type', type, '--trusted-root', trustedRoot];
        const from = identityOptions(court.instance.identity('job'));
        return cosign(court, [...args, ...from, referenceTo(image)]);
      };
      const sbom = 'https://spdx.dev/Document/v2.3';
      for (const image of [index, ...index.platforms]) {
        await succeed(verify(image, 'slsaprovenance1'));
        if (image !== index) await succeed(verify(image, sbom));
        else
          expect((await verify(image, sbom)).stderr).toContain('none of the attestations matched the predicate type');
        expect(await cosignTree(court, image)).toContain('artifacts via OCI referrer');
      }
    });

    test('what cosign signs is verified from the tag, for all platforms and for one', async () => {
      const index = await pushIndex(court, registry);
      const tag = `${index.repository}:v1`;
      const [first] = index.attestations;
      if (first === undefined) throw new Error('an attestation manifest was wanted');
      await expectExit(3, 'verify', tag);
      await signWithCosign(first);
      await expectExit(3, 'verify', tag);
      await expectExit(0, 'verify', tag, '--platform', 'linux/amd64');
      await signWithCosign(...index.attestations.slice(1));
      for (const type of ['https://slsa.dev/provenance/v1', 'https://spdx.dev/Document'])
        await expectExit(0, 'verify', tag, '--predicate-type', type);
      await expectExit(4, 'verify', tag, '--predicate-type', 'https://sigstore.dev/cosign/sign/v1');
      const { stdout } = await expectExit(0, 'verify', tag, '--platform', 'linux/arm64', '--json');
      const { artifacts } = JSON.parse(stdout);
      expect(artifacts).toMatchObject([
        {
          reference: referenceTo(index.platforms[1] ?? index),
          results: [{ part: { platform: 'linux/arm64/v8', attestationManifest: index.attestations[1]?.digest } }],
        },
      ]);
      await expectExit(3, 'verify', tag, '--platform', 'linux/s390x');
    });

    test('what we sign in place is verified by cosign, as Docker does, and listed', async () => {
      const index: PushedIndex = await pushIndex(court, registry);
      await expectExit(0, 'sign', '--image', `${index.repository}:v1`, '--sign-attestations');
      for (const attestation of index.attestations) {
        const trust = ['--trusted-root', court.instance.trustedRoot];
        const identity = identityOptions(court.instance.identity('job'));
        const args = ['verify', '--experimental-oci11', '--new-bundle-format', ...trust, ...identity];
        await succeed(cosign(court, [...args, referenceTo(attestation)], { COSIGN_EXPERIMENTAL: '1' }));
        expect(await cosignTree(court, attestation)).toContain('artifacts via OCI referrer');
      }
      await expectExit(0, 'verify', `${index.repository}:v1`);
    });
  });
});
