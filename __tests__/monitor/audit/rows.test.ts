/** The observations of an audit: each is found, and none in an honest log. */

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { signNote } from '../../../sandbox/log/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { rangeAtSize } from '../../../src/monitor/audit/index.ts';
import { isProven } from '../../../src/monitor/evidence/index.ts';
import { expectRejection } from '../../core/errors/failure.ts';
import { Collector, findingsOf, minutesLater, runAudit, summaryOf } from '../kit/audit.ts';
import { Branch, FakeLog } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const branch = Branch.of(64);

/** Returns a log of some entries whose first audit is done, and the folder of its state. */
async function audited(size: number, changes: Partial<FakeLog['log']> = {}) {
  const log = new FakeLog(branch, changes);
  log.size = size;
  const state = await temporaryFolder();
  const first = await runAudit(state, [log], { from: 'start' });
  expect(summaryOf(first)).toEqual(['clean']);
  return { log, state };
}

describe('an honest log', () => {
  test('that grows gives no finding, and each entry is passed on once', async () => {
    const consumer = new Collector();
    const log = new FakeLog(branch);
    const state = await temporaryFolder();
    for (const [at, size] of [0, 1, 7, 8, 8, 33, 64].entries()) {
      log.size = size;
      const report = await runAudit(state, [log], { from: 'start', consumers: [consumer], now: minutesLater(at) });
      expect(summaryOf(report)).toEqual(['clean']);
      expect(report.logs[0]?.coverage).toMatchObject({ from: 0, to: size, size });
    }
    expect(consumer.of(log)).toEqual(branch.entries.map((entry) => Buffer.from(entry).toString()));
    expect(consumer.repeated).toBe(0);
  });

  test('is read from its head at first, and the baseline is stated', async () => {
    const consumer = new Collector();
    const log = new FakeLog(branch);
    log.size = 10;
    const state = await temporaryFolder();
    const first = await runAudit(state, [log], { consumers: [consumer] });
    expect(first.logs[0]).toMatchObject({
      baseline: { size: 10, from: 10, isNew: true },
      coverage: { from: 10, to: 10, read: 0 },
    });
    log.size = 12;
    const second = await runAudit(state, [log], { consumers: [consumer], now: minutesLater(5) });
    expect(second.logs[0]).toMatchObject({
      baseline: { size: 10, isNew: false },
      coverage: { from: 10, to: 12, read: 2 },
    });
    expect(consumer.of(log).filter((entry) => entry !== undefined)).toEqual(['entry 10', 'entry 11']);
  });

  test.each([3, 8, 11, 40])('is read from entry %d', async (from) => {
    const consumer = new Collector();
    const log = new FakeLog(branch);
    log.size = 40;
    const report = await runAudit(await temporaryFolder(), [log], { from, consumers: [consumer] });
    expect(summaryOf(report)).toEqual(['clean']);
    expect(report.logs[0]?.coverage).toMatchObject({ from, to: 40, read: 40 - from });
  });

  test('whose range at each size follows from the consistency proof', async () => {
    const log = new FakeLog(branch);
    for (let size = 1; size <= 64; size++) {
      const head = await log.head(size);
      for (let from = 0; from < size; from++) {
        const range = rangeAtSize(from, head, { root: branch.root(from), proof: branch.consistency(from, size) });
        expect(range.hashes).toEqual(branch.range(from).hashes);
      }
    }
  });

  test('whose range does not follow from a proof that is short or of another tree', async () => {
    const head = await new FakeLog(branch).head(20);
    const [root, proof] = [branch.root(7), branch.consistency(7, 20)];
    const refused = (changes: Partial<Parameters<typeof rangeAtSize>[2]>, reason: RegExp) =>
      expectRejection(async () => rangeAtSize(7, head, { root, proof, ...changes }), 'TILES_INCONSISTENT', reason);
    await refused({ proof: proof.slice(0, 1) }, /the consistency proof is too short/);
    await refused({ root: branch.root(8) }, /does not contain the subtrees of the first 7 entries/);
    await refused({ proof: branch.forkAt(3, 64).consistency(7, 20) }, /does not contain the subtrees/);
  });
});

