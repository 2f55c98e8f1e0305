import { describe, expect, test } from '@jest/globals';
import { type Digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { isManifestMediaType, type Manifest } from '../../../src/services/registry/index.ts';
import { type ManifestSource, manifestsOf } from '../../../src/subject/image/image-index.ts';
import {
  attachment,
  type BuiltImage,
  described,
  digestOf,
  document,
  image,
  index,
  mediaTypes,
  multiPlatform,
} from '../../kit/image-layout.ts';
import { failure } from '../../services/loopback.ts';

function manifestOf({ mediaType, bytes, digest }: BuiltImage): Manifest {
  if (!isManifestMediaType(mediaType)) throw new Error(mediaType);
  return { mediaType, bytes, digest };
}

/** A source of all that an image is made of, which writes down what it is asked. */
function sourceOf(built: BuiltImage, instead: ReadonlyMap<string, Manifest | undefined> = new Map()) {
  const asked: string[] = [];
  const source: ManifestSource = async (wanted: Digest) => {
    const name = formatDigest(wanted);
    asked.push(name);
    if (instead.has(name)) return instead.get(name);
    const blob = built.blobs.find(({ bytes }) => formatDigest(digestOf(bytes)) === name);
    return blob && manifestOf({ ...blob, digest: wanted, blobs: [] });
  };
  return { asked, source };
}

async function digestsOf(built: BuiltImage): Promise<readonly string[]> {
  const found = await manifestsOf(manifestOf(built), sourceOf(built).source, 'it');
  return found.map(({ manifest }) => formatDigest(manifest.digest));
}

function refused(built: BuiltImage, instead?: ReadonlyMap<string, Manifest | undefined>) {
  return failure(manifestsOf(manifestOf(built), sourceOf(built, instead).source, 'ghcr.io/o/app:1'));
}

const one = image(['one']);
const two = image(['two']);
const name = ({ digest }: BuiltImage): string => formatDigest(digest);

describe('what is below', () => {
  test('a manifest: nothing, and nothing is asked', async () => {
    const { source, asked } = sourceOf(one);
    expect(await manifestsOf(manifestOf(one), source, 'it')).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('an index: each platform, without what BuildKit attests', async () => {
    const built = multiPlatform();
    const { source, asked } = sourceOf(built);
    const found = await manifestsOf(manifestOf(built), source, 'it');
    expect(found.map(({ manifest, platform }) => [formatDigest(manifest.digest), platform])).toEqual([
      [name(built.manifests[0] ?? one), { os: 'linux', architecture: 'amd64' }],
      [name(built.manifests[1] ?? one), { os: 'linux', architecture: 'arm64', variant: 'v8' }],
    ]);
    expect(asked).toHaveLength(2);
  });

  test('indexes in it, nearest first; what is listed again is not fetched again', async () => {
    const inner = index([
      [one, {}],
      [two, {}],
    ]);
    const built = index([
      [inner, {}],
      [one, {}],
      [inner, {}],
    ]);
    const { source, asked } = sourceOf(built);
    const found = await manifestsOf(manifestOf(built), source, 'it');
    expect(found.map(({ manifest }) => formatDigest(manifest.digest))).toEqual([inner, one, two].map(name));
    expect(asked).toEqual([inner, one, two].map(name));
  });

  test('Docker’s list of manifests', async () => {
    expect(await digestsOf(index([[one, {}]], 'application/vnd.docker.distribution.manifest.list.v2+json'))).toEqual([
      name(one),
    ]);
  });

  test('an index of nothing', async () => expect(await digestsOf(index([]))).toEqual([]));

  test('many: a few are fetched at a time', async () => {
    const many = Array.from({ length: 40 }, (_, at) => image([String(at)]));
    const built = index(many.map((each) => [each, {}]));
    let underWay = 0;
    let most = 0;
    const { source } = sourceOf(built);
    const counted: ManifestSource = async (wanted) => {
      most = Math.max(most, ++underWay);
      const found = await source(wanted);
      underWay--;
      return found;
    };
    expect(await manifestsOf(manifestOf(built), counted, 'it')).toHaveLength(40);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });
});

describe('refused', () => {
  test('a manifest that is not there, with its name and that of the index', async () => {
    const built = index([[one, {}]]);
    const error = await refused(built, new Map([[name(one), undefined]]));
    expect(error.code).toBe('SUBJECT_MISSING');
    for (const word of ['ghcr.io/o/app:1', name(one), name(built)]) expect(error.message).toContain(word);
    expect(error.remedy).toContain('recursive');
  });

  test.each<[string, BuiltImage]>([
    ['another size', index([[one, { size: one.bytes.length + 1 }]])],
    [
      'another media type than that of the manifest (CVE-2021-41190)',
      index([[{ ...one, mediaType: mediaTypes.index }, {}]]),
    ],
    [
      'a second descriptor that says something else',
      index([
        [one, {}],
        [one, { size: 1 }],
      ]),
    ],
  ])('%s', async (_, built) => {
    expect((await refused(built)).code).toBe('IMAGE_INVALID');
  });

  test('an unknown media type, which is not even fetched', async () => {
    const built = index([[{ ...one, mediaType: 'application/octet-stream' }, {}]]);
    const { source, asked } = sourceOf(built);
    expect((await failure(manifestsOf(manifestOf(built), source, 'it'))).code).toBe('IMAGE_INVALID');
    expect(asked).toEqual([]);
  });

  test('another manifest than the one that is listed', async () => {
    const error = await refused(index([[one, {}]]), new Map([[name(one), manifestOf(two)]]));
    expect(error).toMatchObject({
      code: 'IMAGE_INVALID',
      message: expect.stringContaining('does not match its digest'),
    });
  });

  test('an index that is none', async () => {
    const own = document({ mediaType: mediaTypes.index });
    expect((await refused({ ...own, digest: digestOf(own.bytes), blobs: [own] })).code).toBe('IMAGE_INVALID');
  });

  test('indexes in indexes without end', async () => {
    const nested = (depth: number): BuiltImage => (depth === 0 ? one : index([[nested(depth - 1), {}]]));
    expect(await digestsOf(nested(4))).toHaveLength(4);
    expect((await refused(nested(5))).code).toBe('LIMIT_EXCEEDED');
  });

  test('more manifests than an image has, before any is fetched', async () => {
    const listed = Array.from({ length: 1001 }, (_, at) =>
      described({ mediaType: mediaTypes.manifest, bytes: Buffer.from(String(at)) }),
    );
    const own = document({ mediaType: mediaTypes.index, ...{ manifests: listed } });
    const built = { ...own, digest: digestOf(own.bytes), blobs: [own] };
    const { source, asked } = sourceOf(built);
    expect((await failure(manifestsOf(manifestOf(built), source, 'it'))).code).toBe('LIMIT_EXCEEDED');
    expect(asked).toEqual([]);
  });

  test('more bytes of manifests than are kept, before any is fetched', async () => {
    const listed = Array.from({ length: 17 }, (_, at) => ({
      ...described({ mediaType: mediaTypes.manifest, bytes: Buffer.from(String(at)) }),
      size: 4 * 1024 * 1024,
    }));
    const own = document({ mediaType: mediaTypes.index, ...{ manifests: listed } });
    const { source, asked } = sourceOf({ ...own, digest: digestOf(own.bytes), blobs: [own] });
    const error = await failure(
      manifestsOf(manifestOf({ ...own, digest: digestOf(own.bytes), blobs: [] }), source, 'it'),
    );
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', message: expect.stringContaining('bytes in total') });
    expect(asked).toEqual([]);
  });

  test('longer manifests than are listed, before others are fetched', async () => {
    const all = Array.from({ length: 40 }, (_, at) => image([String(at)]));
    const listed = all.map((each) => ({ ...described(each), size: 1 }));
    const own = document({ mediaType: mediaTypes.index, ...{ manifests: listed } });
    const built = { ...own, digest: digestOf(own.bytes), blobs: [own, ...all.flatMap(({ blobs }) => blobs)] };
    const { source, asked } = sourceOf(built);
    expect((await failure(manifestsOf(manifestOf(built), source, 'it'))).code).toBe('IMAGE_INVALID');
    expect(asked.length).toBeLessThan(20);
  });
});

test('a source that does not look at digests cannot make it go round', async () => {
  const loop = (size: number): Uint8Array =>
    document({
      mediaType: mediaTypes.index,
      ...{ manifests: [{ mediaType: mediaTypes.index, digest: name(one), size }] },
    }).bytes;
  const bytes = loop(loop(100).length);
  const built = { mediaType: mediaTypes.index, bytes, digest: digestOf(bytes), blobs: [] };
  const itself = { ...manifestOf(built), digest: one.digest };
  const { source } = sourceOf(built, new Map([[name(one), itself]]));
  expect(await manifestsOf(manifestOf(built), source, 'it')).toEqual([{ manifest: itself, platform: undefined }]);
});

test('a platform that says nothing is none', async () => {
  const built = index([
    [one, { platform: { os: 'linux' } }],
    [two, { platform: ['linux', 'amd64'] }],
  ]);
  const found = await manifestsOf(manifestOf(built), sourceOf(built).source, 'it');
  expect(found.map(({ platform }) => platform)).toEqual([undefined, undefined]);
});

test('what is attached to a manifest is no part of it', async () => {
  const attached = attachment(one);
  expect(await digestsOf(attached)).toEqual([]);
});
