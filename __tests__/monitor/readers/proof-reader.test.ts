import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  checkpointText,
  fault,
  type LogStore,
  type MisbehaviourName,
  type Sandbox,
  type ServiceName,
  signNote,
} from '../../../sandbox/index.ts';
import { encodeBase64, encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import {
  CompactRange,
  leafHash,
  treeHeadNote,
  verifyConsistency,
  verifyInclusion,
} from '../../../src/core/log/index.ts';
import type { EntryBatch, LogReader, MonitoredLog, TreeHead } from '../../../src/monitor/log/index.ts';
import { openReader, verifyHead } from '../../../src/monitor/readers/index.ts';
import { expectRejection } from '../../core/errors/failure.ts';
import { logAt, openWorld, rangeOfTree, readerOf, type World } from './kit.ts';

interface Subject {
  readonly service: ServiceName;
  readonly log: (sandbox: Sandbox) => MonitoredLog;
  readonly store: (sandbox: Sandbox) => LogStore;
  readonly note: (sandbox: Sandbox, size: number, root: Uint8Array) => string;
  readonly append: (sandbox: Sandbox, number: number) => void;
}

const v1Names = (sandbox: Sandbox, shard = sandbox.rekorV1Log.active) => [
  `${sandbox.rekorV1Log.host} - ${shard.treeId}`,
];

const subjects: readonly Subject[] = [
  {
    service: 'rekor-v1',
    log: (sandbox) => ({ ...logAt(sandbox, sandbox.urls.rekorV1, 'rekor-v1'), names: v1Names(sandbox) }),
    store: ({ rekorV1Log }) => rekorV1Log.active.log.store,
    note: ({ rekorV1Log }, size, root) => rekorV1Log.active.log.checkpoint({ size, root }),
    append: ({ rekorV1Log }, number) => void rekorV1Log.append(utf8(`{"number":${number}}`)),
  },
  {
    service: 'ct',
    log: (sandbox) => logAt(sandbox, sandbox.urls.certificateLog, 'rfc6962'),
    store: ({ certificateLog }) => certificateLog.store,
    note: ({ certificateLog: log }, size, root) => {
      const { time, signature } = log.treeHead(size, root);
      return treeHeadNote(log.origin, log.logId, { size, root, milliseconds: time.getTime(), signature });
    },
    append: ({ certificateLog }, number) => {
      certificateLog.submit({ tbsCertificate: utf8(`certificate ${number}`), issuerKeyHash: new Uint8Array(32) });
    },
  },
];

const largest = 75;

describe.each(subjects)('$service', ({ service, log, store, note, append }) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    const { sandbox } = world;
    while (store(sandbox).size < largest) append(sandbox, store(sandbox).size);
  });
  afterEach(() => world.sandbox.behave());
  afterAll(async () => world[Symbol.asyncDispose]());

  const open = (): LogReader => readerOf(world, log(world.sandbox));
  const rangeAt = (size: number): CompactRange => rangeOfTree(store(world.sandbox).tree, size);
  const state = (size: number) => ({ size, root: store(world.sandbox).tree.root(size) });
  const headAt = (size: number, { root } = state(size)): Promise<TreeHead> =>
    verifyHead(log(world.sandbox), note(world.sandbox, size, root));

  async function readAll(from: CompactRange, head: TreeHead, reader = open()): Promise<readonly EntryBatch[]> {
    const batches: EntryBatch[] = [];
    for await (const batch of reader.entries(from, head)) batches.push(batch);
    return batches;
  }

  test('the head is the one that the log signs', async () => {
    const head = await open().head();
    expect(head).toMatchObject({ origin: log(world.sandbox).names[0], ...state(largest), frozen: false });
    expect(head.time instanceof Date).toBe(service === 'ct');
  });

  test.each([1, 2, 3, 8, 31, 32, 33, 64, 74, 75])('the range of a tree of %d entries', async (size) => {
    expect(await open().rangeOf(await headAt(size))).toEqual(rangeAt(size));
  });

  test('the range of an empty tree', async () => {
    expect(await open().rangeOf(await headAt(0))).toEqual(CompactRange.empty);
    const wrong = await headAt(0, { size: 0, root: new Uint8Array(32) });
    await expectRejection(() => open().rangeOf(wrong), 'TILES_INCONSISTENT', /size 0/);
  });

  test.each([
    [0, 75],
    [1, 75],
    [10, 20],
    [19, 21],
    [64, 75],
    [75, 75],
    [0, 0],
    [5, 40],
  ])('the entries from %d to %d', async (from, to) => {
    const batches = await readAll(rangeAt(from), await headAt(to));
    let next = from;
    for (const { first, entries, range } of batches) {
      expect(first).toBe(next);
      for (const [at, entry] of entries.entries())
        expect(leafHash(entry)).toEqual(store(world.sandbox).leafHash(first + at));
      next += entries.length;
      expect(range).toEqual(rangeAt(next));
    }
    expect(next).toBe(to);
  });

  test('no more entries can have been read before than there are', async () => {
    const head = await headAt(40);
    await expect(readAll(rangeAt(41), head)).rejects.toThrow(/has no (part of size|entry)/);
    await expect(open().consistencyProof(41, head)).rejects.toThrow(/has no (part of size|entry)/);
  });

  test.each([1, 33, 64, 74, 75])('each entry has a proof in the tree of size %d', async (size) => {
    const reader = open();
    const head = await headAt(size);
    for (let index = size % 7; index < size; index += 7) {
      const { bytes, proof } = await reader.entry(index, head);
      verifyInclusion(leafHash(bytes), { index: BigInt(index), size: BigInt(size), hashes: proof }, head.root);
    }
    await expect(reader.entry(size, head)).rejects.toThrow(/has no (part of size|entry)/);
  });

  test('each earlier size has a proof, also those whose roots the proof does not contain', async () => {
    const reader = open();
    for (const last of [33, 75]) {
      const head = await headAt(last);
      for (const size of [0, 1, 2, 3, 16, 31, 32, last - 1, last]) {
        const { root, proof } = await reader.consistencyProof(size, head);
        expect(root).toEqual(state(size).root);
        verifyConsistency({ size, root }, head, proof);
        expect(await reader.compare({ size, root }, head)).toEqual({ kind: 'consistent' });
      }
      await expect(reader.compare({ ...state(last), size: last + 1 }, head)).rejects.toThrow(
        /has no (part of size|entry)/,
      );
    }
  });

  test('an outage is not taken for an answer of the log', async () => {
    const head = await open().head();
    world.sandbox.faults.set({ service, matching: /proof|consistency/ }, fault.status(503));
    await expectRejection(() => open().compare(state(40), head), 'SERVICE_UNAVAILABLE', /503/);
    await expectRejection(() => open().consistencyProof(40, head), 'SERVICE_UNAVAILABLE', /503/);
    const http: typeof world.connections.send = () => Promise.reject(new TypeError('a bug'));
    const broken = readerOf(world, log(world.sandbox), { http });
    await expect(broken.compare(state(40), head)).rejects.toThrow('a bug');
  });

  describe('lies:', () => {
    const lie = (name: string) => world.sandbox.misbehave(`${service}:${name}` as MisbehaviourName);

    test('a fork', async () => {
      lie('forked-tree');
      const head = await open().head();
      for (const size of [1, 32, 40, 75]) {
        const comparison = await open().compare(state(size), head);
        if (comparison.kind !== 'forked') throw new Error(comparison.kind);
        expect(comparison.rootInstead).not.toEqual(state(size).root);
        verifyConsistency({ size, root: comparison.rootInstead }, head, comparison.proof);
      }
      const reason = /does not begin with the 40 entries/;
      await expectRejection(() => readAll(rangeAt(40), head), 'CONSISTENCY_UNPROVEN', reason);
    });

    test('wrong consistency proofs', async () => {
      lie('wrong-consistency-proof');
      const head = await open().head();
      for (const size of [32, 40])
        expect(await open().compare(state(size), head)).toMatchObject({ kind: 'unproven', reason: expect.any(String) });
      const reason = /does not lead to the root/;
      await expectRejection(() => open().consistencyProof(40, head), 'CONSISTENCY_UNPROVEN', reason);
      await expectRejection(() => open().consistencyProof(32, head), 'CONSISTENCY_UNPROVEN', reason);
    });

    test('another root than that of its entries', async () => {
      lie('wrong-root-hash');
      const head = await open().head();
      await expectRejection(() => open().rangeOf(head), 'TILES_INCONSISTENT', /do not lead to the root/);
      expect(await open().compare(state(40), head)).toMatchObject({ kind: 'unproven' });
      await expectRejection(() => readAll(rangeAt(40), head), 'CONSISTENCY_UNPROVEN', /does not begin with/);
      await expectRejection(() => readAll(CompactRange.empty, head), 'ENTRY_ALTERED', /entry \d+ other than/);
    });

    test('altered entries', async () => {
      lie('altered-entry');
      const head = await open().head();
      await expectRejection(() => readAll(rangeAt(40), head), 'ENTRY_ALTERED', /entry 40 other than/);
      await expectRejection(() => open().entry(9, head), 'ENTRY_ALTERED', /entry 9 /);
    });

    test('wrong inclusion proofs', async () => {
      lie('wrong-inclusion-proof');
      const head = await open().head();
      await expectRejection(() => open().entry(9, head), 'ENTRY_ALTERED', /does not prove that the entry 9/);
      await expectRejection(() => open().rangeOf(head), 'TILES_INCONSISTENT', /do not lead to the root/);
      await expectRejection(() => open().consistencyProof(64, head), 'CONSISTENCY_UNPROVEN', /does not/);
      expect(await open().compare({ ...state(64), root: new Uint8Array(32) }, head)).toMatchObject({
        kind: 'unproven',
      });
    });

    test('a smaller tree', async () => {
      lie('rolled-back-checkpoint');
      expect(await open().head()).toMatchObject(state(largest - 1));
    });
  });
});

