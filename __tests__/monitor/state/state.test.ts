/** The state of an audit is untrusted when it is read. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isOneLog, maxHistory, StateFolder } from '../../../src/monitor/state/index.ts';
import { expectRejection } from '../../core/errors/failure.ts';
import { Collector, findingsOf, minutesLater, runAudit, summaryOf } from '../kit/audit.ts';
import { Branch, FakeLog } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const system = { files, random: randomBytes };
const branch = Branch.of(64);

/** Returns a log that was audited at several sizes, the folder of its state, and the path of the state of the log. */
async function audited(sizes: readonly number[] = [8, 20], log = new FakeLog(branch)) {
  const state = await temporaryFolder();
  const consumer = new Collector();
  for (const [at, size] of sizes.entries()) {
    log.size = size;
    await runAudit(state, [log], { from: 'start', consumers: [consumer], now: minutesLater(at) });
  }
  const path = (await StateFolder.open(state, system)).pathOf(log.log);
  return { log, state, path, consumer };
}

async function change(path: string, edit: (document: ReturnType<typeof JSON.parse>) => void): Promise<void> {
  const document = JSON.parse(await files.readFile(path, 'utf8'));
  edit(document);
  await files.writeFile(path, JSON.stringify(document));
}

/** Audits again, and demands that the log is neither read nor begun again. */
async function expectBlind({ log, state, path }: Awaited<ReturnType<typeof audited>>, cause: string, reason: RegExp) {
  const before = await files.readFile(path, 'utf8').catch(() => undefined);
  log.heads = 0;
  log.size = 30;
  for (const minute of [10, 11]) {
    const consumer = new Collector();
    const report = await runAudit(state, [log], { consumers: [consumer], now: minutesLater(minute) });
    expect(summaryOf(report)).toEqual(['WATCH_BLIND', 'findings']);
    expect(findingsOf(report)[0]).toMatchObject({ cause, message: expect.stringMatching(reason) });
    expect(report.logs[0]?.coverage).toBeUndefined();
    expect(consumer.of(log)).toEqual([]);
  }
  expect(log.heads).toBe(0);
  expect(await files.readFile(path, 'utf8').catch(() => undefined)).toBe(before);
}

test('a state is read back as it was written', async () => {
  const { log, state, path } = await audited([8, 20, 33]);
  const folder = await StateFolder.open(state, system);
  const stored = await folder.read(log.log);
  if (stored.kind !== 'found') throw new Error('the state is there');
  expect(stored.state).toMatchObject({ baseline: { size: 8, from: 0 }, cursor: { size: 33 } });
  expect(stored.state.history.map(({ range }) => range.size)).toEqual([8, 20]);
  const before = await files.readFile(path, 'utf8');
  await folder.write(log.log, stored.state);
  expect(await files.readFile(path, 'utf8')).toBe(before);
});

