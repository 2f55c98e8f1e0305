import { expect, test } from '@jest/globals';
import { type JobStatus, parseCondition } from './status-condition.ts';

const statuses: readonly JobStatus[] = ['success', 'failure', 'cancelled'];

test.each<[condition: string, holds: readonly JobStatus[]]>([
  ['', ['success']],
  ['always()', ['success', 'failure', 'cancelled']],
  ['success()', ['success']],
  ['failure()', ['failure']],
  ['cancelled()', ['cancelled']],
  ['!cancelled()', ['success', 'failure']],
  ['success() || failure()', ['success', 'failure']],
  ['Always( ) && !(failure()||cancelled())', ['success']],
  ['failure() && failure() || cancelled()', ['failure', 'cancelled']],
  ['\u0024{{ failure() }}', ['failure']],
  ['always() && false', []],
  // Without a status function, success() && (…).
  ['true', ['success']],
  ['false', []],
])('%s', (condition, holds) => {
  expect(statuses.filter(parseCondition(condition))).toEqual(holds);
});

test.each([
  "github.ref == 'refs/heads/main'",
  'success(',
  'success() success()',
  '(success()',
  'toString()',
  'success() &&',
  'steps.a.outcome',
])('not made of status functions alone: %s', (condition) => {
  expect(() => parseCondition(condition)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});
