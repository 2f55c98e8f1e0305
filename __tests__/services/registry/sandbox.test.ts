/** The client before the sandbox's registries, as they are and as they lie: what it does, and with which code it refuses. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type RegistryLieName, registryLieNames, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import type { ErrorCode } from '../../../src/core/errors/index.ts';
import { Secret } from '../../../src/node/index.ts';
import type { Attachment, RepositoryClient } from '../../../src/services/registry/index.ts';
import { failureOf, index, json, latest, manifest, type Options, withClient } from './kit.ts';

const empty = 'application/vnd.oci.empty.v1+json';
const artifactType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const config = digest('sha256', utf8('{}'));
const image = {
  mediaType: manifest,
  bytes: utf8(
    json({
      schemaVersion: 2,
      mediaType: manifest,
      config: { mediaType: empty, digest: formatDigest(config), size: 2 },
      layers: [],
    }),
  ),
} as const;
const subject = digest('sha256', image.bytes);

/** Attaches bytes to the image as a bundle is attached: as the only layer of an artifact. */
function attachment(text: string): { readonly layer: Uint8Array; readonly attachment: Attachment } {
  const layer = utf8(text);
  const described = { mediaType: artifactType, digest: formatDigest(digest('sha256', layer)), size: layer.length };
  const document = {
    schemaVersion: 2,
    mediaType: manifest,
    artifactType,
    config: { mediaType: empty, digest: formatDigest(config), size: 2 },
    layers: [described],
    subject: { mediaType: manifest, digest: formatDigest(subject), size: image.bytes.length },
  };
  const attached = {
    mediaType: manifest,
    bytes: utf8(json(document)),
    subject,
    artifactType,
    annotations: {},
  } as const;
  return { layer, attachment: attached };
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.behave());

async function push(client: RepositoryClient): Promise<void> {
  await client.pushBlob(utf8('{}'));
  await client.putManifest(subject, image);
  await client.putManifest(latest, image);
}

async function attach(client: RepositoryClient, text: string): Promise<string> {
  const { layer, attachment: attached } = attachment(text);
  await client.pushBlob(layer);
  return formatDigest(await client.attach(attached));
}

describe.each([
  ['registry', 'api'],
  ['registryWithoutReferrers', 'tag'],
] as const)('%s', (name, source) => {
  const use = <T>(done: (client: RepositoryClient) => Promise<T>, options?: Options) =>
    withClient(sandbox.urls[name], done, options);
  const refused = (done: (client: RepositoryClient) => Promise<unknown>, options?: Options) =>
    failureOf(sandbox.urls[name], done, options);
  beforeEach(() => use(push));

  describe.each(['none', 'basic', 'bearer'] as const)('with the authentication %s', (authentication) => {
    beforeEach(() => sandbox[name].configure({ authentication, anonymousPull: false, referrersPageSize: 2 }));
    afterEach(() => sandbox[name].configure({ authentication: 'none' }));
    const as = (who: 'writer' | 'reader'): Options => {
      const { username, password } = sandbox[name][who];
      return { credential: { kind: 'password', user: username, password: new Secret(password) } };
    };

    test('what is attached is listed, page by page, and read back', async () => {
      const attached = await use(async (client) => {
        const digests: string[] = [];
        for (const text of ['one', 'two', 'three']) digests.push(await attach(client, `${authentication} ${text}`));
        return digests;
      }, as('writer'));
      const { found, layer } = await use(async (client) => {
        const listed = await client.referrers(subject, artifactType);
        return {
          found: listed,
          layer: await client.getBlob(digest('sha256', utf8(`${authentication} two`)), 1000),
        };
      }, as('reader'));
      expect(found.source).toBe(source);
      expect(found.descriptors.map((one) => formatDigest(one.digest))).toEqual(expect.arrayContaining(attached));
      expect(layer).toEqual(utf8(`${authentication} two`));
    });

    test('what is there is fetched by tag and by digest; what is not is undefined', async () => {
      await use(async (client) => {
        expect((await client.getManifest(latest))?.digest).toEqual(subject);
        expect((await client.headManifest(latest))?.digest).toEqual(subject);
        expect((await client.getManifest(subject))?.bytes).toEqual(image.bytes);
        expect(await client.getManifest(digest('sha256', utf8('absent')))).toBeUndefined();
        expect(await client.getBlob(digest('sha256', utf8('absent')), 1000)).toBeUndefined();
      }, as('reader'));
    });

    if (authentication !== 'none') {
      test.each<[string, () => Options]>([
        ['nobody', () => ({})],
        ['who may only read', () => as('reader')],
        [
          'a wrong password',
          () => ({ credential: { kind: 'password', user: 'x', password: new Secret('wr0ng-passw0rd') } }),
        ],
      ])('%s may not write', async (_, options) => {
        const error = await refused((client) => client.putManifest(latest, image), options());
        expect(error.code).toBe('SERVICE_REFUSED');
        expect(`${error.message} ${error.remedy}`).not.toContain('wr0ng-passw0rd');
      });
    }
  });

  /** With which code the client refuses each, or that it goes on; each is here, or the type check fails. */
  const noticed: Readonly<
    Record<RegistryLieName, readonly [ErrorCode | 'found' | 'absent', (client: RepositoryClient) => Promise<unknown>]>
  > = {
    'registry:altered-manifest': ['SERVICE_RESPONSE_INVALID', (client) => client.getManifest(subject)],
    'registry:altered-blob': ['SERVICE_RESPONSE_INVALID', (client) => client.getBlob(config, 1000)],
    'registry:forgotten-manifest': ['SERVICE_RESPONSE_INVALID', (client) => attach(client, 'forgotten')],
    // By whoever compares what a tag was with what it is: the client alone has no memory of it.
    'registry:moved-tag': ['found', (client) => client.getManifest(latest)],
    'registry:redirected-blobs': ['found', (client) => client.getBlob(config, 1000)],
    'registry:missing-manifest': [
      'absent',
      async (client) => {
        const described = { mediaType: manifest, digest: formatDigest(subject), size: image.bytes.length };
        const bytes = utf8(json({ schemaVersion: 2, mediaType: index, manifests: [described] }));
        const named = digest('sha256', bytes);
        await client.putManifest(named, { mediaType: index, bytes });
        expect((await client.getManifest(named))?.bytes).toEqual(bytes);
        return client.getManifest(subject);
      },
    ],
    'registry:large-headers': ['found', (client) => client.getManifest(subject)],
  };

  test.each(registryLieNames)('%s', async (lie) => {
    const [expected, done] = noticed[lie];
    sandbox.misbehave(lie);
    if (expected === 'absent') expect(await use(done)).toBeUndefined();
    else if (expected === 'found') expect(await use(done)).toBeDefined();
    else expect((await refused(done)).code).toBe(expected);
  });

  test('blobs at another host are fetched, and no credential goes there', async () => {
    sandbox[name].configure({ authentication: 'basic' });
    sandbox.misbehave('registry:redirected-blobs');
    const { username, password } = sandbox[name].reader;
    const credential = { kind: 'password', user: username, password: new Secret(password) } as const;
    try {
      expect(await use((client) => client.getBlob(config, 1000), { credential })).toEqual(utf8('{}'));
    } finally {
      sandbox[name].configure({ authentication: 'none' });
    }
  });

  test('HTML for an answer is refused', async () => {
    sandbox.misbehave('registry:html');
    expect((await refused((client) => client.getManifest(subject))).code).toBe('SERVICE_RESPONSE_INVALID');
  });
});
