import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  checkpointText,
  fault,
  generateSigningKey,
  leafHash as hashOfLeaf,
  hostileEntries,
  MerkleTree,
  type MisbehaviourName,
  noteSigner,
  signNote,
  TransparencyLog,
} from '../../../sandbox/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { uintBytes, utf8 } from '../../../src/core/encoding/index.ts';
import { CompactRange, leafHash, verifyConsistency, verifyInclusion } from '../../../src/core/log/index.ts';
import type { EntryBatch, LogReader, MonitoredLog, TreeHead } from '../../../src/monitor/log/index.ts';
import { verifyHead } from '../../../src/monitor/readers/index.ts';
import { expectRejection } from '../../core/errors/failure.ts';
import { type Answering, answering } from '../../services/loopback.ts';
import { growTo, logAt, openWorld, rangeOfTree, readerOf, type World } from './kit.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  growTo(world.sandbox, 700);
});
afterEach(() => world.sandbox.behave());
afterAll(async () => world[Symbol.asyncDispose]());

const open = (): LogReader => readerOf(world, logAt(world.sandbox, world.sandbox.urls.rekor, 'rekor-v2'));

const rangeAt = (size: number): CompactRange => rangeOfTree(world.sandbox.transparencyLog.store.tree, size);
const state = (size: number) => ({ size, root: world.sandbox.transparencyLog.root(size) });

/** Returns the head as it would be if the log had only this size. */
function headAt(size: number): Promise<TreeHead> {
  const { sandbox } = world;
  return verifyHead(
    logAt(sandbox, sandbox.urls.rekor, 'rekor-v2'),
    sandbox.transparencyLog.checkpoint({ size, root: sandbox.transparencyLog.root(size) }),
  );
}

async function readAll(reader: LogReader, from: CompactRange, head: TreeHead): Promise<readonly EntryBatch[]> {
  const batches: EntryBatch[] = [];
  for await (const batch of reader.entries(from, head)) batches.push(batch);
  return batches;
}

describe('an honest log', () => {
  test('its head is the checkpoint that it signs', async () => {
    const { transparencyLog, urls } = world.sandbox;
    const head = await open().head();
    expect(head).toMatchObject({ origin: transparencyLog.origin, ...state(700), time: undefined, frozen: false });
    expect(new TextDecoder().decode(head.note)).toContain(`${transparencyLog.origin}\n700\n`);
    const frozen = readerOf(world, logAt(world.sandbox, urls.frozenRekor, 'rekor-v2'));
    expect(await frozen.head()).toMatchObject({ frozen: true, size: world.sandbox.frozenLog.size });
  });

  test('the time of a head is that of its cosignatures', async () => {
    const { sandbox } = world;
    const time = new Date(1_790_000_000_000);
    const log = logAt(sandbox, sandbox.urls.rekor, 'rekor-v2');
    expect(await readerOf(world, log, { cosignedAt: async () => time }).head()).toMatchObject({ time });
  });

  test.each([0, 1, 2, 255, 256, 257, 512, 700])('the range of a tree of %d entries', async (size) => {
    expect(await open().rangeOf(await headAt(size))).toEqual(rangeAt(size));
  });

  test('the range of a tree needs one request for each level of tiles', async () => {
    const reader = open();
    const head = await reader.head();
    world.requested();
    await reader.rangeOf(head);
    await reader.rangeOf(head);
    expect([...world.requested()].sort()).toEqual(['/api/v2/tile/0/002.p/188', '/api/v2/tile/1/000.p/2']);
  });

  test.each([
    [0, 700],
    [1, 700],
    [255, 257],
    [256, 512],
    [300, 700],
    [512, 700],
    [690, 700],
    [700, 700],
    [0, 0],
    [3, 200],
  ])('the entries from %d to %d', async (from, to) => {
    const batches = await readAll(open(), rangeAt(from), await headAt(to));
    let next = from;
    for (const { first, entries, range } of batches) {
      expect(first).toBe(next);
      for (const [at, entry] of entries.entries())
        expect(Buffer.from(entry).equals(world.sandbox.transparencyLog.body(first + at))).toBe(true);
      next += entries.length;
      expect(range).toEqual(rangeAt(next));
    }
    expect(next).toBe(to);
  });

  test('no more entries can have been read before than there are', async () => {
    const head = await headAt(600);
    await expect(readAll(open(), rangeAt(601), head)).rejects.toThrow('has no part of size 601');
  });

  test('each entry has a proof that verifies', async () => {
    const reader = open();
    const head = await reader.head();
    for (const index of [0, 1, 255, 256, 511, 512, 600, 699]) {
      const { bytes, proof } = await reader.entry(index, head);
      const inclusion = { index: BigInt(index), size: 700n, hashes: proof };
      verifyInclusion(leafHash(bytes), inclusion, head.root);
      expect(Buffer.from(bytes).equals(world.sandbox.transparencyLog.body(index))).toBe(true);
    }
    for (const index of [700, -1, 1.5, Number.NaN])
      await expect(reader.entry(index, head)).rejects.toThrow(`has no entry ${index}`);
  });

  test('each earlier size has a proof that verifies', async () => {
    const reader = open();
    const head = await reader.head();
    for (const size of [0, 1, 2, 128, 255, 256, 300, 512, 513, 699, 700]) {
      const { root, proof } = await reader.consistencyProof(size, head);
      expect(root).toEqual(world.sandbox.transparencyLog.root(size));
      verifyConsistency({ size, root }, head, proof);
      expect(await reader.compare({ size, root }, head)).toEqual({ kind: 'consistent' });
    }
    for (const size of [701, -1, 1.5, Number.NaN])
      await expect(reader.consistencyProof(size, head)).rejects.toThrow(`has no part of size ${size}`);
  });

  test('bundles are not fetched far ahead of their reader', async () => {
    await using large = await openWorld();
    growTo(large.sandbox, 20 * 256);
    const reader = readerOf(large, logAt(large.sandbox, large.sandbox.urls.rekor, 'rekor-v2'));
    const batches = reader.entries(CompactRange.empty, await reader.head())[Symbol.asyncIterator]();
    for (let count = 0; count < 3; count++) await batches.next();
    const bundles = large.requested().filter((path) => path.includes('/entries/'));
    expect(bundles.length).toBeLessThanOrEqual(10);
    await batches.return?.(undefined);
  });

  test('compressed files are read', async () => {
    world.sandbox.faults.set('rekor-v2', fault.gzip());
    const reader = open();
    const batches = await readAll(reader, CompactRange.empty, await reader.head());
    expect(batches.flatMap(({ entries }) => entries)).toHaveLength(700);
  });
});

