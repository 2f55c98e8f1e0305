/** Shows the attachments of images in the sandbox's two registries, as text and as JSON. */

import * as files from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import { type ImageTree, imageTreeJson, imageTreeText } from '../../../src/report/index.ts';
import type { ImageTreeRequest } from '../../../src/run/images/image-tree.ts';
import { imageTree } from '../../../src/run/images/image-tree.ts';
import { parseImageReference, type RepositoryClient } from '../../../src/services/registry/index.ts';
import {
  attachedAttestation,
  attachment,
  type Blob,
  type BuiltImage,
  buildKitAttestation,
  buildKitTypes,
  described,
  document,
  image,
  index,
  mediaTypes,
  multiPlatform,
  sha256Hex,
} from '../../kit/image-layout.ts';
import { proxying, unusualAnswers } from '../../kit/proxy.ts';
import { type Attached, attachInto, pushInto, registriesFor } from '../../kit/registries.ts';
import { type Answer, answering, failure, withHttp } from '../../services/loopback.ts';
import { memory } from '../../services/registry/kit.ts';

const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const provenance = 'https://slsa.dev/provenance/v1';
const annotations = {
  'org.opencontainers.image.created': '2026-11-26T12:00:00Z',
  'dev.sigstore.bundle.predicateType': provenance,
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

let images = 0;

const treeOf = (name: string, options: Partial<ImageTreeRequest> = {}) =>
  withHttp((http) => imageTree({ image: name, recursive: false, ...options }, registriesFor(http), files));

describe.each([
  ['registry', 'api'],
  ['registryWithoutReferrers', 'tag'],
] as const)('%s', (registry, source) => {
  /** Pushes an image under a name of its own, with what is attached to it. */
  async function pushed(
    built: BuiltImage,
    attached: readonly Attached[] = [],
    more?: (client: RepositoryClient) => Promise<void>,
  ) {
    const name = `${new URL(sandbox.urls[registry]).host}/owner/image-${images++}:1`;
    await withHttp(async (http) => {
      const client = registriesFor(http)(parseImageReference(name).repository);
      await pushInto(client, built, ['1']);
      for (const one of attached) await attachInto(client, one);
      await more?.(client);
    });
    return name;
  }

  const tagOf = ({ digest }: BuiltImage, suffix = ''): string => `${formatDigest(digest).replace(':', '-')}${suffix}`;

  test('nothing', async () => {
    const app = image();
    const name = await pushed(app);
    const tree = await treeOf(name);
    expect(tree).toEqual({
      image: name,
      digest: app.digest,
      mediaType: mediaTypes.manifest,
      size: app.bytes.length,
      source,
      fallbackTag: tagOf(app),
      referrers: [],
      tags: [],
      unread: [],
      manifests: [],
      attestations: [],
    });
    const by = source === 'api' ? 'the registry (referrers API)' : `the tag ${tagOf(app)}`;
    expect(imageTreeText(tree)).toBe(
      [
        name,
        `${formatDigest(app.digest)}  ${mediaTypes.manifest}  ${app.bytes.length} bytes`,
        `nothing attached, listed by ${by}`,
        '',
        'Not verified: anyone with push access can attach anything. To verify, run countersign verify.',
        '',
      ].join('\n'),
    );
  });

  test('what is attached, and to that in turn', async () => {
    const app = image();
    const signature = attachment(app, { annotations });
    const sbom = attachment(app, { artifactType: 'application/spdx+json', content: '{"spdxVersion":"SPDX-2.3"}' });
    const about = attachment(sbom, { annotations });
    const name = await pushed(app, [
      { subject: app, built: signature },
      { subject: app, built: sbom },
      { subject: sbom, built: about },
    ]);
    const tree = await treeOf(name);
    const own = { mediaType: mediaTypes.manifest, problem: undefined };
    const said = { created: '2026-11-26T12:00:00Z', predicateType: provenance };
    expect(tree.referrers).toHaveLength(2);
    expect(tree.referrers).toEqual(
      expect.arrayContaining([
        {
          ...own,
          ...said,
          digest: signature.digest,
          size: signature.bytes.length,
          artifactType: bundle,
          referrers: [],
        },
        {
          ...own,
          digest: sbom.digest,
          size: sbom.bytes.length,
          artifactType: 'application/spdx+json',
          created: undefined,
          predicateType: undefined,
          referrers: [
            { ...own, ...said, digest: about.digest, size: about.bytes.length, artifactType: bundle, referrers: [] },
          ],
        },
      ]),
    );
    const text = imageTreeText({
      ...tree,
      referrers: tree.referrers.toSorted((a) => (a.artifactType === bundle ? -1 : 1)),
    });
    expect(text.split('\n').slice(2, -3)).toEqual([
      expect.stringMatching(/^attached, listed by the (registry|tag)/),
      `├─ ${formatDigest(signature.digest)}  ${signature.bytes.length} bytes  2026-11-26T12:00:00Z`,
      `│  ${bundle}  ${provenance}`,
      `└─ ${formatDigest(sbom.digest)}  ${sbom.bytes.length} bytes`,
      '   application/spdx+json',
      `   └─ ${formatDigest(about.digest)}  ${about.bytes.length} bytes  2026-11-26T12:00:00Z`,
      `      ${bundle}  ${provenance}`,
    ]);
  });

  test('what cosign put under tags', async () => {
    const app = image();
    const [signatures, attestations] = [image(['a', 'b']), image(['c'])];
    const name = await pushed(app, [], async (client) => {
      await pushInto(client, signatures, [tagOf(app, '.sig')]);
      await pushInto(client, attestations, [tagOf(app, '.att')]);
    });
    const tree = await treeOf(name);
    expect(tree.tags).toMatchObject([
      { tag: tagOf(app, '.sig'), digest: signatures.digest, layers: 2, size: signatures.bytes.length },
      { tag: tagOf(app, '.att'), digest: attestations.digest, layers: 1 },
    ]);
    const text = imageTreeText(tree);
    expect(text).toContain(`├─ ${tagOf(app, '.sig')}  2 layers\n│  ${formatDigest(signatures.digest)}  `);
    expect(text).toContain(`└─ ${tagOf(app, '.att')}  1 layer\n`);
  });

  test('each platform, and what is attached to it', async () => {
    const built = multiPlatform();
    const [first] = built.manifests;
    if (first === undefined) throw new Error('an index of nothing');
    const signature = attachment(first, { annotations });
    const name = await pushed(built, [{ subject: first, built: signature }]);
    expect((await treeOf(name)).manifests).toEqual([]);
    const { manifests, ...tree } = await treeOf(name, { recursive: true });
    expect(tree.referrers).toEqual([]);
    expect(manifests).toMatchObject([
      { platform: { os: 'linux', architecture: 'amd64' }, source, referrers: [{ digest: signature.digest }] },
      { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' }, referrers: [] },
    ]);
    const text = imageTreeText({ ...tree, manifests });
    expect(text).toContain(`\n\nlinux/amd64\n${formatDigest(first.digest)}  `);
    expect(text).toContain('\n\nlinux/arm64/v8\nsha256:');
    const nameless = manifests.map((each) => ({ ...each, platform: undefined }));
    expect(imageTreeText({ ...tree, manifests: nameless })).toContain('\n\nunknown platform\n');
  });

  test('the attestation manifests of an index, with their statements and what is attached to them', async () => {
    const app = image();
    const [listed, entry] = buildKitAttestation(app);
    const signature = attachment(listed, { annotations });
    const whole = index([
      [app, { platform: { os: 'linux', architecture: 'amd64' } }],
      [listed, entry],
    ]);
    const name = await pushed(whole, [{ subject: listed, built: signature }]);
    expect((await treeOf(name)).attestations).toEqual([]);
    const tree = await treeOf(name, { recursive: true });
    expect(tree.manifests).toHaveLength(1);
    const found = { about: formatDigest(app.digest), predicateTypes: buildKitTypes };
    expect(tree.attestations).toMatchObject([
      { ...found, digest: listed.digest, source, referrers: [{ digest: signature.digest }] },
    ]);
    expect(imageTreeText(tree)).toContain(
      [
        '\n\nattestation manifest of linux/amd64',
        ...buildKitTypes.map((type) => `   ${type}`),
        `${formatDigest(listed.digest)}  ${mediaTypes.manifest}  ${listed.bytes.length} bytes`,
      ].join('\n'),
    );
    expect(imageTreeJson(tree)).toMatchObject({ attestations: [{ ...found, digest: formatDigest(listed.digest) }] });
    await using proxy = await proxying(new URL(sandbox.urls[registry]).host, (path) =>
      path.endsWith(`/manifests/${formatDigest(listed.digest)}`) ? { status: 404, body: '' } : undefined,
    );
    const lost = await treeOf(name.replace(new URL(sandbox.urls[registry]).host, new URL(proxy.origin).host), {
      recursive: true,
    });
    expect(lost.attestations).toEqual([]);
    expect(lost.unread).toEqual([
      { place: expect.stringContaining(formatDigest(listed.digest)), problem: 'is listed but missing' },
    ]);
  });

  test('an attestation manifest that is attached to an image', async () => {
    const app = image();
    const built = attachedAttestation(app);
    const signature = attachment(built, { annotations });
    const name = await pushed(app, [
      { subject: app, built },
      { subject: built, built: signature },
    ]);
    const tree = await treeOf(name);
    expect(tree.referrers).toMatchObject([
      { predicateTypes: buildKitTypes, problem: undefined, referrers: [{ digest: signature.digest }] },
    ]);
    expect(imageTreeText(tree)).toContain(
      `application/vnd.docker.attestation.manifest.v1+json\n      ${buildKitTypes[0]}\n      ${buildKitTypes[1]}\n`,
    );
    expect(imageTreeJson(tree)).toMatchObject({ referrers: [{ predicateTypes: buildKitTypes }] });
  });

  test('at most four levels deep; that there is more is said', async () => {
    const chain: BuiltImage[] = [image()];
    for (let depth = 0; depth < 6; depth++) chain.push(attachment(chain.at(-1) ?? image()));
    const [app = image(), ...attached] = chain;
    const name = await pushed(
      app,
      attached.map((built, at) => ({ subject: chain[at] ?? app, built })),
    );
    const problems: (string | undefined)[] = [];
    let { referrers } = await treeOf(name);
    for (; referrers[0] !== undefined; { referrers } = referrers[0]) problems.push(referrers[0].problem);
    expect(problems).toEqual([undefined, undefined, undefined, 'has more attachments, which are not shown']);
  });

  test('an image that is not there', async () => {
    const name = await pushed(image());
    const error = await failure(treeOf(name.replace(/1$/, '2')));
    expect(error.code).toBe('SUBJECT_MISSING');
  });

  test('the JSON has the same content, in the shape of docs/json.md', async () => {
    const built = multiPlatform();
    const signature = attachment(built, { annotations });
    const name = await pushed(built, [{ subject: built, built: signature }], (client) =>
      pushInto(client, image(), [tagOf(built, '.sig')]),
    );
    const json = JSON.parse(JSON.stringify(imageTreeJson(await treeOf(name, { recursive: true }))));
    expect(json).toMatchObject({
      version: 1,
      verified: false,
      image: name,
      listedBy: source === 'api' ? 'referrers-api' : 'referrers-tag',
      digest: formatDigest(built.digest),
      referrers: [
        { digest: formatDigest(signature.digest), artifactType: bundle, predicateType: provenance, problem: null },
      ],
    });
    const page = await readFile(new URL('../../../docs/json.md', import.meta.url), 'utf8');
    const [, example = ''] = /^## tree[\s\S]*?^```json\n([\s\S]*?)^```$/m.exec(page) ?? [];
    expect(shapeOf(json)).toEqual(shapeOf(JSON.parse(example)));
  });
});

describe('places that cannot be read', () => {
  async function through(name: string, isMeant: RegExp, answer: Answer): Promise<ImageTree> {
    const { host } = new URL(sandbox.urls.registry);
    await using proxy = await proxying(host, (path) => (isMeant.test(path) ? answer : undefined));
    return await treeOf(name.replace(host, new URL(proxy.origin).host));
  }

  async function signed(): Promise<string> {
    const app = image();
    const name = `${new URL(sandbox.urls.registry).host}/owner/unread-${images++}:1`;
    await withHttp(async (http) => {
      const client = registriesFor(http)(parseImageReference(name).repository);
      await pushInto(client, app, ['1']);
      await attachInto(client, { subject: app, built: attachment(app, { annotations }) });
    });
    return name;
  }

  test.each(unusualAnswers.filter(([what]) => !/manifest|index/.test(what)))(
    'are listed, and hide nothing: %s',
    async (_, answer) => {
      const name = await signed();
      const tree = await through(name, /\.(?:sig|att)$/, answer);
      expect(tree.referrers).toHaveLength(1);
      expect(tree.unread.map(({ place }) => place.replace(/.*\./, ''))).toEqual(['sig', 'att']);
      const text = imageTreeText(tree);
      expect(text).toMatch(/\nunreadable .*\.sig\n {3}the /);
      expect(imageTreeJson(tree)).toMatchObject({ unread: [{ place: expect.stringMatching(/\.sig$/) }, {}] });
      const list = await through(name, /\/referrers\//, answer);
      expect(list.referrers).toEqual([]);
      expect(list.unread).toMatchObject([{ place: expect.stringContaining('the list of referrers') }]);
      expect(imageTreeText(list)).toMatch(/\nnothing found, listed by the tag .*\nunreadable .*the list of referrers/);
    },
  );

  test('if nothing can be read, the registry has failed', async () => {
    const name = await signed();
    const error = await failure(through(name, /\/referrers\/|sha256-/, { status: 403 }));
    expect(error.code).toBe('SERVICE_REFUSED');
  });
});

test('an image layout on disk, with what `cosign save` puts beside the image', async () => {
  const folder = await files.mkdtemp(join(tmpdir(), 'countersign-tree-'));
  try {
    const app = image();
    const [signatures, bundle] = [image(['signature']), attachment(app, { annotations })];
    const kind = (name: string) => ({ annotations: { kind: `dev.cosignproject.cosign/${name}` } });
    const manifests = [described(app, kind('image')), described(signatures, kind('sigs')), described(bundle)];
    await files.mkdir(join(folder, 'blobs/sha256'), { recursive: true });
    for (const { bytes } of [...app.blobs, ...signatures.blobs, ...bundle.blobs])
      await files.writeFile(join(folder, 'blobs/sha256', sha256Hex(bytes)), bytes);
    await files.writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
    await files.writeFile(
      join(folder, 'index.json'),
      JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }),
    );
    const tree = await treeOf(folder);
    expect(tree).toMatchObject({
      digest: app.digest,
      source: 'layout',
      referrers: [{ digest: bundle.digest, predicateType: provenance }],
      tags: [{ digest: signatures.digest, layers: 1 }],
      unread: [],
    });
    expect(imageTreeText(tree)).toContain('\nattached, listed by the image layout:\n');
    expect(imageTreeJson(tree)).toMatchObject({ listedBy: 'image-layout' });
  } finally {
    await files.rm(folder, { recursive: true });
  }
});

describe('a tag that others have written to', () => {
  /** The tree of an image with this under the tag of what is attached, in a registry that holds whatever it is told to. */
  async function listing(
    entries: (app: BuiltImage) => readonly object[],
    more: readonly (readonly [name: string, Blob])[] = [],
  ): Promise<ImageTree> {
    const app = image();
    const manifests = document({ mediaType: mediaTypes.index, ...{ schemaVersion: 2, manifests: entries(app) } });
    const tag = formatDigest(app.digest).replace(':', '-');
    const all = [['1', app], [tag, manifests], ...more] as const;
    const stored = new Map(
      all.map(([name, { mediaType, bytes }]) => [name, { type: mediaType, body: Buffer.from(bytes) }]),
    );
    await using server = await answering(memory({}, stored));
    return await treeOf(`${new URL(server.origin).host}/owner/image:1`);
  }

  const evil = 'evil\u001b[2J\n::error::x ##[error]y \u202e';

  test('what is not there, what is not attached, and what cannot be read', async () => {
    const stray = image(['stray']);
    const tree = await listing(
      () => [
        described(attachment(stray), { artifactType: bundle }),
        described(stray),
        described({ mediaType: 'application/vnd.oci.artifact.manifest.v1+json', bytes: stray.bytes }),
      ],
      [[formatDigest(stray.digest), stray]],
    );
    expect(tree.referrers.map(({ problem }) => problem)).toEqual([
      'is listed but missing',
      'is listed, but its subject field does not refer to this image',
      'has an unsupported media type',
    ]);
    expect(tree.referrers[0]?.artifactType).toBe(bundle);
    expect(imageTreeText(tree)).toContain('   It has an unsupported media type\n');
    expect(imageTreeText(tree, { colour: true })).toContain('\u001b[31mIt is listed but missing\u001b[0m');
  });

  test('one thing that the registry answers wrongly does not hide the others', async () => {
    const [one, two] = [image(['one']), image(['two'])];
    const { referrers } = await listing(
      () => [one, two].map((each) => described(each)),
      [
        [formatDigest(one.digest), two],
        [formatDigest(two.digest), two],
      ],
    );
    expect(referrers.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^cannot be read: .* has the wrong content/),
      'is listed, but its subject field does not refer to this image',
    ]);
  });

  test('what it says is safe to print', async () => {
    const tree = await listing((app) => [
      described(attachment(app), {
        artifactType: evil,
        annotations: { 'org.opencontainers.image.created': evil, 'dev.sigstore.bundle.predicateType': evil },
      }),
    ]);
    expect(tree.referrers[0]?.created).toBe(evil);
    const text = imageTreeText({ ...tree, manifests: [{ ...tree, platform: { os: evil, architecture: evil } }] });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not get through
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|##\[|^::/m);
    expect(text).toContain('evil\\u001b[2J');
  });

  test('more than is read', async () => {
    const error = await failure(
      listing(() =>
        Array.from({ length: 1001 }, (_, at) => described(document({ mediaType: mediaTypes.manifest, ...{ at } }))),
      ),
    );
    expect(error.code).toBe('LIMIT_EXCEEDED');
  });
});

/** Names and types; of a list the first. What may be left out counts for nothing. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}
