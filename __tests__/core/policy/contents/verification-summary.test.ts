/** Verification summaries, judged as SLSA 1.2 prescribes. */

import { describe, expect, test } from '@jest/globals';
import { digest } from '../../../../src/core/crypto/index.ts';
import type { JsonObject } from '../../../../src/core/encoding/index.ts';
import { utf8 } from '../../../../src/core/encoding/index.ts';
import type { CountersignError } from '../../../../src/core/errors/index.ts';
import { type PredicateExpectation, predicateChecks } from '../../../../src/core/policy/index.ts';
import { readStatement, type Statement } from '../../../../src/core/statement/index.ts';

type Expectation = Extract<PredicateExpectation, { kind: 'verification-summary' }>;

const now = new Date('2026-11-30T12:00:00Z');
const expectation: Expectation = {
  kind: 'verification-summary',
  verifiers: ['https://example.com/verifier', 'https://example.com/other'],
  resourceUri: 'https://example.com/app',
  levels: ['SLSA_BUILD_LEVEL_2'],
};
const summary: JsonObject = {
  verifier: { id: 'https://example.com/verifier' },
  timeVerified: '2026-11-30T11:00:00Z',
  resourceUri: 'https://example.com/app',
  policy: { uri: 'https://example.com/policy' },
  verificationResult: 'PASSED',
  verifiedLevels: ['SLSA_BUILD_LEVEL_3'],
};

function statement(predicate: JsonObject, predicateType = 'https://slsa.dev/verification_summary/v1'): Statement {
  return { subjects: [{ name: 'app', digests: [digest('sha256', new Uint8Array())] }], predicateType, predicate };
}

async function judge(
  about: Statement | JsonObject,
  changes: Partial<Record<keyof Expectation, unknown>> = {},
): Promise<string | undefined> {
  const [check] = await predicateChecks([{ ...expectation, ...changes } as Expectation]);
  return check?.judge('subjects' in about ? (about as Statement) : statement(about), now);
}

/** Returns the code of the refusal. */
async function refusal(...request: Parameters<typeof judge>): Promise<string | undefined> {
  return judge(...request).then(
    () => undefined,
    (error: CountersignError) => error.code,
  );
}

test('a summary that meets the expectation passes, and is described', async () => {
  expect(await judge(summary)).toBe(
    'PASSED for https://example.com/app by https://example.com/verifier, SLSA_BUILD_LEVEL_3',
  );
  const [check] = await predicateChecks([expectation]);
  expect(check).toMatchObject({
    name: 'verification-summary',
    expected:
      'PASSED for https://example.com/app by https://example.com/verifier or https://example.com/other, SLSA_BUILD_LEVEL_2',
  });
});

test('members that are not known are ignored', async () => {
  expect(await refusal({ ...summary, slsaVersion: '1.9', 'https://example.com/x': 1 })).toBeUndefined();
});

describe('a summary is refused', () => {
  test.each<[string, JsonObject, string]>([
    ['of another verifier', { ...summary, verifier: { id: 'https://example.com/verifier/2' } }, 'PREDICATE_MISMATCH'],
    ['without a verifier', { ...summary, verifier: {} }, 'PREDICATE_MISMATCH'],
    [
      'whose verifier is a list',
      { ...summary, verifier: { id: ['https://example.com/verifier'] } },
      'STATEMENT_INVALID',
    ],
    ['of another resource', { ...summary, resourceUri: 'https://example.com/app2' }, 'PREDICATE_MISMATCH'],
    ['of a resource below', { ...summary, resourceUri: 'https://example.com/app/x' }, 'PREDICATE_MISMATCH'],
    ['without a resource', { ...summary, resourceUri: null }, 'PREDICATE_MISMATCH'],
    ['that failed', { ...summary, verificationResult: 'FAILED' }, 'PREDICATE_MISMATCH'],
    ['without a result', { ...summary, verificationResult: null }, 'PREDICATE_MISMATCH'],
    ['with an unknown result', { ...summary, verificationResult: 'PASSED_WITH_WARNINGS' }, 'PREDICATE_MISMATCH'],
    ['with a result in other letters', { ...summary, verificationResult: 'passed' }, 'PREDICATE_MISMATCH'],
    ['with a result that is no text', { ...summary, verificationResult: true }, 'STATEMENT_INVALID'],
    ['with a lower level', { ...summary, verifiedLevels: ['SLSA_BUILD_LEVEL_1'] }, 'PREDICATE_MISMATCH'],
    ['with a level of another track', { ...summary, verifiedLevels: ['SLSA_SOURCE_LEVEL_3'] }, 'PREDICATE_MISMATCH'],
    ['with an unknown level', { ...summary, verifiedLevels: ['SLSA_BUILD_LEVEL_9'] }, 'PREDICATE_MISMATCH'],
    ['without levels', { ...summary, verifiedLevels: [] }, 'PREDICATE_MISMATCH'],
    ['whose levels are absent', { ...summary, verifiedLevels: null }, 'PREDICATE_MISMATCH'],
    ['whose levels are a text', { ...summary, verifiedLevels: 'SLSA_BUILD_LEVEL_3' }, 'STATEMENT_INVALID'],
    ['with a level that is no text', { ...summary, verifiedLevels: ['SLSA_BUILD_LEVEL_3', 3] }, 'STATEMENT_INVALID'],
    [
      'with two levels of a track',
      { ...summary, verifiedLevels: ['SLSA_BUILD_LEVEL_3', 'SLSA_BUILD_LEVEL_1'] },
      'STATEMENT_INVALID',
    ],
    [
      'with a level twice',
      { ...summary, verifiedLevels: ['SLSA_BUILD_LEVEL_3', 'SLSA_BUILD_LEVEL_3'] },
      'STATEMENT_INVALID',
    ],
    [
      'that passed and has the level FAILED',
      { ...summary, verifiedLevels: ['SLSA_BUILD_LEVEL_3', 'FAILED'] },
      'STATEMENT_INVALID',
    ],
    ['whose time is no time', { ...summary, timeVerified: 'today' }, 'STATEMENT_INVALID'],
    ['whose day does not exist', { ...summary, timeVerified: '2026-13-30T11:00:00Z' }, 'STATEMENT_INVALID'],
  ])('%s', async (_, predicate, code) => {
    expect(await refusal(predicate)).toBe(code);
  });

  test.each([
    'https://slsa.dev/verification_summary/v0.2',
    'https://slsa.dev/verification_summary/v1.0',
    'https://slsa.dev/provenance/v1',
  ])('if its type is %s', async (type) => {
    expect(await refusal(statement(summary, type))).toBe('PREDICATE_TYPE_MISMATCH');
  });
});