describe('rows 1 and 2: a checkpoint that does not verify, at three tries in one run', () => {
  test.each(['CHECKPOINT_INVALID', 'CHECKPOINT_ORIGIN'] as const)('%s', async (code) => {
    const { log, state } = await audited(8);
    log.failures = { head: new CountersignError(code, 'the checkpoint is wrong') };
    log.heads = 0;
    const report = await runAudit(state, [log], { now: minutesLater(5) });
    expect(summaryOf(report)).toEqual([code, 'findings']);
    expect(log.heads).toBe(3);
    log.failures = {};
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(10) }))).toEqual(['clean']);
  });

  test.each(['CHECKPOINT_INVALID', 'CHECKPOINT_ORIGIN'] as const)('%s, in the first run of all', async (code) => {
    const log = new FakeLog(branch);
    log.failures = { head: new CountersignError(code, 'the checkpoint is wrong') };
    const report = await runAudit(await temporaryFolder(), [log]);
    expect(summaryOf(report)).toEqual([code, 'findings']);
    expect(log.heads).toBe(3);
    expect(report.logs[0]).toMatchObject({ baseline: undefined, coverage: undefined });
  });

  test('is fetched once if the log does not respond', async () => {
    const { log, state } = await audited(8);
    log.failures = { head: new CountersignError('SERVICE_UNAVAILABLE', 'no response') };
    log.heads = 0;
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(5) }))).toEqual(['incomplete']);
    expect(log.heads).toBe(1);
  });

  test('one that verifies at the second try is accepted', async () => {
    const { log, state } = await audited(8);
    const reader = log.reader();
    let tries = 0;
    const head = async () => {
      tries += 1;
      if (tries === 1) throw new CountersignError('CHECKPOINT_INVALID', 'the checkpoint is wrong');
      return reader.head();
    };
    const report = await runAudit(state, [log], {
      now: minutesLater(5),
      world: { openReader: () => ({ ...reader, head }) },
    });
    expect(summaryOf(report)).toEqual(['clean']);
  });
});

describe('row 3: a log that stands still', () => {
  test.each([
    ['rekor-v2', 60],
    ['rekor-v1', 30],
  ] as const)('%s', async (protocol, minutes) => {
    const names = protocol === 'rekor-v1' ? ['log.example - 12'] : ['log.example'];
    const { log, state } = await audited(8, { protocol, names });
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(minutes - 1) }))).toEqual(['clean']);
    const report = await runAudit(state, [log], { now: minutesLater(minutes) });
    expect(summaryOf(report)).toEqual(['LOG_STALLED', 'findings']);
    log.size = 9;
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(minutes + 1) }))).toEqual(['clean']);
  });

  test('unless it is frozen', async () => {
    const log = new FakeLog(branch);
    log.options = { extension: 'Log frozen \u2014 Mon Nov 30 12:00:00 UTC 2026' };
    const state = await temporaryFolder();
    await runAudit(state, [log]);
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(600) }))).toEqual(['clean']);
  });

  test('unless it has ended', async () => {
    const { log, state } = await audited(8, {
      validFor: { start: new Date('2025-01-01'), end: new Date('2026-11-30T11:00:00Z') },
    });
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(600) }))).toEqual(['clean']);
  });
});

