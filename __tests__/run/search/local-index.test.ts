/** Searches in logs of a sandbox through a local index, over HTTP. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob, hostileEntries } from '../../../sandbox/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { CompactRange } from '../../../src/core/log/index.ts';
import { readSigningConfig } from '../../../src/core/trust/index.ts';
import type { LogProtocol, LogReader, MonitoredLog } from '../../../src/monitor/log/index.ts';
import { logsOf, openReader } from '../../../src/monitor/readers/index.ts';
import { IndexBuilder, indexFolder } from '../../../src/monitor/search-index/index.ts';
import { isComplete, type SearchReport, searchText } from '../../../src/report/index.ts';
import {
  readSearchQuery,
  type SearchRequest,
  type SearchWishes,
  searchLogs,
  searchTrusted,
} from '../../../src/run/search/index.ts';
import { signRun } from '../../../src/run/sign/index.ts';
import { growTo, logAt } from '../../monitor/readers/kit.ts';
import { Workplace } from '../workplace.ts';

const signer = `https://github.com/${exampleJob.job_workflow_ref}`;

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
  await place.write('a.txt', 'b.txt', 'none.bin');
  growTo(place.sandbox, 300);
  const { unsigned } = await signRun(place.request(), place.world());
  expect(unsigned).toEqual([]);
});
afterAll(() => place[Symbol.asyncDispose]());

let state: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'state-'));
});
afterEach(async () => {
  place.sandbox.behave();
  await rm(state, { recursive: true });
});

const log = (protocol: LogProtocol = 'rekor-v2'): MonitoredLog =>
  logAt(
    place.sandbox,
    protocol === 'rekor-v2' ? place.sandbox.urls.rekor : place.sandbox.urls.certificateLog,
    protocol,
  );

const open = (one: MonitoredLog): LogReader => openReader(one, { http: place.world().http });

/** Indexes a part of a log, as an audit does. */
async function index(from = 0, one: MonitoredLog = log()): Promise<void> {
  const reader = open(one);
  const head = await reader.head();
  const builder = new IndexBuilder(files, randomBytes, indexFolder(state));
  for await (const batch of reader.entries(CompactRange.empty, head)) {
    const first = Math.max(batch.first, from);
    const entries = batch.entries.slice(first - batch.first);
    if (entries.length > 0) await builder.accept({ ...batch, first, entries }, one, head.origin);
  }
  await builder.flush();
}

async function search(
  wishes: SearchWishes,
  changes: Partial<SearchRequest> = {},
  world = place.world(),
): Promise<SearchReport> {
  const { trust, thresholds, sandbox } = place.instance;
  return searchLogs(
    {
      query: await readSearchQuery(wishes, world),
      state,
      logs: [{ log: log(), trust: { instance: 'sandbox', trust, thresholds, sandbox } }],
      areChosen: false,
      limit: 100,
      bundleOut: undefined,
      openReader: open,
      ...changes,
    },
    world,
  );
}

const path = (name: string): string => join(place.folder, name);
const trusted = (one: MonitoredLog): SearchRequest['logs'] => {
  const { trust, thresholds, sandbox } = place.instance;
  return [{ log: one, trust: { instance: 'sandbox', trust, thresholds, sandbox } }];
};

test('finds a file, proves the entry, and states the coverage', async () => {
  await index();
  const report = await search({ file: path('a.txt'), identity: signer });
  const { size, origin } = place.sandbox.transparencyLog;
  expect(report).toMatchObject({
    entries: [
      {
        origin,
        treeSize: size,
        time: undefined,
        isConfirmed: true,
        claims: { kind: 'hashedrekord', version: '0.0.2' },
        signers: [{ issuance: { isTrusted: true } }],
      },
    ],
    logs: [
      { origin, size, ranges: [{ from: 0, to: size }], service: false, failures: [], withProblems: expect.any(Number) },
    ],
  });
  expect(isComplete(report)).toBe(true);
});

test('finds what a repository and an issuer signed, the newest first', async () => {
  await index();
  const byRepository = await search({ repo: exampleJob.repository.toUpperCase() });
  expect(byRepository.entries.map(({ index: at }) => at)).toHaveLength(2);
  const byIssuer = await search({ issuer: place.sandbox.urls.jobIssuer });
  expect(byIssuer.entries).toHaveLength(2);
  const limited = await search({ issuer: place.sandbox.urls.jobIssuer }, { limit: 1 });
  expect(limited).toMatchObject({ isLimited: true, entries: [{ index: place.sandbox.transparencyLog.size - 1 }] });
});