describe('levels', () => {
  test('that are demanded must all be stated, properties exactly', async () => {
    const levels = ['SLSA_BUILD_LEVEL_2', 'SLSA_BUILD_REPRODUCED', 'EXAMPLE_APPROVED'];
    const stated = ['SLSA_BUILD_LEVEL_2', 'EXAMPLE_APPROVED'];
    expect(await refusal({ ...summary, verifiedLevels: stated }, { levels })).toBe('PREDICATE_MISMATCH');
    const all = [...stated, 'SLSA_BUILD_REPRODUCED'];
    expect(await refusal({ ...summary, verifiedLevels: all }, { levels })).toBeUndefined();
  });
});

describe('ages', () => {
  test('are counted from the verification', async () => {
    expect(await refusal(summary, { maxAge: 3_600_000 })).toBeUndefined();
    expect(await refusal(summary, { maxAge: 3_599_999 })).toBe('PREDICATE_MISMATCH');
    expect(
      await refusal({ ...summary, timeVerified: '2026-11-30T13:00:00+02:00' }, { maxAge: 3_600_000 }),
    ).toBeUndefined();
  });

  test('require that the summary states a time', async () => {
    const { timeVerified: _, ...without } = summary;
    expect(await refusal(without)).toBeUndefined();
    expect(await refusal(without, { maxAge: 3_600_000 })).toBe('PREDICATE_MISMATCH');
  });
});

describe('source refs', () => {
  const sourceRefs = ['refs/heads/main', 'refs/heads/next'];
  const about = (...annotations: readonly (object | undefined)[]): Statement =>
    readStatement(
      utf8(
        JSON.stringify({
          _type: 'https://in-toto.io/Statement/v1',
          subject: annotations.map((one) => ({ digest: { sha256: '00'.repeat(32) }, annotations: one })),
          predicateType: 'https://slsa.dev/verification_summary/v1',
          predicate: summary,
        }),
      ),
    );

  test('are those of the subjects', async () => {
    expect(await refusal(about({ sourceRefs: ['refs/heads/x', 'refs/heads/main'] }), { sourceRefs })).toBeUndefined();
  });

  test.each<[string, readonly (object | undefined)[], string]>([
    ['that differ', [{ sourceRefs: ['refs/heads/main2'] }], 'PREDICATE_MISMATCH'],
    ['that are empty', [{ sourceRefs: [] }], 'PREDICATE_MISMATCH'],
    ['that are absent', [undefined], 'PREDICATE_MISMATCH'],
    ['of only one of two subjects', [{ sourceRefs: ['refs/heads/main'] }, {}], 'PREDICATE_MISMATCH'],
    ['that are no list', [{ sourceRefs: 'refs/heads/main' }], 'STATEMENT_INVALID'],
  ])('%s are refused', async (_, annotations, code) => {
    expect(await refusal(about(...annotations), { sourceRefs })).toBe(code);
  });
});

describe('an expectation is refused', () => {
  test.each<[string, Partial<Record<keyof Expectation | 'level', unknown>>]>([
    ['without verifiers', { verifiers: [] }],
    ['with an empty verifier', { verifiers: [''] }],
    ['whose verifiers are a text', { verifiers: 'https://example.com/verifier' }],
    ['without a resource', { resourceUri: '' }],
    ['without levels', { levels: [] }],
    ['with an unknown level', { levels: ['SLSA_BUILD_LEVEL_7'] }],
    ['with the level FAILED', { levels: ['FAILED'] }],
    ['with an empty ref', { sourceRefs: [''] }],
    ['with an age that is no number', { maxAge: Number.NaN }],
    ['with an unknown member', { level: 'SLSA_BUILD_LEVEL_2' }],
  ])('%s', async (_, changes) => {
    expect(await refusal(summary, changes)).toBe('POLICY_INVALID');
  });
});