describe('rows 4 to 6: a log that signs another past', () => {
  test('4: two trees of one size', async () => {
    const { log, state } = await audited(8);
    log.served = branch.forkAt(5, 64);
    const report = await runAudit(state, [log], { now: minutesLater(5) });
    expect(summaryOf(report)).toEqual(['LOG_FORKED', 'misbehaviour']);
  });

  test('5a: an earlier tree is a warning if it lasts for 15 minutes', async () => {
    const { log, state } = await audited(8);
    log.size = 6;
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(5) }))).toEqual(['incomplete']);
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(19) }))).toEqual(['incomplete']);
    const report = await runAudit(state, [log], { now: minutesLater(20) });
    expect(summaryOf(report)).toEqual(['LOG_ROLLED_BACK', 'WATCH_BLIND', 'findings']);
    log.size = 9;
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(25) }))).toEqual(['clean']);
    log.size = 8;
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(60) }))).toEqual(['incomplete']);
  });

  test('5b: an earlier tree that is not the beginning of the verified one', async () => {
    const { log, state } = await audited(8);
    const reader = log.reader();
    const other = branch.forkAt(3, 64);
    // The log still serves the tiles of the verified tree.
    const head = () => log.head(6, other);
    const report = await runAudit(state, [log], {
      now: minutesLater(5),
      world: { openReader: () => ({ ...reader, head }) },
    });
    expect(summaryOf(report)).toEqual(['LOG_FORKED', 'misbehaviour']);
  });

  test('5b: without the tiles of the verified tree, a root of the history shows it, and proves nothing', async () => {
    const { log, state } = await audited(6);
    log.size = 8;
    await runAudit(state, [log], { now: minutesLater(1) });
    log.served = branch.forkAt(3, 64);
    log.size = 6;
    const report = await runAudit(state, [log], { now: minutesLater(5) });
    expect(summaryOf(report)).toEqual(['LOG_FORKED', 'findings']);
    expect(findingsOf(report).some(isProven)).toBe(false);
  });

  test('6a: a later tree that does not begin with the verified one', async () => {
    const { log, state } = await audited(8);
    log.served = branch.forkAt(5, 64);
    log.size = 20;
    const report = await runAudit(state, [log], { now: minutesLater(5) });
    expect(summaryOf(report)).toEqual(['LOG_FORKED', 'misbehaviour']);
    // It remains, also if the log returns to the first tree.
    log.served = branch;
    const later = await runAudit(state, [log], { now: minutesLater(6) });
    expect(summaryOf(later)).toEqual(['misbehaviour']);
    expect(later.logs[0]?.earlier.map(({ code }) => code)).toEqual(['LOG_FORKED']);
  });

  test('a finding is reported as new once, and its evidence file is not written again', async () => {
    const { log, state } = await audited(8);
    log.served = branch.forkAt(5, 64);
    log.size = 20;
    const [first] = (await runAudit(state, [log], { now: minutesLater(5) })).logs[0]?.findings ?? [];
    const written = await readFile(first?.evidence ?? '', 'utf8');
    log.size = 30;
    const [second] = (await runAudit(state, [log], { now: minutesLater(6) })).logs[0]?.findings ?? [];
    expect([first?.isNew, second?.isNew]).toEqual([true, false]);
    expect(second?.evidence).toBe(first?.evidence);
    expect(await readFile(second?.evidence ?? '', 'utf8')).toBe(written);
  });

  test('6b: an altered entry', async () => {
    const { log, state } = await audited(8);
    log.size = 20;
    log.failures = { entries: new CountersignError('ENTRY_ALTERED', 'the log served another entry 9') };
    const report = await runAudit(state, [log], { now: minutesLater(5) });
    expect(summaryOf(report)).toEqual(['ENTRY_ALTERED', 'findings']);
    expect(report.logs[0]?.coverage).toMatchObject({ to: 8, size: 20 });
    log.failures = {};
    const later = await runAudit(state, [log], { now: minutesLater(6) });
    expect(summaryOf(later)).toEqual(['clean']);
    expect(later.logs[0]?.coverage).toMatchObject({ to: 20, read: 12 });
  });

  test('6c: tiles that do not lead to the root', async () => {
    const { log, state } = await audited(8);
    log.size = 20;
    log.failures = { rangeOf: new CountersignError('TILES_INCONSISTENT', 'the tiles do not lead to the root') };
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(5) }))).toEqual([
      'TILES_INCONSISTENT',
      'findings',
    ]);
  });

  test('6c: a tree that is not proven to begin with the verified one', async () => {
    const { log, state } = await audited(8);
    log.size = 20;
    const compare = async () => ({ kind: 'unproven', reason: 'the proof is wrong' }) as const;
    const world = { openReader: () => ({ ...log.reader(), compare }) };
    const report = await runAudit(state, [log], { now: minutesLater(5), world });
    expect(summaryOf(report)).toEqual(['TILES_INCONSISTENT', 'findings']);
    expect(report.logs[0]?.coverage).toMatchObject({ size: 8 });
  });

  test('12: an inactive shard that changed', async () => {
    const { log, state } = await audited(8, {
      protocol: 'rekor-v1',
      names: ['log.example - 12'],
      validFor: { start: new Date('2025-01-01'), end: new Date('2026-11-30T11:59:00Z') },
    });
    log.served = branch.forkAt(7, 64);
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(5) }))).toEqual(['LOG_FORKED', 'misbehaviour']);
  });
});

