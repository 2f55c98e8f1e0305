/** Signing images in the sandbox's registries: what is signed, what is attached, and what becomes of either where the other fails. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import type { JsonObject } from '../../../src/core/encoding/index.ts';
import { Secret } from '../../../src/node/index.ts';
import type { Deliveries, SigningResult } from '../../../src/run/sign/index.ts';
import { attachedIn, deliverRun, registry, signingReport, signRun } from '../../../src/run/sign/index.ts';
import type { Credential } from '../../../src/services/registry/index.ts';
import { cyclonedxDocument, testResultDocument } from '../../kit/documents.ts';
import { judge } from '../../kit/judge.ts';
import { clientOf, type PushedImage, pushImage, pushIndex, registriesFor } from '../../kit/registries.ts';
import { type Changes, type Settings, Workplace } from '../workplace.ts';

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const none = { files: [], checksums: [], digests: [] };

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const hosts = (): readonly [string, string] => [
  place.sandbox.registry.host,
  place.sandbox.registryWithoutReferrers.host,
];

interface Signed {
  readonly receipt: SigningResult;
  readonly deliveries: Deliveries;
}

interface Options extends Settings {
  readonly recursive?: boolean;
  readonly attestations?: boolean;
  readonly push?: boolean;
  readonly credential?: Credential;
  /** Done between signing and delivering. */
  readonly meanwhile?: () => Promise<unknown>;
}

async function sign(
  named: readonly string[],
  { recursive = false, attestations = false, push = true, credential, meanwhile, ...settings }: Options = {},
  changes: Changes = {},
): Promise<Signed> {
  const world = place.world(settings);
  const own = registriesFor(world.http, credential);
  const request = place.request(
    {
      subjects: none,
      images: { named, push, recursive, attestations, workspace: place.folder, registries: own },
      ...changes,
    },
    world,
  );
  const receipt = await signRun(request, world);
  await meanwhile?.();
  const { places } = request;
  const images = { registries: own, push };
  return {
    receipt,
    deliveries: await deliverRun(receipt, { places, collect: true, deliveries: [registry(images)] }, world),
  };
}

/** The manifests attached to an image, as the registry or the tag lists them, and what is in each. */
async function attachedTo({
  repository,
  digest,
}: PushedImage): Promise<readonly { manifest: JsonObject; bundle: string }[]> {
  const client = clientOf(place.registries, repository);
  const { descriptors } = await client.referrers(digest, bundleType);
  return Promise.all(
    descriptors.map(async (descriptor) => {
      const manifest = JSON.parse(String(Buffer.from((await client.getManifest(descriptor.digest))?.bytes ?? [])));
      const [layer] = manifest.layers;
      const hex = Buffer.from(layer.digest.slice('sha256:'.length), 'hex');
      const blob = await client.getBlob({ ...digest, bytes: hex }, 1024 * 1024);
      return { manifest, bundle: String(Buffer.from(blob ?? [])) };
    }),
  );
}

function statementOf(bundle: string): JsonObject {
  return JSON.parse(Buffer.from(JSON.parse(bundle).dsseEnvelope.payload, 'base64').toString());
}

