/** Entries are compared with the policy as the audit passes them on. */

import { expect, test } from '@jest/globals';
import { fail } from '../../../src/core/errors/index.ts';
import { readEntry, sharedReader } from '../../../src/monitor/entries/index.ts';
import { MatchConsumer } from '../../../src/monitor/watch/index.ts';
import type { StoredEntry } from '../../../src/monitor/watch/stored-entry.ts';
import { minutesLater, runAudit, start } from '../kit/audit.ts';
import { FakeLog } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { branchWith, matcher } from '../kit/watch.ts';

/** A receiver with room for so many entries. */
class Receiver {
  readonly added: StoredEntry[] = [];
  readonly reached: string[] = [];
  room: number;

  constructor(room: number) {
    this.room = room;
  }

  demandRoom(): void {
    if (this.added.length >= this.room) fail('LIMIT_EXCEEDED', 'the receiver is full');
  }

  add(entry: StoredEntry): boolean {
    this.added.push(entry);
    return true;
  }

  advance(_log: string, end: number): void {
    this.reached.push(String(end));
  }

  async flush(): Promise<void> {}
}

test('the audit stops before a batch for which there is no room, and continues there', async () => {
  const log = new FakeLog(branchWith(20, { 1: 'watched a', 6: 'watched b', 13: 'watched c' }));
  const state = await temporaryFolder();
  const receiver = new Receiver(2);
  const run = (minutes: number) => {
    const consumers = [new MatchConsumer(matcher, receiver, () => start)];
    return runAudit(state, [log], { from: 'start', consumers, now: minutesLater(minutes) });
  };
  const first = await run(0);
  expect(first.logs[0]).toMatchObject({ coverage: { to: 8 }, incomplete: ['the receiver is full'] });
  receiver.room = 10;
  expect((await run(1)).logs[0]).toMatchObject({ coverage: { to: 20 }, incomplete: [] });
  expect(receiver.added.map(({ index }) => index)).toEqual([1, 6, 13]);
  expect(receiver.reached).toEqual(['4', '8', '12', '16', '20']);
});

test('entries that cannot be read are counted', async () => {
  const log = new FakeLog(branchWith(8, {}));
  const consumers = [new MatchConsumer(matcher, new Receiver(10), () => start)];
  const report = await runAudit(await temporaryFolder(), [log], { from: 'start', consumers });
  expect(report.logs[0]?.coverage?.unreadable).toBe(8);
});

test('consumers that share a reader parse an entry once', () => {
  const read = sharedReader();
  const bytes = new Uint8Array(Buffer.from('{"apiVersion":"0.0.2","kind":"other"}'));
  const claims = read('rekor-v2', bytes);
  expect(claims).toEqual(readEntry('rekor-v2', bytes));
  expect(read('rekor-v2', bytes)).toBe(claims);
  // Other bytes with the same content are read on their own.
  expect(read('rekor-v2', bytes.slice())).not.toBe(claims);
});
