import { expect, test } from '@jest/globals';
import { CountersignError } from '../../../src/core/errors/index.ts';
import type { Criterion } from '../../../src/core/verify/criterion.ts';
import { conclude } from '../../../src/core/verify/examination.ts';
import { verdict } from './step-cases.ts';

const pass: Criterion = {
  name: 'time',
  about: undefined,
  outcome: 'pass',
  expected: 'a time',
  found: 'a time',
  failure: undefined,
};
const failing = (code: 'SCT_MISSING' | 'LOG_ENTRY_MISSING'): Criterion => ({
  ...pass,
  outcome: 'fail',
  failure: new CountersignError(code, code),
});

test('everything that was proven is the verdict', async () => {
  const proven = await verdict();
  expect(conclude([pass], proven)).toEqual({ criteria: [pass], verdict: proven, failure: undefined });
});

test('the first criterion that failed is the failure, even if everything was proven', async () => {
  const criteria = [pass, failing('SCT_MISSING'), failing('LOG_ENTRY_MISSING')];
  const { verdict: none, failure } = conclude(criteria, await verdict());
  expect([none, failure?.code]).toEqual([undefined, 'SCT_MISSING']);
});

test.each(['signer', 'times', 'signedCertificateTimestamps', 'logEntries', 'content'] as const)(
  'without %s there is no verdict, even if no criterion failed',
  async (part) => {
    const { verdict: none, failure } = conclude([pass], { ...(await verdict()), [part]: undefined });
    expect([none, failure?.code]).toEqual([undefined, 'BUNDLE_INVALID']);
  },
);
