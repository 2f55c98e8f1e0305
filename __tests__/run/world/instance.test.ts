import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { InstanceRequest } from '../../../src/run/world/index.ts';
import { loadInstance } from '../../../src/run/world/index.ts';
import { Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(async () => {
  await place.reset();
  place.ahead = 0;
  await Promise.all([
    writeFile(join(place.folder, 'root.json'), place.sandbox.tuf.rootJson),
    writeFile(join(place.folder, 'trusted_root.json'), JSON.stringify(place.sandbox.trustedRoot)),
    writeFile(join(place.folder, 'signing_config.json'), JSON.stringify(place.sandbox.signingConfig)),
  ]);
});

const path = (name: string): string => join(place.folder, name);
const load = (request: Partial<InstanceRequest>) =>
  loadInstance({ name: 'custom', purpose: 'sign', ...request }, place.world());
const fromTuf = (request: Partial<InstanceRequest> = {}) =>
  load({ tufUrl: place.sandbox.urls.tuf, tufRoot: path('root.json'), ...request });

describe('from files', () => {
  test('asks nobody for anything', async () => {
    const instance = await load({ trustedRoot: path('trusted_root.json'), signingConfig: path('signing_config.json') });
    expect(instance).toMatchObject({ trustedRootPath: path('trusted_root.json'), sandbox: 'refuse', warnings: [] });
    expect(instance.signingConfig.certificateAuthorities).toMatchObject([{ url: place.sandbox.urls.fulcio }]);
    expect(place.count('tuf')).toBe(0);
  });

  test('to verify with, the trusted root is enough, whatever the instance', async () => {
    const trustedRoot = path('trusted_root.json');
    for (const name of ['public-good', 'github', 'staging', 'custom', 'sandbox'] as const) {
      const { trust } = await load({ name, purpose: 'verify', trustedRoot });
      expect(trust.transparencyLogs).toHaveLength(3);
    }
  });

  test('to sign with, it is not', async () => {
    await expect(load({ trustedRoot: path('trusted_root.json') })).rejects.toMatchObject({
      code: 'USAGE',
      remedy: expect.stringMatching(/`signing-config`/),
    });
  });

  test('a certificate log is asked for, unless that is typed out, and then it is said', async () => {
    const files = { trustedRoot: path('trusted_root.json'), signingConfig: path('signing_config.json') };
    const asked = { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 };
    expect(await load(files)).toMatchObject({ thresholds: asked, warnings: [] });
    expect(await load({ ...files, insecureIgnoreSct: false })).toMatchObject({ thresholds: asked, warnings: [] });
    expect(await load({ ...files, insecureIgnoreSct: true })).toMatchObject({
      thresholds: { ...asked, signedCertificateTimestamps: 0 },
      warnings: [expect.stringMatching(/^no certificate transparency log is asked for/)],
    });
  });

  test('a file that is not there is named', async () => {
    await expect(load({ trustedRoot: path('absent.json') })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/trusted root .*absent\.json cannot be read: ENOENT/),
    });
  });
});

describe('from a repository', () => {
  test('takes both, and the signing config of the version that was asked for', async () => {
    const versions = async (request: Partial<InstanceRequest>) =>
      (await fromTuf(request)).signingConfig.transparencyLogs.map(({ majorApiVersion }) => majorApiVersion);
    expect(await versions({})).toEqual([1]);
    expect(await versions({ logVersion: 2 })).toEqual([2, 2, 1]);
  });

  test('needs a root to begin with', async () => {
    await expect(load({ tufUrl: place.sandbox.urls.tuf })).rejects.toMatchObject({
      code: 'USAGE',
      remedy: expect.stringMatching(/`tuf-root`/),
    });
    expect(place.count('tuf')).toBe(0);
  });

  test('a file takes the place of the repository’s', async () => {
    const { trustedRootPath, signingConfig } = await fromTuf({ signingConfig: path('signing_config.json') });
    expect(trustedRootPath).toBeUndefined();
    expect(signingConfig.transparencyLogs.map(({ majorApiVersion }) => majorApiVersion)).toEqual([2, 2]);
  });

  test('is asked once a day; offline, not at all', async () => {
    const cacheDirectory = path('cache');
    await fromTuf({ cacheDirectory });
    const asked = place.count('tuf');
    await fromTuf({ cacheDirectory });
    await fromTuf({ cacheDirectory, mode: 'offline' });
    expect(place.count('tuf')).toBe(asked);
    place.ahead = 25 * 3_600_000;
    await fromTuf({ cacheDirectory, mode: 'offline' });
    expect(place.count('tuf')).toBe(asked);
    await fromTuf({ cacheDirectory });
    expect(place.count('tuf')).toBeGreaterThan(asked);
  });

  test('what has expired is refused offline, unless that was typed, and then it is said', async () => {
    const cacheDirectory = path('cache');
    await fromTuf({ cacheDirectory });
    place.ahead = 30 * 24 * 3_600_000;
    await expect(fromTuf({ cacheDirectory, mode: 'offline' })).rejects.toMatchObject({
      code: 'TRUSTED_ROOT_EXPIRED',
      remedy: expect.stringContaining('--offline-stale'),
    });
    const { warnings } = await fromTuf({ cacheDirectory, mode: 'offline-stale' });
    expect(warnings).toEqual([
      expect.stringMatching(/^the trust root has expired since it was fetched at .*, and was used all the same$/),
    ]);
  });
});

test('each instance asks for the proof that it offers', async () => {
  const trustedRoot = path('trusted_root.json');
  const thresholds = async (name: InstanceRequest['name']) =>
    Object.values((await load({ name, purpose: 'verify', trustedRoot })).thresholds);
  expect(await thresholds('public-good')).toEqual([1, 1, 1]);
  expect(await thresholds('custom')).toEqual([1, 1, 1]);
  expect(await thresholds('github')).toEqual([0, 0, 1]);
});

test('certificates of a sandbox count only where the sandbox was named, and only the public instances have a public log', async () => {
  const trustedRoot = path('trusted_root.json');
  const all = await Promise.all(
    (['public-good', 'github', 'staging', 'custom', 'sandbox'] as const).map((name) =>
      load({ name, purpose: 'verify', trustedRoot }),
    ),
  );
  expect(all.map(({ name, sandbox, publicLog }) => [name, sandbox, publicLog])).toEqual([
    ['public-good', 'refuse', true],
    ['github', 'refuse', false],
    ['staging', 'refuse', true],
    ['custom', 'refuse', false],
    ['sandbox', 'accept', false],
  ]);
});
