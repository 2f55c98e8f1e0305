import { expect, test } from '@jest/globals';
import { timeOutsideCertificate as rule } from '../../../src/monitor/rules/p13-time-outside-certificate.ts';
import { issuedAt, jobSigner, minutesAfter, observedBy, precertificate, signature, verdictOf } from './kit.ts';

const at = (seconds: number) => signature(undefined, { loggedAt: new Date(issuedAt.getTime() + seconds * 1000) });

test.each([-10, 0, 300, 610])('an entry %d seconds after the start of the certificate', (seconds) => {
  expect(verdictOf(rule, at(seconds))).toBeUndefined();
});

test.each([
  [-11, 'before'],
  [611, 'after'],
])('an entry %d seconds after the start of the certificate', (seconds, when) => {
  const { title, reason } = observedBy(rule, at(seconds));
  expect(title).toMatch(`signed ${when} the validity of its certificate`);
  expect(reason).toMatch('from 2026-11-23T12:00:00.000Z to 2026-11-23T12:10:00.000Z');
});

test('Rekor v2 states no time', () => {
  expect(verdictOf(rule, signature(undefined, { seenAt: minutesAfter(10_000) }))).toBeUndefined();
  expect(verdictOf(rule, signature(undefined, { seenAt: minutesAfter(-10) }))).toBeUndefined();
  expect(observedBy(rule, signature(undefined, { seenAt: minutesAfter(-11) })).reason).toMatch(
    'The watch read the entry',
  );
});

test('certificates without times, those that no authority issued, and certificate logs', () => {
  const late = { loggedAt: minutesAfter(60) };
  for (const changes of [{ notBefore: undefined }, { notAfter: undefined }, { isIssued: false }])
    expect(verdictOf(rule, signature(jobSigner({}, changes), late))).toBeUndefined();
  expect(verdictOf(rule, precertificate(undefined, late))).toBeUndefined();
});
