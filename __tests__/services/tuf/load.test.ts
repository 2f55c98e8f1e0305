import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '../../../src/core/errors/index.ts';
import { withRetries } from '../../../src/services/http/index.ts';
import { loadFromTuf, type TargetName, type TufFiles, type TufOptions } from '../../../src/services/tuf/index.ts';
import { type Answer, type Answering, answering, failure, serve, withHttp } from '../loopback.ts';
import { half, SkippedTime, start } from '../time.ts';
import { type Members, type Role, TestKey, TestRepository } from './repository.ts';

const hour = 60 * 60 * 1000;
const names = ['trusted_root.json', 'signing_config.v0.2.json'] as const;

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'countersign-test-'));
});
afterAll(() => rm(scratch, { recursive: true }));

let caches = 0;
const newCache = (): string => join(scratch, `cache-${caches++}`);

function load(
  repository: Pick<TestRepository, 'rootJson'>,
  server: Pick<Answering, 'origin'>,
  options: Partial<TufOptions> = {},
  wanted: readonly TargetName[] = names,
): Promise<TufFiles> {
  const urls = { metadataUrl: server.origin, rootJson: repository.rootJson };
  return withHttp((http) => loadFromTuf(urls, wanted, { http, clock: () => start, random: randomBytes, ...options }));
}

function at(milliseconds: number): Pick<TufOptions, 'clock'> {
  return { clock: () => new Date(start.getTime() + milliseconds) };
}

function texts({ files }: TufFiles): readonly string[] {
  return [...files].map(([name, bytes]) => `${name} ${Buffer.from(bytes)}`);
}

const published = ['trusted_root.json {"trusted":"root"}', 'signing_config.v0.2.json {"signing":"config"}'];

async function expectRefusal(
  repository: TestRepository,
  code: ErrorCode,
  message: RegExp,
  options: Partial<TufOptions> = {},
): Promise<void> {
  await using server = await repository.serve();
  const error = await failure(load(repository, server, options));
  expect({ code: error.code, message: error.message }).toEqual({ code, message: expect.stringMatching(message) });
  expect(error.message).toContain(server.origin);
}

