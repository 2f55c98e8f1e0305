import { expect, test } from '@jest/globals';
import type { GitHubRepository } from '../../../src/monitor/rules/index.ts';
import { otherId as rule } from '../../../src/monitor/rules/p09-other-id.ts';
import { historyOf, jobSigner, knownFacts, observedBy, repository, signature, verdictOf } from './kit.ts';

const of = (id: string, ownerId = '678', name = 'octo/app') => signature(jobSigner({ id, ownerId, repository: name }));
const noFact = { facts: { repository: { kind: 'unknown', reason: 'no token' } } } as const;
const at = (changes: Partial<GitHubRepository>) => {
  if (knownFacts.repository.kind !== 'known') throw new Error('the fact is known');
  return { facts: { repository: { kind: 'known', value: { ...knownFacts.repository.value, ...changes } } } } as const;
};
const stated = { repository: repository({}, { id: '12345', ownerId: '678' }) };

test('the name with another repository id than in the policy, each time', () => {
  const history = historyOf(of('999'));
  const observation = observedBy(rule, of('999'), { ...stated, history });
  expect(observation.title).toBe('a repository with the name octo/app and another id signed');
  expect(observation.reason).toMatch('The policy states 12345.');
  expect(observation.severity).toBeUndefined();
});

test('another id than that of the repository at GitHub', () => {
  expect(observedBy(rule, of('999')).reason).toMatch('The repository of this name at GitHub has 12345.');
});

test('another id than in earlier certificates, once', () => {
  const history = historyOf(of('12345'));
  expect(observedBy(rule, of('999'), { ...noFact, history }).reason).toMatch(
    'Earlier certificates with this name state',
  );
  expect(verdictOf(rule, of('999'), { ...noFact, history: historyOf(of('12345'), of('999')) })).toBeUndefined();
  expect(verdictOf(rule, of('999'), noFact)).toBeUndefined();
});

test('the same ids', () => {
  expect(verdictOf(rule, of('12345'), stated)).toBeUndefined();
  expect(verdictOf(rule, of('12345'))).toBeUndefined();
});

test('a transfer is a note, once: the id of the repository stays', () => {
  const observation = observedBy(rule, of('12345', '999'), stated);
  expect(observation).toMatchObject({ severity: 'note', title: 'octo/app has another owner than before' });
  const history = historyOf(of('12345', '999'));
  expect(verdictOf(rule, of('12345', '999'), { ...stated, history })).toBeUndefined();
  expect(observedBy(rule, of('12345', '999')).severity).toBe('note');
});

test('a renamed repository has the id of the policy', () => {
  const renamed = of('12345', '999', 'new/app');
  expect(verdictOf(rule, renamed, { ...stated, ...at({ name: 'new/app', ownerId: '999' }) })).toBeUndefined();
});

test('GitHub leads from the old name to the renamed repository', () => {
  expect(verdictOf(rule, of('999'), at({ name: 'new/app' }))).toBeUndefined();
});

test('certificates without ids', () => {
  const claims = { sourceRepositoryIdentifier: undefined };
  expect(verdictOf(rule, signature(jobSigner({ claims })), stated)).toBeUndefined();
  const ownerless = signature(jobSigner({ claims: { sourceRepositoryOwnerIdentifier: undefined } }));
  expect(verdictOf(rule, ownerless, stated)).toBeUndefined();
});

test('a known id with another owner than before is a note', () => {
  const history = historyOf(of('12345', '678'));
  expect(observedBy(rule, of('12345', '999'), { ...noFact, history }).severity).toBe('note');
});

test('another id than at GitHub, once', () => {
  expect(verdictOf(rule, of('999'), { history: historyOf(of('999')) })).toBeUndefined();
});
