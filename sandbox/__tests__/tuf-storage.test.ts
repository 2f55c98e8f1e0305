import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Updater } from 'tuf-js';
import { HttpListener } from '../http/index.ts';
import { DiskStorage, MemoryStorage, type Sources, type Storage, TufRepository } from '../index.ts';
import { Stopped, stopAfter, TroubledStorage } from './storage/troubled-storage.ts';

const targets = { 'a.txt': Buffer.from('a target') };
const oneDay = 24 * 3600 * 1000;
let folder: string;
let listener: HttpListener;
let now: Date;
const sources: Sources = { clock: () => now, random: (length) => new Uint8Array(length).fill(7) };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-tuf-storage-'));
  listener = await HttpListener.listen();
  now = new Date();
});
afterEach(async () => {
  await listener.close();
  await rm(folder, { recursive: true });
});

const open = (storage: Storage): TufRepository => new TufRepository({ sources, targets, storage });

/** A client of its own, that begins with a root and remembers what it saw. */
class Client {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async of(name: string, rootJson: string): Promise<Client> {
    const client = new Client(join(folder, 'clients', name));
    await mkdir(join(client.#folder, 'targets'), { recursive: true });
    await writeFile(join(client.#folder, 'root.json'), rootJson);
    return client;
  }

  /** Updates tuf-js from a repository, and returns the versions that it has then. */
  async follow(repository: TufRepository): Promise<readonly number[]> {
    listener.serve([{ name: 'tuf', routes: repository.routes('/tuf') }]);
    const url = `${listener.origin}/tuf`;
    const updater = new Updater({
      metadataDir: this.#folder,
      targetDir: join(this.#folder, 'targets'),
      metadataBaseUrl: url,
      targetBaseUrl: `${url}/targets`,
      config: { fetchRetry: false, fetchTimeout: 5000 },
    });
    const info = await updater.getTargetInfo('a.txt');
    if (info === undefined) throw new Error('no target');
    await updater.downloadTarget(info);
    return versionsOf(repository);
  }
}

/** Of the root, and of what follows from the timestamp. */
function versionsOf({ rootVersion, files }: TufRepository): readonly number[] {
  const signed = (path: string) => JSON.parse(String(Buffer.from(files.get(path) ?? []))).signed;
  const timestamp = signed('timestamp.json');
  const snapshot = timestamp.meta['snapshot.json'].version;
  const target = signed(`${snapshot}.snapshot.json`).meta['targets.json'].version;
  return [rootVersion, target, snapshot, timestamp.version];
}

describe('a repository on disk', () => {
  test('is gone on with, with its keys, and followed by who knew it before', async () => {
    const state = join(folder, 'state');
    let rootJson = '';
    let keys: readonly string[] = [];
    for (let start = 0; start < 3; start++) {
      using storage = new DiskStorage(state);
      const repository = open(storage);
      if (start === 0) rootJson = repository.rootJson;
      const client = await Client.of('one', start === 0 ? rootJson : repository.root(start + 1));
      const stranger = await Client.of(`stranger ${start}`, rootJson);
      expect(repository.rootJson).toBe(rootJson);
      const ids = [...repository.keysOf('root'), ...repository.keysOf('timestamp')].map(({ id }) => id);
      if (start > 0) expect(ids).toEqual(keys);
      const before = await client.follow(repository);
      expect(before).toEqual([start + 1, ...Array(3).fill(2 * start + 1)]);
      repository.rotateRoot();
      const after = await client.follow(repository);
      expect(after).toEqual([start + 2, ...Array(3).fill(2 * start + 2)]);
      await stranger.follow(repository);
      keys = [...repository.keysOf('root'), ...repository.keysOf('timestamp')].map(({ id }) => id);
      expect(keys).not.toEqual(ids);
    }
  });

  test('makes no key of a file that is none', async () => {
    const state = join(folder, 'state');
    for (let start = 0; start < 2; start++) {
      using storage = new DiskStorage(state);
      open(storage);
      await writeFile(join(state, 'keys', 'notes.txt'), 'of a person');
      await writeFile(join(state, '.DS_Store'), 'of a machine');
    }
    expect((await readdir(join(state, 'keys'))).sort()).toEqual([
      'notes.txt',
      'root-1-offline-1.key',
      'root-1-offline-2.key',
      'root-1-offline-3.key',
      'root-1-online.key',
    ]);
  });

  test('has a root that is good for half a year at least, by the same keys', async () => {
    const storage = new MemoryStorage();
    const first = open(storage);
    const client = await Client.of('one', first.rootJson);
    now = new Date(now.getTime() + 180 * oneDay);
    expect(open(storage).rootVersion).toBe(1);
    now = new Date(now.getTime() + 10 * oneDay);
    const second = open(storage);
    expect(second.rootVersion).toBe(2);
    expect(second.keysOf('root').map(({ id }) => id)).toEqual(first.keysOf('root').map(({ id }) => id));
    expect(JSON.parse(second.root(2)).signed.expires).toMatch(/^\d{4}-/);
    expect(new Date(JSON.parse(second.root(2)).signed.expires).getTime()).toBeGreaterThan(now.getTime() + 360 * oneDay);
    await client.follow(second);
  });
});

test('the timestamp is signed anew after half of its life, and not before', async () => {
  const repository = open(new MemoryStorage());
  const client = await Client.of('one', repository.rootJson);
  expect(await client.follow(repository)).toEqual([1, 1, 1, 1]);
  now = new Date(now.getTime() + 3.4 * oneDay);
  expect(await client.follow(repository)).toEqual([1, 1, 1, 1]);
  now = new Date(now.getTime() + 0.2 * oneDay);
  expect(await client.follow(repository)).toEqual([1, 1, 1, 2]);
  expect(await client.follow(repository)).toEqual([1, 1, 1, 2]);
  // What a test has put there stays.
  repository.publish({ timestamp: { expires: new Date(now.getTime() + 60_000) } });
  repository.files.set('timestamp.json', new Uint8Array(repository.files.get('timestamp.json') ?? []));
  now = new Date(now.getTime() + 30 * oneDay);
  expect(await client.follow(repository)).toEqual([1, 2, 2, 3]);
});

describe('a repository that is stopped after any write', () => {
  /** Opened, rotated, published: each is stopped after so many writes, and the next goes on from there. */
  const lives: readonly ((storage: Storage) => void)[] = [
    (storage) => void open(storage),
    (storage) => open(storage).rotateRoot(),
    (storage) => open(storage).rotateRoot({}, { online: false }),
    (storage) => open(storage).setTarget('a.txt', targets['a.txt']),
  ];

  test.each(
    lives.map((life, at) => [['made', 'rotated', 'rotated but for the online key', 'changed'][at], life] as const),
  )('while it was %s, is right at the next start, and followed by who knew it before', async (what, life) => {
    for (let writes = 0, stopped = true; stopped; writes++) {
      const disk = new MemoryStorage();
      let known: Client | undefined;
      if (what !== 'made') {
        const before = open(disk);
        known = await Client.of(`${what} ${writes}`, before.rootJson);
        await known.follow(before);
      }
      stopped = isStopped(() => life(new TroubledStorage(disk, stopAfter(writes))));
      const next = open(disk);
      await known?.follow(next);
      await (await Client.of(`${what} ${writes} anew`, next.rootJson)).follow(next);
      next.rotateRoot();
      await known?.follow(next);
      expect(next.keysOf('root')).toHaveLength(3);
      expect(next.keysOf('timestamp')).toHaveLength(1);
    }
  });
});

function isStopped(life: () => void): boolean {
  try {
    life();
  } catch (error) {
    if (error instanceof Stopped) return true;
    throw error;
  }
  return false;
}
