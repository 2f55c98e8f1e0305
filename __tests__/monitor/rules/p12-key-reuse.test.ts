import { expect, test } from '@jest/globals';
import { keyReuse as rule } from '../../../src/monitor/rules/p12-key-reuse.ts';
import { historyOf, jobSigner, learnedHistory, observedBy, precertificate, signature, verdictOf } from './kit.ts';

const withCertificate = (tbsHash: string) => signature(jobSigner({}, { tbsHash, certificateHash: tbsHash }));
const [first, second, third] = ['1', '2', '3'].map((digit) => withCertificate(digit.repeat(64))) as [
  ReturnType<typeof signature>,
  ReturnType<typeof signature>,
  ReturnType<typeof signature>,
];

test('a second certificate for a key, once', () => {
  expect(observedBy(rule, second, { history: learnedHistory(first) }).title).toMatch(/was certified twice$/);
  expect(verdictOf(rule, third, { history: learnedHistory(first, second) })).toBeUndefined();
});

test('many signatures with one certificate, in logs of both kinds', () => {
  expect(verdictOf(rule, first, { history: learnedHistory(first) })).toBeUndefined();
  expect(verdictOf(rule, signature(), { history: learnedHistory(precertificate()) })).toBeUndefined();
  expect(verdictOf(rule, first, { history: learnedHistory() })).toBeUndefined();
});

test('while the watch learns: signers that keep their key', () => {
  expect(verdictOf(rule, second, { history: historyOf(first) })).toBeUndefined();
});

test('certificates that cannot be read', () => {
  const broken = jobSigner({}, { tbsHash: undefined, certificateHash: undefined });
  expect(verdictOf(rule, signature(broken), { history: learnedHistory(first) })).toBeUndefined();
  const keyless = jobSigner({}, { keyHash: undefined });
  expect(verdictOf(rule, signature(keyless), { history: learnedHistory(first) })).toBeUndefined();
});
