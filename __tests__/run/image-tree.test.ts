/** What is attached to an image, as the sandbox's registries list it. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatDigest } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import { attachBundle } from '../../src/deliver/index.ts';
import { imageTreeJson, imageTreeText } from '../../src/report/index.ts';
import { imageTree } from '../../src/run/image-tree.ts';
import type { Registries } from '../../src/services/registry/index.ts';
import {
  clientOf,
  emptyType,
  imageType,
  indexType,
  type PushedImage,
  pushImage,
  pushIndex,
  registriesFor,
} from '../kit/registries.ts';
import { SignedImages } from '../kit/signed-images.ts';
import { Workplace } from './workplace.ts';

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const made = new Date('2026-11-26T10:00:00.123Z');

let place: Workplace;
let registries: Registries;
beforeAll(async () => {
  place = await Workplace.open();
  registries = registriesFor(place.world().http);
});
afterAll(() => place[Symbol.asyncDispose]());

async function attach(image: PushedImage, content: string, mediaType = imageType): Promise<string> {
  const manifest = await attachBundle(clientOf(registries, image.repository), {
    image,
    stored: { mediaType: mediaType as typeof imageType, size: image.bytes.length },
    bundle: utf8(content),
    predicateType: 'https://example.test/v1',
    signedAt: made,
  });
  return `${image.repository}@${formatDigest(manifest)}`;
}

describe.each([
  ['registry', 'api'],
  ['registryWithoutReferrers', 'tag'],
] as const)('in the %s', (which, source) => {
  const repository = (name: string): string => `${place.sandbox[which].host}/example/${name}`;

  test('nothing at first', async () => {
    const bare = await pushImage(registries, repository('bare'), 'v1');
    const tree = await imageTree(`${bare.repository}:v1`, false, registries);
    expect(tree).toEqual({
      reference: bare.reference,
      mediaType: imageType,
      platform: undefined,
      source,
      attached: [],
      images: [],
    });
    expect(imageTreeText(tree)).toContain(`${bare.reference}: nothing is attached`);
  });

  test('a bundle, what is attached to the bundle, and what older versions of cosign leave', async () => {
    const image = await pushImage(registries, repository('app'));
    const bundle = await attach(image, '{"a":1}');
    const [, hex = ''] = bundle.split('@sha256:');
    const client = clientOf(registries, image.repository);
    const manifest = await client.getManifest({ ...image.digest, bytes: Buffer.from(hex, 'hex') });
    const nested = await attach(
      { ...image, digest: manifest?.digest ?? image.digest, bytes: manifest?.bytes ?? image.bytes },
      '{"b":2}',
    );
    using signed = new SignedImages(place.sandbox);
    const tagged = { byDigest: image.reference, digest: image.digest };
    await signed.tag(tagged, 'sig', [{ bytes: utf8('{}'), annotations: {} }]);
    await signed.tag(tagged, 'att', [
      { bytes: utf8('[]'), annotations: { predicateType: 'https://example.test/older' } },
    ]);
    const tree = await imageTree(image.reference, false, registries);
    const older = `${image.repository}:${formatDigest(image.digest).replace(':', '-')}`;
    expect(tree.attached).toMatchObject([
      {
        place: bundle,
        type: bundleType,
        isThere: true,
        created: '2026-11-26T10:00:00Z',
        predicateType: 'https://example.test/v1',
        attached: [{ place: nested, type: bundleType, attached: [] }],
      },
      { place: `${older}.sig, layer 1`, type: 'application/vnd.dev.cosign.simplesigning.v1+json', size: 2 },
      { place: `${older}.att, layer 1`, predicateType: 'https://example.test/older' },
    ]);
    const text = imageTreeText(tree);
    expect(text).toContain('3 things attached');
    expect(text).toContain('│  └─ https://example.test/v1');
    expect(text).toContain('countersign verify');
    expect(imageTreeJson(tree)).toMatchObject({
      reference: image.reference,
      listedBy: source === 'api' ? 'referrers' : 'tag',
      attached: [{ place: bundle, attached: [{ place: nested }] }, {}, {}],
    });
  });

  test('each image of an index, with its platform, where that is asked', async () => {
    const images = [await pushImage(registries, repository('many')), await pushImage(registries, repository('many'))];
    const index = await pushIndex(registries, repository('many'), images, 'v1');
    const [first] = images;
    if (first === undefined) throw new Error('an image was pushed');
    await attach(first, '{"c":3}');
    expect((await imageTree(index.reference, false, registries)).images).toEqual([]);
    const { mediaType, images: listed } = await imageTree(index.reference, true, registries);
    expect(mediaType).toBe(indexType);
    expect(listed.map(({ platform, attached }) => [platform, attached.length])).toEqual([
      ['linux/amd64', 1],
      ['linux/arm64/v8', 0],
    ]);
  });
});

test('what the registry lists and does not have is said to be missing', async () => {
  const image = await pushImage(registries, `${place.sandbox.registry.host}/example/missing`);
  await attach(image, '{"d":4}');
  place.sandbox.misbehave('registry:missing-manifest');
  const tree = await imageTree(image.reference, false, registries);
  place.sandbox.behave();
  expect(tree.attached).toMatchObject([{ isThere: false }]);
  expect(imageTreeText(tree)).toContain('(listed, and not there)');
});

test('no terminal and no runner obeys what somebody has attached', async () => {
  const image = await pushImage(registries, `${place.sandbox.registry.host}/example/hostile`);
  const client = clientOf(registries, image.repository);
  const hostile = '\u001b[2J\n::error::x ##[error]y';
  const config = { mediaType: emptyType, digest: formatDigest(await client.pushBlob(utf8('{}'))), size: 2 };
  const subject = { mediaType: imageType, digest: formatDigest(image.digest), size: image.bytes.length };
  await client.attach({
    mediaType: imageType,
    bytes: utf8(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: imageType,
        artifactType: hostile,
        config,
        layers: [config],
        subject,
        annotations: {
          'org.opencontainers.image.created': hostile,
          'dev.sigstore.bundle.predicateType': hostile,
        },
      }),
    ),
    subject: image.digest,
    artifactType: 'application/example',
    annotations: {},
  });
  const text = imageTreeText(await imageTree(image.reference, false, registries));
  expect(text).not.toContain('\u001b');
  expect(text).not.toMatch(/^\s*::|##\[/m);
});

test('what is no image in a registry, or is not there', async () => {
  const missing = `${place.sandbox.registry.host}/example/nothing:v1`;
  for (const [name, code] of [
    ['./image', 'USAGE'],
    ['ghcr.io/example/app', 'USAGE'],
    [missing, 'SUBJECT_MISSING'],
  ] as const)
    await expect(imageTree(name, false, registries)).rejects.toMatchObject({ code });
});