describe('a repository', () => {
  test('is read from its root to the files asked for', async () => {
    const repository = new TestRepository();
    await using server = await repository.serve();
    const loaded = await load(repository, server);
    expect(texts(loaded)).toEqual(published);
    expect(loaded).toMatchObject({ source: 'repository', refreshedAt: start, expired: false, warnings: [] });
    expect(server.received.map(({ method, url }) => `${method} ${url.replace(/[0-9a-f]{64}/, '…')}`)).toEqual([
      'GET /2.root.json',
      'GET /timestamp.json',
      'GET /1.snapshot.json',
      'GET /1.targets.json',
      'GET /targets/….trusted_root.json',
      'GET /targets/….signing_config.v0.2.json',
    ]);
  });

  test('can have its files elsewhere, and no consistent snapshots', async () => {
    const repository = new TestRepository();
    repository.consistentSnapshot = false;
    repository.publishRoot();
    repository.publish();
    await using server = await answering(({ url }) => {
      const path = url.replace('/metadata/', '').replace('/files/', 'targets/');
      const file = repository.files.get(path);
      return file === undefined ? { status: 403 } : { body: file };
    });
    const loaded = await withHttp((http) =>
      loadFromTuf(
        {
          metadataUrl: `${server.origin}/metadata`,
          targetsUrl: `${server.origin}/files`,
          rootJson: Buffer.from(repository.rootJson),
        },
        names,
        { http, clock: () => start, random: randomBytes },
      ),
    );
    expect(texts(loaded)).toEqual(published);
    expect(server.received.at(-1)?.url).toBe('/files/signing_config.v0.2.json');
  });

  test('that starts from an expired root, and rotates it twice, is followed', async () => {
    const repository = new TestRepository();
    repository.expires.root = '2020-01-01T00:00:00Z';
    repository.versions.root = 0;
    repository.publishRoot();
    const first = repository.keys.root;
    Object.assign(repository.keys, { root: [new TestKey(), new TestKey(), new TestKey()] });
    repository.publishRoot([...first, ...repository.keys.root]);
    repository.expires.root = '2030-01-01T00:00:00Z';
    const second = repository.keys.root;
    Object.assign(repository.keys, { root: [new TestKey(), new TestKey()], timestamp: [new TestKey()] });
    repository.publishRoot([...second, ...repository.keys.root]);
    repository.publish();
    await using server = await repository.serve();
    expect(texts(await load(repository, server))).toEqual(published);
  });

  test('with signatures that are empty, as of members who have not signed, is read', async () => {
    const repository = new TestRepository();
    repository.editSignatures.root = ([first, second, third]) => [{ ...third, sig: '' }, first ?? {}, second ?? {}];
    repository.publishRoot();
    await using server = await repository.serve();
    expect(texts(await load(repository, server))).toEqual(published);
    // And they do not count.
    repository.editSignatures.root = ([first, second, third]) => [
      { ...third, sig: '' },
      { ...second, sig: '' },
      first ?? {},
    ];
    repository.publishRoot();
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', /the root role \(3\.root\.json\).*1\/2 keys/);
  });

  test('whose address must be an https URL, or an http URL of this machine is not asked', async () => {
    const repository = new TestRepository();
    const refused = async (metadataUrl: string): Promise<string> => {
      const error = await failure(load(repository, { origin: metadataUrl }));
      expect(error.code).toBe('USAGE');
      return error.message;
    };
    expect(await refused('http://tuf.example')).toContain('must be an https URL');
    expect(await refused('file:///etc')).toContain('must be an https URL');
    expect(await refused('tuf.example')).toContain('is malformed');
    for (const url of [
      'https://user:hunter2@tuf.example',
      'http://user:hunter2@tuf.example',
      'ftp://tuf.example/?hunter2',
      'user:hunter2@tuf.example',
      '//user:hunter2@tuf.example',
    ]) {
      expect(await refused(url)).not.toContain('hunter2');
    }
  });

  test('is not asked for a file that is not on the list', async () => {
    const repository = new TestRepository();
    await using server = await repository.serve();
    const wanted = ['../../../etc/passwd' as TargetName];
    const error = await failure(load(repository, server, {}, wanted));
    expect([error.code, server.received.length]).toEqual(['USAGE', 0]);
  });

  test('that names its files like paths writes none of them', async () => {
    const repository = new TestRepository();
    repository.targets['../../evil.json'] = Buffer.from('{}');
    repository.publish();
    const directory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory: directory });
    expect(await readdir(directory)).toEqual([expect.stringMatching(/^trust-root-127\.0\.0\.1-[0-9a-f]{16}\.json$/)]);
  });

  test('that lacks a file that is asked for says so', async () => {
    const repository = new TestRepository();
    await using server = await repository.serve();
    const error = await failure(load(repository, server, {}, ['signing_config_rekor_v2.v0.2.json']));
    expect(error.code).toBe('TRUSTED_ROOT_MISSING');
    expect(error.message).toBe(`the TUF repository (${server.origin}) has no signing_config_rekor_v2.v0.2.json`);
  });
});

describe('what has expired', () => {
  test.each<Role>(['root', 'timestamp', 'snapshot', 'targets'])('is refused: %s', async (role) => {
    const repository = new TestRepository();
    repository.expires[role] = '2026-11-24T00:00:00Z';
    if (role === 'root') repository.publishRoot();
    repository.publish();
    await using server = await repository.serve();
    // By our clock, whatever the system's says.
    expect(texts(await load(repository, server, at(12 * hour - 1)))).toEqual(published);
    const error = await failure(load(repository, server, at(12 * hour)));
    expect(error.code).toBe('TRUSTED_ROOT_EXPIRED');
    expect(error.message).toBe(`the ${role} role of the TUF repository (${server.origin}) has expired`);
    expect(error.remedy).toContain('Try again later');
  });

  test.each<Role>(['root', 'timestamp', 'snapshot', 'targets'])(
    'never, because its time cannot be read, is refused: %s',
    async (role) => {
      const repository = new TestRepository();
      repository.expires[role] = 'tomorrow';
      repository.publishRoot();
      repository.publish();
      await expectRefusal(
        repository,
        'TRUSTED_ROOT_INVALID',
        new RegExp(`${role}.*signed\\.expires is not a valid time`),
      );
    },
  );
});

