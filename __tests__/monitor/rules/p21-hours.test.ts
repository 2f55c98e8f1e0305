import { expect, test } from '@jest/globals';
import { hours as rule } from '../../../src/monitor/rules/p21-hours.ts';
import {
  daysAfter,
  historyOf,
  jobSigner,
  learnedHistory,
  minutesAfter,
  observedBy,
  signature,
  verdictOf,
} from './kit.ts';

// The first entry of the history is from 12:00.
const at = (hour: number) => signature(jobSigner({}, { notBefore: minutesAfter((hour - 12) * 60) }));

test('an hour in which, and next to which, the repository never signs', () => {
  const { title, reason, severity } = observedBy(rule, at(3), { history: learnedHistory(at(9), at(23)) });
  expect(title).toBe('octo/app signed at an unusual time of the day');
  expect(reason).toMatch('in the hours 9, 12, 23 (UTC)');
  expect(severity).toBe('note');
});

test.each([8, 9, 10, 11, 12, 13, 22, 23, 0])('the hour %d is usual', (hour) => {
  expect(verdictOf(rule, at(hour), { history: learnedHistory(at(9), at(23)) })).toBeUndefined();
});

test('while the watch learns, and entries of others', () => {
  expect(verdictOf(rule, at(3), { history: historyOf(at(9)) })).toBeUndefined();
  const other = signature(jobSigner({ repository: 'other/app' }, { notBefore: daysAfter(0.5) }));
  expect(verdictOf(rule, other, { history: learnedHistory() })).toBeUndefined();
});
