/** Observations that become findings if they last. */

import { expect, test } from '@jest/globals';
import { Suspicions } from '../../../src/monitor/audit/suspicions.ts';
import { minutesLater, start } from '../kit/audit.ts';

test('only the same observation lasts', () => {
  const earlier = [{ code: 'LOG_ROLLED_BACK', what: 'view 8', since: start }] as const;
  const observe = (minutes: number, ...observation: Parameters<Suspicions['observe']>) =>
    new Suspicions(earlier, minutesLater(minutes)).observe(...observation);
  expect(observe(14, 'LOG_ROLLED_BACK', 'view 8')).toBe(false);
  expect(observe(15, 'LOG_ROLLED_BACK', 'view 8')).toBe(true);
  expect(observe(15, 'LOG_ROLLED_BACK', 'view 9')).toBe(false);
  expect(observe(15, 'PROMISE_BROKEN', 'view 8')).toBe(false);
});