describe('signatures', () => {
  test.each<Role>(['timestamp', 'snapshot', 'targets'])('by another key are refused: %s', async (role) => {
    const repository = new TestRepository();
    repository.editSignatures[role] = (_, signed) => [
      { ...new TestKey().signature(signed), keyid: repository.keys[role][0]?.id ?? '' },
    ];
    repository.publish();
    await expectRefusal(
      repository,
      'TRUSTED_ROOT_INVALID',
      new RegExp(`the ${role} role \\(.*${role}\\.json\\).*0/1 keys`),
    );
  });

  test('by fewer keys than the threshold are refused', async () => {
    const repository = new TestRepository();
    repository.publishRoot(repository.keys.root.slice(0, 1));
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', /the root role \(2\.root\.json\).*1\/2 keys/);
  });

  test('by one key twice count once', async () => {
    const repository = new TestRepository();
    const [key] = repository.keys.root;
    repository.publishRoot(key === undefined ? [] : [key, key]);
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', /the root role \(2\.root\.json\).*multiple signatures/);
  });

  test('by one key that a role names twice count once', async () => {
    const repository = new TestRepository();
    const [key = new TestKey()] = repository.keys.root;
    Object.assign(repository.keys, { timestamp: [key, key] });
    repository.thresholds.timestamp = 2;
    repository.publishRoot();
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', /the root role \(2\.root\.json\).*duplicate key/);
  });

  test('of a new root by its own keys alone, or by the old ones alone, are refused', async () => {
    const repository = new TestRepository();
    const old = repository.keys.root;
    Object.assign(repository.keys, { root: [new TestKey(), new TestKey()] });
    repository.publishRoot();
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', /the root role \(2\.root\.json\).*0\/2 keys/);
    repository.versions.root = 1;
    repository.publishRoot(old);
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', /the root role \(2\.root\.json\).*0\/2 keys/);
  });

  test('of a root that was changed after it was built in are refused', async () => {
    const repository = new TestRepository();
    await using server = await repository.serve();
    const rootJson = repository.rootJson.replace('2030-01-01', '2031-01-01');
    const error = await failure(load({ rootJson }, server));
    expect(error.code).toBe('TRUSTED_ROOT_INVALID');
    expect(error.message).toMatch(/^the initial root metadata of the TUF repository \(.*\): .*0\/2 keys$/);
    expect((await failure(load({ rootJson: '{' }, server))).code).toBe('TRUSTED_ROOT_INVALID');
    expect(server.received).toEqual([]);
  });

  test('of metadata that was changed afterwards are refused', async () => {
    const repository = new TestRepository();
    repository.files.set(
      '1.targets.json',
      Buffer.from(String(repository.files.get('1.targets.json')).replace('"length": 18', '"length": 19')),
    );
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', /the targets role \(1\.targets\.json\).*0\/1 keys/);
  });
});