describe.each([0, 1] as const)('in registry %i', (which) => {
  const repository = (name: string): string => `${hosts()[which]}/example/${name}`;

  test('an image is signed as cosign signs it, and the bundle attached where cosign looks for it', async () => {
    const image = await pushImage(place.registries, repository('app'), 'v1');
    const { receipt, deliveries } = await sign([`${image.repository}:v1`]);
    expect(deliveries.failures).toEqual([]);
    expect(receipt.signed).toMatchObject([
      { subject: { kind: 'image', name: image.repository, origin: `${image.repository}:v1` }, resumed: false },
    ]);
    const [attached, ...others] = await attachedTo(image);
    expect(others).toEqual([]);
    expect(attached?.manifest).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: bundleType,
      config: {
        mediaType: 'application/vnd.oci.empty.v1+json',
        digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
        size: 2,
      },
      layers: [
        {
          mediaType: bundleType,
          digest: expect.stringMatching(/^sha256:/),
          size: Buffer.byteLength(attached?.bundle ?? ''),
        },
      ],
      subject: {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: formatDigest(image.digest),
        size: image.bytes.length,
      },
      annotations: {
        'dev.sigstore.bundle.content': 'dsse-envelope',
        'dev.sigstore.bundle.predicateType': 'https://sigstore.dev/cosign/sign/v1',
        'org.opencontainers.image.created': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    });
    const bundle = attached?.bundle ?? '';
    expect(statementOf(bundle)).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: image.repository, digest: { sha256: formatDigest(image.digest).slice('sha256:'.length) } }],
      predicateType: 'https://sigstore.dev/cosign/sign/v1',
      predicate: {},
    });
    judge(place.sandbox.trustedRoot, JSON.parse(bundle), new Uint8Array());
    expect(bundle).toBe(await readFile(receipt.signed[0]?.bundlePath ?? '', 'utf8'));
  });

  test('the same bundle is attached once, however often a run is repeated', async () => {
    const image = await pushImage(place.registries, repository('again'), 'v1');
    const first = await sign([image.reference]);
    const second = await sign([image.reference]);
    expect(second.receipt.signed).toMatchObject([{ resumed: true }]);
    expect([...attachedIn(second.deliveries).values()]).toEqual([...attachedIn(first.deliveries).values()]);
    expect(await attachedTo(image)).toHaveLength(1);
  });

  test('an index is signed itself, and with recursive each image in it, but for what BuildKit puts beside them', async () => {
    const images = [
      await pushImage(place.registries, repository('many')),
      await pushImage(place.registries, repository('many')),
    ];
    const index = await pushIndex(place.registries, repository('many'), images, 'v1');
    const alone = await sign([`${index.repository}:v1`]);
    expect(alone.receipt.signed.map(({ digest }) => formatDigest(digest))).toEqual([formatDigest(index.digest)]);
    await place.reset();

    const { receipt, deliveries } = await sign([`${index.repository}:v1`], { recursive: true });
    expect(deliveries.failures).toEqual([]);
    const wanted = [index, ...images].map(({ digest }) => formatDigest(digest));
    expect(receipt.signed.map(({ digest }) => formatDigest(digest)).sort()).toEqual([...wanted].sort());
    expect(new Set(receipt.signed.map(({ bundlePath }) => bundlePath)).size).toBe(3);
    for (const image of images) expect(await attachedTo(image)).toHaveLength(1);
    expect(await attachedTo(index)).toHaveLength(2);
    expect(place.count('fulcio')).toBe(1);
  });

  test('an SBOM of each platform is attached to that platform alone, and provenance and tests to all', async () => {
    const images = [
      await pushImage(place.registries, repository('sboms')),
      await pushImage(place.registries, repository('sboms')),
    ];
    const index = await pushIndex(place.registries, repository('sboms'), images, 'v1');
    const attest = ['provenance', 'test-result=tests.json'];
    await writeFile(join(place.folder, 'tests.json'), JSON.stringify(testResultDocument));
    for (const [number, { digest }] of images.entries()) {
      const purl = `pkg:oci/sboms@${encodeURIComponent(formatDigest(digest))}?arch=amd64`;
      await writeFile(join(place.folder, `${number}.json`), JSON.stringify(cyclonedxDocument({ purl })));
      attest.push(`sbom=${number}.json`);
    }
    const named = [`${index.repository}:v1`];
    const { receipt, deliveries } = await sign(named, { recursive: true }, { format: 'attestation', attest });
    expect(deliveries.failures).toEqual([]);
    expect([receipt.signed.length, attachedIn(deliveries).size, place.count('fulcio')]).toEqual([8, 8, 1]);
    const typesOf = async (image: PushedImage): Promise<readonly unknown[]> =>
      (await attachedTo(image)).map(({ bundle }) => statementOf(bundle).predicateType).sort();
    const [sbom, tests, provenance] = [
      'https://cyclonedx.org/bom',
      'https://in-toto.io/attestation/test-result/v0.1',
      'https://slsa.dev/provenance/v1',
    ];
    for (const image of images) expect(await typesOf(image)).toEqual([sbom, tests, provenance]);
    expect(await typesOf(index)).toEqual([tests, provenance]);
    for (const image of images) {
      const all = await attachedTo(image);
      const own = all.map(({ bundle }) => statementOf(bundle)).find(({ predicateType }) => predicateType === sbom);
      expect(own?.subject).toEqual([
        { name: image.repository, digest: { sha256: formatDigest(image.digest).slice(7) } },
      ]);
    }

    // Without `recursive`, neither SBOM is about anything that is signed.
    await expect(sign(named, {}, { format: 'attestation', attest })).rejects.toMatchObject({
      code: 'ARTIFACT_MISMATCH',
      remedy: expect.stringContaining('`recursive`'),
    });
  });

  test('fifty images cost one certificate', async () => {
    const all: PushedImage[] = [];
    for (let number = 0; number < 50; number++)
      all.push(await pushImage(place.registries, repository(`fifty-${number}`)));
    const { receipt, deliveries } = await sign(
      all.map(({ reference }) => reference),
      {},
      { concurrency: 16 },
    );
    expect(deliveries.failures).toEqual([]);
    expect(receipt.format).toBe('per-file');
    expect(attachedIn(deliveries).size).toBe(50);
    expect([place.count('oidc'), place.count('fulcio')]).toEqual([1, 1]);
  });

  test('a tag that leads elsewhere when the bundle is attached fails the run, and nothing is lost', async () => {
    const image = await pushImage(place.registries, repository('moved'), 'v1', 'v2');
    let other: PushedImage | undefined;
    const { deliveries } = await sign([`${image.repository}:v1`, `${image.repository}:v2`], {
      meanwhile: async () => {
        other = await pushImage(place.registries, image.repository, 'v1');
      },
    });
    expect(deliveries.failures).toMatchObject([{ code: 'SUBJECT_CHANGED' }]);
    const [failure] = deliveries.failures;
    expect(failure?.message).toBe(
      `${image.reference}: the tag ${image.repository}:v1 now refers to ${formatDigest(other?.digest ?? image.digest)}, which is not the signed image`,
    );
    expect(failure?.remedy).toContain(image.reference);
    expect(await attachedTo(image)).toHaveLength(1);
    expect(await attachedTo(other ?? image)).toEqual([]);
  });

  test('bundles stay on disk where they are not to be pushed, and tags are looked at all the same', async () => {
    const image = await pushImage(place.registries, repository('kept'), 'v1');
    const { receipt, deliveries } = await sign([`${image.repository}:v1`], {
      push: false,
      meanwhile: () => pushImage(place.registries, image.repository, 'v1'),
    });
    expect(deliveries.failures).toMatchObject([{ code: 'SUBJECT_CHANGED' }]);
    expect(attachedIn(deliveries).size).toBe(0);
    expect(await attachedTo(image)).toEqual([]);
    expect(statementOf(await readFile(receipt.signed[0]?.bundlePath ?? '', 'utf8'))).toHaveProperty('predicateType');
  });
});

