/** The parts of the logs that a back test is about. */

import { expect, test } from '@jest/globals';
import { readRange } from '../../../src/run/watch/read-range.ts';

test.each([
  ['0..1', { kind: 'entries', from: 0, to: 1 }],
  ['1000..2000', { kind: 'entries', from: 1000, to: 2000 }],
  ['2026-11-01..2026-11-01', { kind: 'time', from: new Date('2026-11-01'), to: new Date('2026-11-02') }],
  [
    '2026-11-01T12:00Z..2026-11-02',
    { kind: 'time', from: new Date('2026-11-01T12:00:00Z'), to: new Date('2026-11-03') },
  ],
  [
    '2026-11-01T12:00:00Z..2026-11-01T12:00:30.5Z',
    { kind: 'time', from: new Date('2026-11-01T12:00:00Z'), to: new Date('2026-11-01T12:00:30.5Z') },
  ],
])('%s', (text, range) => {
  expect(readRange(text)).toEqual(range);
});

test.each([
  ['', 'is not a range'],
  ['5', 'is not a range'],
  ['1..2..3', 'is not a range'],
  ['5..5', 'has no entries'],
  ['6..5', 'has no entries'],
  ['2026-11-02..2026-11-01', 'ends before it begins'],
  ['2026-02-30..2026-03-01', 'begins with "2026-02-30", which is not a date or an index'],
  ['2026-11-01..tomorrow', 'ends with "tomorrow", which is not a date or an index'],
  ['2026-11-01..20', 'ends with "20", which is not a date or an index'],
  ['-1..5', 'begins with "-1", which is not a date or an index'],
  ['2026-11-01T12:00..2026-11-02', 'begins with "2026-11-01T12:00", which is not a date or an index'],
])('%s is refused', (text, problem) => {
  expect(() => readRange(text)).toThrow(`\`back-test\` is ${JSON.stringify(text)}, which ${problem}`);
});
