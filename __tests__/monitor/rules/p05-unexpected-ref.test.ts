import { expect, test } from '@jest/globals';
import { unexpectedRef as rule } from '../../../src/monitor/rules/p05-unexpected-ref.ts';
import { commit, historyOf, jobSigner, learnedHistory, observedBy, signature, verdictOf } from './kit.ts';

const of = (ref: string | undefined) => signature(jobSigner({ ref: ref ?? '', claims: { sourceRepositoryRef: ref } }));
const expected = { refs: ['refs/heads/main', 'refs/tags/v*'] };
const queue = `refs/heads/gh-readonly-queue/main/pr-7-${commit}`;

test.each(['refs/heads/evil', 'refs/heads/main-2', 'refs/tags/evil', 'refs/pull/7/merge', 'refs/tags/v1/evil'])(
  'the ref %s is not expected',
  (ref) => {
    const observation = observedBy(rule, of(ref), { expected });
    expect(observation.title).toBe(`${ref} of octo/app is not expected to be signed`);
    expect(observation.severity).toBeUndefined();
  },
);

test.each(['refs/heads/main', 'refs/tags/v1.0.0', queue])('the ref %s is expected', (ref) => {
  expect(verdictOf(rule, of(ref), { expected })).toBeUndefined();
});

test.each([`refs/heads/gh-readonly-queue/evil/pr-7-${commit}`, 'refs/heads/gh-readonly-queue/main/evil'])(
  'the branch %s of the merge queue',
  (ref) => {
    expect(observedBy(rule, of(ref), { expected }).title).toMatch(ref);
  },
);

test('a certificate without a ref', () => {
  expect(observedBy(rule, of(undefined), { expected }).title).toBe('a certificate of octo/app states no ref');
  expect(verdictOf(rule, of(undefined), { history: learnedHistory() })).toBeUndefined();
});

test('without expectations, a branch that is new after learning is a note, once', () => {
  const branch = of('refs/heads/release-1.x');
  expect(observedBy(rule, branch, { history: learnedHistory() })).toMatchObject({
    severity: 'note',
    title: 'refs/heads/release-1.x of octo/app is signed for the first time',
  });
  expect(verdictOf(rule, branch, { history: learnedHistory(branch) })).toBeUndefined();
  expect(verdictOf(rule, branch, { history: historyOf(signature()) })).toBeUndefined();
});

test('without expectations, all tags are one, and the merge queue is its branch', () => {
  expect(verdictOf(rule, of('refs/tags/v2.0.0'), { history: learnedHistory() })).toBeUndefined();
  expect(verdictOf(rule, of(queue), { history: learnedHistory(of('refs/heads/main')) })).toBeUndefined();
  expect(observedBy(rule, of('refs/pull/7/merge'), { history: learnedHistory() }).severity).toBe('note');
});
