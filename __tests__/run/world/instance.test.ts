import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { loadTrust } from '../../../src/run/policy/index.ts';
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

  test('a tenant of GitHub has services of its own, and needs its trusted root', async () => {
    const tenant = { name: 'github', tenant: 'octo.ghe.com' } as const;
    const { signingConfig, thresholds } = await load({ ...tenant, trustedRoot: path('trusted_root.json') });
    expect(signingConfig.certificateAuthorities).toMatchObject([{ url: 'https://fulcio.octo.ghe.com' }]);
    expect(signingConfig.timestampAuthorities).toMatchObject([
      { url: 'https://timestamp.octo.ghe.com/api/v1/timestamp' },
    ]);
    expect([signingConfig.transparencyLogs, thresholds.logEntries]).toEqual([[], 0]);
    await expect(load(tenant)).rejects.toMatchObject({
      code: 'USAGE',
      remedy: expect.stringContaining('gh attestation trusted-root --hostname octo.ghe.com'),
    });
  });

  test('a certificate log is asked for, unless that is typed out, and then it is said', async () => {
    const files = { trustedRoot: path('trusted_root.json'), signingConfig: path('signing_config.json') };
    const asked = { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 };
    expect(await load(files)).toMatchObject({ thresholds: asked, warnings: [] });
    expect(await load({ ...files, insecureIgnoreSct: false })).toMatchObject({ thresholds: asked, warnings: [] });
    expect(await load({ ...files, insecureIgnoreSct: true })).toMatchObject({
      thresholds: { ...asked, signedCertificateTimestamps: 0 },
      warnings: [
        expect.stringMatching(/^certificate transparency is not required, so misissued certificates may go unnoticed/),
      ],
    });
  });

  test('a transparency log is asked for, unless that is typed out, and then it is said', async () => {
    const files = { trustedRoot: path('trusted_root.json'), signingConfig: path('signing_config.json') };
    expect(await load({ ...files, insecureIgnoreTlog: false })).toMatchObject({ thresholds: { logEntries: 1 } });
    expect(await load({ ...files, insecureIgnoreTlog: true })).toMatchObject({
      thresholds: { signedCertificateTimestamps: 1, logEntries: 0, timestamps: 1 },
      warnings: [expect.stringMatching(/^transparency log entries are not required/)],
    });
  });

  const config = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';
  test.each<[content: string | Uint8Array, is: string, remedy: string]>([
    [Buffer.from('\ufeff{}', 'utf16le'), 'is not UTF-8 but UTF-16', 'Save it as UTF-8'],
    [Buffer.from('\ufeff{}', 'utf16le').swap16(), 'is not UTF-8 but UTF-16', 'Save it as UTF-8'],
    [Buffer.from('{}', 'utf16le'), 'is not UTF-8 but UTF-16', 'Save it as UTF-8'],
    ['\n<!doctype html>', 'is HTML or XML, not JSON', 'Check the URL'],
    ['-----BEGIN CERTIFICATE-----\n', 'is PEM, not JSON', 'Check the path'],
    ['{"mediaType":"application/vnd.dev.sigstore.clienttrustconfig.v0.1+json"}', 'is a ClientTrustConfig', '`MEMBER`'],
    ['{"trustedRoot":{},"signingConfig":{}}', 'is a ClientTrustConfig', '`MEMBER`'],
    ['{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}', 'is a bundle', 'Check the path'],
    [
      '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.1+json"}',
      'is a signing config of version 0.1, which is not supported',
      '0.2',
    ],
    ['{"signed":{"_type":"root"},"signatures":[]}', 'is a TUF root', '`tuf-root`'],
  ])('%j is named for what it is', async (content, is, remedy) => {
    await writeFile(path('given.json'), content);
    const given = { trustedRoot: path('trusted_root.json'), signingConfig: path('signing_config.json') };
    for (const [input, what] of [
      ['trustedRoot', 'trusted root'],
      ['signingConfig', 'signing config'],
    ] as const) {
      const member = remedy.replace('MEMBER', input);
      const expected = {
        message: expect.stringContaining(`the ${what} ${path('given.json')} ${is}`),
        remedy: expect.stringContaining(member),
      };
      await expect(load({ ...given, [input]: path('given.json') })).rejects.toMatchObject(expected);
      if (input === 'trustedRoot')
        await expect(
          loadTrust({ name: 'custom', purpose: 'verify', trustedRoot: path('given.json') }, place.world()),
        ).rejects.toMatchObject(expected);
    }
  });

  test('one that is given as the other is named', async () => {
    const given = { trustedRoot: path('signing_config.json'), signingConfig: path('signing_config.json') };
    await expect(load(given)).rejects.toMatchObject({
      code: 'TRUSTED_ROOT_INVALID',
      message: expect.stringContaining('is a signing config'),
      remedy: expect.stringContaining('`signing-config`'),
    });
    await writeFile(path('given.json'), JSON.stringify(place.sandbox.trustedRoot));
    await expect(
      load({ ...given, trustedRoot: path('given.json'), signingConfig: path('given.json') }),
    ).rejects.toMatchObject({
      code: 'SIGNING_CONFIG_INVALID',
      message: expect.stringContaining('is a trusted root'),
      remedy: expect.stringContaining('`trusted-root`'),
    });
  });

  test('another document is refused with the reader’s own reason', async () => {
    await writeFile(path('given.json'), JSON.stringify({ mediaType: 'text/plain' }));
    await expect(load({ trustedRoot: path('given.json') })).rejects.toMatchObject({
      message: expect.stringMatching(/^trustedRoot\.mediaType is "text\/plain"/),
    });
    await writeFile(path('given.json'), JSON.stringify({ mediaType: config, caUrls: 1 }));
    await expect(
      load({ trustedRoot: path('trusted_root.json'), signingConfig: path('given.json') }),
    ).rejects.toMatchObject({ message: 'signingConfig.caUrls is not a list' });
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
      remedy: expect.stringContaining('`offline-stale`'),
    });
    const { warnings } = await fromTuf({ cacheDirectory, mode: 'offline-stale' });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^the cached trust root, fetched at .*, has expired; it is used because of `offline-stale`$/,
      ),
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