test('finds a key by its hash', async () => {
  await index();
  const [entry] = (await search({ file: path('a.txt') })).entries;
  const signed = entry?.signers[0]?.signer;
  if (signed?.kind !== 'certificate') throw new Error('no certificate');
  expect((await search({ key: `sha256:${signed.certificate.keyHash}` })).entries.length).toBeGreaterThan(0);
});

test('finds certificates in a certificate log, but not by a digest', async () => {
  const ct = log('static-ct');
  await index(0, ct);
  const report = await search({ identity: signer }, { logs: trusted(ct) });
  expect(report.entries).not.toEqual([]);
  expect(report.entries[0]).toMatchObject({
    claims: { kind: 'precertificate' },
    signers: [{ issuance: { isTrusted: true } }],
    time: expect.any(Date),
  });
  expect(await search({ file: path('a.txt') }, { logs: trusted(ct) })).toMatchObject({ entries: [], logs: [] });
});

test('finds nothing, and says what was searched', async () => {
  await index();
  const report = await search({ file: path('none.bin') });
  expect(report.entries).toEqual([]);
  expect(isComplete(report)).toBe(true);
});

test('requests of Rekor v2 nothing but its tiles', async () => {
  await index();
  const requested: string[] = [];
  const world = place.world();
  const http: typeof world.http = (request) => {
    requested.push(request.url.pathname);
    return world.http(request);
  };
  const report = await search({ file: path('a.txt') }, {}, { ...world, http });
  expect(report.entries).toHaveLength(1);
  // The reader, which fetches the tiles, has requests of its own.
  expect(requested).toEqual([]);
});

test('makes no bundle of an entry of Rekor v2, which states no time', async () => {
  await index();
  const [entry] = (await search({ file: path('a.txt') }, { bundleOut: join(state, 'out') })).entries;
  expect(entry?.bundle).toEqual({ reason: expect.stringContaining('timestamp') });
  expect(await readdir(state)).toEqual(['index']);
});