describe('row 12: a shard that has ended', () => {
  test('and grows is a finding without a proof', async () => {
    const { log, state } = await audited(8, { protocol: 'rekor-v1', names: ['log.example - 12'], isEnded: true });
    log.size = 9;
    const report = await runAudit(state, [log], { now: minutesLater(5) });
    expect(summaryOf(report)).toEqual(['LOG_THAWED', 'findings']);
  });

  test('and had grown before it ended gives no finding', async () => {
    const { log, state } = await audited(8, { protocol: 'rekor-v1', names: ['log.example - 12'] });
    log.size = 20;
    Object.assign(log.log, { isEnded: true });
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(5) }))).toEqual(['clean']);
  });

  test('and grew before its end was observed gives no finding', async () => {
    const { log, state } = await audited(8, { protocol: 'rekor-v1', names: ['log.example - 12'] });
    Object.assign(log.log, { isEnded: true });
    log.failures = { head: new CountersignError('SERVICE_UNAVAILABLE', 'no response') };
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(1) }))).toEqual(['incomplete']);
    log.failures = {};
    log.size = 20;
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(2) }))).toEqual(['clean']);
  });

  test('and is not listed any more is a finding', async () => {
    const { log, state } = await audited(8, { protocol: 'rekor-v1', names: ['log.example - 12'], isEnded: true });
    const { keyId, baseUrl } = log.log;
    const active = new FakeLog(branch, { protocol: 'rekor-v1', names: ['log.example - 13'], keyId, baseUrl });
    const report = await runAudit(state, [active], { now: minutesLater(5) });
    expect(findingsOf(report).map(({ code }) => code)).toContain('LOG_REMOVED');
    const unreadable = [{ baseUrl, keyId, reason: 'the log did not respond' }];
    const partly = await runAudit(state, [active], { now: minutesLater(5), unreadable });
    expect(findingsOf(partly).map(({ code }) => code)).not.toContain('LOG_REMOVED');
  });

  test('is followed by one that is read from its start', async () => {
    const { log, state } = await audited(8, { protocol: 'rekor-v1', names: ['log.example - 12'] });
    const { baseUrl } = log.log;
    const next = new FakeLog(branch, { protocol: 'rekor-v1', names: ['log.example - 13'], baseUrl });
    Object.assign(next.log, { keyId: log.log.keyId, publicKey: log.log.publicKey });
    Object.assign(next, { signer: log.signer });
    Object.assign(log.log, { isEnded: true });
    const report = await runAudit(state, [log, next], { now: minutesLater(5) });
    expect(summaryOf(report)).toEqual(['clean']);
    expect(report.logs[1]?.coverage).toMatchObject({ from: 0, to: 64 });
  });
});

describe('a log that does not answer at all', () => {
  test('makes the audit incomplete, and is not removed; after 15 minutes it is a finding', async () => {
    const { log, state } = await audited(8);
    const { baseUrl, keyId } = log.log;
    const request = { trusted: [log.log], unreadable: [{ baseUrl, keyId, reason: 'the log did not respond' }] };
    const run = async (minutes: number) => runAudit(state, [], { ...request, now: minutesLater(minutes) });
    const first = await run(1);
    expect(summaryOf(first)).toEqual(['incomplete']);
    expect(first.incomplete).toEqual(['the log https://log.example could not be read: the log did not respond']);
    expect(summaryOf(await run(15))).toEqual(['incomplete']);
    expect(summaryOf(await run(16))).toEqual(['WATCH_BLIND', 'findings']);
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(17) }))).toEqual(['clean']);
  });
});