describe('a log of three levels of tiles', () => {
  const size = 65_536 + 300;
  const entryAt = (index: number) => utf8(`entry ${index}`);
  const tree = new MerkleTree();
  const signer = noteSigner('127.0.0.1', generateSigningKey('Ed25519'));
  let server: Answering;

  beforeAll(async () => {
    for (let index = 0; index < size; index++) tree.append(hashOfLeaf(entryAt(index)));
    server = await answering(({ url }) => ({ body: fileAt(url) }));
  });
  afterAll(async () => server[Symbol.asyncDispose]());

  function fileAt(url: string): Uint8Array {
    const [, kind = '', groups = '', width = '256'] = /tile\/(\w+)\/([x\d/]+)(?:\.p\/(\d+))?$/.exec(url) ?? [];
    const first = 256 * Number(groups.replace(/[x/]/g, ''));
    const positions = Array.from({ length: Number(width) }, (_, at) => first + at);
    if (kind !== 'entries') return Buffer.concat(positions.map((position) => tree.node(8 * Number(kind), position)));
    return Buffer.concat(positions.map(entryAt).flatMap((entry) => [uintBytes(entry.length, 2), entry]));
  }

  const paths = () => server.received.map(({ url }) => url.replace('/api/v2/tile/', '')).sort();

  test('full tiles are read where they are needed, proven from those above, and kept', async () => {
    const log: MonitoredLog = {
      protocol: 'rekor-v2',
      baseUrl: server.origin,
      names: [signer.name],
      keyId: signer.keyHash,
      publicKey: readPublicKey(signer.key.publicKey),
      validFor: { start: new Date(0), end: undefined },
    };
    const text = checkpointText({ origin: signer.name, size, root: tree.root(), extensionLines: [] });
    const head = await verifyHead(log, signNote(text, [signer]));
    const reader = readerOf(world, log);
    expect(await reader.rangeOf(head)).toEqual(rangeOfTree(tree, size));
    expect(paths()).toEqual(['0/257.p/44', '1/001.p/1', '2/000.p/1']);

    const earlier = 65_536 - 256;
    const state = { size: earlier, root: tree.root(earlier) };
    expect(await reader.compare(state, head)).toEqual({ kind: 'consistent' });
    const batches = await readAll(reader, rangeOfTree(tree, earlier), head);
    expect(batches.map(({ entries }) => entries.length)).toEqual([256, 256, 44]);
    expect(batches.at(-1)?.range).toEqual(rangeOfTree(tree, size));
    expect(paths().filter((path) => !path.startsWith('entries'))).toEqual([
      '0/257.p/44',
      '1/000',
      '1/001.p/1',
      '2/000.p/1',
    ]);
    const { bytes, proof } = await reader.entry(300, head);
    verifyInclusion(leafHash(bytes), { index: 300n, size: BigInt(size), hashes: proof }, head.root);
  });
});