describe('a state that is not usable is a finding, and no fresh start', () => {
  test('missing', async () => {
    const found = await audited();
    await files.rm(found.path);
    await expectBlind(found, 'state-missing', /is missing; the log was audited up to 20 entries/);
  });

  test('the whole folder of states missing', async () => {
    const found = await audited();
    await files.rm(dirname(found.path), { recursive: true });
    await expectBlind(found, 'state-missing', /is missing/);
  });

  test.each([
    ['empty', ''],
    ['cut off', '{"schema":"countersign-audit-log/1"'],
    ['not an object', '[]'],
    ['binary', '\u0000'],
  ])('%s', async (_, text) => {
    const found = await audited();
    await files.writeFile(found.path, text);
    await expectBlind(found, 'state-invalid', /is invalid/);
  });

  test('older', async () => {
    const found = await audited([8]);
    const old = await files.readFile(found.path, 'utf8');
    found.log.size = 20;
    await runAudit(found.state, [found.log], { now: minutesLater(1) });
    await files.writeFile(found.path, old);
    await expectBlind(found, 'state-older', /ends at 8 entries, of which 8 were read; the last one ended at 20 and 20/);
  });

  test('of another log', async () => {
    const found = await audited();
    const other = await audited([40]);
    await files.copyFile(other.path, found.path);
    await expectBlind(found, 'state-invalid', /is the key of another log/);
  });

  const note = (log: FakeLog, size = 20, of = branch) => Buffer.from(log.note(size, of)).toString('base64');
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const hashes = (size: number, of = branch) => of.range(size).hashes.map(base64);

  test.each<[string, (document: ReturnType<typeof JSON.parse>, log: FakeLog) => void, RegExp]>([
    [
      'a note of a stranger',
      (it) => (it.verified.note = note(new FakeLog(branch))),
      /not signed by log\.example|signature/,
    ],
    [
      'a note of another name',
      (it) => (it.verified.note = note(new FakeLog(branch, { names: ['other.example'] }))),
      /origin/,
    ],
    ['no note', (it) => delete it.verified.note, /note is missing/],
    ['a note that is not text', (it) => (it.verified.note = '/w=='), /note is not valid UTF-8/],
    ['no time', (it) => delete it.verified.since, /since is missing/],
    ['a baseline after the end', (it) => (it.baseline.size = 21), /is after the entries that were verified/],
    ['a note of another size', (it, log) => (it.verified.note = note(log, 19)), /is not the size that the log signed/],
    [
      'a range of another tree',
      (it) => (it.verified.range = hashes(20, branch.forkAt(3, 64))),
      /not the root of the range|does not lead to the root/,
    ],
    ['a range of another length', (it) => it.verified.range.pop(), /a compact range of 20 entries has 2 hashes/],
    [
      'a range and root of another tree',
      (it) => {
        it.verified.range = hashes(20, branch.forkAt(3, 64));
        delete it.verified.root;
      },
      /does not lead to the root that the log signed/,
    ],
    ['a position after the end', (it) => (it.cursor = { size: 21, range: hashes(21) }), /is after the 20 entries/],
    [
      'a position of another tree',
      (it) => (it.cursor.range = hashes(20, branch.forkAt(3, 64))),
      /does not lead to the verified root/,
    ],
    [
      'a position that the history contradicts',
      (it) => {
        it.cursor = { size: 8, range: hashes(8, branch.forkAt(3, 64)) };
        it.baseline.from = 0;
      },
      /is older|does not lead to the root of its size in the history/,
    ],
    ['a negative size', (it) => (it.cursor.size = -1), /is not a non-negative 64-bit integer/],
    ['a huge size', (it) => (it.cursor.size = '9007199254740992'), /is too large/],
    ['no position', (it) => delete it.cursor, /is missing/],
    ['a history in another order', (it) => it.history.push(it.history[0]), /is not in order/],
    ['a history with a wrong root', (it) => (it.history[0].root = it.verified.root), /is not the root of the range/],
    [
      'a history after the end',
      (it) => it.history.push({ size: 21, range: hashes(21), at: it.history[0].at }),
      /is not in order/,
    ],
    ['a baseline after the position', (it) => (it.baseline.from = 21), /is after the entries that were verified/],
    [
      'an unknown finding',
      (it) => it.suspicions.push({ code: 'FINE', what: '', since: it.verified.at }),
      /is not the code of a finding/,
    ],
    ['an invalid time', (it) => (it.verified.at = 'yesterday'), /is not a valid time/],
    ['another schema', (it) => (it.schema = 'countersign-audit-log/2'), /is not countersign-audit-log\/1/],
    [
      'a long history',
      (it) => (it.history = Array.from({ length: maxHistory + 1 }, () => it.history[0])),
      /the limit is 1000/,
    ],
  ])('with %s', async (_, edit, reason) => {
    const found = await audited();
    await change(found.path, (document) => edit(document, found.log));
    await expectBlind(found, 'state-invalid', reason);
  });

  test('with a position in the middle that is not one in the tree', async () => {
    const { log, state, path } = await audited([8, 20]);
    await change(path, (it) => {
      it.cursor = { size: 13, range: hashes(13, branch.forkAt(3, 64)) };
    });
    await change(join(state, 'audit.json'), (it) => {
      it.logs[0].latest.cursor = 13;
    });
    log.size = 30;
    const report = await runAudit(state, [log], { now: minutesLater(10) });
    expect(summaryOf(report)).toEqual(['WATCH_BLIND', 'findings']);
    expect(findingsOf(report)[0]?.message).toMatch(/13 entries were read, but with other hashes/);
  });

  test('with a folder in the place of its file is an error', async () => {
    const { log, state, path } = await audited();
    await files.rm(path);
    await files.mkdir(path);
    await expect(runAudit(state, [log], { now: minutesLater(10) })).rejects.toThrow(/is a folder/);
  });

  test('planted with a tree that the log did not have at that size', async () => {
    const found = await audited([8, 20]);
    const forked = branch.forkAt(3, 64);
    const [planted] = [
      await audited([8, 20], Object.assign(new FakeLog(forked), { log: found.log.log, signer: found.log.signer })),
    ];
    await files.copyFile(planted.path, found.path);
    await expectBlind(found, 'state-older', /has another root at 20 entries/);
  });
});

