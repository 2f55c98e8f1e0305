import { describe, expect, test } from '@jest/globals';
import { repeatedRun as rule } from '../../../src/monitor/rules/p18-repeated-run.ts';
import {
  historyOf,
  job,
  jobSigner,
  minutesAfter,
  observedBy,
  personSigner,
  precertificate,
  run,
  signature,
  verdictOf,
} from './kit.ts';

const again = signature(jobSigner({ attempt: 2 }));
const ended = (minutes: number, changes = {}) => ({
  facts: {
    run: { kind: 'known', value: run({ jobs: [job('release', { completedAt: minutesAfter(minutes) })], ...changes }) },
  } as const,
});

describe('attempts', () => {
  test('a second attempt signs, once', () => {
    expect(observedBy(rule, again).title).toBe('run 42 of octo/app signed in attempt 2');
    expect(verdictOf(rule, again, { history: historyOf(again) })).toBeUndefined();
    const third = signature(jobSigner({ attempt: 3 }));
    expect(observedBy(rule, third, { history: historyOf(again) }).title).toMatch('attempt 3');
  });

  test('a first attempt', () => {
    expect(verdictOf(rule, signature())).toBeUndefined();
    expect(verdictOf(rule, precertificate(jobSigner({ attempt: 2 })))).toBeUndefined();
    expect(verdictOf(rule, signature(personSigner()))).toBeUndefined();
    expect(verdictOf(rule, signature(jobSigner({ claims: { runInvocationUri: undefined } })))).toBeUndefined();
  });
});

describe('the end of the run', () => {
  test('a certificate that was issued a minute after it', () => {
    expect(observedBy(rule, signature(), ended(-2)).title).toBe('a certificate was issued to run 42 after it ended');
    expect(verdictOf(rule, signature(), ended(-1))).toBeUndefined();
  });

  test('without times of jobs, the run was last updated', () => {
    expect(observedBy(rule, signature(), ended(0, { jobs: [], updatedAt: minutesAfter(-2) })).title).toMatch(
      'after it ended',
    );
    expect(verdictOf(rule, signature(), ended(0, { jobs: [], updatedAt: minutesAfter(2) }))).toBeUndefined();
  });

  test('the last job counts', () => {
    const jobs = [job('test', { completedAt: minutesAfter(-30) }), job()];
    expect(verdictOf(rule, signature(), ended(0, { jobs }))).toBeUndefined();
  });

  test('a run in progress has not ended', () => {
    expect(verdictOf(rule, signature(), ended(-2, { status: 'in_progress' }))).toBeUndefined();
  });

  test('a run that is not known', () => {
    const facts = { run: { kind: 'unknown', reason: 'no token' } } as const;
    expect(verdictOf(rule, signature(), { facts })).toMatchObject({ kind: 'undecided' });
    expect(observedBy(rule, again, { facts }).title).toMatch('attempt 2');
    expect(verdictOf(rule, signature(), { facts: { run: { kind: 'absent' } } })).toBeUndefined();
  });
});
