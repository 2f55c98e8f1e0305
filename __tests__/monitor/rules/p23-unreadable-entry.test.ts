import { expect, test } from '@jest/globals';
import type { WatchedEntry } from '../../../src/monitor/rules/index.ts';
import { unreadableEntry as rule } from '../../../src/monitor/rules/p23-unreadable-entry.ts';
import { observedBy, signature, verdictOf } from './kit.ts';

type Problem = WatchedEntry['problems'][number];
const leafHash = '9'.repeat(64);
const malformed: Problem = { code: 'MALFORMED', part: 'the certificate', reason: 'a length is invalid', leafHash };
const unknownKind: Problem = { code: 'UNKNOWN_KIND', part: 'the entry', reason: 'not supported', leafHash };
const withProblems = (...problems: readonly Problem[]) => signature(undefined, { problems });

test.each(['MALFORMED', 'LIMIT', 'AMBIGUOUS'] as const)('a problem %s', (code) => {
  const { title, reason, severity } = observedBy(rule, withProblems({ ...malformed, code }));
  expect(title).toBe('an entry that concerns the policy cannot be read completely');
  expect(reason).toMatch('In the certificate: a length is invalid.');
  expect(severity).toBeUndefined();
});

test('several problems', () => {
  expect(observedBy(rule, withProblems(malformed, malformed, malformed)).reason).toMatch('2 more parts have problems.');
});

test('an unknown kind with a name of the policy is an alert, and another one a note', () => {
  const entry: WatchedEntry = { ...withProblems(unknownKind), type: 'unknown', kind: 'quantum' };
  expect(observedBy(rule, entry).severity).toBeUndefined();
  expect(observedBy(rule, { ...entry, watchedAs: [] })).toMatchObject({
    severity: 'note',
    title: 'an entry of the unknown kind quantum cannot be read',
  });
  expect(observedBy(rule, { ...withProblems(malformed), watchedAs: [] }).severity).toBeUndefined();
});

test('an entry that can be read', () => {
  expect(verdictOf(rule, signature())).toBeUndefined();
});
