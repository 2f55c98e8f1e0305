/** Made-up and historical imitations of identities, and legitimate names near to them. Each has the reason for its label. */

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { LookAlikeFinder, type NameKind } from '../../../src/monitor/look-alikes/index.ts';

interface Case {
  readonly kind: NameKind;
  readonly target: string;
  readonly candidate: string;
  readonly label: 'squat' | 'legitimate';
  readonly reason: string;
  readonly rule: string | null;
  readonly alert: boolean;
}

const cases: readonly Case[] = JSON.parse(
  await readFile(new URL('./fixtures/identities.json', import.meta.url), 'utf8'),
);

describe.each(['owner', 'repo', 'workflow', 'email', 'domain', 'package'])('%s', (wanted) => {
  test.each(cases.filter(({ kind }) => kind === wanted))('$label: $target, $candidate: $reason', (each) => {
    const { kind, target, candidate, rule, alert } = each;
    const found = new LookAlikeFinder([{ kind, name: target }]).find({ kind, name: candidate });
    expect({ rule: found?.rule ?? null, alert: found?.alert ?? false }).toEqual({ rule, alert });
  });
});

test('among all protected names, each candidate is an alert if it is one for its own', () => {
  const kinds = new Set(cases.map(({ kind }) => kind));
  for (const wanted of kinds) {
    const own = cases.filter(({ kind }) => kind === wanted);
    const finder = new LookAlikeFinder(own.map(({ target }) => ({ kind: wanted, name: target })));
    const alone = new Map(own.map(({ target }) => [target, new LookAlikeFinder([{ kind: wanted, name: target }])]));
    for (const { candidate, alert } of own) {
      const isOwn = [...alone.values()].some((each) => each.find({ kind: wanted, name: candidate }) === undefined);
      if (!alert || !isOwn) continue;
      const found = finder.find({ kind: wanted, name: candidate });
      // A protected name, or another one of its owner, is not a look-alike of a third.
      if (found === undefined) continue;
      expect([candidate, found.alert]).toEqual([candidate, true]);
    }
  }
});

test('there are at least 200 cases, each of them once, with a reason', () => {
  expect(cases.length).toBeGreaterThanOrEqual(200);
  const pairs = cases.map(({ kind, target, candidate }) => `${kind} ${target} ${candidate}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  expect(cases.filter(({ reason }) => reason.length < 5)).toEqual([]);
});

test('nearly all alerts are imitations, and most imitations are alerts', () => {
  const alerts = cases.filter(({ alert }) => alert);
  const imitations = alerts.filter(({ label }) => label === 'squat').length;
  expect(imitations / alerts.length).toBeGreaterThan(0.9);
  expect(imitations / cases.filter(({ label }) => label === 'squat').length).toBeGreaterThan(0.85);
});