describe('Rekor v1', () => {
  beforeAll(async () => {
    const signingConfig = readSigningConfig(JSON.stringify(place.sandbox.signingConfigRekorV1));
    const files = { files: ['a.txt'], checksums: [], digests: [] };
    await rm(path('a.txt.sigstore.json'), { force: true });
    const instance = { ...place.instance, signingConfig };
    expect(await signRun(place.request({ instance, subjects: files }), place.world())).toMatchObject({ unsigned: [] });
  });

  const shards = async (): Promise<readonly MonitoredLog[]> =>
    (await logsOf(place.instance.trust, place.world())).logs.filter(({ protocol }) => protocol === 'rekor-v1');

  test('is searched by repository, which the service has no index of; the time is that which the log signed', async () => {
    const logs = await shards();
    expect(logs.length).toBeGreaterThan(1);
    for (const shard of logs) await index(0, shard);
    const report = await search({ repo: exampleJob.repository }, { logs: logs.flatMap(trusted) });
    expect(report).toMatchObject({
      entries: [
        { time: expect.any(Date), globalIndex: expect.any(BigInt), signers: [{ issuance: { isTrusted: true } }] },
      ],
      logs: logs.map(() => ({ ranges: [{ from: 0 }], service: false, notSearched: undefined })),
    });
    expect(isComplete(report)).toBe(true);
  });

  test('is not searched by the service if the local index covers the whole log', async () => {
    const logs = await shards();
    for (const shard of logs) await index(0, shard);
    const covered = await search({ identity: signer }, { logs: logs.flatMap(trusted) });
    expect(covered.logs.filter(({ service }) => service)).toEqual([]);
    expect(covered.entries).toHaveLength(1);
  });

  test('is searched by both if the local index covers a part, and each entry is found once', async () => {
    const logs = await shards();
    const [active] = logs.slice(-1);
    await index(0, active);
    const report = await search({ identity: signer }, { logs: logs.flatMap(trusted) });
    expect(report.entries).toHaveLength(1);
    expect(report.logs.map(({ service }) => service)).toEqual([false, true]);
    expect(isComplete(report)).toBe(true);
  });

  test.each([
    ['begins after the first entry', 1, 0],
    ['ends before the last entry', 0, 1],
  ])('is searched by both if the local index %s', async (_, from, later) => {
    const append = (count: number) => {
      for (let at = 0; at < count; at++) place.sandbox.rekorV1Log.append(randomBytes(32));
    };
    append(2);
    const logs = await shards();
    for (const shard of logs) await index(shard === logs.at(-1) ? from : 0, shard);
    append(later);
    const report = await search({ identity: signer }, { logs: logs.flatMap(trusted) });
    expect(report.logs.filter(({ service }) => service)).toHaveLength(1);
  });

  test('without an index is asked for the names of the workflows that another log shows; what that misses is stated', async () => {
    // The log of Rekor v2 shows what the repository signed there.
    await index();
    const logs = [...trusted(log()), ...(await shards()).flatMap(trusted)];
    const report = await search({ repo: exampleJob.repository }, { logs });
    expect(report.entries.filter(({ log: url }) => url === place.sandbox.urls.rekorV1)).toMatchObject([
      { claims: { version: '0.0.1' }, time: expect.any(Date) },
    ]);
    const [v1] = report.logs.filter(({ url }) => url === place.sandbox.urls.rekorV1);
    expect(v1).toMatchObject({
      service: true,
      failures: [],
      notSearched: undefined,
      missed: expect.stringMatching(/^entries under names other than the \d+ that were derived from the local index$/),
      isOptional: false,
    });
    // Other workflows and branches may have signed.
    expect(isComplete(report)).toBe(false);
    expect(searchText(report)).toMatch(/\n {4}missed: entries under names other than/);
  });

  test('is not asked for names in certificates that no trusted authority issued', async () => {
    await index();
    const strangers = trusted(log()).map(({ log: one, trust }) => ({
      log: one,
      trust: { ...trust, trust: { ...trust.trust, certificateAuthorities: [] } },
    }));
    const report = await search(
      { repo: exampleJob.repository },
      { logs: [...strangers, ...(await shards()).flatMap(trusted)] },
    );
    expect(report.entries.length).toBeGreaterThan(0);
    expect(report.logs.at(-1)).toMatchObject({ service: false, notSearched: expect.stringMatching(/cannot answer/) });
  });

  test('with an index that is behind is asked too, which only adds to the answer', async () => {
    const logs = await shards();
    for (const shard of logs) await index(0, shard);
    place.sandbox.rekorV1Log.append(new Uint8Array(Buffer.from('an entry that is not in the index')));
    const report = await search({ repo: exampleJob.repository }, { logs: logs.flatMap(trusted) });
    expect(report.entries).toHaveLength(1);
    expect(report.logs.at(-1)).toMatchObject({ service: true, missed: expect.any(String), isOptional: true });
    expect(isComplete(report)).toBe(true);
  });

  test('without an index of a shard, and by a condition that the service cannot answer, is not complete', async () => {
    const logs = await shards();
    const [active] = logs.slice(-1);
    await index(0, active);
    expect(isComplete(await search({ repo: exampleJob.repository }, { logs: logs.flatMap(trusted) }))).toBe(false);
  });
});

test('a bug is thrown, and is no part of the result', async () => {
  await index();
  const broken = (): never => {
    throw new TypeError('bug');
  };
  await expect(search({ file: path('a.txt') }, { openReader: broken })).rejects.toThrow('bug');
});

