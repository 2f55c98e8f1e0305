/** Deliveries to GitHub's attestation store, and storage records of images. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fault, type Sandbox, type SandboxRepository, secondaryRateLimit, startSandbox } from '../../sandbox/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import {
  type AttestationToStore,
  demandAttestations,
  recordStorage,
  type StoredAttestations,
  storeAttestations,
} from '../../src/deliver/index.ts';
import { Secret } from '../../src/node/index.ts';
import { openAttestationWriter, openStorageRecorder } from '../../src/services/github/index.ts';
import { type HttpConnections, openHttp, withRetries } from '../../src/services/http/index.ts';
import { parseRepository } from '../../src/services/registry/index.ts';
import type { ImageSubject } from '../../src/subject/index.ts';
import { attestation } from '../kit/attestation.ts';
import { half, SkippedTime } from '../services/time.ts';

const hashes = ['1', '2', '3'].map((digit) => digit.repeat(64));

let sandbox: Sandbox;
let app: SandboxRepository;
let connections: HttpConnections;
let time: SkippedTime;
beforeEach(async () => {
  time = new SkippedTime();
  sandbox = await startSandbox({ clock: time.clock });
  app = sandbox.github.addRepository('octo/app');
  connections = openHttp('countersign');
});
afterEach(async () => {
  connections[Symbol.dispose]();
  await sandbox.close();
});

function options() {
  const http = withRetries(connections.send, { ...time, budget: 60_000, random: half });
  const token = new Secret(sandbox.github.jobToken(app, { attestations: 'write', 'artifact-metadata': 'write' }));
  return { http, token, apiUrl: sandbox.urls.github, clock: time.clock };
}

/** A bundle on disk for each subject. */
function bundles(changes: Partial<AttestationToStore> = {}): readonly AttestationToStore[] {
  return hashes.map((sha256, at) => {
    const bytes = utf8(JSON.stringify(attestation(sandbox, { repository: 'octo/app', subjects: { app: sha256 } })));
    return { bundlePath: `/work/${at}.sigstore.json`, read: async () => bytes, isFresh: true, ...changes };
  });
}

const store = (these: readonly AttestationToStore[], serverUrl = 'https://github.com'): Promise<StoredAttestations> =>
  storeAttestations(these, { writer: openAttestationWriter(options()), repository: 'octo/app', serverUrl });

const posts = (): number =>
  sandbox.requests.filter(({ service, method }) => service === 'github' && method === 'POST').length;

const pathsOf = (failures: StoredAttestations['failures']) => failures.map(({ name, error }) => [name, error.code]);