describe('an honest log under difficult conditions', () => {
  test('it grows while it is read, and removes partial files', async () => {
    await using growing = await openWorld();
    const { sandbox } = growing;
    growTo(sandbox, 300);
    const reader = readerOf(growing, logAt(sandbox, sandbox.urls.rekor, 'rekor-v2'));
    const head = await reader.head();
    sandbox.misbehave('rekor-v2:collected-partials');
    growTo(sandbox, 600);
    const batches = await readAll(reader, CompactRange.empty, head);
    expect(batches.map(({ entries }) => entries.length)).toEqual([256, 44]);
    const later = await reader.head();
    growTo(sandbox, 601);
    expect(await reader.compare(head, later)).toEqual({ kind: 'consistent' });
    expect(await reader.rangeOf(head)).toEqual(rangeOfTree(sandbox.transparencyLog.store.tree, 300));
  });

  test('entries of any content, and of the maximum length', async () => {
    await using hostile = await openWorld();
    const { sandbox } = hostile;
    const bodies = hostileEntries(sandbox.certificateAuthority).map(({ body }) => body);
    expect(Math.max(...bodies.map(({ length }) => length))).toBe(0xffff);
    for (const body of bodies) sandbox.transparencyLog.append(body);
    const reader = readerOf(hostile, logAt(sandbox, sandbox.urls.rekor, 'rekor-v2'));
    const [batch] = await readAll(reader, CompactRange.empty, await reader.head());
    const read = batch?.entries.slice(1) ?? [];
    expect(read.map((entry) => Buffer.from(entry).toString('hex'))).toEqual(
      bodies.map((body) => Buffer.from(body).toString('hex')),
    );
  });

  test('a hundred signatures under a checkpoint', async () => {
    world.sandbox.misbehave('rekor-v2:hundred-signatures');
    expect(await open().head()).toMatchObject(state(700));
  });

  test('what decompresses to too much is refused', async () => {
    const reader = open();
    const head = await reader.head();
    world.sandbox.faults.set({ service: 'rekor-v2', matching: /entries/ }, fault.gzipBomb());
    const reason = /sent more than 16778\d+ bytes/;
    await expectRejection(() => readAll(reader, CompactRange.empty, head), 'SERVICE_RESPONSE_INVALID', reason);
  });
});

describe('files that are not there', () => {
  const at = (matching: RegExp) => ({ service: 'rekor-v2' as const, matching });
  const gone = fault.status(404);

  test('a partial file that was replaced by the full one', async () => {
    const reader = open();
    const head = await headAt(300);
    world.sandbox.faults.set(at(/\.p\/44$/), gone);
    expect(await reader.rangeOf(head)).toEqual(rangeAt(300));
    const batches = await readAll(reader, rangeAt(250), head);
    expect(batches.flatMap(({ entries }) => entries)).toHaveLength(50);
    expect(world.requested()).toEqual(expect.arrayContaining(['/api/v2/tile/0/001', '/api/v2/tile/entries/001']));
  });

  test('a full file that is there a moment later, when the checkpoint was read again', async () => {
    const reader = open();
    const head = await reader.head();
    world.sandbox.faults.set(at(/entries\/000$/), gone, 1);
    world.requested();
    expect(await readAll(reader, CompactRange.empty, head)).toHaveLength(3);
    const paths = world.requested();
    expect(paths.filter((path) => path.endsWith('/checkpoint'))).toHaveLength(1);
    expect(paths.filter((path) => path.endsWith('entries/000'))).toHaveLength(2);
  });

  test.each([/entries\/001$/, /entries\/002/, /tile\/0\/002/, /tile\/1\//])('%s: withheld', async (matching) => {
    const reader = open();
    const head = await reader.head();
    world.sandbox.faults.set(at(matching), gone);
    await expectRejection(() => readAll(reader, CompactRange.empty, head), 'ENTRIES_WITHHELD', /does not serve/);
  });

  test('what was read before is not lost', async () => {
    const reader = open();
    const head = await reader.head();
    world.sandbox.faults.set(at(/entries\/001$/), gone);
    const batches = reader.entries(CompactRange.empty, head)[Symbol.asyncIterator]();
    const { value } = await batches.next();
    expect(value.range).toEqual(rangeAt(256));
    await expectRejection(() => batches.next(), 'ENTRIES_WITHHELD', /entry bundle 1/);
  });
});

