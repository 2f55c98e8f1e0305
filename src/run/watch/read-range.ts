/** Reads the part of the logs that a back test is about. */

import { fail } from '../../core/errors/index.ts';
import type { BackTestRange } from '../../monitor/watch/index.ts';

const day = 24 * 60 * 60 * 1000;

/**
 * Reads a range: `1000..2000` (entries, without the last one), or dates such as `2026-11-01..2026-11-30` (with the last day) and times such as
 * `2026-11-01T12:00:00Z..2026-11-01T18:00:00Z`.
 *
 * @throws CountersignError `USAGE`
 */
export function readRange(text: string): BackTestRange {
  const [first, last, ...others] = text.split('..');
  if (first === undefined || last === undefined || others.length > 0) return refuse(text, 'is not a range');
  if (/^\d{1,15}$/.test(first) && /^\d{1,15}$/.test(last)) {
    const [from, to] = [Number(first), Number(last)];
    return from < to ? { kind: 'entries', from, to } : refuse(text, 'has no entries');
  }
  const from = readTime(first) ?? refuse(text, `begins with ${JSON.stringify(first)}, which is not a date or an index`);
  const end = readTime(last) ?? refuse(text, `ends with ${JSON.stringify(last)}, which is not a date or an index`);
  const to = new Date(end.getTime() + (isDate(last) ? day : 0));
  return from < to ? { kind: 'time', from, to } : refuse(text, 'ends before it begins');
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

function readTime(text: string): Date | undefined {
  if (!isDate(text) && !/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z$/.test(text)) return undefined;
  const time = new Date(text);
  // 30 February would be 2 March.
  return Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text.slice(0, 10)) ? undefined : time;
}

function refuse(text: string, problem: string): never {
  fail('USAGE', `\`back-test\` is ${JSON.stringify(text)}, which ${problem}`, {
    remedy: 'Use dates (2026-11-01..2026-11-30), times (2026-11-01T12:00Z..2026-11-01T18:00Z) or entries (1000..2000).',
  });
}
