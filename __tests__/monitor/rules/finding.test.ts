import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { raised, ruleFindingId, rules } from '../../../src/monitor/rules/index.ts';

describe('ruleFindingId', () => {
  const rule = { id: 'P01', version: 1 } as const;

  test('is stable', () => {
    const text = '["countersign-watch-finding","log.example",7,"P01",1]';
    expect(ruleFindingId('log.example', 7, rule)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('differs for each part', () => {
    const ids = [
      ruleFindingId('log.example', 7, rule),
      ruleFindingId('log.example', 8, rule),
      ruleFindingId('log.example', 7, { ...rule, version: 2 }),
      ruleFindingId('log.example', 7, { ...rule, id: 'P02' }),
      ruleFindingId('log.example",7', 7, rule),
      ruleFindingId('log.example 7', 7, rule),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('raised', () => {
  expect([1, 2, 3, 4].map((count) => raised('note', count))).toEqual(['note', 'alert', 'critical', 'critical']);
  expect([0, 1, 2, 3].map((count) => raised('alert', count))).toEqual(['alert', 'alert', 'critical', 'critical']);
  expect(raised('critical', 2)).toBe('critical');
});

describe('rules', () => {
  test('P01 to P28, in order, each with its own name', () => {
    expect(rules.map(({ id }) => id)).toEqual(
      Array.from({ length: 28 }, (_, at) => `P${String(at + 1).padStart(2, '0')}`),
    );
    expect(new Set(rules.map(({ name }) => name)).size).toBe(28);
  });

  test('the observations of P22 and P24 are made elsewhere', () => {
    expect(rules.filter(({ about }) => about !== 'entries').map(({ id }) => id)).toEqual(['P22', 'P24']);
  });

  test.each(rules)('$id has a description in sentences', ({ reason, condition, falseAlarms }) => {
    for (const text of [reason, condition, falseAlarms]) expect(text).toMatch(/^[A-Z`].*\.$/);
  });
});