describe('bundles', () => {
  test.each([
    ['https://github.com', 'https://github.com/octo/app/attestations/'],
    ['https://octo.ghe.com/', 'https://octo.ghe.com/octo/app/attestations/'],
  ])('on %s have ids and addresses', async (serverUrl, page) => {
    const { stored, failures } = await store(bundles(), serverUrl);
    expect(failures).toEqual([]);
    expect(stored).toEqual(
      sandbox.github.attestations.all.map(({ id }, at) => ({
        bundlePath: `/work/${at}.sigstore.json`,
        id: String(id),
        url: `${page}${id}`,
      })),
    );
  });

  test('that cover several subjects are stored once', async () => {
    const [first] = bundles();
    if (first === undefined) throw new Error('no bundle');
    expect((await store([first, first, { ...first }])).stored).toHaveLength(1);
    expect(posts()).toBe(1);
  });

  test('of an earlier run are stored if they are missing, and no others', async () => {
    const all = bundles({ isFresh: false });
    await store(all.slice(0, 1));
    const { stored } = await store(all);
    expect(stored.map(({ id }) => id === undefined)).toEqual([true, false, false]);
    expect(stored[0]?.url).toBe('https://github.com/octo/app/attestations');
    expect(sandbox.github.attestations.all).toHaveLength(3);
    await store(all);
    expect(sandbox.github.attestations.all).toHaveLength(3);
  });

  test('that are refused, too long or unreadable harm no others', async () => {
    const foreign = attestation(sandbox, { repository: 'mallory/app', subjects: { app: hashes[0] ?? '' } });
    const unreadable = new CountersignError('BUNDLE_UNREADABLE', 'unreadable');
    const bad: readonly AttestationToStore[] = [
      { bundlePath: 'foreign', read: async () => utf8(JSON.stringify(foreign)), isFresh: true },
      { bundlePath: 'long', read: async () => new Uint8Array(16 * 1024 * 1024 + 1), isFresh: true },
      { bundlePath: 'invalid', read: async () => utf8('{}'), isFresh: true },
      { bundlePath: 'gone', read: () => Promise.reject(unreadable), isFresh: true },
    ];
    const [first, ...others] = bundles();
    if (first === undefined) throw new Error('no bundle');
    const { stored, failures } = await store([first, ...bad, ...others]);
    expect(stored).toHaveLength(3);
    expect(pathsOf(failures)).toEqual([
      ['foreign', 'SERVICE_REFUSED'],
      ['long', 'LIMIT_EXCEEDED'],
      ['invalid', 'BUNDLE_INVALID'],
      ['gone', 'BUNDLE_UNREADABLE'],
    ]);
  });

  test.each([
    ['RATE_LIMITED', () => secondaryRateLimit(60)],
    ['PERMISSION_MISSING', () => fault.status(403, { body: '{"message":"Resource not accessible by integration"}' })],
    ['SERVICE_UNAVAILABLE', () => fault.status(500)],
  ])('after %s, the others are reported and not sent', async (code, broken) => {
    sandbox.faults.set('github', broken(), { skip: 1 });
    const { stored, failures } = await store(bundles());
    expect(stored).toHaveLength(1);
    expect(pathsOf(failures)).toEqual([
      ['/work/1.sigstore.json', code],
      ['/work/2.sigstore.json', code],
    ]);
    expect(posts()).toBe(2);
    // A later run delivers what is missing.
    sandbox.faults.clear();
    time.now += 3_600_000;
    expect((await store(bundles().slice(1))).failures).toEqual([]);
    expect(sandbox.github.attestations.all).toHaveLength(3);
  });

  test('without a statement are refused before anything is signed', () => {
    expect(() => demandAttestations('message-signature')).toThrow(
      expect.objectContaining({ code: 'USAGE', remedy: expect.stringContaining('`bundle-format: attestation`') }),
    );
    expect(() => demandAttestations('dsse-envelope')).not.toThrow();
  });
});

describe('images', () => {
  const imageIn = async (name: string, content = name): Promise<ImageSubject> => ({
    kind: 'image',
    name,
    digest: await digest('sha256', utf8(content)),
    origin: name,
    stored: {
      repository: parseRepository(name),
      tags: [],
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      size: 1,
    },
  });
  const record = (images: readonly ImageSubject[], repository = 'octo/app') =>
    recordStorage(images, { recorder: openStorageRecorder(options()), repository });

  test('have a record in each of their registries', async () => {
    const [ghcr, hub] = [await imageIn('ghcr.io/octo/app', 'same'), await imageIn('quay.io/octo/app', 'same')];
    const { ids, warnings, failures } = await record([ghcr, hub, ghcr, { ...hub, stored: undefined, name: 'on-disk' }]);
    expect([ids.length, warnings, failures]).toEqual([2, [], []]);
    expect(
      sandbox.github.storageRecords.all.map((one) => [
        one.name,
        one.registryUrl,
        one.artifactUrl,
        one.repository,
        one.others,
      ]),
    ).toEqual([
      ['ghcr.io/octo/app', 'https://ghcr.io', 'https://ghcr.io/octo/app', 'octo/app', { github_repository: 'app' }],
      ['quay.io/octo/app', 'https://quay.io', 'https://quay.io/octo/app', 'octo/app', { github_repository: 'app' }],
    ]);
  });

  test('with long names lose what does not fit, with a warning', async () => {
    const { ids, warnings } = await record([await imageIn(`ghcr.io/octo/${'a'.repeat(140)}`)]);
    expect(ids).toHaveLength(1);
    expect(warnings.map((one) => one.split(':')[0])).toEqual([
      'the storage record has no artifact_url',
      'the storage record has no repository',
    ]);
  });

  test('of users have none', async () => {
    sandbox.github.addRepository('jane/tool', { ownerType: 'User' });
    const images = [await imageIn('ghcr.io/jane/a'), await imageIn('ghcr.io/jane/b')];
    const { failures } = await record(images, 'jane/tool');
    expect(failures.map(({ error }) => error.code)).toEqual(['SERVICE_REFUSED', 'SERVICE_REFUSED']);
  });
});