describe('versions', () => {
  test('of a root that skips one is refused', async () => {
    const repository = new TestRepository();
    repository.edit.root = (signed) => {
      signed.version = 3;
    };
    repository.publishRoot();
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', /2\.root\.json.*Expected version 2, got 3/);
  });

  test.each<Role>(['snapshot', 'targets'])('other than announced are refused: %s', async (role) => {
    const repository = new TestRepository();
    repository.edit[role] = (signed) => {
      signed.version = 7;
    };
    repository.publish();
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', new RegExp(`2\\.${role}\\.json.*[Vv]ersion`));
  });

  test('of another role’s metadata are refused', async () => {
    const repository = new TestRepository();
    repository.edit.timestamp = (signed) => {
      signed._type = 'snapshot';
    };
    repository.publish();
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', /timestamp\.json.*expected 'timestamp'/);
  });

  test('before the cached ones are refused: timestamp', async () => {
    const repository = new TestRepository();
    const cacheDirectory = newCache();
    const old = new Map(repository.files);
    repository.publishTimestamp();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    for (const [path, bytes] of old) repository.files.set(path, bytes);
    const error = await failure(load(repository, server, { cacheDirectory, ...at(25 * hour) }));
    expect(error.code).toBe('TRUSTED_ROOT_INVALID');
    expect(error.message).toMatch(/the timestamp role.*version 1 is less than current version 2/);
    // Not even once the cached one has expired.
    const later = await failure(load(repository, server, { cacheDirectory, clock: () => new Date('2029-12-31') }));
    expect(later.message).toMatch(/version 1 is less than current version 2/);
  });

  test('before the cached ones are refused, although the cached ones have expired', async () => {
    const repository = new TestRepository();
    const cacheDirectory = newCache();
    const old = new Map(repository.files);
    repository.expires.timestamp = '2026-11-24T00:00:00Z';
    repository.publishTimestamp();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    for (const [path, bytes] of old) repository.files.set(path, bytes);
    const error = await failure(load(repository, server, { cacheDirectory, ...at(25 * hour) }));
    expect(error.message).toMatch(/the timestamp role.*version 1 is less than current version 2/);
  });

  test('before the cached ones are refused: the snapshot that a new timestamp announces', async () => {
    const repository = new TestRepository();
    repository.publish();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    repository.versions.snapshot = 1;
    repository.publishTimestamp();
    const error = await failure(load(repository, server, { cacheDirectory, ...at(25 * hour) }));
    expect(error.message).toMatch(/the timestamp role.*snapshot version 1 is less than current version 2/);
  });

  test.each([
    ['is good', '2030-01-01T00:00:00Z'],
    ['has expired', '2026-11-24T00:00:00Z'],
  ])('before the cached ones are refused: targets of a new snapshot, where the cache %s', async (_, expires) => {
    const repository = new TestRepository();
    repository.expires.timestamp = expires;
    repository.publish();
    repository.expires.timestamp = '2030-01-01T00:00:00Z';
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    repository.versions.targets = 0;
    repository.publish();
    const error = await failure(load(repository, server, { cacheDirectory, ...at(25 * hour) }));
    expect(error.code).toBe('TRUSTED_ROOT_INVALID');
    expect(error.message).toMatch(/the snapshot role.*version 1 of targets\.json is less than current version 2/);
  });

  test('before the cached ones are refused: a root that is not served any more', async () => {
    const repository = new TestRepository();
    const thief = repository.keys.timestamp;
    Object.assign(repository.keys, { timestamp: [new TestKey()], snapshot: [new TestKey()] });
    repository.publishRoot();
    repository.publish();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    // Whoever has the old online key hides the root that revoked it.
    repository.files.delete('2.root.json');
    Object.assign(repository.keys, { timestamp: thief, snapshot: thief });
    repository.publish();
    expect(texts(await load(repository, server))).toEqual(published);
    const error = await failure(load(repository, server, { cacheDirectory, ...at(25 * hour) }));
    expect(error.message).toMatch(/the timestamp role.*0\/1 keys/);
  });

  test('far ahead, signed with a stolen key, are forgotten once the root replaces that key', async () => {
    const repository = new TestRepository();
    repository.versions.timestamp = 1_000_000;
    repository.versions.snapshot = 1_000_000;
    repository.publish();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    const online = new TestKey();
    Object.assign(repository.keys, { timestamp: [online], snapshot: [online] });
    Object.assign(repository.versions, { timestamp: 1, snapshot: 1 });
    repository.publishRoot();
    repository.publish();
    expect(texts(await load(repository, server, { cacheDirectory, ...at(25 * hour) }))).toEqual(published);
  });
});

describe('a file', () => {
  const path = (repository: TestRepository): string =>
    [...repository.files.keys()].find((name) => name.endsWith('trusted_root.json')) ?? '';

  test.each<[what: string, bytes: string, code: ErrorCode, message: RegExp]>([
    ['with another hash', '{"trusted":"toor"}', 'TRUSTED_ROOT_INVALID', /trusted_root\.json of .*Expected hash/],
    ['that is too short', '{"trusted":"roo"}', 'TRUSTED_ROOT_INVALID', /trusted_root\.json of .*Expected length/],
    ['that is too long', '{"trusted":"root"} ', 'SERVICE_RESPONSE_INVALID', /trusted_root\.json: .*more than 18 bytes/],
  ])('%s is refused', async (_, bytes, code, message) => {
    const repository = new TestRepository();
    repository.files.set(path(repository), Buffer.from(bytes));
    await expectRefusal(repository, code, message);
  });

  test('that is announced and not there is missed', async () => {
    const repository = new TestRepository();
    repository.files.delete(path(repository));
    await expectRefusal(repository, 'TRUSTED_ROOT_MISSING', /has no [0-9a-f]{64}\.trusted_root\.json$/);
  });

  test.each<[what: string, hashes: Members]>([
    ['no hash at all', {}],
    ['a hash that is broken', { md5: 'd41d8cd98f00b204e9800998ecf8427e' }],
  ])('with %s is refused', async (_, hashes) => {
    const repository = new TestRepository();
    repository.edit.targets = (signed) => {
      signed.targets = { 'trusted_root.json': { length: 18, hashes } };
    };
    repository.publish();
    await expectRefusal(repository, 'TRUSTED_ROOT_INVALID', /trusted_root\.json has no SHA-256 hash$/);
  });

  test('that is announced with any length is read up to 8 MiB', async () => {
    const repository = new TestRepository();
    const bytes = Buffer.alloc(8 * 1024 * 1024 + 1, ' ');
    repository.targets['trusted_root.json'] = bytes;
    repository.publish();
    await expectRefusal(repository, 'SERVICE_RESPONSE_INVALID', /trusted_root\.json: .*more than 8388608 bytes/);
  });
});

