import { expect, test } from '@jest/globals';
import { person as rule } from '../../../src/monitor/rules/p16-person.ts';
import { digest, historyOf, jobSigner, observedBy, otherDigest, personSigner, signature, verdictOf } from './kit.ts';

const jane = signature(personSigner(), { watchedAs: [{ what: 'digest', value: `sha256:${digest}`, line: 1 }] });

test('a person signs what a job signed', () => {
  const { title, reason } = observedBy(rule, jane, { history: historyOf(signature()) });
  expect(title).toBe('jane@octo.example signed what CI signs');
  expect(reason).toMatch('https://github.com/octo/app/.github/workflows/release.yml');
});

test('a person signs what is in the receipts', () => {
  const value = { digests: new Set([`sha256:${digest}`]), provenance: new Map() };
  expect(observedBy(rule, jane, { facts: { receipts: { kind: 'known', value } } }).reason).toMatch('in the receipts');
});

test('a person signs what is not in the receipts', () => {
  const value = { digests: new Set([`sha256:${otherDigest}`]), provenance: new Map() };
  expect(verdictOf(rule, jane, { facts: { receipts: { kind: 'known', value } } })).toBeUndefined();
});

test('persons sign what only persons sign', () => {
  const colleague = signature(personSigner('joe@octo.example'));
  expect(verdictOf(rule, jane, { history: historyOf(colleague) })).toBeUndefined();
  expect(verdictOf(rule, jane)).toBeUndefined();
  expect(
    verdictOf(rule, jane, { history: historyOf(signature(undefined, { digests: [otherDigest] })) }),
  ).toBeUndefined();
});

test('jobs, and certificates that no authority issued', () => {
  const history = historyOf(signature());
  expect(verdictOf(rule, signature(jobSigner({ workflow: 'other.yml' })), { history })).toBeUndefined();
  const forged = signature(personSigner('jane@octo.example', undefined, { isIssued: false }));
  expect(verdictOf(rule, forged, { history })).toBeUndefined();
});
