import { expect, test } from '@jest/globals';
import type { WatchedEntry } from '../../../src/monitor/rules/index.ts';
import { burst as rule } from '../../../src/monitor/rules/p03-burst.ts';
import {
  daysAfter,
  historyOf,
  jobSigner,
  learnedHistory,
  observedBy,
  precertificate,
  signature,
  verdictOf,
} from './kit.ts';

const entriesOf = (run: string, count: number, days = 0): readonly WatchedEntry[] =>
  Array.from({ length: count }, () => signature(jobSigner({ run }, { notBefore: daysAfter(days) })));

test('more than twenty signatures in a run', () => {
  const history = learnedHistory(...entriesOf('41', 2, -3), ...entriesOf('42', 20));
  const { title, reason } = observedBy(rule, signature(), { history });
  expect(title).toBe('a run of octo/app has made more than 20 signatures');
  expect(reason).toBe('A run of the last 30 days made 2 signatures, as the median of 1 runs.');
});

test('the twentieth, and those after the first one that is too many', () => {
  expect(verdictOf(rule, signature(), { history: learnedHistory(...entriesOf('42', 19)) })).toBeUndefined();
  expect(verdictOf(rule, signature(), { history: learnedHistory(...entriesOf('42', 21)) })).toBeUndefined();
});

test('a monorepo whose runs make as many', () => {
  const usual = [...entriesOf('39', 10, -3), ...entriesOf('40', 8, -2), ...entriesOf('41', 6, -1)];
  expect(verdictOf(rule, signature(), { history: learnedHistory(...usual, ...entriesOf('42', 39)) })).toBeUndefined();
  expect(observedBy(rule, signature(), { history: learnedHistory(...usual, ...entriesOf('42', 40)) }).title).toMatch(
    '40',
  );
});

test('the median of an even number of runs, and runs of another time', () => {
  const usual = [...entriesOf('30', 50, -31), ...entriesOf('40', 4, -2), ...entriesOf('41', 8, -1)];
  expect(observedBy(rule, signature(), { history: learnedHistory(...usual, ...entriesOf('42', 30)) }).title).toMatch(
    '30',
  );
});

test('while the watch learns', () => {
  expect(verdictOf(rule, signature(), { history: historyOf(...entriesOf('42', 20)) })).toBeUndefined();
});

test('certificates are not signatures', () => {
  const history = learnedHistory(...entriesOf('42', 20));
  expect(verdictOf(rule, precertificate(), { history })).toBeUndefined();
});