describe('an answer', () => {
  const answers = (path: string, answer: Answer) => (asked: string) => (asked === path ? answer : undefined);

  test.each<[path: string, answer: Answer, code: ErrorCode, message: RegExp]>([
    ['2.root.json', { status: 500 }, 'SERVICE_UNAVAILABLE', /^the TUF repository \(.*\) responded with 500$/],
    ['2.root.json', { status: 301, headers: { location: '/1.root.json' } }, 'SERVICE_REFUSED', /responded with 301$/],
    [
      '2.root.json',
      { body: '<html>Sign in</html>' },
      'TRUSTED_ROOT_INVALID',
      /the root role \(2\.root\.json\) of .*expected a JSON value/,
    ],
    [
      'timestamp.json',
      { body: '<html>Sign in</html>' },
      'TRUSTED_ROOT_INVALID',
      /timestamp\.json.*expected a JSON value/,
    ],
    ['timestamp.json', { body: '' }, 'TRUSTED_ROOT_INVALID', /timestamp\.json.*expected a JSON value/],
    [
      'timestamp.json',
      { body: '{"signed":{},"signed":{}}' },
      'TRUSTED_ROOT_INVALID',
      /the JSON member "signed" occurs twice/,
    ],
    [
      'timestamp.json',
      { body: '{"signed":{"expires":"2030-01-01T00:00:00Z"}}' },
      'TRUSTED_ROOT_INVALID',
      /timestamp\.json/,
    ],
    ['timestamp.json', { body: '['.repeat(10_000) }, 'LIMIT_EXCEEDED', /nested more than 32 levels deep/],
    ['timestamp.json', { status: 404 }, 'TRUSTED_ROOT_MISSING', /has no timestamp\.json$/],
    [
      'timestamp.json',
      { status: 403 },
      'SERVICE_REFUSED',
      /^timestamp\.json: the TUF repository .* responded with 403$/,
    ],
    [
      '1.targets.json',
      { status: 403 },
      'SERVICE_REFUSED',
      /^1\.targets\.json: the TUF repository .* responded with 403$/,
    ],
    ['1.snapshot.json', { status: 503 }, 'SERVICE_UNAVAILABLE', /^the TUF repository \(.*\) responded with 503$/],
    [
      '1.snapshot.json',
      { body: '<html>' },
      'TRUSTED_ROOT_INVALID',
      /the snapshot role \(1\.snapshot\.json\).*expected a JSON value/,
    ],
    ['1.targets.json', { status: 404 }, 'TRUSTED_ROOT_MISSING', /has no 1\.targets\.json$/],
    [
      '2.root.json',
      { body: Buffer.alloc(512_001, ' ') },
      'SERVICE_RESPONSE_INVALID',
      /^2\.root\.json: .*more than 512000 bytes$/,
    ],
    [
      'timestamp.json',
      { body: Buffer.alloc(16_385, ' ') },
      'SERVICE_RESPONSE_INVALID',
      /^timestamp\.json: .*more than 16384 bytes$/,
    ],
  ])('for %s of %p is refused', async (path, answer, code, message) => {
    const repository = new TestRepository();
    await using server = await repository.serve(answers(path, answer));
    const error = await failure(load(repository, server));
    expect({ code: error.code, message: error.message }).toEqual({ code, message: expect.stringMatching(message) });
  });

  test('of a root that never ends is cut off', async () => {
    const repository = new TestRepository();
    await using server = await serve((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(64 * 1024)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const error = await failure(load(repository, server));
    expect(error.message).toBe(`2.root.json: the TUF repository (${server.origin}) sent more than 512000 bytes`);
  });

  test('that does not come is waited for at most 15 s, from the TUF repository', async () => {
    const repository = new TestRepository();
    await using server = await repository.serve();
    await withHttp(async (http) => {
      const asked: [string, number][] = [];
      await loadFromTuf({ metadataUrl: server.origin, rootJson: repository.rootJson }, names, {
        http: (request) => {
          asked.push([request.service, request.timeoutMilliseconds]);
          return http(request);
        },
        clock: () => start,
        random: randomBytes,
      });
      expect(asked).toEqual(Array(6).fill(['the TUF repository', 15_000]));
    });
  });

  test('from a repository that is not there says so', async () => {
    const repository = new TestRepository();
    const server = await repository.serve();
    await server[Symbol.asyncDispose]();
    const error = await failure(load(repository, server));
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toBe(`the TUF repository (${server.origin}) cannot be reached: ECONNREFUSED`);
  });

  test('of more roots than anyone makes ends', async () => {
    const repository = new TestRepository();
    for (let version = 2; version <= 300; version++) repository.publishRoot(repository.keys.root.slice(0, 2));
    await using server = await repository.serve();
    await load(repository, server);
    expect(server.received.filter(({ url }) => url.endsWith('.root.json'))).toHaveLength(256);
  });
});

describe('the cache', () => {
  test('answers for a day without the network', async () => {
    const repository = new TestRepository();
    repository.publishRoot();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    const asked = server.received.length;
    const cached = await load(repository, server, { cacheDirectory, ...at(24 * hour - 1) });
    expect(texts(cached)).toEqual(published);
    expect(cached).toMatchObject({ source: 'cache', refreshedAt: start, expired: false, warnings: [] });
    expect(server.received).toHaveLength(asked);
    const renewed = await load(repository, server, { cacheDirectory, ...at(24 * hour) });
    expect(renewed).toMatchObject({ source: 'repository', refreshedAt: new Date(start.getTime() + 24 * hour) });
    // The roots that are known are not fetched again.
    expect(server.received.slice(asked).map(({ url }) => url)).toEqual([
      '/3.root.json',
      '/timestamp.json',
      ...names.map((name) => expect.stringContaining(name)),
    ]);
    expect((await load(repository, server, { cacheDirectory, ...at(47 * hour) })).source).toBe('cache');
  });

  test('does not answer from the future', async () => {
    const repository = new TestRepository();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory, ...at(hour) });
    expect((await load(repository, server, { cacheDirectory })).source).toBe('repository');
  });

  test('does not answer once its timestamp has expired, fresh or not', async () => {
    const repository = new TestRepository();
    repository.expires.timestamp = '2026-11-23T13:00:00Z';
    repository.publish();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    repository.expires.timestamp = '2030-01-01T00:00:00Z';
    repository.publish();
    const loaded = await load(repository, server, { cacheDirectory, ...at(hour) });
    expect(loaded).toMatchObject({ source: 'repository', warnings: [] });
  });

  test('does not answer for a file that it lacks, and learns it', async () => {
    const repository = new TestRepository();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory }, ['trusted_root.json']);
    expect((await load(repository, server, { cacheDirectory }, ['signing_config.v0.2.json'])).source).toBe(
      'repository',
    );
    expect(await load(repository, server, { cacheDirectory })).toMatchObject({ source: 'cache', warnings: [] });
  });

  test('is verified again from the root that is built in', async () => {
    const repository = new TestRepository();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    // Another repository, well signed in itself, in place of the cached one.
    const forged = new TestRepository();
    forged.targets['trusted_root.json'] = Buffer.from('{"trusted":"evil"}');
    forged.publish();
    const forgedDirectory = newCache();
    await using elsewhere = await forged.serve();
    await load(forged, elsewhere, { cacheDirectory: forgedDirectory });
    const [file = ''] = await readdir(cacheDirectory);
    const [forgedFile = ''] = await readdir(forgedDirectory);
    await writeFile(join(cacheDirectory, file), await readFile(join(forgedDirectory, forgedFile)));
    for (const mode of ['offline', 'offline-stale'] as const) {
      const error = await failure(load(repository, server, { cacheDirectory, mode }));
      expect(error.code).toBe('TRUSTED_ROOT_INVALID');
      expect(error.message).toMatch(/the timestamp role \(timestamp\.json\) of the cached trust root of .*0\/1 keys/);
    }
    const loaded = await load(repository, server, { cacheDirectory });
    expect(texts(loaded)).toEqual(published);
    expect(loaded.warnings).toEqual([expect.stringContaining('the cached trust root was not used: ')]);
    expect((await load(repository, server, { cacheDirectory, mode: 'offline' })).source).toBe('cache');
  });

  test.each<[what: string, change: (cache: Record<string, unknown>) => void]>([
    ['file', (cache) => Object.assign(cache, { files: [{ name: 'trusted_root.json', bytes: 'e30=' }] })],
    ['snapshot', (cache) => Object.assign(cache, { snapshot: 'e30=' })],
    ['root', (cache) => Object.assign(cache, { roots: [{ version: 2, bytes: cache.timestamp }] })],
  ])('that holds a changed %s is not believed, and replaced', async (_, change) => {
    const repository = new TestRepository();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    const [file = ''] = await readdir(cacheDirectory);
    const cache = JSON.parse(await readFile(join(cacheDirectory, file), 'utf8'));
    change(cache);
    await writeFile(join(cacheDirectory, file), JSON.stringify(cache));
    const only: readonly TargetName[] = ['trusted_root.json'];
    const error = await failure(load(repository, server, { cacheDirectory, mode: 'offline' }, only));
    expect(error.code).toBe('TRUSTED_ROOT_INVALID');
    const loaded = await load(repository, server, { cacheDirectory }, only);
    expect(texts(loaded)).toEqual(published.slice(0, 1));
    expect(loaded).toMatchObject({ source: 'repository', warnings: [expect.stringContaining('was not used')] });
    expect(await load(repository, server, { cacheDirectory, mode: 'offline' }, only)).toMatchObject({ warnings: [] });
  });

  test.each(['', '{', '[]', '{"refreshedAt":"yesterday"}', '{}'])('of %p is none', async (text) => {
    const repository = new TestRepository();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    const [file = ''] = await readdir(cacheDirectory);
    await writeFile(join(cacheDirectory, file), text);
    const error = await failure(load(repository, server, { cacheDirectory, mode: 'offline' }));
    expect([error.code, error.message]).toEqual(['TRUSTED_ROOT_INVALID', expect.stringContaining(file)]);
    const loaded = await load(repository, server, { cacheDirectory });
    expect([loaded.source, loaded.warnings.length]).toEqual(['repository', 1]);
  });

  test('keeps the roots after the one that is built in, and no others', async () => {
    const repository = new TestRepository();
    repository.publishRoot();
    repository.publishRoot();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    const [file = ''] = await readdir(cacheDirectory);
    const versions = async (): Promise<readonly number[]> =>
      JSON.parse(await readFile(join(cacheDirectory, file), 'utf8')).roots.map(
        (root: { version: number }) => root.version,
      );
    expect(await versions()).toEqual([2, 3]);
    const newer = { rootJson: String(repository.files.get('2.root.json')) };
    await load(newer, server, { cacheDirectory, ...at(25 * hour) });
    expect(await versions()).toEqual([3]);
  });

  test('that cannot be written costs nothing but a warning', async () => {
    const repository = new TestRepository();
    const occupied = join(scratch, 'a file');
    await writeFile(occupied, '');
    await using server = await repository.serve();
    const loaded = await load(repository, server, { cacheDirectory: join(occupied, 'cache') });
    expect(texts(loaded)).toEqual(published);
    expect(loaded.warnings).toEqual([expect.stringContaining('the trust root could not be cached: ')]);
  });

  test('is replaced as a whole, and leaves nothing beside it', async () => {
    const repository = new TestRepository();
    const cacheDirectory = newCache();
    await using server = await repository.serve();
    await Promise.all(Array.from({ length: 5 }, () => load(repository, server, { cacheDirectory })));
    expect(await readdir(cacheDirectory)).toHaveLength(1);
    // A folder in its place cannot be replaced.
    const blocked = newCache();
    const [file = ''] = await readdir(cacheDirectory);
    await mkdir(join(blocked, file), { recursive: true });
    expect((await load(repository, server, { cacheDirectory: blocked })).warnings).toHaveLength(1);
    expect(await readdir(blocked)).toEqual([file]);
  });

  test('of one repository is not that of another', async () => {
    const [one, two] = [new TestRepository(), new TestRepository()];
    const cacheDirectory = newCache();
    await using first = await one.serve();
    await using second = await two.serve();
    await load(one, first, { cacheDirectory });
    const loaded = await load(two, second, { cacheDirectory });
    expect([loaded.source, loaded.warnings]).toEqual(['repository', []]);
    expect(await readdir(cacheDirectory)).toHaveLength(2);
  });
});

