/** Issuing the bundles of releases again, at the sandbox's GitHub. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { fault, type SandboxRepository } from '../../../sandbox/index.ts';
import { readBundle } from '../../../src/core/verify/index.ts';
import { Secret } from '../../../src/node/index.ts';
import { type ReleaseSourceRequest, reissueRun, releaseSource, upgradeOld } from '../../../src/run/reissue/index.ts';
import { signRun } from '../../../src/run/sign/index.ts';
import { type GitHubRelease, openReleases, type ReleaseClient } from '../../../src/services/github/index.ts';
import { olderBundleText } from '../../kit/older-files.ts';
import { Workplace } from '../workplace.ts';

let place: Workplace;
let app: SandboxRepository;
beforeAll(async () => {
  place = await Workplace.open();
  app = place.sandbox.github.addRepository('octo/app');
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

function client(): ReleaseClient {
  const token = new Secret(place.sandbox.github.jobToken(app, { contents: 'write' }));
  const options = { apiUrl: place.sandbox.urls.github, clock: place.clock, stallMilliseconds: 60_000 };
  return openReleases({ http: place.world().http, token, ...options });
}

const upload = async (release: GitHubRelease, name: string, bytes: Uint8Array) => {
  const content = {
    length: bytes.length,
    async *open() {
      yield bytes;
    },
  };
  const { kind } = await client().upload(release, { name, content });
  expect(kind).toBe('uploaded');
};

/** Makes a release with a file and its bundle of version 0.2. */
async function release(tag: string): Promise<GitHubRelease> {
  await place.write('app.txt');
  await signRun(place.request(), place.world());
  const bundle = readBundle(await readFile(join(place.folder, 'app.txt.sigstore.json')));
  const draft = await client().createDraft('octo/app', { tag, target: '7'.repeat(40) });
  await upload(draft, 'app.txt', await readFile(join(place.folder, 'app.txt')));
  await upload(draft, 'app.txt.sigstore.json', Buffer.from(olderBundleText(bundle, { version: '0.2' })));
  await upload(draft, 'notes.txt', Buffer.from('notes'));
  return draft;
}

function upgrade(tag: string, state: string, changes: Partial<ReleaseSourceRequest> = {}) {
  const world = place.world();
  const { policy, trust } = place.verification([]);
  const old = { policy, trust, before: undefined, without: { logs: [], authorities: [], keys: [] } };
  const request = { repository: 'octo/app', tags: [tag], immutableFolder: undefined, ...changes };
  return reissueRun(
    {
      source: releaseSource(request, client(), world),
      old,
      mode: { kind: 'upgrade', upgrade: upgradeOld(old, world) },
      state: join(place.folder, state),
      concurrency: 1,
      confirm: async () => undefined,
    },
    world,
  );
}

async function assetOf(release_: GitHubRelease, name: string): Promise<string> {
  const asset = (await client().assetsOf(release_)).find((one) => one.name === name);
  if (asset === undefined) throw new Error('there is no such asset');
  const pieces: Uint8Array[] = [];
  await client().download(release_, asset, {
    begin: () => void pieces.splice(0),
    take: (bytes) => void pieces.push(Uint8Array.from(bytes)),
  });
  return Buffer.concat(pieces).toString();
}

test('a bundle is replaced by the new one, once; nothing else is changed', async () => {
  const draft = await release('v1');
  expect((await upgrade('v1', 'state')).counts).toMatchObject({ upgraded: 1, failed: 0 });
  expect(readBundle(await assetOf(draft, 'app.txt.sigstore.json')).version).toBe('0.3');
  const assets = await client().assetsOf(draft);
  expect(assets.map(({ name }) => name).sort()).toEqual(['app.txt', 'app.txt.sigstore.json', 'notes.txt']);
  expect((await upgrade('v1', 'state')).counts).toMatchObject({ done: 1 });
  expect((await upgrade('v1', 'another')).counts).toMatchObject({ skipped: 1 });
  expect((await client().assetsOf(draft)).map(({ id }) => id)).toEqual(assets.map(({ id }) => id));
});

test('an upload that fails after the old asset was deleted is repeated by the next run', async () => {
  const draft = await release('v2');
  const fails = { service: 'github', matching: /^POST .*\/assets\?name=app\.txt\.sigstore\.json(?:&|$)/ } as const;
  place.sandbox.faults.set(fails, fault.status(422, { body: '{"message":"Validation Failed"}' }), 1);
  const first = await upgrade('v2', 'state');
  expect(first.counts.failed).toBe(1);
  expect((await client().assetsOf(draft)).map(({ name }) => name)).not.toContain('app.txt.sigstore.json');
  expect((await upgrade('v2', 'state')).counts).toMatchObject({ upgraded: 1, failed: 0 });
  expect(readBundle(await assetOf(draft, 'app.txt.sigstore.json')).version).toBe('0.3');
});

test('a bundle of an immutable release is written to a folder, or the run says what to do', async () => {
  app.immutableReleases = true;
  const published = await client().publish(await release('v3'));
  app.immutableReleases = false;
  expect(published.isImmutable).toBe(true);
  const refused = await upgrade('v3', 'state');
  expect(refused.worst).toMatchObject({
    code: 'RELEASE_IMMUTABLE',
    remedy: expect.stringContaining('immutable-folder'),
  });
  const kept: string[] = [];
  const immutableFolder = join(place.folder, 'new');
  const { counts } = await upgrade('v3', 'state', { immutableFolder, onKept: (path) => kept.push(path) });
  expect(counts).toMatchObject({ upgraded: 1, failed: 0 });
  expect(kept).toEqual([join(immutableFolder, 'v3', 'app.txt.sigstore.json')]);
  expect(readBundle(await readFile(kept[0] ?? '')).version).toBe('0.3');
  expect(readBundle(await assetOf(published, 'app.txt.sigstore.json')).version).toBe('0.2');
});

test('a tag without a release is refused', async () => {
  await expect(upgrade('v9', 'state')).rejects.toMatchObject({ code: 'RELEASE_MISSING' });
});