test('a log that does not respond is a finding although a log with another key responds at its URL', async () => {
  const { log, state } = await audited(8);
  const { baseUrl, keyId } = log.log;
  const other = new FakeLog(branch);
  const request = {
    trusted: [log.log, other.log],
    unreadable: [{ baseUrl, keyId, reason: 'the log did not respond' }],
  };
  const run = async (minutes: number) => runAudit(state, [other], { ...request, now: minutesLater(minutes) });
  expect(summaryOf(await run(1))).toEqual(['incomplete']);
  expect(summaryOf(await run(16))).toEqual(['WATCH_BLIND', 'findings']);
});

describe('a cancelled comparison is no observation', () => {
  const cancelled = new CountersignError('CANCELLED', 'cancelled while waiting');

  test('of an earlier tree', async () => {
    const { log, state } = await audited(8);
    log.size = 6;
    log.failures = { consistencyProof: cancelled };
    for (const minutes of [5, 30]) {
      const report = await runAudit(state, [log], { now: minutesLater(minutes) });
      expect(summaryOf(report)).toEqual(['incomplete']);
      expect(report.logs[0]?.incomplete).toEqual(['cancelled while waiting']);
    }
  });

  test('of a view', async () => {
    const { log, state } = await audited(8);
    log.failures = { consistencyProof: cancelled };
    const views = [{ source: 'the bundle a', note: log.note(6) }];
    const report = await runAudit(state, [log], { now: minutesLater(5), views });
    expect(report.logs[0]?.incomplete).toEqual(['cancelled while waiting']);
  });
});

test('a bug in a comparison ends the run, and is no observation', async () => {
  const { log, state } = await audited(8);
  const bug = async () => {
    throw new TypeError('a bug');
  };
  const world = { openReader: () => ({ ...log.reader(), consistencyProof: bug, entry: bug }) };
  const run = (request: Parameters<typeof runAudit>[2]) => runAudit(state, [log], { world, ...request });
  await expect(run({ views: [{ source: 'the bundle a', note: log.note(6) }] })).rejects.toThrow('a bug');
  const promise = {
    kind: 'signed-certificate-timestamp',
    certificate: new Uint8Array(),
    issuer: new Uint8Array(),
  } as const;
  const view = { source: 'the bundle a', log: log.log, promise, leaf: new Uint8Array(), origin: undefined, index: 7 };
  await expect(run({ promises: [{ ...view, due: minutesLater(0) }] })).rejects.toThrow('a bug');
  log.size = 6;
  await expect(run({})).rejects.toThrow('a bug');
});

test('row 7: entries that are missing for 15 minutes', async () => {
  const { log, state } = await audited(8);
  log.size = 20;
  log.failures = { entries: new CountersignError('ENTRIES_WITHHELD', 'the log does not serve entry bundle 0') };
  expect(summaryOf(await runAudit(state, [log], { now: minutesLater(5) }))).toEqual(['incomplete']);
  expect(summaryOf(await runAudit(state, [log], { now: minutesLater(19) }))).toEqual(['incomplete']);
  expect(summaryOf(await runAudit(state, [log], { now: minutesLater(20) }))).toEqual([
    'ENTRIES_WITHHELD',
    'WATCH_BLIND',
    'findings',
  ]);
  log.failures = {};
  expect(summaryOf(await runAudit(state, [log], { now: minutesLater(25) }))).toEqual(['clean']);
});

