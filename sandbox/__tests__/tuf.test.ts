import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Updater } from 'tuf-js';
import { HttpListener } from '../http/index.ts';
import { generateSigningKey, type Sandbox, startSandbox, systemSources, TufRepository, tufKey } from '../index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-tuf-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** tuf-js, started from a root; its cache is the folder of the test. */
async function client(url: string, rootJson: string): Promise<Updater> {
  const metadataDir = join(folder, 'metadata');
  const targetDir = join(folder, 'targets');
  await Promise.all([metadataDir, targetDir].map((path) => mkdir(path, { recursive: true })));
  await writeFile(join(metadataDir, 'root.json'), rootJson, { flag: 'wx' }).catch(() => {});
  const config = { fetchRetry: false, fetchTimeout: 5000 };
  return new Updater({ metadataDir, targetDir, metadataBaseUrl: url, targetBaseUrl: `${url}/targets`, config });
}

async function target(updater: Updater, name: string): Promise<string | undefined> {
  const info = await updater.getTargetInfo(name);
  return info && readFile(await updater.downloadTarget(info), 'utf8');
}

describe('the sandbox’s repository, judged by tuf-js', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  test('gives the trusted root and both signing configs', async () => {
    const updater = await client(sandbox.urls.tuf, sandbox.tuf.rootJson);
    await updater.refresh();
    expect(JSON.parse((await target(updater, 'trusted_root.json')) ?? '')).toEqual(sandbox.trustedRoot);
    expect(JSON.parse((await target(updater, 'signing_config.v0.2.json')) ?? '')).toEqual(sandbox.signingConfigRekorV1);
    expect(JSON.parse((await target(updater, 'signing_config_rekor_v2.v0.2.json')) ?? '')).toEqual(
      sandbox.signingConfigBothLogs,
    );
    expect(await target(updater, 'nothing.json')).toBeUndefined();
  });

  test('serves the files of consistent snapshots, and no others', async () => {
    const bytes = Buffer.from(JSON.stringify(sandbox.trustedRoot));
    const hash = createHash('sha256').update(bytes).digest('hex');
    const status = async (path: string) => (await fetch(`${sandbox.urls.tuf}/${path}`)).status;
    for (const path of [
      '1.root.json',
      'timestamp.json',
      '1.snapshot.json',
      '1.targets.json',
      `targets/${hash}.trusted_root.json`,
    ]) {
      expect([path, await status(path)]).toEqual([path, 200]);
    }
    for (const path of ['2.root.json', 'root.json', 'snapshot.json', 'targets/trusted_root.json', '..%2fgha']) {
      expect([path, await status(path)]).toEqual([path, 404]);
    }
  });
});

describe('a repository of one’s own, judged by tuf-js', () => {
  const targets = { 'a.txt': Buffer.from('first') };
  let repository: TufRepository;
  let listener: HttpListener;
  let url: string;

  beforeEach(async () => {
    repository = new TufRepository({ sources: systemSources, targets });
    listener = await HttpListener.listen();
    listener.serve([{ name: 'tuf', routes: repository.routes('/tuf') }]);
    url = `${listener.origin}/tuf`;
  });
  afterEach(() => listener.close());

  /** Updates tuf-js from the repository as it stands, keeping its state. */
  const verdict = async (): Promise<string> => {
    try {
      await (await client(url, repository.rootJson)).refresh();
      return 'accepted';
    } catch (error) {
      return String(error);
    }
  };

  test('has keys of Ed25519 if asked to', async () => {
    repository = new TufRepository({ sources: systemSources, targets, kind: 'Ed25519' });
    listener.serve([{ name: 'tuf', routes: repository.routes('/tuf') }]);
    expect(await verdict()).toBe('accepted');
    expect(() => new TufRepository({ sources: systemSources, kind: 'P-384' })).toThrow(RangeError);
  });

  test('changes its targets', async () => {
    expect(await target(await client(url, repository.rootJson), 'a.txt')).toBe('first');
    repository.setTarget('a.txt', Buffer.from('second'));
    expect(await target(await client(url, repository.rootJson), 'a.txt')).toBe('second');
  });

  test('rotates its keys, and is followed from the first root', async () => {
    const before = repository.keysOf('timestamp');
    repository.rotateRoot();
    repository.rotateRoot({}, { online: false });
    expect(repository.rootVersion).toBe(3);
    expect(repository.keysOf('timestamp')).not.toEqual(before);
    expect(await verdict()).toBe('accepted');
    expect(JSON.parse(await readFile(join(folder, 'metadata', 'root.json'), 'utf8')).signed.version).toBe(3);
    expect(() => repository.root(4)).toThrow(RangeError);
  });

  test('is refused with a new root that the old keys have not signed, or too few of them', async () => {
    const strangers = [tufKey(generateSigningKey('P-256')), tufKey(generateSigningKey('P-256'))];
    repository.rotateRoot({ signers: strangers });
    expect(await verdict()).toContain('root was signed by 0/2 keys');
    repository = new TufRepository({ sources: systemSources, targets });
    listener.serve([{ name: 'tuf', routes: repository.routes('/tuf') }]);
    await rm(folder, { recursive: true });
    repository.rotateRoot({ signers: repository.keysOf('root').slice(0, 1) });
    expect(await verdict()).toContain('root was signed by 1/2 keys');
  });

  test.each(['targets', 'snapshot', 'timestamp'] as const)('is refused with %s that are not right', async (role) => {
    const past = new Date('2001-01-01T00:00:00Z');
    repository.publish({ [role]: { expires: past } });
    expect(await verdict()).toMatch(/expired/i);
    repository.publish({ [role]: { signers: [tufKey(generateSigningKey('P-256'))] } });
    expect(await verdict()).toMatch(/signed by 0\/\d keys/);
    repository.publish({ [role]: { version: 77, spoil: (file: Uint8Array) => file.subarray(1) } });
    expect(await verdict()).not.toBe('accepted');
    repository.publish({ [role]: { amend: (signed: object) => ({ ...signed, _type: 'root' }) } });
    expect(await verdict()).not.toBe('accepted');
    repository.publish();
    expect(await verdict()).toBe('accepted');
  });

  test('is refused when it is rolled back', async () => {
    const old = repository.files.get('timestamp.json') ?? new Uint8Array();
    repository.publish();
    expect(await verdict()).toBe('accepted');
    repository.files.set('timestamp.json', old);
    expect(await verdict()).toMatch(/version/);
  });

  test('has timestamps as short as asked for', async () => {
    repository = new TufRepository({ sources: systemSources, targets, timestampLifetimeSeconds: -1 });
    listener.serve([{ name: 'tuf', routes: repository.routes('/tuf') }]);
    expect(await verdict()).toMatch(/expired/i);
  });
});
