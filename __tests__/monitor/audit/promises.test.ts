/** Row 9: promises in bundles. */

import { describe, expect, test } from '@jest/globals';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { leafHash } from '../../../src/core/log/index.ts';
import type { PromiseView } from '../../../src/monitor/audit/index.ts';
import type { CertificatePromise, EntryPromise } from '../../../src/monitor/evidence/index.ts';
import { AlteredEntry } from '../../../src/monitor/log/index.ts';
import { minutesLater, runAudit, start, summaryOf } from '../kit/audit.ts';
import { Branch, FakeLog, same } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const branch = Branch.of(20);
const setPromise: EntryPromise = {
  kind: 'signed-entry-timestamp',
  canonicalizedBody: utf8('entry 7'),
  integratedTime: 1n,
  logIndex: 7n,
  signature: new Uint8Array(),
};
const sctPromise: CertificatePromise = {
  kind: 'signed-certificate-timestamp',
  certificate: new Uint8Array([1]),
  issuer: new Uint8Array([2]),
};

function viewOf({ log }: FakeLog, changes: Partial<PromiseView> = {}): PromiseView {
  return {
    source: 'the bundle app.sigstore.json',
    log,
    promise: setPromise,
    leaf: utf8('entry 7'),
    origin: undefined,
    index: 7,
    due: start,
    ...changes,
  };
}