describe('rows 8 and 10: a view that others have', () => {
  const other = branch.forkAt(5, 64);

  test.each([
    ['of the same size', 8],
    ['of a smaller size', 7],
    ['of a smaller size that is a power of two, after the fork', 8],
  ])('in a bundle, %s', async (_, size) => {
    const { log, state } = await audited(size === 8 ? 20 : 8);
    const views = [{ source: 'the bundle app.sigstore.json', note: log.note(size, other) }];
    const report = await runAudit(state, [log], { now: minutesLater(1), views });
    expect(summaryOf(report)).toEqual(['SPLIT_VIEW', 'misbehaviour']);
  });

  test('by a witness', async () => {
    const { log, state } = await audited(8);
    const views = [{ source: 'the witness w.example', note: log.note(6, other) }];
    const world = { witnessViews: async () => ({ views, failures: [] }) };
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(1), world }))).toEqual([
      'SPLIT_VIEW',
      'misbehaviour',
    ]);
  });

  test('that is larger, and whose tiles the log serves', async () => {
    const { log, state } = await audited(8);
    const head = await log.head();
    log.served = other;
    const world = { openReader: () => ({ ...log.reader(), head: async () => head }) };
    const views = [{ source: 'the bundle app.sigstore.json', note: log.note(30, other) }];
    const report = await runAudit(state, [log], { now: minutesLater(1), views, world });
    expect(summaryOf(report)).toEqual(['SPLIT_VIEW', 'misbehaviour']);
  });

  test('that is larger, and that the log does not serve, is a finding if that lasts', async () => {
    const { log, state } = await audited(8);
    const views = [{ source: 'the bundle app.sigstore.json', note: log.note(30, other) }];
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(1), views }))).toEqual(['incomplete']);
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(16), views }))).toEqual([
      'LOG_ROLLED_BACK',
      'findings',
    ]);
  });

  test.each([1, 7, 8, 20])('of %d entries that is the same gives no finding', async (size) => {
    const { log, state } = await audited(8);
    const views = [{ source: 'the bundle app.sigstore.json', note: log.note(size, branch) }];
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(1), views }))).toEqual(['clean']);
  });

  test('that the log did not sign is no finding, and is not passed over', async () => {
    const { log, state } = await audited(8);
    const stranger = new FakeLog(other);
    const views = [
      { source: 'the bundle a', note: stranger.note(6) },
      { source: 'the bundle b', note: new FakeLog(other, { names: ['other.example'] }).note(6) },
      { source: 'the bundle c', note: 'nothing' },
    ];
    const report = await runAudit(state, [log], { now: minutesLater(1), views });
    expect(summaryOf(report)).toEqual(['incomplete']);
    const reasons = [...report.incomplete, ...report.logs.flatMap(({ incomplete }) => incomplete)].join('\n');
    expect(reasons).toMatch(/the bundle a has no valid checkpoint of the log/);
    expect(reasons).toMatch(
      /the bundle b has a checkpoint of "other\.example", which is not a log of the trusted root/,
    );
    expect(reasons).toMatch(/the bundle c has a malformed checkpoint/);
  });

  test('in a bundle that states the key concerns the log of this key', async () => {
    const { log, state } = await audited(8);
    const namesake = new FakeLog(branch);
    const view = { source: 'the bundle a', note: namesake.note(6, other), keyId: namesake.log.keyId };
    const both = await runAudit(state, [log, namesake], { now: minutesLater(1), views: [view] });
    expect(both.logs.map(({ findings, incomplete }) => [findings.length, incomplete])).toEqual([
      [0, []],
      [1, []],
    ]);
    const views = [{ ...view, keyId: new Uint8Array(32) }];
    const stranger = await runAudit(state, [log, namesake], { now: minutesLater(2), views });
    expect(stranger.incomplete.join()).toMatch(/which is not a log of the trusted root/);
  });

  test('is compared although another log of the trusted root has no valid URL', async () => {
    const { log, state } = await audited(8);
    const trusted = [{ ...log.log, baseUrl: 'ctfe.example/2022' }, log.log];
    const views = [
      { source: 'the bundle a', note: new FakeLog(other, { names: ['other.example'] }).note(6) },
      { source: 'the bundle b', note: new FakeLog(other).note(6) },
      { source: 'the bundle c', note: log.note(6, other) },
    ];
    const report = await runAudit(state, [log], { now: minutesLater(1), trusted, views });
    expect(summaryOf(report)).toEqual(['SPLIT_VIEW', 'misbehaviour']);
  });

  test('by a witness of another log of the same name is left out', async () => {
    const { log, state } = await audited(8);
    const namesake = new FakeLog(branch);
    const views = [{ source: 'the witness w.example', note: namesake.note(6, other) }];
    const world = { witnessViews: async () => ({ views, failures: [] }) };
    const both = await runAudit(state, [log, namesake], { now: minutesLater(1), world });
    expect(both.logs.map(({ findings, incomplete }) => [findings.length, incomplete])).toEqual([
      [0, []],
      [1, []],
    ]);
    const one = await runAudit(state, [log], { now: minutesLater(1), trusted: [log.log, namesake.log], world });
    expect(summaryOf(one)).toEqual(['clean']);
    expect(one.logs[0]?.notes).toEqual([
      'the witness w.example has the checkpoint of https://log.example, which has the same origin',
    ]);
  });

  test.each<[string, (namesake: FakeLog) => FakeLog['log']]>([
    ['is not trusted', () => new FakeLog(other, { names: ['other.example'] }).log],
    ['has another host in the trusted root', ({ log }) => ({ ...log, baseUrl: 'https://other.example' })],
  ])('by a witness of a log of the same name that %s makes the audit incomplete', async (_, trustedAs) => {
    const { log, state } = await audited(8);
    const namesake = new FakeLog(branch);
    const views = [{ source: 'the witness w.example', note: namesake.note(6, other) }];
    const world = { witnessViews: async () => ({ views, failures: [] }) };
    const trusted = [log.log, trustedAs(namesake)];
    const report = await runAudit(state, [log], { now: minutesLater(1), trusted, world });
    expect(summaryOf(report)).toEqual(['incomplete']);
    expect(report.logs[0]?.incomplete).toEqual([
      expect.stringMatching(/^the witness w\.example has no valid checkpoint/),
    ]);
  });

  test('by a witness, whose signature of another trusted log is invalid, makes the audit incomplete', async () => {
    const { log, state } = await audited(8);
    const namesake = new FakeLog(branch);
    const note = namesake.note(6, other).replace('\n6\n', '\n7\n');
    const world = { witnessViews: async () => ({ views: [{ source: 'the witness w.example', note }], failures: [] }) };
    const trusted = [log.log, namesake.log];
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(1), trusted, world }))).toEqual(['incomplete']);
  });

  test.each<[string, (log: FakeLog, other: FakeLog) => string, RegExp]>([
    ['nothing', () => 'nothing', /the checkpoint/],
    [
      'a checkpoint of another origin',
      (_, another) => another.note(6),
      /the origin of the checkpoint is "other\.example"/,
    ],
    [
      'a checkpoint under the key of a log of another name',
      (log, another) => {
        const [text = ''] = log.note(6).split('\n\n');
        return signNote(`${text}\n`, [{ ...another.signer, name: 'log.example' }]);
      },
      /not signed by log\.example/,
    ],
    [
      'a checkpoint whose size is too large',
      (log) =>
        signNote(log.note(6).split('\n\n')[0]?.replace('\n6\n', '\n9007199254740993\n').concat('\n') ?? '', [
          log.signer,
        ]),
      /the tree size 9007199254740993 is not supported/,
    ],
  ])('by a witness that serves %s is named, and makes the audit incomplete', async (_, noteOf, reason) => {
    const { log, state } = await audited(8);
    const another = new FakeLog(branch, { names: ['other.example'] });
    const views = [{ source: 'the witness w.example', note: noteOf(log, another) }];
    const world = { witnessViews: async () => ({ views, failures: [] }) };
    const trusted = [log.log, another.log];
    const report = await runAudit(state, [log], { now: minutesLater(1), trusted, world });
    expect(summaryOf(report)).toEqual(['incomplete']);
    expect(report.logs[0]?.incomplete.join()).toMatch(/^the witness w\.example has no valid checkpoint of the log: /);
    expect(report.logs[0]?.incomplete.join()).toMatch(reason);
  });

  test('by a witness that cannot be reached makes the audit incomplete', async () => {
    const { log, state } = await audited(8);
    const world = { witnessViews: async () => ({ views: [], failures: ['the witness w.example did not respond'] }) };
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(1), world }))).toEqual(['incomplete']);
  });
});

