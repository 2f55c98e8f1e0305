/** Row 13: the quorum of a policy. */

import { describe, expect, test } from '@jest/globals';
import { generateSigningKey, verifierKey, witness } from '../../../sandbox/index.ts';
import { readCheckpoint, readTlogPolicy } from '../../../src/core/log/index.ts';
import { cosignatureTimes } from '../../../src/monitor/audit/index.ts';
import { publicNotes } from '../../core/log/fixtures.ts';
import { findingsOf, minutesLater, runAudit, start, summaryOf } from '../kit/audit.ts';
import { Branch, FakeLog } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const branch = Branch.of(20);
const cosigner = (name: string, time = start) => witness(name, keys[name] ?? generateSigningKey('Ed25519'), () => time);
const keys = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, generateSigningKey('Ed25519')]));
const policyOf = (lines: string) =>
  readTlogPolicy(
    Buffer.from(
      `${['a', 'b', 'c'].map((name) => `witness ${name} ${verifierKey(cosigner(name))}\n`).join('')}${lines}\n`,
    ),
  );
const twoOfThree = policyOf('group g 2 a b c\nquorum g');

async function audit(log: FakeLog, policy = twoOfThree) {
  return runAudit(await temporaryFolder(), [log], { policy });
}

describe('a checkpoint', () => {
  test('that meets the quorum gives no finding', async () => {
    const log = new FakeLog(branch);
    log.options = { cosigners: [cosigner('a'), cosigner('c')] };
    expect(summaryOf(await audit(log))).toEqual(['clean']);
  });

  test('that does not meet it is a finding, and the log is audited further', async () => {
    const log = new FakeLog(branch);
    log.options = { cosigners: [cosigner('b')] };
    const report = await audit(log);
    expect(summaryOf(report)).toEqual(['WITNESS_QUORUM', 'findings']);
    expect(findingsOf(report)[0]?.message).toBe(
      'the checkpoint of 20 entries is cosigned by b of the policy, which does not meet its quorum',
    );
    expect(report.logs[0]?.coverage?.size).toBe(20);
  });

  test('whose cosignature is of the future does not meet it', async () => {
    const log = new FakeLog(branch);
    log.options = { cosigners: [cosigner('a'), cosigner('c', minutesLater(6))] };
    const report = await audit(log);
    expect(summaryOf(report)).toEqual(['WITNESS_QUORUM', 'findings']);
    expect(findingsOf(report)[0]?.message).toMatch(/; the cosignature of c states a time in the future$/);
  });

  test('whose cosignature is invalid does not meet it', async () => {
    const log = new FakeLog(branch);
    const forged = { ...cosigner('c'), sign: cosigner('a').sign };
    log.options = { cosigners: [cosigner('a'), forged] };
    const report = await audit(log);
    expect(findingsOf(report)[0]?.message).toMatch(/is cosigned by a of .*; the cosignature of c is invalid$/);
  });

  test('needs no cosignature under "quorum none", or a policy for other logs', async () => {
    const log = new FakeLog(branch);
    expect(summaryOf(await audit(log, policyOf('quorum none')))).toEqual(['clean']);
    const other = verifierKey(new FakeLog(branch).signer);
    expect(summaryOf(await audit(log, policyOf(`log ${other}\nquorum a`)))).toEqual(['clean']);
    const own = verifierKey(log.signer);
    expect(summaryOf(await audit(log, policyOf(`log ${own}\nquorum a`)))).toEqual(['WITNESS_QUORUM', 'findings']);
  });
});

describe('the time of a checkpoint', () => {
  const checkpoint = readCheckpoint(publicNotes.staging);

  test('is the latest one of known witnesses', async () => {
    expect(await cosignatureTimes(undefined, () => start)(checkpoint)).toEqual(new Date(publicNotes.time * 1000));
    const log = new FakeLog(branch);
    expect(await cosignatureTimes(undefined, () => start)(readCheckpoint(log.note()))).toBeUndefined();
  });

  test('is the latest one of the witnesses of the policy', async () => {
    const log = new FakeLog(branch);
    log.options = {
      cosigners: [cosigner('a', minutesLater(-9)), cosigner('b', minutesLater(-3)), cosigner('c', minutesLater(99))],
    };
    const time = await cosignatureTimes(twoOfThree, () => start)(readCheckpoint(log.note()));
    expect(time).toEqual(minutesLater(-3));
  });
});