describe('offline', () => {
  test('the cache answers, however old, and the network is not asked', async () => {
    const repository = new TestRepository();
    repository.publishRoot();
    const cacheDirectory = newCache();
    const server = await repository.serve();
    await load(repository, server, { cacheDirectory });
    await server[Symbol.asyncDispose]();
    const loaded = await load(repository, server, { cacheDirectory, mode: 'offline', ...at(1000 * hour) });
    expect(texts(loaded)).toEqual(published);
    expect(loaded).toMatchObject({ source: 'cache', refreshedAt: start, expired: false });
  });

  test.each<Role>(['root', 'timestamp', 'snapshot', 'targets'])(
    'an expired cache is refused, unless that is asked for: %s',
    async (role) => {
      const repository = new TestRepository();
      repository.expires[role] = '2026-11-24T00:00:00Z';
      repository.publishRoot();
      repository.publish();
      const cacheDirectory = newCache();
      await using server = await repository.serve();
      await load(repository, server, { cacheDirectory });
      const later = { cacheDirectory, ...at(12 * hour) };
      const error = await failure(load(repository, server, { ...later, mode: 'offline' }));
      expect(error.code).toBe('TRUSTED_ROOT_EXPIRED');
      expect(error.message).toBe(`the ${role} role of the cached trust root of ${server.origin} has expired`);
      expect(error.remedy).toContain('`offline-stale`');
      const stale = await load(repository, server, { ...later, mode: 'offline-stale' });
      expect(texts(stale)).toEqual(published);
      expect(stale).toMatchObject({ source: 'cache', refreshedAt: start, expired: true });
      expect(await load(repository, server, { cacheDirectory, mode: 'offline-stale' })).toMatchObject({
        expired: false,
      });
    },
  );

  test.each([undefined, 'empty'])('without a cache it fails (%s)', async (cacheDirectory) => {
    const repository = new TestRepository();
    const directory = cacheDirectory && newCache();
    const error = await failure(
      load(repository, { origin: 'https://tuf.example' }, { cacheDirectory: directory, mode: 'offline' }),
    );
    expect(error.code).toBe('TRUSTED_ROOT_MISSING');
    expect(error.message).toBe('there is no cached trust root of the TUF repository (https://tuf.example)');
  });
});