test('row 11: growth of a frozen log', async () => {
  const log = new FakeLog(branch);
  log.size = 8;
  log.options = { extension: 'Log frozen \u2014 Mon Nov 30 12:00:00 UTC 2026' };
  const state = await temporaryFolder();
  expect(summaryOf(await runAudit(state, [log]))).toEqual(['clean']);
  // A note of the same tree that is not frozen does not replace the evidence.
  log.options = {};
  expect(summaryOf(await runAudit(state, [log], { now: minutesLater(1) }))).toEqual(['clean']);
  log.size = 9;
  expect(summaryOf(await runAudit(state, [log], { now: minutesLater(2) }))).toEqual(['LOG_THAWED', 'misbehaviour']);
});

describe('logs of the trusted root', () => {
  test('one that was removed is a finding, and its state is kept', async () => {
    const { log, state } = await audited(8);
    const other = new FakeLog(branch, { names: ['other.example'] });
    const report = await runAudit(state, [other], { now: minutesLater(1) });
    expect(summaryOf(report)).toEqual(['LOG_REMOVED', 'findings']);
    expect(summaryOf(await runAudit(state, [log, other], { now: minutesLater(2) }))).toEqual(['clean']);
  });

  test('one that this run does not audit is not removed', async () => {
    const { log, state } = await audited(8);
    const other = new FakeLog(branch, { names: ['other.example'] });
    const report = await runAudit(state, [other], { now: minutesLater(1), trusted: [log.log, other.log] });
    expect(summaryOf(report)).toEqual(['clean']);
  });

  test('one that was known, and never audited, can be removed', async () => {
    const [log, other] = [new FakeLog(branch), new FakeLog(branch, { names: ['other.example'] })];
    const state = await temporaryFolder();
    await runAudit(state, [log], { trusted: [log.log, other.log] });
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(1) }))).toEqual(['clean']);
  });

  test('one that was added is read from its start', async () => {
    const { log, state } = await audited(8);
    const added = new FakeLog(branch, { names: ['added.example'] });
    added.size = 5;
    const report = await runAudit(state, [log, added], { now: minutesLater(1) });
    expect(report.logs[1]?.coverage).toMatchObject({ from: 0, to: 5, read: 5 });
  });

  test('one that was known, and not audited yet, is read from its head', async () => {
    const log = new FakeLog(branch);
    const later = new FakeLog(branch, { names: ['later.example'] });
    const state = await temporaryFolder();
    await runAudit(state, [log], { trusted: [log.log, later.log] });
    const report = await runAudit(state, [log, later], { now: minutesLater(1) });
    expect(report.logs[1]?.coverage).toMatchObject({ from: 64, to: 64 });
  });

  test('the tail of one that ended is read to its end, and then it is looked at monthly', async () => {
    const ended = { start: new Date('2025-01-01'), end: new Date('2026-11-30T11:00:00Z') };
    const { log, state } = await audited(8, { validFor: ended });
    log.size = 20;
    const tail = await runAudit(state, [log], { now: minutesLater(10) });
    expect(tail.logs[0]?.coverage).toMatchObject({ to: 20, read: 12 });
    const looks = async (days: number) => {
      log.heads = 0;
      expect(summaryOf(await runAudit(state, [log], { now: minutesLater(days * 24 * 60) }))).toEqual(['clean']);
      return log.heads;
    };
    expect([await looks(6), await looks(8), await looks(9), await looks(35), await looks(39)]).toEqual([1, 0, 0, 0, 1]);
  });

  test('the tail of one that ended is read on as long as a part of it is left', async () => {
    const ended = { start: new Date('2025-01-01'), end: new Date('2026-11-30T11:00:00Z') };
    const log = new FakeLog(branch, { validFor: ended });
    const state = await temporaryFolder();
    const run = (days: number, entries: number) => {
      const budget = { entries, end: undefined };
      return runAudit(state, [log], { from: 'start', budget, now: minutesLater(days * 24 * 60) });
    };
    for (const [days, to] of [
      [0, 20],
      [8, 40],
      [9, 60],
    ] as const)
      expect((await run(days, 20)).logs[0]?.coverage).toMatchObject({ to });
  });
});
