import { describe, expect, test } from '@jest/globals';
import { certificateLogJoin as rule } from '../../../src/monitor/rules/p14-certificate-log-join.ts';
import {
  daysAfter,
  historyOf,
  jobSigner,
  minutesAfter,
  observedBy,
  precertificate,
  signature,
  verdictOf,
} from './kit.ts';

const period = { from: daysAfter(-10), to: daysAfter(3) };
const read = { rekor: period, certificates: period };
const later = { read, now: daysAfter(3) };

describe('a certificate', () => {
  test('without a signature', () => {
    const { title, reason } = observedBy(rule, precertificate(), { ...later, history: historyOf(precertificate()) });
    expect(title).toMatch(/^a certificate of .* has no signature in Rekor$/);
    expect(reason).toMatch('Its validity ended without an entry.');
    expect(reason).not.toMatch('certificates of that day');
  });

  test('with a signature, before or after it', () => {
    expect(verdictOf(rule, precertificate(), { ...later, history: historyOf(signature()) })).toBeUndefined();
    const both = historyOf(precertificate(), signature());
    expect(verdictOf(rule, precertificate(), { ...later, history: both })).toBeUndefined();
  });

  test('is pending until an hour after it has expired', () => {
    const until = minutesAfter(70);
    const history = historyOf(precertificate());
    const reading = (to: Date) => ({ ...later, history, read: { ...read, rekor: { ...period, to } } });
    expect(verdictOf(rule, precertificate(), reading(minutesAfter(69)))).toMatchObject({ kind: 'pending', until });
    expect(verdictOf(rule, precertificate(), reading(until))).toMatchObject({ kind: 'observed' });
  });

  test('is pending when it is judged first: its signature may be one of the next entries', () => {
    expect(verdictOf(rule, precertificate(), later)).toMatchObject({ kind: 'pending', until: minutesAfter(70) });
  });

  test('is not joined if the history has forgotten it', () => {
    const ended = { ...period, to: daysAfter(8) };
    const tooLate = { read: { rekor: ended, certificates: ended }, now: daysAfter(8) };
    expect(verdictOf(rule, precertificate(), tooLate)).toBeUndefined();
    expect(verdictOf(rule, precertificate(), { ...tooLate, history: historyOf(precertificate()) })).toMatchObject({
      kind: 'observed',
    });
  });

  test('is not joined if Rekor is not read, or was not when it was issued', () => {
    expect(verdictOf(rule, precertificate(), { ...later, read: { ...read, rekor: undefined } })).toBeUndefined();
    const since = { ...read, rekor: { ...period, from: minutesAfter(1) } };
    expect(verdictOf(rule, precertificate(), { ...later, read: since })).toBeUndefined();
  });

  test('states how many others there are after an outage', () => {
    const others = Array.from({ length: 12 }, (_, at) => jobSigner({}, { tbsHash: String(at).padStart(64, '0') }));
    const entries = others.map((signer) => precertificate(signer));
    const signed = others.slice(0, 3).map((signer) => signature(signer));
    const own = precertificate();
    const { reason } = observedBy(rule, own, { ...later, history: historyOf(...entries, own, ...signed) });
    expect(reason).toMatch('So did that of 10 of the 13 certificates of that day');
    const most = others.slice(0, 7).map((signer) => signature(signer));
    const usual = { ...later, history: historyOf(...entries, own, ...most) };
    expect(observedBy(rule, precertificate(), usual).reason).not.toMatch('of that day');
    const few = { ...later, history: historyOf(...entries.slice(0, 8), own) };
    expect(observedBy(rule, precertificate(), few).reason).not.toMatch('of that day');
    const other = entries.map((entry) => ({ ...entry, loggedAt: daysAfter(-2) }));
    expect(observedBy(rule, precertificate(), { ...later, history: historyOf(...other, own) }).reason).not.toMatch(
      'that day',
    );
  });
});

describe('a signature', () => {
  test('whose certificate is in no certificate log', () => {
    const { title } = observedBy(rule, signature(), { ...later, history: historyOf(signature()) });
    expect(title).toMatch(/^the certificate of a signature of .* is in no certificate log$/);
    expect(verdictOf(rule, signature(), { ...later, history: historyOf(precertificate()) })).toBeUndefined();
  });

  test('is pending for a day: logs may merge late', () => {
    const certificates = { ...period, to: daysAfter(1) };
    const history = historyOf(signature());
    const verdict = verdictOf(rule, signature(), { ...later, history, read: { ...read, certificates } });
    expect(verdict).toMatchObject({ kind: 'pending', until: minutesAfter(25 * 60 + 10) });
  });

  test('is not joined if certificate logs are not read', () => {
    expect(verdictOf(rule, signature(), { ...later, read: { ...read, certificates: undefined } })).toBeUndefined();
  });
});

test('entries that cannot be read', () => {
  expect(verdictOf(rule, { ...signature(), type: 'unknown' }, later)).toBeUndefined();
  const broken = jobSigner({}, { tbsHash: undefined, certificateHash: undefined });
  expect(verdictOf(rule, signature(broken), later)).toBeUndefined();
  for (const changes of [{ notBefore: undefined }, { notAfter: undefined }, { isIssued: false }])
    expect(verdictOf(rule, signature(jobSigner({}, changes)), later)).toBeUndefined();
});
