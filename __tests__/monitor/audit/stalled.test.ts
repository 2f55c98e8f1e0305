/** Row 3, by the time of heads. */

import { describe, expect, test } from '@jest/globals';
import { hasEnded, stalled } from '../../../src/monitor/audit/stalled.ts';
import { minutesLater, start } from '../kit/audit.ts';
import { Branch, FakeLog } from '../kit/fake-log.ts';

const log = new FakeLog(Branch.of(8));
const codes = (...args: Parameters<typeof stalled>) => stalled(...args).map(({ code }) => code);

describe.each([
  ['rekor-v1', 30],
  ['rekor-v2', 60],
  ['rfc6962', 24 * 60],
  ['static-ct', 24 * 60],
] as const)('a log of %s', (protocol, minutes) => {
  const of = { ...log.log, protocol };
  const isCertificateLog = protocol === 'rfc6962' || protocol === 'static-ct';

  test('whose signed or cosigned time is old stands still, at the first look and if it grew', async () => {
    const head = { ...(await log.head()), time: start };
    expect(codes(of, head, undefined, minutesLater(minutes))).toEqual(['LOG_STALLED']);
    expect(codes(of, head, undefined, minutesLater(minutes - 1))).toEqual([]);
  });

  test('that has had its size for long stands still, unless it signs the time', async () => {
    const head = { ...(await log.head()), time: minutesLater(minutes) };
    expect(codes(of, head, start, minutesLater(minutes))).toEqual(isCertificateLog ? [] : ['LOG_STALLED']);
    expect(codes(of, head, start, minutesLater(minutes - 1))).toEqual([]);
  });

  test('whose time is not known does not stand still at the first look', async () => {
    expect(codes(of, await log.head(), undefined, minutesLater(minutes * 9))).toEqual([]);
  });

  test('that has ended or is frozen does not stand still', async () => {
    const head = { ...(await log.head()), time: start };
    const late = minutesLater(minutes);
    expect(codes({ ...of, isEnded: true }, head, start, late)).toEqual([]);
    expect(codes({ ...of, validFor: { start, end: minutesLater(1) } }, head, start, late)).toEqual([]);
    expect(codes(of, { ...head, frozen: true }, start, late)).toEqual([]);
  });
});

test('a log has ended after its time in the trusted root, or if its log says so', () => {
  const validFor = { start, end: minutesLater(5) };
  expect(hasEnded({ ...log.log, validFor }, minutesLater(4))).toBe(false);
  expect(hasEnded({ ...log.log, validFor }, minutesLater(6))).toBe(true);
  expect(hasEnded({ ...log.log, isEnded: true }, start)).toBe(true);
  expect(hasEnded(log.log, minutesLater(10_000))).toBe(false);
});
