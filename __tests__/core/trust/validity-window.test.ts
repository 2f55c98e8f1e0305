import { describe, expect, test } from '@jest/globals';
import { readSigningConfig } from '../../../src/core/trust/index.ts';
import { covers } from '../../../src/core/trust/validity-window.ts';
import { expectFailure } from '../errors/failure.ts';
import { config, service } from './made.ts';

const start = new Date('2026-01-01T00:00:00Z');
const end = new Date('2026-12-31T23:59:59Z');

describe('a window', () => {
  test.each([
    ['its start', start, true],
    ['its end', end, true],
    ['a millisecond before', new Date(start.getTime() - 1), false],
    ['a millisecond after', new Date(end.getTime() + 1), false],
    ['the middle', new Date('2026-06-01T00:00:00Z'), true],
  ])('and %s', (_, time, covered) => {
    expect(covers({ start, end }, time)).toBe(covered);
  });

  test('without an end goes on', () => {
    expect(covers({ start, end: undefined }, new Date('9999-12-31T23:59:59Z'))).toBe(true);
    expect(covers({ start, end: undefined }, new Date(start.getTime() - 1))).toBe(false);
  });

  test('of a time that is none covers nothing', () => {
    expect(covers({ start, end }, new Date(Number.NaN))).toBe(false);
    expect(covers({ start, end: undefined }, new Date(Number.NaN))).toBe(false);
  });
});

describe('reading', () => {
  const read = (validFor: unknown) =>
    readSigningConfig(config({ caUrls: [service({ validFor })] })).certificateAuthorities[0]?.validFor;

  test('both ends, or the start alone', () => {
    expect(read({ start: '2026-01-01T00:00:00Z', end: '2026-12-31T23:59:59Z' })).toEqual({ start, end });
    expect(read({ start: '2026-01-01T00:00:00Z' })).toEqual({ start, end: undefined });
    expect(read({ start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:00:00Z' })).toEqual({ start, end: start });
  });

  test.each([
    ['no window', undefined, /validFor\.start is missing$/],
    ['an empty window', {}, /validFor\.start is missing$/],
    ['no start', { end: '2026-12-31T23:59:59Z' }, /validFor\.start is missing$/],
    ['an empty start', { start: '' }, /validFor\.start is not a valid time/],
    ['a start that does not exist', { start: '2026-02-30T00:00:00Z' }, /validFor\.start is not a valid time/],
    ['an end that is none', { start: '2026-01-01T00:00:00Z', end: 'never' }, /validFor\.end is not a valid time/],
    [
      'an end before the start',
      { start: '2026-01-01T00:00:01Z', end: '2026-01-01T00:00:00Z' },
      /validFor has an end before its start$/,
    ],
    ['a list', [], /validFor is not an object$/],
  ])('%s is refused', (_, validFor, reason) => {
    expectFailure(() => read(validFor), 'SIGNING_CONFIG_INVALID', reason);
  });
});
