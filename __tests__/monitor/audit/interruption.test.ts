/** Budgets, cancellation and failures: what was done is kept, and the next run continues there. */

import { describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { Collector, minutesLater, runAudit, start, summaryOf } from '../kit/audit.ts';
import { Branch, FakeLog } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const branch = Branch.of(50);
const all = branch.entries.map((entry) => Buffer.from(entry).toString());

describe('a budget', () => {
  test('of entries ends a run exactly there, and the next one continues', async () => {
    const log = new FakeLog(branch);
    const consumer = new Collector();
    const state = await temporaryFolder();
    const run = (entries: number, minutes: number) =>
      runAudit(state, [log], {
        from: 'start',
        budget: { entries, end: undefined },
        consumers: [consumer],
        now: minutesLater(minutes),
      });
    const first = await run(10, 0);
    expect(summaryOf(first)).toEqual(['incomplete']);
    expect(first.logs[0]).toMatchObject({
      coverage: { from: 0, to: 10, size: 50, read: 10 },
      incomplete: ['the budget of the run ended before the last 40 entries'],
    });
    expect((await run(30, 1)).logs[0]?.coverage).toMatchObject({ to: 40, read: 30 });
    expect(summaryOf(await run(10, 2))).toEqual(['clean']);
    expect(consumer.of(log)).toEqual(all);
    expect(consumer.repeated).toBe(0);
  });

  test('of entries is shared by all logs', async () => {
    const logs = [new FakeLog(branch), new FakeLog(branch, { names: ['other.example'] })];
    const report = await runAudit(await temporaryFolder(), logs, {
      from: 'start',
      budget: { entries: 30, end: undefined },
    });
    expect(report.logs.reduce((sum, { coverage }) => sum + (coverage?.read ?? 0), 0)).toBe(30);
  });

  test('of time ends a run after a batch', async () => {
    const log = new FakeLog(branch);
    let minutes = 0;
    const clock = () => minutesLater(minutes);
    const consumer = new Collector();
    const accept: Collector['accept'] = async (...batch) => {
      minutes += 1;
      await Collector.prototype.accept.apply(consumer, batch);
    };
    const report = await runAudit(await temporaryFolder(), [log], {
      from: 'start',
      budget: { entries: undefined, end: minutesLater(3) },
      consumers: [{ accept, flush: async () => undefined }],
      world: { clock },
    });
    expect(summaryOf(report)).toEqual(['incomplete']);
    expect(report.logs[0]?.coverage).toMatchObject({ to: 12, read: 12 });
  });

  test('that is spent already reads nothing, and compares the heads all the same', async () => {
    const log = new FakeLog(branch);
    const state = await temporaryFolder();
    log.size = 10;
    await runAudit(state, [log]);
    log.size = 50;
    log.served = branch.forkAt(5, 50);
    const report = await runAudit(state, [log], { budget: { entries: undefined, end: start }, now: minutesLater(1) });
    expect(summaryOf(report)).toEqual(['LOG_FORKED', 'misbehaviour']);
  });
});

test('a cancelled run keeps what was done', async () => {
  const log = new FakeLog(branch);
  const state = await temporaryFolder();
  const controller = new AbortController();
  const consumer = new Collector();
  const accept: Collector['accept'] = async (batch, ...rest) => {
    await Collector.prototype.accept.apply(consumer, [batch, ...rest]);
    if (batch.first >= 20) controller.abort();
  };
  const report = await runAudit(state, [log], {
    from: 'start',
    consumers: [{ accept, flush: () => consumer.flush() }],
    world: { cancellation: controller.signal },
  });
  expect(report.logs[0]).toMatchObject({
    coverage: { to: 24 },
    incomplete: ['the run was interrupted before the last 26 entries'],
  });
  const second = await runAudit(state, [log], { consumers: [consumer], now: minutesLater(1) });
  expect(summaryOf(second)).toEqual(['clean']);
  expect(consumer.of(log)).toEqual(all);
  expect(consumer.repeated).toBe(0);
});

test('an outage keeps what was done, and is no finding', async () => {
  const log = new FakeLog(branch);
  const state = await temporaryFolder();
  const consumer = new Collector();
  const reader = log.reader();
  const entries: typeof reader.entries = async function* (from, head) {
    for await (const batch of reader.entries(from, head)) {
      if (batch.first >= 20) throw new CountersignError('SERVICE_UNAVAILABLE', 'the transparency log did not respond');
      yield batch;
    }
  };
  const report = await runAudit(state, [log], {
    from: 'start',
    consumers: [consumer],
    world: { openReader: () => ({ ...reader, entries }) },
  });
  expect(summaryOf(report)).toEqual(['incomplete']);
  expect(report.logs[0]?.coverage).toMatchObject({ to: 20, read: 20 });
  expect(consumer.flushes).toBeGreaterThan(0);
});

test('an outage of one log does not stop the others', async () => {
  const logs = [new FakeLog(branch), new FakeLog(branch, { names: ['other.example'] })];
  if (logs[0]) logs[0].failures = { head: new CountersignError('SERVICE_UNAVAILABLE', 'no response') };
  const report = await runAudit(await temporaryFolder(), logs, { from: 'start' });
  expect(report.logs.map(({ coverage }) => coverage?.read)).toEqual([undefined, 50]);
  expect(summaryOf(report)).toEqual(['incomplete']);
});

describe('no progress', () => {
  test('in runs over 15 minutes is a finding', async () => {
    const log = new FakeLog(branch);
    const state = await temporaryFolder();
    await runAudit(state, [log]);
    log.failures = { head: new CountersignError('SERVICE_UNAVAILABLE', 'no response') };
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(1) }))).toEqual(['incomplete']);
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(15) }))).toEqual(['incomplete']);
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(16) }))).toEqual(['WATCH_BLIND', 'findings']);
    log.failures = {};
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(17) }))).toEqual(['clean']);
    log.failures = { head: new CountersignError('SERVICE_UNAVAILABLE', 'no response') };
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(40) }))).toEqual(['incomplete']);
  });

  test('from the first run on is a finding', async () => {
    const log = new FakeLog(branch);
    const state = await temporaryFolder();
    log.failures = { head: new CountersignError('SERVICE_UNAVAILABLE', 'no response') };
    expect(summaryOf(await runAudit(state, [log]))).toEqual(['incomplete']);
    expect(summaryOf(await runAudit(state, [log], { now: minutesLater(15) }))).toEqual(['WATCH_BLIND', 'findings']);
  });
});

test('what a consumer throws ends the run, and what was stored before is kept', async () => {
  const log = new FakeLog(branch);
  const state = await temporaryFolder();
  const broken = {
    accept: async ({ first }: { readonly first: number }) => {
      if (first >= 20) throw new Error('the disk is full');
    },
    flush: async () => undefined,
  };
  await expect(runAudit(state, [log], { from: 'start', consumers: [broken] })).rejects.toThrow('the disk is full');
  const report = await runAudit(state, [log], { now: minutesLater(1) });
  expect(report.logs[0]?.coverage).toMatchObject({ from: 0, to: 50, read: 30 });
});

test('progress is reported, with the number of entries to read', async () => {
  const log = new FakeLog(branch);
  const seen: string[] = [];
  await runAudit(await temporaryFolder(), [log], {
    from: 'start',
    budget: { entries: 40, end: undefined },
    world: { onProgress: ({ done, total }) => void seen.push(`${done}/${total}`) },
  });
  expect(seen[0]).toBe('0/40');
  expect(seen.at(-1)).toBe('40/40');
});