test('nothing is left in the folder for temporary files', async () => {
  const temporaryDirectory = join(scratch, 'temporary');
  await mkdir(temporaryDirectory);
  const repository = new TestRepository();
  let during: readonly string[] = [];
  await using server = await repository.serve(() => {
    during = readdirSync(temporaryDirectory);
    return undefined;
  });
  await load(repository, server, { temporaryDirectory });
  expect(during).toHaveLength(1);
  await failure(load(repository, server, { temporaryDirectory }, ['signing_config_rekor_v2.v0.2.json']));
  expect(await readdir(temporaryDirectory)).toEqual([]);
});

test('a refusal of a mirror is asked again a few times, and then named; one of the next root is none', async () => {
  const repository = new TestRepository();
  const asked = new Map<string, number>();
  let passes = true;
  await using server = await repository.serve((path) => {
    const times = (asked.get(path) ?? 0) + 1;
    asked.set(path, times);
    if (path === '2.root.json') return { status: 403 };
    return times < 3 || !passes ? { status: 403, body: '<html>Forbidden</html>' } : undefined;
  });
  const time = new SkippedTime();
  const patient = (budget: number) =>
    withHttp((http) =>
      loadFromTuf({ metadataUrl: server.origin, rootJson: repository.rootJson }, names, {
        http: withRetries(http, { budget, clock: time.clock, random: half, sleep: time.sleep }),
        clock: time.clock,
        random: randomBytes,
      }),
    );
  expect(texts(await patient(60_000))).toEqual(published);
  expect([asked.get('2.root.json'), asked.get('timestamp.json')]).toEqual([1, 3]);
  passes = false;
  for (const [budget, times] of [
    [600_000, 5],
    [0, 1],
  ] as const) {
    asked.clear();
    const error = await failure(patient(budget));
    expect(error).toMatchObject({
      code: 'SERVICE_REFUSED',
      message: `timestamp.json: the TUF repository (${server.origin}) responded with 403`,
      remedy: expect.stringMatching(/refuses access to the file\. Check the URL/),
    });
    expect(asked.get('timestamp.json')).toBe(times);
  }
});

test('an outage is waited for like any other', async () => {
  const repository = new TestRepository();
  let asked = 0;
  await using server = await repository.serve((path) =>
    path === '1.snapshot.json' && ++asked < 3 ? { status: 503 } : undefined,
  );
  const time = new SkippedTime();
  const patient = (budget: number) =>
    withHttp((http) =>
      loadFromTuf({ metadataUrl: server.origin, rootJson: repository.rootJson }, names, {
        http: withRetries(http, { budget, clock: time.clock, random: half, sleep: time.sleep }),
        clock: time.clock,
        random: randomBytes,
      }),
    );
  const error = await failure(patient(0));
  expect([error.code, error.message]).toEqual([
    'SERVICE_UNAVAILABLE',
    expect.stringMatching(/^the TUF repository \(.*\) responded with 503\. This is an outage/),
  ]);
  expect(texts(await patient(60_000))).toEqual(published);
  expect(time.waits).toEqual([500]);
});
