/** Reads the attachments of an image in each of the layouts, in registries with and without the referrers API. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { maxBundleLength, writeBundle } from '../../src/core/bundle/index.ts';
import { digest, formatDigest } from '../../src/core/crypto/index.ts';
import { type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import type { ErrorCode } from '../../src/core/errors/index.ts';
import { findLayers } from '../../src/fetch/attachments.ts';
import type { Attached } from '../../src/fetch/index.ts';
import { fetchAttached } from '../../src/fetch/index.ts';
import { parseTag, type RepositoryClient } from '../../src/services/registry/index.ts';
import { Instance } from '../kit/instance.ts';
import {
  bundleType,
  type Image,
  imageType,
  type ManifestChanges,
  type OlderLayer,
  olderTag,
  SignedImages,
} from '../kit/signed-images.ts';
import { type Answer, answering, failure } from '../services/loopback.ts';
import { failureOf, index, json, memory, type Stored, withClient } from '../services/registry/kit.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.behave());
afterAll(() => sandbox.close());

/** An older layer that reads as one, of no worth. */
const layer = (text: string, changes: Partial<OlderLayer> = {}): OlderLayer => ({
  bytes: utf8(text),
  annotations: { 'dev.cosignproject.cosign/signature': 'AAAA' },
  ...changes,
});

const layersOf = ({ layers }: JsonObject): readonly JsonObject[] => layers as readonly JsonObject[];