test('one attestation is about files and images of several registries, and attached to each image', async () => {
  await place.write('a.txt');
  const images = await Promise.all(
    hosts().map((host) => pushImage(place.registries, `${host}/example/attested`, 'v1')),
  );
  const { receipt, deliveries } = await sign(
    images.map(({ reference }) => reference),
    {},
    { format: 'attestation', subjects: { ...none, files: ['*.txt'] } },
  );
  expect(receipt.signed.map(({ subject }) => subject.name).sort()).toEqual(
    ['a.txt', ...images.map(({ repository }) => repository)].sort(),
  );
  expect(attachedIn(deliveries).size).toBe(2);
  expect(place.count('rekor-v2')).toBe(1);
  for (const image of images) {
    const [attached] = await attachedTo(image);
    expect(attached?.manifest.annotations).toMatchObject({
      'dev.sigstore.bundle.predicateType': 'https://slsa.dev/provenance/v1',
    });
    expect(statementOf(attached?.bundle ?? '').subject).toHaveLength(3);
  }
});

test('an image that was named among the digests too is signed once, as an image', async () => {
  const [host] = hosts();
  const image = await pushImage(place.registries, `${host}/example/twice`);
  const { receipt } = await sign([image.reference], {}, { subjects: { ...none, digests: [image.reference] } });
  expect(receipt.signed).toMatchObject([{ subject: { kind: 'image' } }]);
});

