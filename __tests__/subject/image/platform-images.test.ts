/** The images of an index by platform: what counts as one, and what is refused. */

import { describe, expect, test } from '@jest/globals';
import { type Digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { isManifestMediaType, type Manifest } from '../../../src/services/registry/index.ts';
import { agree, isPlatform, parsePlatform } from '../../../src/subject/image/platform.ts';
import { platformImage, platformImages } from '../../../src/subject/image/platform-images.ts';
import {
  attestationEntry,
  attestationManifest,
  type BuiltImage,
  described,
  digestOf,
  document,
  image,
  index,
  mediaTypes,
  multiPlatform,
  platforms,
} from '../../kit/image-layout.ts';
import { failure } from '../../services/loopback.ts';

function manifestOf({ mediaType, bytes, digest }: Omit<BuiltImage, 'blobs'>): Manifest {
  if (!isManifestMediaType(mediaType)) throw new Error(mediaType);
  return { mediaType, bytes, digest };
}

function contentOf(built: BuiltImage) {
  const blob = (wanted: Digest) =>
    built.blobs.find(({ bytes }) => formatDigest(digestOf(bytes)) === formatDigest(wanted));
  return {
    getManifest: async (digest: Digest) => {
      const found = blob(digest);
      return found && manifestOf({ ...found, digest });
    },
    getBlob: async (digest: Digest) => blob(digest)?.bytes,
  };
}

const found = (built: BuiltImage) => platformImages(manifestOf(built), contentOf(built), 'it');
const chosen = (built: BuiltImage, platform: string) =>
  platformImage(manifestOf(built), contentOf(built), 'it', parsePlatform(platform));

test('each platform has the attestation manifests that are listed for it', async () => {
  const images = await found(multiPlatform());
  expect(images.map(({ platform, attestations }) => [platform, attestations.length])).toEqual([
    [platforms[0], 1],
    [platforms[1], 1],
  ]);
});

test('an index that lists itself is met once', async () => {
  const digest = digestOf('an index that lists itself');
  const app = image();
  const own = document({
    mediaType: mediaTypes.index,
    ...{ schemaVersion: 2, manifests: [described(app, { platform: platforms[0] })] },
  });
  const itself = { mediaType: mediaTypes.index, digest: formatDigest(digest), size: 0 };
  const text = JSON.stringify({ ...JSON.parse(String(own.bytes)), manifests: [itself, described(app)] });
  const size = Buffer.byteLength(text) + 3;
  const bytes = Buffer.from(text.replace('"size":0', `"size":${size}`).padEnd(size));
  const built = { mediaType: mediaTypes.index, bytes, digest, blobs: app.blobs };
  expect((await found(built)).map(({ manifest }) => formatDigest(manifest.digest))).toEqual([formatDigest(app.digest)]);
});

describe('an image is refused', () => {
  const withConfig = (config: object, blobs: BuiltImage['blobs'] = []): BuiltImage => {
    const own = document({ mediaType: mediaTypes.manifest, ...{ schemaVersion: 2, layers: [], ...config } });
    return { ...own, digest: digestOf(own.bytes), blobs: [own, ...blobs] };
  };
  const listed = (built: BuiltImage) => index([[built, { platform: platforms[0] }]]);
  const config = image().config;

  test.each([
    ['has no configuration', withConfig({}), 'IMAGE_INVALID'],
    ['lacks its configuration', withConfig({ config: described(config) }), 'SUBJECT_MISSING'],
    [
      'has a configuration that is too long',
      withConfig({ config: { ...described(config), size: 4 * 1024 * 1024 + 1 } }, [config]),
      'LIMIT_EXCEEDED',
    ],
    [
      'has a configuration that is not JSON',
      withConfig({ config: described({ ...config, bytes: Buffer.from('no') }) }, [
        { ...config, bytes: Buffer.from('no') },
      ]),
      'IMAGE_INVALID',
    ],
    ['is for another platform', image([], platforms[1]), 'IMAGE_INVALID'],
  ] as const)('that %s', async (_, built, code) => {
    expect(await failure(found(listed(built)))).toMatchObject({ code });
    expect(await failure(chosen(listed(built), 'linux/amd64'))).toMatchObject({ code });
  });

  test('for a platform that only its attestation manifest is for', async () => {
    const built = index([[attestationManifest([]), attestationEntry(image())]]);
    expect(await failure(chosen(built, 'linux/amd64'))).toMatchObject({
      code: 'SUBJECT_MISSING',
      message: expect.stringMatching(/it has none$/),
    });
  });
});

test('an image that an index lists without a platform has that of its configuration', async () => {
  const app = image();
  const built = index([
    [app, {}],
    [image([], platforms[1]), { platform: platforms[1] }],
  ]);
  expect((await chosen(built, 'linux/amd64')).manifest.digest).toEqual(app.digest);
});

test('platforms are compared with the variants that programs leave out', () => {
  const is = (platform: string, wanted: string) => isPlatform(parsePlatform(platform), parsePlatform(wanted));
  const pairs = [
    ['linux/arm64', 'linux/arm64/v8'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/amd64/v3', 'linux/amd64'],
  ] as const;
  for (const [platform, wanted] of pairs) expect([platform, is(platform, wanted)]).toEqual([platform, true]);
  const others = [
    ['linux/arm', 'linux/arm/v6'],
    ['linux/amd64', 'linux/amd64/v3'],
    ['linux/amd64', 'linux/arm64'],
    ['windows/amd64', 'linux/amd64'],
  ] as const;
  for (const [platform, wanted] of others) expect([platform, is(platform, wanted)]).toEqual([platform, false]);
  const agreeing = (a: string, b: string) => agree(parsePlatform(a), parsePlatform(b));
  expect([agreeing('linux/arm64', 'linux/arm64/v9'), agreeing('linux/arm/v6', 'linux/arm/v7')]).toEqual([true, false]);
});
