import { expect, test } from '@jest/globals';
import { visibility as rule } from '../../../src/monitor/rules/p10-visibility.ts';
import { historyOf, jobSigner, observedBy, signature, verdictOf } from './kit.ts';

const of = (sourceRepositoryVisibility: string | undefined) =>
  signature(jobSigner({ claims: { sourceRepositoryVisibility } }));

test('a private repository that was public, each time that it changes', () => {
  const { title, reason } = observedBy(rule, of('private'), { history: historyOf(of('public')) });
  expect(title).toBe('octo/app was private when it signed');
  expect(reason).toBe('When it signed before, it was public.');
  const back = historyOf(of('public'), of('private'), of('public'));
  expect(observedBy(rule, of('private'), { history: back }).title).toMatch('private');
});

test('the first certificate is compared with GitHub', () => {
  expect(observedBy(rule, of('private')).reason).toBe('At GitHub it is public.');
  expect(verdictOf(rule, of('public'))).toBeUndefined();
});

test('a visibility that was published on purpose is reported once', () => {
  expect(verdictOf(rule, of('public'), { history: historyOf(of('private'), of('public')) })).toBeUndefined();
});

test('without anything to compare', () => {
  const facts = { repository: { kind: 'unknown', reason: 'no token' } } as const;
  expect(verdictOf(rule, of('private'), { facts })).toBeUndefined();
  expect(verdictOf(rule, of(undefined))).toBeUndefined();
  expect(
    verdictOf(rule, signature(jobSigner({ id: '999', claims: { sourceRepositoryVisibility: 'private' } }))),
  ).toBeUndefined();
});