describe.each(['registry', 'registryWithoutReferrers'] as const)('in the %s', (registry) => {
  let images: SignedImages;
  let image: Image;
  beforeAll(() => {
    images = new SignedImages(sandbox, registry);
  });
  afterAll(() => images[Symbol.dispose]());
  beforeEach(async () => {
    image = await images.push();
  });

  const attached = (): Promise<Attached> => fetchAttached(images.client(image), image);
  const codes = ({ unread }: Attached): readonly ErrorCode[] => unread.map(({ failure: { code } }) => code);

  test('nothing is attached to an image that nobody signed', async () => {
    expect(await attached()).toEqual({ bundles: [], unread: [] });
  });

  test('bundles, older signatures and older attestations are found together', async () => {
    const bundle = await images.sign(image);
    const manifest = await images.attach(image, bundle);
    const signatures = [
      await images.olderSignature(image.digest, image.name),
      await images.olderSignature(image.digest, 'another/name'),
    ];
    await images.tag(image, 'sig', signatures);
    await images.tag(image, 'att', [await images.olderAttestation(image.digest, image.name, 'https://type.example')]);
    const { bundles, unread } = await attached();
    expect(unread).toEqual([]);
    expect(bundles.map(({ place, document }) => [place, document])).toEqual([
      [`${image.name}@${formatDigest(manifest)}`, undefined],
      [`${image.name}:${olderTag(image, 'sig')}, layer 1`, signatures[0]?.bytes],
      [`${image.name}:${olderTag(image, 'sig')}, layer 2`, signatures[1]?.bytes],
      [`${image.name}:${olderTag(image, 'att')}, layer 1`, undefined],
    ]);
    expect(bundles.map(({ bundle: { version, content } }) => [version, content.kind])).toEqual([
      ['0.3', 'dsse-envelope'],
      ['0.1', 'message-signature'],
      ['0.1', 'message-signature'],
      ['0.1', 'dsse-envelope'],
    ]);
    expect(writeBundle(bundles[0]?.bundle ?? bundle)).toBe(writeBundle(bundle));
  });

  test('two signatures over one document are two', async () => {
    const signatures = [
      await images.olderSignature(image.digest, image.name),
      await images.olderSignature(image.digest, image.name),
    ];
    expect(signatures[0]?.bytes).toEqual(signatures[1]?.bytes);
    await images.tag(image, 'sig', signatures);
    const { bundles } = await attached();
    expect(new Set(bundles.map(({ bundle }) => Buffer.from(bundle.content.signature).toString('hex'))).size).toBe(2);
  });

  test.each<[string, ManifestChanges]>([
    ['that does not say its type', ({ artifactType: _, ...manifest }) => manifest],
    [
      'of a later version',
      (manifest) => ({ ...manifest, artifactType: 'application/vnd.dev.sigstore.bundle.v0.4+json' }),
    ],
    [
      'whose layer is of an earlier version',
      (manifest) => ({
        ...manifest,
        layers: layersOf(manifest).map((one) => ({
          ...one,
          mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.3',
        })),
      }),
    ],
  ])('a bundle %s is read: the manifest and its layer tell', async (_, change) => {
    await images.attach(image, await images.sign(image), change);
    const found = await attached();
    expect([found.bundles.length, found.unread]).toEqual([1, []]);
  });

  test('other things that are attached are no bundles, and are not fetched where they say what they are', async () => {
    const other = 'application/spdx+json';
    const asOther: ManifestChanges = (manifest) => ({
      ...manifest,
      layers: layersOf(manifest).map((one) => ({ ...one, mediaType: other })),
    });
    const sbom = await images.attach(image, utf8('{}'), (manifest) => ({ ...asOther(manifest), artifactType: other }));
    const unsaid = await images.attach(image, utf8('{}'), ({ artifactType: _, ...manifest }) => asOther(manifest));
    const before = sandbox.requests.length;
    expect(await attached()).toEqual({ bundles: [], unread: [] });
    const asked = sandbox.requests.slice(before).map(({ path }) => path);
    expect(asked.filter((path) => path.endsWith(formatDigest(sbom)))).toEqual([]);
    expect(asked.filter((path) => path.endsWith(formatDigest(unsaid)))).toHaveLength(1);
    expect(asked.filter((path) => path.includes('/blobs/'))).toEqual([]);
  });

  describe('what cannot be read is said, with its place, and does not hide what can:', () => {
    const found = async (): Promise<Attached> => {
      await images.attach(image, await images.sign(image));
      const result = await attached();
      expect(result.bundles).toHaveLength(1);
      return result;
    };

    test.each<[string, ManifestChanges, ErrorCode]>([
      ['no layer', (manifest) => ({ ...manifest, layers: [] }), 'BUNDLE_INVALID'],
      [
        'two layers',
        (manifest) => ({ ...manifest, layers: [...layersOf(manifest), ...layersOf(manifest)] }),
        'BUNDLE_INVALID',
      ],
      [
        'a layer of another type',
        (manifest) => ({ ...manifest, layers: layersOf(manifest).map((one) => ({ ...one, mediaType: 'text/plain' })) }),
        'BUNDLE_INVALID',
      ],
      [
        'a bundle that is said to be too long',
        (manifest) => ({
          ...manifest,
          layers: layersOf(manifest).map((one) => ({ ...one, size: maxBundleLength + 1 })),
        }),
        'LIMIT_EXCEEDED',
      ],
      [
        'a bundle that is longer than its manifest says',
        (manifest) => ({ ...manifest, layers: layersOf(manifest).map((one) => ({ ...one, size: 3 })) }),
        'SERVICE_RESPONSE_INVALID',
      ],
      [
        'a size below nothing',
        (manifest) => ({ ...manifest, layers: layersOf(manifest).map((one) => ({ ...one, size: -3 })) }),
        'SERVICE_RESPONSE_INVALID',
      ],
    ])('%s', async (_, change, code) => {
      const broken = await images.attach(image, utf8(`{"text":"${'x'.repeat(100_000)}"}`), change);
      const { unread } = await found();
      expect(unread).toMatchObject([{ place: `${image.name}@${formatDigest(broken)}`, failure: { code } }]);
    });

    test('what is no bundle', async () => {
      await images.attach(image, utf8('{}'));
      await images.tag(image, 'sig', [layer('document', { annotations: {} })]);
      await images.tag(image, 'att', [layer('no envelope'), layer('{}', { mediaType: 'text/plain' })]);
      const result = await found();
      expect(codes(result).toSorted()).toEqual([
        'BUNDLE_INVALID',
        'BUNDLE_INVALID',
        'BUNDLE_INVALID',
        'BUNDLE_UNSUPPORTED',
      ]);
      expect(result.unread.map(({ place }) => place)).toContain(`${image.name}:${olderTag(image, 'att')}, layer 2`);
    });

    test('what the registry lists and does not have any more', async () => {
      await images.tag(image, 'sig', [await images.olderSignature(image.digest, image.name)]);
      await images.attach(image, await images.sign(image));
      sandbox.misbehave('registry:missing-manifest');
      const { bundles, unread } = await attached();
      expect(bundles).toMatchObject([{ place: expect.stringContaining('.sig, layer 1') }]);
      expect(unread).toMatchObject([{ failure: { code: 'BUNDLE_MISSING' } }]);
    });
  });

  test.each<['registry:altered-blob' | 'registry:altered-manifest', ErrorCode]>([
    ['registry:altered-blob', 'SERVICE_RESPONSE_INVALID'],
    ['registry:altered-manifest', 'SERVICE_RESPONSE_INVALID'],
  ])('%s', async (lie, code) => {
    await images.attach(image, await images.sign(image));
    sandbox.misbehave(lie);
    const isListAltered = lie === 'registry:altered-manifest' && registry === 'registryWithoutReferrers';
    const wanted = isListAltered ? { code: 'ATTACHMENT_UNREADABLE', cause: { code } } : { code };
    expect(await attached()).toMatchObject({ bundles: [], unread: [{ failure: wanted }] });
  });

  test('an older tag whose manifest is altered is reported as unread', async () => {
    await images.tag(image, 'sig', [await images.olderSignature(image.digest, image.name)]);
    sandbox.misbehave('registry:altered-manifest');
    expect(await attached()).toMatchObject({
      bundles: [],
      unread: [
        {
          place: `${image.name}:${olderTag(image, 'sig')}`,
          failure: { code: 'ATTACHMENT_UNREADABLE', cause: { code: 'SERVICE_RESPONSE_INVALID' } },
        },
      ],
    });
  });

  test.each(['registry:redirected-blobs', 'registry:large-headers', 'registry:moved-tag'] as const)(
    '%s makes no difference',
    async (lie) => {
      await images.tag(image, 'sig', [await images.olderSignature(image.digest, image.name)]);
      await images.attach(image, await images.sign(image));
      sandbox.misbehave(lie);
      const { bundles, unread } = await attached();
      expect([bundles.length, unread]).toEqual([2, []]);
    },
  );

  test('too many are not looked at, and too much is not fetched', async () => {
    const many = Array.from({ length: 257 }, (_, number) => layer('same', { annotations: { number: String(number) } }));
    await images.tag(image, 'sig', many.slice(1));
    expect(codes(await attached())).toHaveLength(256);
    await images.tag(image, 'att', many.slice(0, 1));
    expect(await failure(attached())).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('257 bundles are attached'),
    });
  });

  test('who may not read is told so', async () => {
    await images.attach(image, await images.sign(image));
    sandbox[registry].configure({ authentication: 'basic', anonymousPull: false });
    try {
      const refused = await failureOf(sandbox[registry].origin, (client) => fetchAttached(client, image));
      expect(refused.code).toBe('SERVICE_REFUSED');
    } finally {
      sandbox[registry].configure({ authentication: 'none' });
    }
  });
});