describe('Rekor v1', () => {
  const [subject] = subjects;
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    while (world.sandbox.rekorV1Log.active.log.size < 35) subject?.append(world.sandbox, world.sandbox.rekorV1Log.size);
  });
  afterEach(() => world.sandbox.behave());
  afterAll(async () => world[Symbol.asyncDispose]());

  const open = (shard = world.sandbox.rekorV1Log.active, options = {}): LogReader => {
    const log = logAt(world.sandbox, world.sandbox.urls.rekorV1, 'rekor-v1');
    return readerOf(world, { ...log, names: v1Names(world.sandbox, shard) }, options);
  };
  const readAll = async (reader: LogReader, from = CompactRange.empty) => {
    const entries: Uint8Array[] = [];
    for await (const batch of reader.entries(from, await reader.head())) entries.push(...batch.entries);
    return entries;
  };

  test('every shard is read, by indices that begin at 0', async () => {
    for (const shard of world.sandbox.rekorV1Log.shards) {
      const entries = await readAll(open(shard));
      expect(entries.map(leafHash)).toEqual(entries.map((_, index) => shard.log.store.leafHash(index)));
      expect(entries).toHaveLength(shard.log.size);
      const reader = open(shard);
      const head = await reader.head();
      expect(leafHash((await reader.entry(shard.log.size - 1, head)).bytes)).toEqual(
        shard.log.store.leafHash(shard.log.size - 1),
      );
    }
  });

  test('rekor-v1:changed-inactive-shard', async () => {
    const [shard] = world.sandbox.rekorV1Log.shards;
    const reader = open(shard);
    const { size, root } = await reader.head();
    world.sandbox.misbehave('rekor-v1:changed-inactive-shard');
    const head = await reader.head();
    expect(await reader.compare({ size, root }, head)).toEqual({ kind: 'forked', rootInstead: head.root, proof: [] });
  });

  test('ten entries a request', async () => {
    world.requested();
    await readAll(open());
    expect(world.requested().filter((path) => path.endsWith('/retrieve'))).toHaveLength(4);
  });

  test.each([
    ['checkpoint-by-another-key', 'CHECKPOINT_INVALID', /signature by .* is invalid/],
    ['wrong-key-hint', 'CHECKPOINT_INVALID', /is not signed by/],
    ['wrong-origin', 'CHECKPOINT_ORIGIN', /"another-log.invalid"/],
    ['without-checkpoint', 'SERVICE_RESPONSE_INVALID', /signedTreeHead is missing/],
  ] as const)('%s', async (name, code, reason) => {
    world.sandbox.misbehave(`rekor-v1:${name}`);
    await expectRejection(() => open().head(), code, reason);
  });

  test('a shard that is gone, and one whose checkpoint is that of another', async () => {
    const { rekorV1Log } = world.sandbox;
    const [first, second] = rekorV1Log.shards;
    if (first === undefined || second === undefined) throw new Error('no shards');
    await expectRejection(() => open({ ...first, treeId: 7n }).head(), 'CHECKPOINT_ORIGIN', /shard 7 any more/);
    world.sandbox.faults.set(
      { service: 'rekor-v1', matching: /\/log$/ },
      fault.altered((right) => {
        const state = JSON.parse(String(Buffer.from(right.body)));
        state.signedTreeHead = state.inactiveShards[0].signedTreeHead;
        return { ...right, body: utf8(JSON.stringify(state)) };
      }),
    );
    await expectRejection(() => open(second).head(), 'CHECKPOINT_ORIGIN', new RegExp(`${first.treeId}"; expected`));
  });

  test('an entry that is missing once is read again, and then it is withheld', async () => {
    const entries = { service: 'rekor-v1', matching: /retrieve$/ } as const;
    const without = fault.altered((right) => {
      const kept = JSON.parse(String(Buffer.from(right.body))).filter(
        (one: Record<string, { logIndex: number }>) => Object.values(one)[0]?.logIndex !== 7 + 12,
      );
      return { ...right, body: utf8(JSON.stringify(kept)) };
    });
    world.sandbox.faults.set(entries, without, 2);
    expect(await readAll(open())).toHaveLength(35);
    world.sandbox.faults.set(entries, without);
    await expectRejection(() => readAll(open()), 'ENTRIES_WITHHELD', /does not serve entry 12/);
  });

  test('a single entry that the log does not have', async () => {
    const reader = open();
    const head = await reader.head();
    world.sandbox.faults.set({ service: 'rekor-v1', matching: /entries\?logIndex/ }, fault.status(404));
    await expectRejection(() => reader.entry(3, head), 'ENTRIES_WITHHELD', /does not serve entry 3/);
  });

  test.each([
    ['treeSize', 3, /smaller than its tree of size 35/],
    ['hashes', [], /has 0 hashes, not 6/],
  ] as const)('an inclusion proof with another %s', async (member, value, reason) => {
    const reader = open();
    const head = await reader.head();
    world.sandbox.faults.set(
      { service: 'rekor-v1', matching: /entries\?logIndex/ },
      fault.altered((right) => {
        const answer = JSON.parse(String(Buffer.from(right.body)));
        const [entry] = Object.values<{ verification: { inclusionProof: Record<string, unknown> } }>(answer);
        if (entry !== undefined) entry.verification.inclusionProof[member] = value;
        return { ...right, body: utf8(JSON.stringify(answer)) };
      }),
    );
    await expectRejection(() => reader.entry(2, head), 'CONSISTENCY_UNPROVEN', reason);
  });

  test('one altered entry is named', async () => {
    const index = 23;
    const body = encodeBase64(world.sandbox.rekorV1Log.active.log.body(index));
    const altered = encodeBase64(utf8('{"number":"another"}'));
    world.sandbox.faults.set(
      { service: 'rekor-v1', matching: /retrieve$/ },
      fault.altered((right) => ({
        ...right,
        body: utf8(String(Buffer.from(right.body)).replace(`"body":"${body}"`, `"body":"${altered}"`)),
      })),
    );
    await expectRejection(() => readAll(open()), 'ENTRY_ALTERED', /entry 23 other than/);
  });

  test('a batch that the log does not prove is not returned', async () => {
    await using large = await openWorld();
    const { rekorV1Log } = large.sandbox;
    while (rekorV1Log.active.log.size < 505) rekorV1Log.append(utf8(`entry ${rekorV1Log.size}`));
    const log = { ...logAt(large.sandbox, large.sandbox.urls.rekorV1, 'rekor-v1'), names: v1Names(large.sandbox) };
    const reader = readerOf(large, log);
    const head = await reader.head();
    const lengths: number[] = [];
    for await (const { entries } of reader.entries(CompactRange.empty, head)) lengths.push(entries.length);
    expect(lengths).toEqual([500, 5]);
    large.sandbox.misbehave('rekor-v1:wrong-consistency-proof');
    const batches = reader.entries(CompactRange.empty, head)[Symbol.asyncIterator]();
    await expectRejection(() => batches.next(), 'CONSISTENCY_UNPROVEN', /does not lead to the root/);
  });

  test('a log without the id of a shard in its name', () => {
    const log = logAt(world.sandbox, world.sandbox.urls.rekorV1, 'rekor-v1');
    expect(() => openReader(log, { http: world.connections.send })).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  describe('the rate of requests', () => {
    /** Reads both shards at once, and returns the times at which requests were sent, in milliseconds. */
    async function timesOf(baseUrl: string, options = {}): Promise<readonly number[]> {
      let now = 0;
      const times: number[] = [];
      const http: typeof world.connections.send = (request) => {
        times.push(now);
        const url = new URL(request.url.pathname + request.url.search, world.sandbox.urls.rekorV1);
        return world.connections.send({ ...request, url });
      };
      const clock = () => new Date(now);
      const sleep = async (milliseconds: number) => {
        const end = now + milliseconds;
        await undefined;
        now = Math.max(now, end);
      };
      const { shards } = world.sandbox.rekorV1Log;
      await Promise.all(
        shards.map((shard) => {
          const log = { ...logAt(world.sandbox, world.sandbox.urls.rekorV1, 'rekor-v1'), baseUrl };
          const names = v1Names(world.sandbox, shard);
          return readAll(openReader({ ...log, names }, { http, clock, sleep, ...options }));
        }),
      );
      return times;
    }
    const every = (milliseconds: number, { length }: readonly number[]) =>
      Array.from({ length }, (_, at) => at * milliseconds);

    test.each(['https://rekor.example.test', 'http://rekor.example.test'])(
      'is five a second for a public log, all shards together: %s',
      async (url) => {
        const times = await timesOf(url);
        expect(times.length).toBeGreaterThan(5);
        expect(times).toEqual(every(200, times));
      },
    );

    test('is the given one', async () => {
      const times = await timesOf(world.sandbox.urls.rekorV1, { requestsPerSecond: 2 });
      expect(times).toEqual(every(500, times));
    });

    test('is not limited for a log on this machine', async () => {
      expect(new Set(await timesOf(world.sandbox.urls.rekorV1))).toEqual(new Set([0]));
    });
  });
});