test('a run that is cancelled has no result', async () => {
  await index();
  const cancelled = (): never => {
    throw new CountersignError('CANCELLED', 'cancelled');
  };
  await expect(search({ file: path('a.txt') }, { openReader: cancelled })).rejects.toMatchObject({ code: 'CANCELLED' });
  const entry = async (one: MonitoredLog) => ({ ...bound(open(one)), entry: async () => cancelled() });
  const reader = await entry(log());
  await expect(search({ file: path('a.txt') }, { openReader: () => reader })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
});

/** Returns the functions of a reader as an object of its own. */
function bound(reader: LogReader): LogReader {
  return {
    log: reader.log,
    head: () => reader.head(),
    rangeOf: (head) => reader.rangeOf(head),
    compare: (earlier, head) => reader.compare(earlier, head),
    consistencyProof: (size, head) => reader.consistencyProof(size, head),
    entries: (from, head) => reader.entries(from, head),
    entry: (at, head) => reader.entry(at, head),
  };
}

test.each<[string, SearchWishes, { readonly state?: undefined; readonly logs?: readonly string[] }, boolean]>([
  ['an identity, with a local index', { identity: signer }, {}, true],
  ['an identity, without a local index', { identity: signer }, { state: undefined }, false],
  ['an identity, in a log that was chosen', { identity: signer }, { state: undefined, logs: ['chosen'] }, true],
  ['a digest', { digest: `sha256:${'0'.repeat(64)}` }, {}, false],
])('a search for %s contacts certificate logs only if it concerns them', async (_, wishes, changes, isContacted) => {
  const world = place.world();
  const { certificateLog } = place.sandbox.urls;
  let contacted = false;
  const http: typeof world.http = (request) => {
    contacted ||= request.url.href.startsWith(certificateLog);
    return world.http(request);
  };
  const { trust, thresholds, sandbox } = place.instance;
  const query = await readSearchQuery(wishes, world);
  const logs = (changes.logs ?? []).map(() => certificateLog);
  await searchTrusted(
    { query, state, limit: 1, bundleOut: undefined, ...changes, logs },
    [{ instance: 'sandbox', trust, thresholds, sandbox }],
    { ...world, http },
  );
  expect(contacted).toBe(isContacted);
});

describe('without an index', () => {
  test('a log of Rekor v2 is not searched', async () => {
    const report = await search({ file: path('a.txt') });
    expect(report).toMatchObject({ entries: [], logs: [{ notSearched: 'it is not in the local index', ranges: [] }] });
    expect(isComplete(report)).toBe(false);
    expect(await search({ file: path('a.txt') }, { state: undefined })).toMatchObject({
      logs: [{ notSearched: 'no local index was specified' }],
    });
  });

  test('a certificate log is left out, unless it was chosen', async () => {
    const logs = trusted(log('static-ct'));
    expect(isComplete(await search({ identity: signer }, { logs }))).toBe(true);
    expect(isComplete(await search({ identity: signer }, { logs, areChosen: true }))).toBe(false);
  });
});

describe('an index', () => {
  test('of a part of the log: the coverage has a gap', async () => {
    await index(256);
    const report = await search({ file: path('a.txt') });
    const { size } = place.sandbox.transparencyLog;
    expect(report).toMatchObject({ entries: [{}], logs: [{ ranges: [{ from: 256, to: size }] }] });
    expect(isComplete(report)).toBe(true);
  });

  test('that is behind the log: the coverage ends before', async () => {
    await index();
    const { size } = place.sandbox.transparencyLog;
    growTo(place.sandbox, size + 5);
    expect(await search({ file: path('a.txt') })).toMatchObject({
      entries: [{}],
      logs: [{ ranges: [{ from: 0, to: size }], size: size + 5 }],
    });
  });

  test('with a hole is not complete', async () => {
    await index(256);
    const builder = new IndexBuilder(files, randomBytes, indexFolder(state));
    const reader = open(log());
    const head = await reader.head();
    for await (const batch of reader.entries(CompactRange.empty, head)) {
      if (batch.first === 0)
        await builder.accept({ ...batch, entries: batch.entries.slice(0, 10) }, log(), head.origin);
    }
    await builder.flush();
    expect(isComplete(await search({ file: path('a.txt') }))).toBe(false);
  });

  test('of another tree is not used', async () => {
    await index();
    place.sandbox.misbehave('rekor-v2:forked-tree');
    const report = await search({ file: path('a.txt') });
    expect(report).toMatchObject({
      entries: [],
      logs: [{ failures: [{ code: 'SEARCH_INCOMPLETE', message: expect.stringContaining('another tree') }] }],
    });
    expect(isComplete(report)).toBe(false);
  });

  test('that the log does not prove to be of the same tree is not used', async () => {
    await index();
    const reader = bound(open(log()));
    const compare = async () => ({ kind: 'unproven', reason: 'no proof' }) as const;
    const report = await search({ file: path('a.txt') }, { openReader: () => ({ ...reader, compare }) });
    expect(report).toMatchObject({
      entries: [],
      logs: [{ failures: [{ message: expect.stringContaining('no proof') }] }],
    });
  });

  test('that has more entries than the head is not used', async () => {
    const reader = bound(open(log()));
    const earlier = await reader.head();
    growTo(place.sandbox, earlier.size + 5);
    await index();
    const openEarlier = () => ({ ...reader, head: async () => earlier });
    const report = await search({ file: path('a.txt') }, { openReader: openEarlier });
    const message = `the local index has ${earlier.size + 5} entries, but the log has ${earlier.size}`;
    expect(report).toMatchObject({ entries: [], logs: [{ failures: [{ code: 'SEARCH_INCOMPLETE', message }] }] });
  });

  test('that has more entries than the log is not used', async () => {
    await index();
    place.sandbox.misbehave('rekor-v2:rolled-back-checkpoint');
    const reports = [await search({ file: path('a.txt') }), await search({ file: path('a.txt') })];
    expect(reports.some((report) => !isComplete(report))).toBe(true);
  });

  test('finds an entry that the log has changed: it is not shown, and the answer is not complete', async () => {
    await index();
    place.sandbox.misbehave('rekor-v2:altered-entry');
    const report = await search({ file: path('a.txt') });
    expect(report).toMatchObject({ entries: [], logs: [{ failures: [{ code: 'ENTRY_ALTERED' }] }] });
    expect(isComplete(report)).toBe(false);
  });

  test('that is damaged: the file is named, and the answer is not complete', async () => {
    await index();
    const [folder = ''] = await readdir(indexFolder(state));
    const [file = ''] = await readdir(join(indexFolder(state), folder));
    await writeFile(join(indexFolder(state), folder, file), 'damaged');
    const report = await search({ file: path('a.txt') });
    expect(report).toMatchObject({ entries: [], logs: [{ failures: [{ message: expect.stringContaining(file) }] }] });
    expect(isComplete(report)).toBe(false);
  });

  test('that finds an entry by chance: the entry is compared as a whole', async () => {
    const [target = ''] = [place.sandbox.transparencyLog.origin];
    await index();
    // The entries of the index are about other leaves than those of the log at their place.
    const [folder = ''] = await readdir(indexFolder(state));
    const [file = ''] = await readdir(join(indexFolder(state), folder));
    const name = join(indexFolder(state), folder, file);
    const bytes = await files.readFile(name);
    for (let at = 62 + target.length; at < bytes.length; at += 12) bytes.writeUInt16BE(3, at + 8);
    await writeFile(name, bytes);
    expect(await search({ file: path('a.txt') })).toMatchObject({ entries: [], logs: [{ failures: [] }] });
  });

  test('is not used if the log cannot be read', async () => {
    await index();
    place.sandbox.misbehave('rekor-v2:checkpoint-by-another-key');
    const report = await search({ file: path('a.txt') });
    expect(report).toMatchObject({ entries: [], logs: [{ failures: [{}], size: undefined }] });
    expect(isComplete(report)).toBe(false);
  });
});

// The last test: the sandbox cannot alter an entry without bytes.
test('hostile entries neither stop an index nor reach the terminal', async () => {
  const { transparencyLog: one, certificateAuthority } = place.sandbox;
  for (const { body } of hostileEntries(certificateAuthority)) one.append(body);
  await index();
  const report = await search({ repo: exampleJob.repository });
  expect(report.entries.length).toBeGreaterThan(20);
  let fetched = 0;
  const counting = (one: MonitoredLog): LogReader => {
    const reader = bound(open(one));
    return { ...reader, entry: (at, head) => reader.entry(at, head).finally(() => fetched++) };
  };
  const limited = await search({ repo: exampleJob.repository }, { limit: 3, openReader: counting });
  expect(limited).toMatchObject({ isLimited: true, entries: { length: 3 } });
  expect(fetched).toBeLessThan(report.entries.length);
  expect(isComplete(report)).toBe(true);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  const dangerous = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]|##\[|^\s*::/m;
  expect(searchText(report)).not.toMatch(dangerous);
  expect(await search({ file: path('a.txt') })).toMatchObject({ entries: [{}] });
});