describe('a registry of the least', () => {
  const image = { name: 'registry.example/owner/image', digest: digest('sha256', utf8('an image')) };
  const [hex = ''] = formatDigest(image.digest).split(':').slice(1);
  const subject = { mediaType: imageType, digest: formatDigest(image.digest), size: 8 };

  /** Fetches what is attached, from what stored manifests say, and what some paths are answered instead. */
  function fetched(
    stored: Readonly<Record<string, JsonObject>>,
    instead?: (path: string) => Answer | undefined,
    hasReferrersApi?: boolean,
  ): Promise<Attached> {
    return served(stored, (client) => fetchAttached(client, image), instead, hasReferrersApi);
  }

  async function served<T>(
    stored: Readonly<Record<string, JsonObject>>,
    work: (client: RepositoryClient) => Promise<T>,
    instead: (path: string) => Answer | undefined = () => undefined,
    hasReferrersApi = false,
  ): Promise<T> {
    const manifests = new Map<string, Stored>(
      Object.entries(stored).map(([name, manifest]) => [
        name,
        { type: String(manifest.mediaType), body: Buffer.from(json(manifest)) },
      ]),
    );
    const answer = memory({ hasReferrersApi }, manifests);
    await using registry = await answering((request) => instead(request.url) ?? answer(request));
    return await withClient(registry.origin, work);
  }

  const listing = (...manifests: readonly JsonObject[]): JsonObject => ({
    schemaVersion: 2,
    mediaType: index,
    manifests,
  });
  const listed = (manifest: JsonObject, changes: JsonObject = {}): JsonObject => {
    const bytes = utf8(json(manifest));
    const named = formatDigest(digest('sha256', bytes));
    return { mediaType: imageType, digest: named, size: bytes.length, artifactType: bundleType, ...changes };
  };
  const named = (manifest: JsonObject): string => String(listed(manifest).digest);
  const manifestOf = (changes: JsonObject = {}): JsonObject => ({
    schemaVersion: 2,
    mediaType: imageType,
    artifactType: bundleType,
    layers: [{ mediaType: bundleType, digest: formatDigest(digest('sha256', utf8('{}'))), size: 2 }],
    subject,
    ...changes,
  });

  test.each<[string, JsonObject]>([
    ['missing', manifestOf({ subject: null })],
    [
      formatDigest(digest('sha256', utf8('other'))),
      manifestOf({ subject: { ...subject, digest: formatDigest(digest('sha256', utf8('other'))) } }),
    ],
  ])('what is listed under the tag, and is attached to %s, is refused', async (other, manifest) => {
    const { bundles, unread } = await fetched({
      [`sha256-${hex}`]: listing(listed(manifest)),
      [named(manifest)]: manifest,
    });
    expect(bundles).toEqual([]);
    expect(unread).toMatchObject([
      { failure: { code: 'BUNDLE_INVALID', message: expect.stringContaining(`its subject is ${other}`) } },
    ]);
  });

  const [bundleLayer = {}] = layersOf(manifestOf());
  test.each<[string, JsonObject]>([
    ['nothing', { artifactType: 'text/plain', layers: [] }],
    ['two', { layers: [bundleLayer, bundleLayer] }],
    ['a layer of another type', { layers: [{ ...bundleLayer, mediaType: 'text/plain' }] }],
  ])('what is listed as a bundle, and holds %s, is said to be none', async (_, changes) => {
    const manifest = manifestOf(changes);
    const { unread } = await fetched({ [`sha256-${hex}`]: listing(listed(manifest)), [named(manifest)]: manifest });
    expect(unread).toMatchObject([{ failure: { code: 'BUNDLE_INVALID' } }]);
  });

  test.each<[string, JsonObject]>([
    ['layers that are no list', { layers: {} }],
    ['a layer that is none', { layers: ['x'] }],
    ['a type that is no text', { artifactType: 7 }],
    ['a subject that is none', { subject: 'x' }],
  ])('a manifest with %s is refused', async (_, changes) => {
    const manifest = manifestOf(changes);
    const { unread } = await fetched({ [`sha256-${hex}`]: listing(listed(manifest)), [named(manifest)]: manifest });
    expect(unread).toMatchObject([{ failure: { code: 'SERVICE_RESPONSE_INVALID' } }]);
  });

  test('the same is listed twice, and read once', async () => {
    const manifest = manifestOf();
    const { unread } = await fetched({
      [`sha256-${hex}`]: listing(listed(manifest), listed(manifest)),
      [named(manifest)]: manifest,
    });
    // It has no blobs at all.
    expect(unread).toMatchObject([{ failure: { code: 'BUNDLE_MISSING' } }]);
  });

  test('of a manifest no more is kept than which bundle it holds', async () => {
    const [bundle = {}] = layersOf(manifestOf());
    const manifest = manifestOf({ layers: [{ ...bundle, annotations: { long: 'x'.repeat(3 * 1024 * 1024) } }] });
    const stored = { [`sha256-${hex}`]: listing(listed(manifest)), [named(manifest)]: manifest };
    const found = await served(stored, (client) => findLayers(client, image));
    const place = `${image.name}@${named(manifest)}`;
    const ofBundle = digest('sha256', utf8('{}'));
    expect(found).toStrictEqual([{ kind: 'bundle', place, descriptor: { digest: ofBundle, size: 2 } }]);
    // The digest is no view of a longer buffer.
    const [layer] = found;
    const buffer = layer !== undefined && 'descriptor' in layer ? layer.descriptor.digest.bytes.buffer : undefined;
    expect(buffer?.byteLength).toBe(ofBundle.bytes.length);
  });

  test.each<[string, JsonObject]>([
    ['an index', listing()],
    ['a manifest without layers', { mediaType: imageType }],
  ])('%s under an older tag is reported as unread', async (_, manifest) => {
    expect(await fetched({ [`sha256-${hex}.sig`]: manifest })).toMatchObject({
      bundles: [],
      unread: [{ place: `${image.name}:sha256-${hex}.sig`, failure: { code: 'SERVICE_RESPONSE_INVALID' } }],
    });
  });

  test('an older manifest that is none is said to be so', async () => {
    const { unread } = await fetched({ [`sha256-${hex}.att`]: { mediaType: imageType, layers: 'x' } });
    expect(unread).toMatchObject([
      { place: `${image.name}:sha256-${hex}.att`, failure: { code: 'SERVICE_RESPONSE_INVALID' } },
    ]);
  });

  test('a bundle with a predicate of 16 MiB is read, attached in either layout', async () => {
    const predicateLength = 16 * 1024 * 1024;
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: image.name, digest: { sha256: hex } }],
      predicateType: 'https://spdx.dev/Document',
      predicate: { x: 'y'.repeat(predicateLength - '{"x":""}'.length) },
    };
    const text = writeBundle(new Instance().attest(utf8(json(statement)), { managed: true }));
    const blobs = new Map(
      [text, json(JSON.parse(text).dsseEnvelope)].map((body) => [formatDigest(digest('sha256', utf8(body))), body]),
    );
    const layers = [...blobs].map(([named, body]) => ({ digest: named, size: utf8(body).length }));
    const manifest = manifestOf({ layers: [{ ...layers[0], mediaType: bundleType }] });
    const older = [{ ...layers[1], mediaType: 'application/vnd.dsse.envelope.v1+json' }];
    const { bundles, unread } = await fetched(
      {
        [`sha256-${hex}`]: listing(listed(manifest)),
        [named(manifest)]: manifest,
        [`sha256-${hex}.att`]: { mediaType: imageType, layers: older },
      },
      (path) => {
        const body = blobs.get(path.slice(path.lastIndexOf('/') + 1));
        return path.includes('/blobs/') && body !== undefined ? { body } : undefined;
      },
    );
    expect(unread).toEqual([]);
    expect(bundles.map(({ bundle: { version, content } }) => [version, content.kind])).toEqual([
      ['0.3', 'dsse-envelope'],
      ['0.1', 'dsse-envelope'],
    ]);
    for (const { bundle } of bundles)
      expect('payload' in bundle.content && bundle.content.payload.length).toBe(json(statement).length);
  });

  test('one that says it is longer than any bundle is not fetched', async () => {
    const layer = { mediaType: bundleType, digest: formatDigest(image.digest), size: maxBundleLength + 1 };
    const manifest = manifestOf({ layers: [layer] });
    const { unread } = await fetched({ [`sha256-${hex}`]: listing(listed(manifest)), [named(manifest)]: manifest });
    expect(unread).toMatchObject([
      { failure: { code: 'LIMIT_EXCEEDED', message: expect.stringContaining('the limit is 25165824') } },
    ]);
  });

  test('more bytes together than are kept are not fetched', async () => {
    const size = 16 * 1024 * 1024;
    const mediaType = 'application/vnd.dsse.envelope.v1+json';
    const big = { mediaType, digest: formatDigest(image.digest), size };
    const manifest = (count: number): JsonObject => ({ mediaType: imageType, layers: Array(count).fill(big) });
    expect((await fetched({ [`sha256-${hex}.att`]: manifest(8) })).unread).toHaveLength(8);
    expect(await failure(fetched({ [`sha256-${hex}.att`]: manifest(9) }))).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('exceed the limit of 134217728 bytes in total'),
    });
  });

  const html = { headers: { 'content-type': 'text/html' }, body: '<html></html>' };
  const answers: readonly (readonly [string, Answer, ErrorCode])[] = [
    ...[400, 401, 403, 405, 406, 410, 418].map(
      (status) =>
        [String(status), { status, headers: { 'www-authenticate': 'Basic realm="r"' } }, 'SERVICE_REFUSED'] as const,
    ),
    ['401 without a challenge', { status: 401 }, 'SERVICE_RESPONSE_INVALID'],
    ...[429, 500, 501, 503].map((status) => [String(status), { status }, 'SERVICE_UNAVAILABLE'] as const),
    ['a web page', html, 'SERVICE_RESPONSE_INVALID'],
    ['nothing', { headers: { 'content-type': index }, body: '' }, 'SERVICE_RESPONSE_INVALID'],
    ['other JSON', { headers: { 'content-type': 'application/json' }, body: '{}' }, 'SERVICE_RESPONSE_INVALID'],
    [
      'a redirect to plain http',
      { status: 302, headers: { location: 'http://other.example/' } },
      'SERVICE_RESPONSE_INVALID',
    ],
  ];

  describe.each<[string, RegExp, string]>([
    ['the referrers', /\/referrers\//, `: the list of referrers of sha256:${hex}`],
    ['the tag in their stead', /\/sha256-[0-9a-f]+$/, `:sha256-${hex}`],
    ['the older signatures', /\.sig$/, `:sha256-${hex}.sig`],
    ['the older attestations', /\.att$/, `:sha256-${hex}.att`],
  ])('a registry that answers unusually for %s:', (_, isMeant, place) => {
    test.each(answers)('%s is reported as unread, and hides nothing', async (_what, answer, code) => {
      const signed = { mediaType: imageType, layers: [{ mediaType: 'text/plain', digest: subject.digest, size: 1 }] };
      const tag = place.endsWith('.sig') ? 'att' : 'sig';
      const { unread } = await fetched({ [`sha256-${hex}.${tag}`]: signed }, (path) =>
        isMeant.test(path) ? answer : undefined,
      );
      expect(unread.map((one) => [one.place, one.failure.code])).toEqual([
        [`${image.name}:sha256-${hex}.${tag}, layer 1`, 'BUNDLE_UNSUPPORTED'],
        [`${image.name}${place}`, 'ATTACHMENT_UNREADABLE'],
      ]);
      expect(unread.at(-1)?.failure).toMatchObject({ kind: 'unavailable', cause: { code } });
    });
  });

  test.each(answers)(
    'that every place is answered with %s is an error of the registry',
    async (_what, answer, code) => {
      expect((await failure(fetched({}, () => answer))).code).toBe(code);
    },
  );

  test('a limit that is exceeded is not reported as unread', async () => {
    const many = Array.from({ length: 20_001 }, () => ({ mediaType: imageType, digest: subject.digest, size: 1 }));
    expect((await failure(fetched({ [`sha256-${hex}`]: listing(...many) }))).code).toBe('LIMIT_EXCEEDED');
  });

  test('what one list says counts even if the other cannot be read', async () => {
    const manifest = manifestOf();
    const stored = { [`sha256-${hex}`]: listing(listed(manifest)), [named(manifest)]: manifest };
    const { unread } = await fetched(stored, (path) => (path.includes('/referrers/') ? html : undefined));
    expect(unread.map(({ failure: { code } }) => code).toSorted()).toEqual(['ATTACHMENT_UNREADABLE', 'BUNDLE_MISSING']);
  });

  const listType = 'application/json; charset=utf-8';
  test.each<[string, Answer]>([
    ['as plain JSON', { headers: { 'content-type': listType }, body: json(listing(listed(manifestOf()))) }],
    [
      'with a charset',
      { headers: { 'content-type': `${index}; charset=utf-8` }, body: json(listing(listed(manifestOf()))) },
    ],
  ])('a list that comes %s is read', async (_, answer) => {
    const manifest = manifestOf();
    const { unread } = await fetched({ [named(manifest)]: manifest }, (path) =>
      path.includes('/referrers/') ? answer : undefined,
    );
    expect(unread.map(({ failure: { code } }) => code)).toEqual(['BUNDLE_MISSING']);
  });

  test('an empty list may be null, as Go writes it', async () => {
    const answer = { headers: { 'content-type': index }, body: json({ ...listing(), manifests: null }) };
    expect(await fetched({}, (path) => (path.includes('/referrers/') ? answer : undefined))).toEqual({
      bundles: [],
      unread: [],
    });
  });

  test.each([
    undefined,
    '',
    'application/vnd.oci.image.config.v1+json',
    imageType,
    'application/octet-stream',
    'Application/Vnd.Dev.Sigstore.Bundle.V0.3+JSON; charset=utf-8',
    'application/vnd.dev.sigstore.bundle+json;version=0.3',
  ])('a bundle is found where the list gives the type %j', async (artifactType) => {
    const { artifactType: _, ...manifest } = manifestOf({
      config: { mediaType: 'application/vnd.oci.image.config.v1+json' },
    });
    const { artifactType: __, ...entry } = listed(manifest);
    const given = artifactType === undefined ? entry : { ...entry, artifactType };
    const { unread } = await fetched({ [`sha256-${hex}`]: listing(given), [named(manifest)]: manifest });
    expect(unread).toMatchObject([{ place: `${image.name}@${named(manifest)}`, failure: { code: 'BUNDLE_MISSING' } }]);
  });

  test('an image that is known by another algorithm has no older signatures', async () => {
    const other = { name: image.name, digest: digest('sha512', utf8('an image')) };
    await using registry = await answering(memory());
    await withClient(registry.origin, (client) => fetchAttached(client, other));
    expect(registry.received.map(({ url }) => url.replace(/.*\//, ''))).toEqual([
      formatDigest(other.digest),
      parseTag(`sha512-${formatDigest(other.digest).slice('sha512:'.length, 'sha512:'.length + 64)}`),
    ]);
  });
});