test('nothing is signed where the bundle could not be pushed, and it is where it is not to be', async () => {
  const [host] = hosts();
  const image = await pushImage(place.registries, `${host}/example/read-only`);
  const { registry } = place.sandbox;
  const { username: user, password } = registry.reader;
  const credential = { kind: 'password', user, password: new Secret(password) } as const;
  for (const authentication of ['basic', 'bearer'] as const) {
    registry.configure({ authentication });
    const signed = (push: boolean): Promise<Signed> => sign([image.reference], { push, credential });
    await expect(signed(true)).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
    expect([place.count('fulcio'), place.count('rekor-v2')]).toEqual([0, 0]);
    expect((await signed(false)).receipt.signed).toHaveLength(1);
    registry.configure({ authentication: 'none' });
    await place.reset();
  }
});

test.each(['per-file', 'attestation'] as const)('nothing is logged that could not be kept: %s', async (format) => {
  const [host] = hosts();
  const image = await pushImage(place.registries, `${host}/example/no-room`);
  await place.write('a.txt');
  await place.write('occupied');
  const { receipt } = await sign(
    [image.reference],
    {},
    {
      format,
      subjects: { ...none, files: ['a.txt'] },
      places: { workspace: place.folder, bundleDirectory: join(place.folder, 'occupied') },
    },
  );
  expect(receipt.signed).toEqual([]);
  expect(receipt.unsigned.map(({ error }) => error.code)).toEqual(['WRITE_FAILED', 'WRITE_FAILED']);
  expect([place.count('rekor-v2'), await attachedTo(image)]).toEqual([0, []]);
});

test('a registry that refuses keeps its own images from being attached, and no others', async () => {
  const [first, second] = hosts();
  const refused = await pushImage(place.registries, `${first}/example/refused`);
  const image = await pushImage(place.registries, `${second}/example/fine`);
  const { receipt, deliveries } = await sign([refused.reference, image.reference], {
    meanwhile: async () => place.sandbox.registry.configure({ authentication: 'basic' }),
  });
  place.sandbox.registry.configure({ authentication: 'none' });
  expect(deliveries.failures).toMatchObject([
    {
      code: 'SERVICE_REFUSED',
      message: expect.stringContaining(`${refused.reference}: the bundle was not attached: `),
    },
  ]);
  expect(receipt.signed).toHaveLength(2);
  expect(await attachedTo(image)).toHaveLength(1);
  expect(deliveries.collection).toBeDefined();
  const report = signingReport(receipt, deliveries, place.folder);
  expect(report.warnings).toEqual([expect.stringMatching(/the bundle was not attached: .*docker login/)]);
  expect(report.signed.map(({ attachedAs }) => attachedAs !== undefined).filter(Boolean)).toHaveLength(1);
});

test('a registry that is down is asked about one image, and the others are not tried', async () => {
  const [host] = hosts();
  const images: PushedImage[] = [];
  for (let number = 0; number < 20; number++)
    images.push(await pushImage(place.registries, `${host}/example/down-${number}`));
  let asked = 0;
  const { deliveries } = await sign(
    images.map(({ reference }) => reference),
    {
      meanwhile: async () => {
        asked = place.count('registry');
        place.sandbox.misbehave('registry:503');
      },
    },
  );
  expect(deliveries.failures).toHaveLength(20);
  expect(deliveries.failures.every(({ code }) => code === 'SERVICE_UNAVAILABLE')).toBe(true);
  expect(place.count('registry') - asked).toBeLessThan(20);
});
