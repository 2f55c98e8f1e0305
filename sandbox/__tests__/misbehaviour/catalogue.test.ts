/** The catalogue is whole: each name has its tests and its line in the documentation, and each is said no other way. */

import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { expectFailure } from '../../../__tests__/core/errors/failure.ts';
import {
  lieNames,
  misbehaviourNames,
  misbehaviourOf,
  readMisbehaviourNames,
  registryLieNames,
  serviceNames,
  transportFaults,
} from '../../index.ts';
import { noticed, noticedOnTheWay } from './noticed.ts';

const page = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');

test('all are there, and each has its test', () => {
  expect(Object.keys(noticed).sort()).toEqual([...lieNames].sort());
  expect(Object.keys(noticedOnTheWay).sort()).toEqual(Object.keys(transportFaults).sort());
  const onTheWay = serviceNames.flatMap((service) => Object.keys(transportFaults).map((name) => `${service}:${name}`));
  expect([...misbehaviourNames].sort()).toEqual([...lieNames, ...registryLieNames, ...onTheWay].sort());
});

test('each is described in sentences', () => {
  for (const name of misbehaviourNames) expect(misbehaviourOf(name).about).toMatch(/^[A-Z].*\.$/);
});

test('docs/sandbox.md has a line for each, with what comes of it', () => {
  const lies = lieNames.map((name) => line(name, misbehaviourOf(name).about, codeOf(noticed[name])));
  const faults = Object.entries(transportFaults).map(([name, { about }]) =>
    line(`SERVICE:${name}`, about, codeOf(noticedOnTheWay[name as keyof typeof transportFaults] ?? 'signs')),
  );
  expect(page.split('\n').filter((text) => /^\| `(?!registry:)[\w-]+:/.test(text))).toEqual([...lies, ...faults]);
  const registryLies = registryLieNames.map((name) => `| \`${name}\` | ${misbehaviourOf(name).about} |`);
  expect(page.split('\n').filter((text) => text.startsWith('| `registry:'))).toEqual(registryLies);
});

function line(name: string, about: string, outcome: string): string {
  return `| \`${name}\` | ${about} | ${outcome} |`;
}

function codeOf(outcome: string): string {
  if (outcome === 'monitor') return 'signs: for monitors';
  return /^[A-Z_]+$/.test(outcome) ? `\`${outcome}\`` : outcome;
}

test('a name that is none is answered with those that are', () => {
  expect(readMisbehaviourNames(['rekor-v2:forked-tree', 'tuf:503'])).toEqual(['rekor-v2:forked-tree', 'tuf:503']);
  const remedy = (name: string): string =>
    expectFailure(() => readMisbehaviourNames([name]), 'USAGE', /unknown misbehaviour/).remedy ?? '';
  expect(remedy('rekor-v2:forked')).toMatch(/rekor-v2:forked-tree, .*rekor-v2:redirect\.$/);
  expect(remedy('rekor-v2:forked')).not.toContain('fulcio');
  expect(remedy('toString')).toContain([...lieNames, ...registryLieNames].join(', '));
  expect(remedy('toString')).toMatch(/SERVICE:slow, .*SERVICE:redirect\.$/);
  expect(() => readMisbehaviourNames(['tuf:503', 'ct:503', 'tuf:slow'])).toThrow(
    'tuf:slow and tuf:503 cannot be combined',
  );
});