describe('a promise', () => {
  test('that is kept gives no finding', async () => {
    const log = new FakeLog(branch);
    const report = await runAudit(await temporaryFolder(), [log], { promises: [viewOf(log)] });
    expect(summaryOf(report)).toEqual(['clean']);
  });

  test('of Rekor v1 with another entry there is a finding, and no proof unless the shard is known', async () => {
    const log = new FakeLog(branch.forkAt(7, 20));
    const report = await runAudit(await temporaryFolder(), [log], { promises: [viewOf(log)] });
    expect(summaryOf(report)).toEqual(['PROMISE_BROKEN', 'findings']);
  });

  test('of a known shard of Rekor v1 with another entry there is misbehaviour', async () => {
    const shard = 'rekor.sigstore.dev - 2605736670972794746';
    const served = new FakeLog(branch.forkAt(7, 20), { protocol: 'rekor-v1', names: [shard] });
    // The log has the key of the public one, under which no test can sign.
    const keyId = Buffer.from('c0d23d6ad406973f9559f3ba2d1ca01f84147d8ffc5b8445c224f98b9591801d', 'hex');
    const log = { ...served.log, keyId };
    const audit = async (logIndex: bigint) =>
      runAudit(await temporaryFolder(), [], {
        logs: [log],
        trusted: [log],
        promises: [viewOf(served, { log, promise: { ...setPromise, logIndex } })],
        world: { openReader: () => ({ ...served.reader(), log }) },
      });
    expect(summaryOf(await audit(4_163_431n + 7n))).toEqual(['PROMISE_BROKEN', 'misbehaviour']);
    expect(summaryOf(await audit(4_163_431n + 8n))).toEqual(['PROMISE_BROKEN', 'findings']);
  });

  test('of a certificate log with another entry there is misbehaviour', async () => {
    const log = new FakeLog(branch.forkAt(7, 20));
    const promises = [viewOf(log, { promise: sctPromise })];
    const report = await runAudit(await temporaryFolder(), [log], { promises });
    expect(summaryOf(report)).toEqual(['PROMISE_BROKEN', 'misbehaviour']);
  });

  test('that is not due yet is not judged', async () => {
    const log = new FakeLog(branch.forkAt(7, 20));
    const promises = [viewOf(log, { due: minutesLater(1) })];
    const report = await runAudit(await temporaryFolder(), [log], { promises });
    expect(summaryOf(report)).toEqual(['clean']);
    expect(report.logs[0]?.notes.join()).toMatch(
      /the log has time until 2026-11-30T12:01:00.000Z to include the entry/,
    );
  });

  test('whose entry is altered is a finding, and the rest of the log is read', async () => {
    const log = new FakeLog(branch);
    const served = new AlteredEntry({ entry: { index: 7, bytes: new Uint8Array([1]), expected: undefined } });
    log.failures = {
      entry: new CountersignError('ENTRY_ALTERED', 'the log served another entry 7', { cause: served }),
    };
    const promises = [viewOf(log), viewOf(log)];
    const report = await runAudit(await temporaryFolder(), [log], { promises, from: 'start' });
    expect(summaryOf(report)).toEqual(['ENTRY_ALTERED', 'findings']);
    expect(report.logs[0]).toMatchObject({
      coverage: { to: 20, size: 20 },
      findings: [{ observation: expect.stringMatching(/observations\/[0-9a-f]{32}-[0-9a-f]{16}\.json$/) }],
      incomplete: [expect.stringMatching(/could not be compared/), expect.stringMatching(/could not be compared/)],
    });
  });

  test('beyond the end of the log is a finding if that lasts', async () => {
    const log = new FakeLog(branch);
    const promises = [viewOf(log, { index: 30 })];
    const state = await temporaryFolder();
    expect(summaryOf(await runAudit(state, [log], { promises }))).toEqual(['incomplete']);
    expect(summaryOf(await runAudit(state, [log], { promises, now: minutesLater(15) }))).toEqual([
      'PROMISE_BROKEN',
      'findings',
    ]);
  });

  test('without an index is looked up by its hash, and absence proves nothing', async () => {
    const log = new FakeLog(branch);
    const find = async (hash: Uint8Array) => {
      const index = branch.entries.findIndex((entry) => same(leafHash(entry), hash));
      return index < 0 ? undefined : index;
    };
    const promises = [viewOf(log, { promise: sctPromise, index: undefined })];
    const audit = async (lookUp: ((hash: Uint8Array) => Promise<number | undefined>) | undefined) =>
      summaryOf(
        await runAudit(await temporaryFolder(), [log], {
          promises,
          world: { openReader: () => ({ ...log.reader(), ...(lookUp && { find: lookUp }) }) },
        }),
      );
    expect(await audit(find)).toEqual(['clean']);
    expect(await audit(async () => undefined)).toEqual(['PROMISE_BROKEN', 'findings']);
    expect(await audit(undefined)).toEqual(['incomplete']);
  });

  test('is not judged if the run is cancelled', async () => {
    const log = new FakeLog(branch);
    log.failures = { entry: new CountersignError('CANCELLED', 'cancelled while waiting') };
    const report = await runAudit(await temporaryFolder(), [log], { promises: [viewOf(log)] });
    expect(report.logs[0]?.incomplete).toEqual(['cancelled while waiting']);
    log.failures = { entry: new CountersignError('ENTRIES_WITHHELD', 'no entry 7') };
    const withheld = await runAudit(await temporaryFolder(), [log], { promises: [viewOf(log)] });
    expect(withheld.logs[0]?.incomplete).toEqual([
      'the bundle app.sigstore.json could not be compared with the log: no entry 7',
    ]);
  });

  test('is not judged by a head that was signed before it was due', async () => {
    const log = new FakeLog(branch.forkAt(7, 20));
    const signed = async (time: Date) => ({ ...(await log.head()), time });
    const audit = async (time: Date) =>
      runAudit(await temporaryFolder(), [log], {
        promises: [viewOf(log)],
        world: { openReader: () => ({ ...log.reader(), head: () => signed(time) }) },
      });
    expect(summaryOf(await audit(minutesLater(-1)))).toEqual(['clean']);
    expect(summaryOf(await audit(start))).toEqual(['PROMISE_BROKEN', 'findings']);
  });

  test('concerns the shard that the bundle names', async () => {
    const names = ['log.example - 12'];
    const log = new FakeLog(branch, { protocol: 'rekor-v1', names });
    const next = new FakeLog(branch.forkAt(7, 20), { protocol: 'rekor-v1', names: ['log.example - 13'] });
    Object.assign(next.log, { keyId: log.log.keyId, publicKey: log.log.publicKey });
    Object.assign(next, { signer: log.signer });
    const audit = async (origin: string | undefined) =>
      runAudit(await temporaryFolder(), [log, next], { promises: [viewOf(log, { origin })] });
    expect(summaryOf(await audit('log.example - 12'))).toEqual(['clean']);
    expect(summaryOf(await audit('log.example - 13'))).toEqual(['PROMISE_BROKEN', 'findings']);
    expect(summaryOf(await audit('log.example - 14'))).toEqual(['incomplete']);
  });

  test('of a log that is not audited is named', async () => {
    const log = new FakeLog(branch);
    const other = new FakeLog(branch, { names: ['other.example'] });
    const report = await runAudit(await temporaryFolder(), [log], { promises: [viewOf(other)] });
    expect(summaryOf(report)).toEqual(['incomplete']);
    expect(report.incomplete.join()).toMatch(/which this run does not audit/);
  });
});