describe('the list of logs', () => {
  test('that is missing is a finding, and the states of the logs are used', async () => {
    const { log, state } = await audited();
    await files.rm(join(state, 'audit.json'));
    log.size = 30;
    const report = await runAudit(state, [log], { now: minutesLater(5) });
    expect(summaryOf(report)).toEqual(['WATCH_BLIND', 'findings']);
    expect(report.findings[0]?.finding).toMatchObject({ cause: 'state-missing' });
    expect(report.logs[0]?.coverage).toMatchObject({ from: 0, to: 30, read: 10 });
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(6) }))).toEqual(['clean']);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a size that no number holds exactly', { size: '9007199254740993' }, /size is too large/],
    ['a position that no number holds exactly', { cursor: '9007199254740993' }, /cursor is too large/],
    ['a negative size', { size: -1 }, /size is not a non-negative 64-bit integer/],
    ['no size', { size: undefined }, /size is missing/],
    ['no position', { cursor: undefined }, /cursor is missing/],
    ['a position after the size', { cursor: 21 }, /cursor is after the 20 entries of the tree/],
    ['a short root', { root: 'AAAA' }, /root is not a hash/],
  ])('with %s is a finding', async (_, values, reason) => {
    const { log, state } = await audited();
    await change(join(state, 'audit.json'), (it) => Object.assign(it.logs[0].latest, values));
    const report = await runAudit(state, [log], { now: minutesLater(5) });
    expect(summaryOf(report)).toEqual(['WATCH_BLIND', 'findings']);
    expect(report.findings[0]?.finding).toMatchObject({
      cause: 'state-invalid',
      message: expect.stringMatching(reason),
    });
  });

  test.each(['', '{}', '{"schema":"countersign-audit/1","logs":[{}]}'])('that is %j is a finding', async (text) => {
    const { log, state } = await audited();
    await files.writeFile(join(state, 'audit.json'), text);
    const report = await runAudit(state, [log], { now: minutesLater(5) });
    expect(summaryOf(report)).toEqual(['WATCH_BLIND', 'findings']);
    expect(report.findings[0]?.finding).toMatchObject({ cause: 'state-invalid' });
  });

  test('is in a folder, not a file', async () => {
    const path = join(await temporaryFolder(), 'state');
    await files.writeFile(path, 'x');
    await expectRejection(() => runAudit(path, [new FakeLog(branch)]), 'USAGE', /is not a folder/);
  });

  test('does not accept a pipe or a folder in its place', async () => {
    const state = await temporaryFolder();
    await files.mkdir(join(state, 'audit.json'));
    await expect(runAudit(state, [new FakeLog(branch)])).rejects.toThrow(/is a folder/);
  });
});

test('one log has one URL and one key', () => {
  const { log } = new FakeLog(branch);
  const shard = new FakeLog(branch, { baseUrl: log.baseUrl, keyId: log.keyId, names: ['log.example - 13'] }).log;
  expect(isOneLog(shard, log)).toBe(true);
  expect(isOneLog({ ...log, baseUrl: 'https://other.example' }, log)).toBe(false);
  expect(isOneLog({ ...log, keyId: new Uint8Array(log.keyId.length) }, log)).toBe(false);
});

test('a log is added only if an earlier run listed the logs', async () => {
  const { log: added } = new FakeLog(branch, { names: ['added.example'] });
  const { log, state } = await audited();
  const folder = await StateFolder.open(state, system);
  expect([folder.isAdded(added), folder.isAdded(log.log)]).toEqual([true, false]);
  await files.rm(join(state, 'audit.json'));
  expect((await StateFolder.open(state, system)).isAdded(added)).toBe(false);
  expect((await StateFolder.open(await temporaryFolder(), system)).isAdded(added)).toBe(false);
});

test('the history keeps the last thousand heads', async () => {
  const long = Branch.of(1010);
  const log = new FakeLog(long);
  const { state } = await audited([1], log);
  const folder = await StateFolder.open(state, system);
  const stored = await folder.read(log.log);
  if (stored.kind !== 'found') throw new Error('the state is there');
  const history = Array.from({ length: maxHistory }, (_, at) => ({ range: long.range(at + 2), at: minutesLater(at) }));
  const [size, range] = [maxHistory + 2, long.range(maxHistory + 2)];
  const verified = { ...stored.state.verified, head: await log.head(size), range };
  await folder.write(log.log, { ...stored.state, verified, cursor: range, history });
  log.size = maxHistory + 3;
  expect(summaryOf(await runAudit(state, [log], { now: minutesLater(5) }))).toEqual(['clean']);
  const after = await (await StateFolder.open(state, system)).read(log.log);
  if (after.kind !== 'found') throw new Error('the state is there');
  expect(after.state.history.map((entry) => entry.range.size)).toEqual(
    Array.from({ length: maxHistory }, (_, at) => at + 3),
  );
});

test('more suspicions and proofs than fit are left out, and the state stays readable', async () => {
  const { log, state } = await audited([8]);
  const folder = await StateFolder.open(state, system);
  const stored = await folder.read(log.log);
  if (stored.kind !== 'found') throw new Error('the state is there');
  const many = Array.from({ length: 1001 }, (_, at) => at);
  const at = minutesLater(0);
  await folder.write(log.log, {
    ...stored.state,
    suspicions: many.map((what) => ({ code: 'LOG_ROLLED_BACK', what: String(what), since: at })),
    proven: many.map((id) => ({ id: String(id), code: 'SPLIT_VIEW', message: 'a view', at })),
  });
  const after = await folder.read(log.log);
  if (after.kind !== 'found') throw new Error('the state is readable');
  expect([after.state.suspicions.length, after.state.proven.length]).toEqual([100, 1000]);
});
