import { asText } from '../../encoding/index.ts';
import { fail } from '../../errors/index.ts';
import {
  failedResult,
  includesResult,
  readResult,
  repeatedTrack,
  type Statement,
  statedList,
  statedText,
  verificationSummaryType,
} from '../../statement/index.ts';
import { demandMembers, list } from '../demand.ts';
import type { PredicateCheck, VerificationSummaryExpectation } from './expectations.ts';

/**
 * Returns the check of a verification summary (SLSA 1.2, "How to verify"). The policy names its signer, and the expectation the verifiers
 * for which this signer may speak.
 *
 * @throws CountersignError `POLICY_INVALID`
 */
export function verificationSummary(expectation: VerificationSummaryExpectation): PredicateCheck {
  demandMembers(
    expectation,
    { kind: true, verifiers: true, resourceUri: true, levels: true, sourceRefs: true, maxAge: true },
    'the expectation verification-summary',
  );
  const { kind, resourceUri, sourceRefs = [], maxAge } = expectation;
  const verifiers = list(expectation.verifiers, 'the verifiers of verification-summary');
  const levels = list(expectation.levels, 'the levels of verification-summary');
  const refs = list(sourceRefs, 'the source refs of verification-summary');
  if (verifiers.length === 0) fail('POLICY_INVALID', 'verification-summary names no verifier');
  if (levels.length === 0) fail('POLICY_INVALID', 'verification-summary requires no level');
  for (const text of [...verifiers, resourceUri, ...refs])
    if (typeof text !== 'string' || text === '')
      fail('POLICY_INVALID', 'an expected value of verification-summary is empty');
  for (const level of levels) readResult(level, 'require-level');
  if (maxAge !== undefined && !(maxAge >= 0)) fail('POLICY_INVALID', 'the age of verification-summary is not a number');
  return {
    name: kind,
    expected: [`PASSED for ${resourceUri} by ${verifiers.join(' or ')}`, ...levels, ...refs].join(', '),
    judge: (statement, now) => {
      const stated = readSummary(statement);
      demandOneOf('verifier', stated.verifier, verifiers);
      demandOneOf('resource', stated.resourceUri, [resourceUri]);
      demandOneOf('result', stated.result, ['PASSED']);
      demandLevels(stated.levels, levels);
      if (refs.length > 0) demandSourceRefs(statement, refs);
      if (maxAge !== undefined) demandAge(stated.time, maxAge, now);
      return `${stated.result} for ${stated.resourceUri} by ${stated.verifier}, ${stated.levels.join(', ') || 'no level'}`;
    },
  };
}

interface StatedSummary {
  readonly verifier: string | undefined;
  readonly resourceUri: string | undefined;
  readonly result: string | undefined;
  readonly levels: readonly string[];
  readonly time: Date | undefined;
}

/** Reads a summary. @throws CountersignError `PREDICATE_TYPE_MISMATCH`, `STATEMENT_INVALID` */
function readSummary({ predicateType, predicate }: Statement): StatedSummary {
  if (predicateType !== verificationSummaryType)
    fail(
      'PREDICATE_TYPE_MISMATCH',
      `the predicate type is ${JSON.stringify(predicateType)}; expected a verification summary, ${JSON.stringify(verificationSummaryType)}`,
    );
  const time = statedText(predicate, 'timeVerified');
  return {
    verifier: statedText(predicate, 'verifier', 'id'),
    resourceUri: statedText(predicate, 'resourceUri'),
    result: statedText(predicate, 'verificationResult'),
    levels: statedList(predicate, 'verifiedLevels').map(
      (level) =>
        asText(level) ?? fail('STATEMENT_INVALID', 'an entry of verifiedLevels in the predicate is not a text'),
    ),
    time: time === undefined ? undefined : readTime(time),
  };
}

/** Reads a time of RFC 3339. */
function readTime(text: string): Date {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const time = new Date(isTime ? text : Number.NaN);
  if (Number.isNaN(time.getTime()))
    fail(
      'STATEMENT_INVALID',
      `timeVerified in the predicate is ${JSON.stringify(text.slice(0, 100))}, which is not a time`,
    );
  return time;
}

function demandOneOf(what: string, found: string | undefined, expected: readonly string[]): void {
  const wanted = JSON.stringify(expected.join(' or '));
  if (found === undefined) fail('PREDICATE_MISMATCH', `the verification summary states no ${what}; expected ${wanted}`);
  if (!expected.includes(found))
    fail(
      'PREDICATE_MISMATCH',
      `the ${what} of the verification summary is ${JSON.stringify(found.slice(0, 300))}; expected ${wanted}`,
    );
}

/** Demands levels that do not contradict each other or the result, and among them those that are expected. */
function demandLevels(stated: readonly string[], demanded: readonly string[]): void {
  const track = repeatedTrack(stated);
  if (track !== undefined)
    fail('STATEMENT_INVALID', `the verification summary states several levels of the track ${JSON.stringify(track)}`);
  if (stated.includes(failedResult))
    fail('STATEMENT_INVALID', 'the verification summary states both the result PASSED and the level FAILED');
  const missing = demanded.find((level) => !includesResult(stated, level));
  if (missing !== undefined)
    fail(
      'PREDICATE_MISMATCH',
      `the verification summary states ${JSON.stringify(stated.join(', ').slice(0, 300))}; expected ${missing}`,
    );
}

/** Demands that each subject, of which the artifact is one, was at one of the refs. */
function demandSourceRefs({ subjects }: Statement, expected: readonly string[]): void {
  for (const { annotations } of subjects) {
    const found = statedList(annotations, 'sourceRefs');
    if (found.some((ref) => expected.some((one) => one === ref))) continue;
    fail(
      'PREDICATE_MISMATCH',
      `the verification summary is not about ${expected.join(' or ')}, but about ${JSON.stringify(found).slice(0, 300)}`,
    );
  }
}

function demandAge(time: Date | undefined, maxAge: number, now: Date): void {
  if (time === undefined) fail('PREDICATE_MISMATCH', 'the verification summary does not state when it was made');
  if (now.getTime() - time.getTime() > maxAge)
    fail(
      'PREDICATE_MISMATCH',
      `the verification was at ${time.toISOString()}, which is longer ago than the policy allows`,
    );
}
