/** The lies of registries, as a client of no kindness meets them, and that all is right again after them. */

import { get } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type RegistryLieName, registryLieNames, type Sandbox, startSandbox } from '../../index.ts';
import {
  ask,
  type Descriptor,
  digestOf,
  imageOf,
  indexOf,
  indexType,
  RepositoryClient,
  refusal,
} from '../registry-client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.behave());

type Registry = 'registry' | 'registryWithoutReferrers';

/** The contents that are lied about: an image with a tag and in an index, and its referrers. */
interface Scene {
  readonly registry: Registry;
  readonly repository: RepositoryClient;
  readonly image: Descriptor;
  readonly referrer: string;
}

async function prepare(registry: Registry, name: string): Promise<Scene> {
  const repository = new RepositoryClient(sandbox.urls[registry], name.replace(':', '/'));
  const image = await repository.pushImage('latest');
  await repository.put('index', indexOf([image]), indexType);
  const referrer = imageOf({ subject: image });
  await repository.put(digestOf(referrer), referrer);
  return { registry, repository, image, referrer };
}

/** The effects of each misbehaviour. The type check fails if one is missing. */
const lies: Readonly<Record<RegistryLieName, (scene: Scene) => Promise<void>>> = {
  'registry:altered-manifest': async ({ repository, image }) => {
    for (const reference of ['latest', image.digest]) {
      const { status, headers, text } = await repository.ask(`manifests/${reference}`);
      expect([status, headers.get('docker-content-digest')]).toEqual([200, image.digest]);
      expect(digestOf(text)).not.toBe(image.digest);
      expect(text).toHaveLength(image.size);
      const { config } = JSON.parse(imageOf());
      const altered = { ...config, digest: expect.not.stringMatching(config.digest) };
      expect(JSON.parse(text)).toEqual({ ...JSON.parse(imageOf()), config: altered });
    }
    const nothing = indexOf([]);
    await repository.put('nothing', nothing, indexType);
    expect((await repository.ask('manifests/nothing')).text).toBe(`${nothing} `);
    expect((await repository.ask(`blobs/${digestOf('{}')}`)).text).toBe('{}');
  },
  'registry:altered-blob': async ({ repository, image }) => {
    const { status, text } = await repository.ask(`blobs/${digestOf('{}')}`);
    expect([status, text.length]).toEqual([200, 2]);
    expect(text).not.toBe('{}');
    expect(digestOf((await repository.ask('manifests/latest')).text)).toBe(image.digest);
  },
  'registry:forgotten-manifest': async ({ registry, repository, image }) => {
    const manifest = imageOf({ subject: image, annotations: { forgotten: 'yes' } });
    const { status, headers } = await repository.put('forgotten', manifest);
    expect([status, headers.get('docker-content-digest')]).toEqual([201, digestOf(manifest)]);
    expect(headers.get('oci-subject')).toBe(registry === 'registry' ? image.digest : null);
    expect(refusal(await repository.ask('manifests/forgotten'))).toEqual([404, 'MANIFEST_UNKNOWN']);
    expect((await repository.ask(`manifests/${digestOf(manifest)}`)).status).toBe(404);
    // What no registry would take is not taken.
    expect(refusal(await repository.put('forgotten', '{}'))).toEqual([400, 'MANIFEST_INVALID']);
  },
  'registry:moved-tag': async ({ repository, image }) => {
    const read = (reference: string) => repository.ask(`manifests/${reference}`);
    expect(digestOf((await read('latest')).text)).toBe(image.digest);
    const { headers, text } = await read('latest');
    const moved = digestOf(text);
    expect(moved).not.toBe(image.digest);
    expect(headers.get('docker-content-digest')).toBe(moved);
    expect((await repository.ask('manifests/latest', { method: 'HEAD' })).headers.get('etag')).toBe(`"${moved}"`);
    expect([(await read(moved)).text, (await read(image.digest)).text]).toEqual([text, imageOf()]);
    // The list of referrers is a tag that a client keeps.
    const list = image.digest.replace(':', '-');
    await repository.put(list, indexOf([]), indexType);
    expect([(await read(list)).text, (await read(list)).text]).toEqual([indexOf([]), indexOf([])]);
  },
  'registry:redirected-blobs': async ({ registry, repository }) => {
    const { status, headers } = await repository.ask(`blobs/${digestOf('{}')}`);
    const location = headers.get('location') ?? '';
    expect([status, new URL(location).origin === sandbox.urls[registry]]).toEqual([307, false]);
    expect((await ask(location)).text).toBe('{}');
    expect((await ask(location, { headers: { authorization: 'Bearer strayed' } })).status).toBe(403);
    expect((await repository.ask(`blobs/${digestOf('none')}`)).status).toBe(404);
    expect((await repository.ask(`blobs/${digestOf('{}')}`, { method: 'HEAD' })).status).toBe(200);
  },
  'registry:missing-manifest': async ({ registry, repository, image, referrer }) => {
    const { text } = await repository.ask('manifests/index');
    expect(JSON.parse(text).manifests).toEqual([image]);
    expect(refusal(await repository.ask(`manifests/${image.digest}`))).toEqual([404, 'MANIFEST_UNKNOWN']);
    if (registry === 'registryWithoutReferrers') return;
    expect((await repository.ask(`manifests/${digestOf(referrer)}`)).status).toBe(200);
    expect((await repository.ask(`referrers/${image.digest}`)).status).toBe(200);
    expect((await repository.ask(`manifests/${digestOf(referrer)}`)).status).toBe(404);
  },
  'registry:large-headers': async ({ repository }) => {
    const url = `${repository.url}/manifests/latest`;
    await expect(ask(url)).rejects.toMatchObject({ cause: { code: 'UND_ERR_HEADERS_OVERFLOW' } });
    const length = await new Promise<number>((resolve, reject) => {
      const request = get(url, { maxHeaderSize: 32 * 1024 }, (response) => {
        response.resume();
        resolve(response.rawHeaders.join('').length);
      });
      request.on('error', reject);
    });
    expect(length).toBeGreaterThan(24 * 1024);
    expect(length).toBeLessThan(26 * 1024);
  },
};

test.each(['registry', 'registryWithoutReferrers'] as const)('%s', async (registry) => {
  expect(Object.keys(lies).sort()).toEqual([...registryLieNames].sort());
  for (const name of registryLieNames) {
    const scene = await prepare(registry, name);
    sandbox.misbehave(name);
    await lies[name](scene);
    sandbox.behave();
    const { repository, image, referrer } = scene;
    expect((await repository.ask('manifests/latest')).text).toBe(imageOf());
    expect((await repository.ask('manifests/latest')).headers.get('etag')).toBe(`"${image.digest}"`);
    expect((await repository.ask(`manifests/${digestOf(referrer)}`)).text).toBe(referrer);
    expect((await repository.ask(`blobs/${digestOf('{}')}`)).text).toBe('{}');
    expect((await repository.put('again', imageOf())).status).toBe(201);
    expect((await repository.ask('manifests/again')).text).toBe(imageOf());
  }
});