describe('certificate logs', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    const { certificateLog } = world.sandbox;
    for (let number = 0; number < 520; number++)
      certificateLog.submit({ tbsCertificate: utf8(`certificate ${number}`), issuerKeyHash: new Uint8Array(32) });
  });
  afterEach(() => world.sandbox.behave());
  afterAll(async () => world[Symbol.asyncDispose]());

  const open = (protocol: 'rfc6962' | 'static-ct'): LogReader =>
    readerOf(world, logAt(world.sandbox, world.sandbox.urls.certificateLog, protocol));
  const readAll = async (reader: LogReader) => {
    const entries: Uint8Array[] = [];
    for await (const batch of reader.entries(CompactRange.empty, await reader.head())) entries.push(...batch.entries);
    return entries;
  };

  test('both protocols show the same heads, entries and proofs', async () => {
    const [json, tiles] = [open('rfc6962'), open('static-ct')];
    const head = await json.head();
    expect(await tiles.head()).toMatchObject({ size: head.size, root: head.root, origin: head.origin });
    expect((await tiles.head()).time).toBeInstanceOf(Date);
    expect(await tiles.rangeOf(head)).toEqual(await json.rangeOf(head));
    const texts = (entries: readonly Uint8Array[]) => entries.map(encodeHex);
    expect(texts(await readAll(tiles))).toEqual(texts(await readAll(json)));
    expect(await tiles.entry(300, head)).toEqual(await json.entry(300, head));
    expect(await tiles.consistencyProof(256, head)).toEqual(await json.consistencyProof(256, head));
  });

  test('answers that are shorter than requested are continued', async () => {
    world.requested();
    expect(await readAll(open('rfc6962'))).toHaveLength(520);
    expect(world.requested().filter((path) => path.endsWith('/get-entries'))).toHaveLength(3);
  });

  test('answers that are too long are requested in parts', async () => {
    const tooLong = fault.oversized({ bytes: 65 * 1024 * 1024, declared: true });
    world.sandbox.faults.set({ service: 'ct', matching: /end=519/ }, tooLong, 1);
    expect(await readAll(open('rfc6962'))).toHaveLength(520);
  });

  test('a single answer that is invalid is an error', async () => {
    const reader = open('rfc6962');
    const head = await reader.head();
    world.sandbox.faults.set({ service: 'ct', matching: /get-entries/ }, fault.garbage());
    await expectRejection(() => reader.entry(3, head), 'SERVICE_RESPONSE_INVALID', /certificate transparency log/);
  });

  test('no entries at all are withheld entries', async () => {
    const none = fault.altered((right) => ({ ...right, body: utf8('{"entries":[]}') }));
    world.sandbox.faults.set({ service: 'ct', matching: /get-entries/ }, none);
    await expectRejection(() => readAll(open('rfc6962')), 'ENTRIES_WITHHELD', /does not serve entry 0/);
  });

  test('wrong signatures of tree heads', async () => {
    world.sandbox.misbehave('ct:wrong-tree-head-signature');
    await expectRejection(() => open('rfc6962').head(), 'CHECKPOINT_INVALID', /signature by .* is invalid/);
  });

  test('altered entries and tiles of the Static CT API', async () => {
    world.sandbox.misbehave('ct:altered-entry');
    await expectRejection(() => readAll(open('static-ct')), 'ENTRY_ALTERED', /entry 0 other than/);
    world.sandbox.behave();
    world.sandbox.misbehave('ct:altered-tile');
    await expectRejection(() => readAll(open('static-ct')), 'TILES_INCONSISTENT', /do not lead to the root/);
  });

  test('a fork by the Static CT API', async () => {
    const { tree } = world.sandbox.certificateLog.store;
    const earlier = { size: 300, root: tree.root(300) };
    world.sandbox.misbehave('ct:forked-tree');
    const reader = open('static-ct');
    expect(await reader.compare(earlier, await reader.head())).toMatchObject({ kind: 'forked' });
  });

  test('a checkpoint of another log with the same key', async () => {
    const { certificateLog: log } = world.sandbox;
    const text = checkpointText({ origin: 'another.test', size: 0, root: new Uint8Array(32), extensionLines: [] });
    const note = signNote(text, [
      { name: 'another.test', key: log.key, keyHash: log.logId, sign: () => new Uint8Array(8) },
    ]);
    const monitored = logAt(world.sandbox, world.sandbox.urls.certificateLog, 'static-ct');
    await expectRejection(() => verifyHead(monitored, note), 'CHECKPOINT_ORIGIN', /"another.test"; expected/);
  });
});