describe('answers that are wrong once, as from a cache', () => {
  test('are none of those that say that the log is down', async () => {
    const reader = open();
    const head = await reader.head();
    world.sandbox.faults.set({ service: 'rekor-v2', matching: /tile\/1\// }, fault.status(503));
    world.requested();
    await expectRejection(() => reader.rangeOf(head), 'SERVICE_UNAVAILABLE', /503/);
    expect(world.requested().filter((path) => path.includes('tile/1/'))).toHaveLength(1);
  });

  test.each([
    ['tile', /tile\/1\/000/],
    ['bundle', /entries\/001/],
  ])('a %s is fetched from the log again', async (_, matching) => {
    const spoilt = fault.altered((right) => ({ ...right, body: right.body.with(9, (right.body[9] ?? 0) ^ 1) }));
    world.sandbox.faults.set({ service: 'rekor-v2', matching }, spoilt, 1);
    const reader = open();
    expect(await readAll(reader, CompactRange.empty, await reader.head())).toHaveLength(3);
    const again = world.sandbox.requests
      .filter(({ path }) => path.search(matching) >= 0)
      .at(-1)
      ?.content();
    expect(String(Buffer.from(again ?? []))).toMatch(/cache-control\nno-cache/);
  });

  test.each([
    ['too short', (body: Uint8Array) => body.subarray(1), /of 63 bytes, not 64/],
    ['too long', (body: Uint8Array) => Buffer.concat([body, body]), /of 128 bytes, not 64/],
  ])('a tile that is %s', async (_, change, reason) => {
    const reader = open();
    const head = await reader.head();
    world.sandbox.faults.set(
      { service: 'rekor-v2', matching: /tile\/1\/000/ },
      fault.altered((right) => ({ ...right, body: change(right.body) })),
    );
    await expectRejection(() => reader.rangeOf(head), 'SERVICE_RESPONSE_INVALID', reason);
  });
});

describe('a log that lies', () => {
  const lie = (name: MisbehaviourName) => world.sandbox.misbehave(name);

  test.each<[MisbehaviourName, 'CHECKPOINT_INVALID' | 'CHECKPOINT_ORIGIN' | 'SERVICE_REFUSED', RegExp]>([
    ['rekor-v2:checkpoint-by-another-key', 'CHECKPOINT_INVALID', /signature by .* is invalid/],
    ['rekor-v2:wrong-key-hint', 'CHECKPOINT_INVALID', /is not signed by/],
    ['rekor-v2:wrong-origin', 'CHECKPOINT_ORIGIN', /origin of the checkpoint is "another-log.invalid"/],
    ['rekor-v2:without-checkpoint', 'SERVICE_REFUSED', /responded with 404/],
  ])('%s', async (name, code, reason) => {
    lie(name);
    await expectRejection(() => open().head(), code, reason);
  });

  test.each<MisbehaviourName>(['rekor-v2:forked-tree', 'rekor-v2:split-view'])('%s', async (name) => {
    const reader = open();
    const earlier = state(600);
    lie(name);
    const head = await reader.head();
    const comparison = await reader.compare(earlier, head);
    if (comparison.kind !== 'forked') throw new Error(comparison.kind);
    expect(comparison.rootInstead).not.toEqual(earlier.root);
    // The head, which the log signed, begins with another past.
    verifyConsistency({ size: 600, root: comparison.rootInstead }, head, comparison.proof);
    // What was read of the past does not continue.
    await expectRejection(() => readAll(reader, rangeAt(600), head), 'CONSISTENCY_UNPROVEN', /does not begin with/);
  });

  test('another root of the same size', async () => {
    const reader = open();
    lie('rekor-v2:forked-tree');
    const head = await reader.head();
    expect(await reader.compare(state(700), head)).toEqual({ kind: 'forked', rootInstead: head.root, proof: [] });
  });

  test('rekor-v2:rolled-back-checkpoint', async () => {
    lie('rekor-v2:rolled-back-checkpoint');
    expect(await open().head()).toMatchObject(state(699));
  });

  test.each<MisbehaviourName>(['rekor-v2:wrong-root-hash', 'rekor-v2:altered-tile'])('%s', async (name) => {
    const reader = open();
    lie(name);
    const head = await reader.head();
    const reason = /the tiles of the log do not lead to the root/;
    await expectRejection(() => reader.rangeOf(head), 'TILES_INCONSISTENT', reason);
    await expectRejection(() => reader.compare(state(5), head), 'TILES_INCONSISTENT', reason);
    await expectRejection(() => readAll(reader, CompactRange.empty, head), 'TILES_INCONSISTENT', reason);
  });

  test('altered full tiles', async () => {
    const reader = open();
    const head = await reader.head();
    await reader.rangeOf(head);
    lie('rekor-v2:altered-tile');
    const reason = /tile 0 of level 0 is not the tile in the tree/;
    await expectRejection(() => reader.entry(3, head), 'TILES_INCONSISTENT', reason);
    await expectRejection(() => reader.compare(state(100), head), 'TILES_INCONSISTENT', reason);
  });

  test('rekor-v2:altered-entry', async () => {
    lie('rekor-v2:altered-entry');
    const reader = open();
    const head = await reader.head();
    const reason = (index: number) => new RegExp(`served an entry ${index} other than the one in its tree`);
    await expectRejection(() => readAll(reader, CompactRange.empty, head), 'ENTRY_ALTERED', reason(0));
    await expectRejection(() => readAll(reader, rangeAt(512), head), 'ENTRY_ALTERED', reason(512));
    await expectRejection(() => reader.entry(650, head), 'ENTRY_ALTERED', reason(512));
  });

  test.each([
    ['a full bundle', /entries\/001$/, 259],
    ['the last bundle', /entries\/002/, 515],
  ])('one altered entry of %s is named', async (_, matching, index) => {
    const { store } = world.sandbox.transparencyLog;
    const offset = store.entries(index - 3, 3).reduce((sum, entry) => sum + 2 + entry.length, 2);
    world.sandbox.faults.set(
      { service: 'rekor-v2', matching },
      fault.altered((right) => ({ ...right, body: right.body.with(offset, (right.body[offset] ?? 0) ^ 1) })),
    );
    const reader = open();
    const head = await reader.head();
    const reason = new RegExp(`entry ${index} other than`);
    await expectRejection(() => readAll(reader, CompactRange.empty, head), 'ENTRY_ALTERED', reason);
  });

  test('an empty log with another root than that of no entries', async () => {
    const { sandbox } = world;
    const log = logAt(sandbox, sandbox.urls.rekor, 'rekor-v2');
    const note = sandbox.transparencyLog.checkpoint({ size: 0, root: new Uint8Array(32) });
    const head = await verifyHead(log, note);
    await expectRejection(() => open().rangeOf(head), 'TILES_INCONSISTENT', /size 0/);
  });

  test('a size that is no safe integer', async () => {
    const { sandbox } = world;
    const log = logAt(sandbox, sandbox.urls.rekor, 'rekor-v2');
    const size = 2 ** 53;
    const note = sandbox.transparencyLog.checkpoint({ size, root: new Uint8Array(32) });
    await expectRejection(() => verifyHead(log, note), 'CHECKPOINT_INVALID', /tree size 9007199254740992/);
  });

  test('the checkpoint of a shard of Rekor v1 under the same name', async () => {
    const { sandbox } = world;
    const log = logAt(sandbox, sandbox.urls.rekor, 'rekor-v2');
    const { signer, origin } = sandbox.transparencyLog;
    const other = new TransparencyLog({ origin: `${origin} - 1`, signerName: origin, key: signer.key });
    other.append(utf8('an entry'));
    await expectRejection(() => verifyHead(log, other.checkpoint()), 'CHECKPOINT_ORIGIN', / - 1"/);
  });
});
