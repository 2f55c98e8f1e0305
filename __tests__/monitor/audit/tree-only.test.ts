/** Logs of which only the tree is audited. */

import { expect, test } from '@jest/globals';
import { Collector, minutesLater, runAudit, summaryOf } from '../kit/audit.ts';
import { Branch, FakeLog } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const branch = Branch.of(50);

test('no entry is read, which is not incomplete, and a later run can read them', async () => {
  const log = new FakeLog(branch);
  const other = new FakeLog(branch, { names: ['other.example'] });
  const consumer = new Collector();
  const state = await temporaryFolder();
  const request = { from: 'start', consumers: [consumer] } as const;
  log.size = 30;
  const isTreeOnly = ({ names }: { readonly names: readonly string[] }) => names.includes('log.example');
  const first = await runAudit(state, [log, other], { ...request, isTreeOnly });
  expect(summaryOf(first)).toEqual(['clean']);
  expect(first.logs).toMatchObject([
    { isTreeOnly: true, coverage: { from: 0, to: 0, size: 30, read: 0 } },
    { coverage: { from: 0, to: 50, read: 50 } },
  ]);
  expect(first.logs[1]).not.toHaveProperty('isTreeOnly');
  expect(consumer.of(log)).toEqual([]);
  log.size = 50;
  const second = await runAudit(state, [log, other], { ...request, isTreeOnly, now: minutesLater(1) });
  expect(second.logs[0]).toMatchObject({ isTreeOnly: true, coverage: { to: 0, size: 50, read: 0 } });
  const third = await runAudit(state, [log, other], { ...request, now: minutesLater(2) });
  expect(third.logs[0]?.coverage).toMatchObject({ from: 0, to: 50, read: 50 });
  expect(consumer.of(log)).toHaveLength(50);
});

test('a fork is found', async () => {
  const log = new FakeLog(branch);
  const state = await temporaryFolder();
  const isTreeOnly = () => true;
  await runAudit(state, [log], { isTreeOnly });
  log.served = Branch.of(60, 'others');
  log.size = 60;
  expect(summaryOf(await runAudit(state, [log], { isTreeOnly, now: minutesLater(1) }))).toEqual([
    'LOG_FORKED',
    'misbehaviour',
  ]);
});
