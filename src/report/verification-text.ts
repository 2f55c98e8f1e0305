/** Formats a verification for a terminal: a line per criterion, and then the verified claims. */

import type { CountersignError } from '../core/errors/index.ts';
import type { Criterion } from '../core/verify/index.ts';
import { count, shownText } from './shorten.ts';
import {
  type ArtifactOutcome,
  artifactOutcomes,
  type VerificationReport,
  type VerificationResult,
} from './verification-report.ts';
import {
  type Claim,
  criterionTitle,
  statedClaims,
  statedTitle,
  verifiedTitle,
  vouchedClaims,
} from './verified-claims.ts';

export interface TextOptions {
  /** Uses colours. */
  readonly colour?: boolean;
  /** True if an error follows that gives the reason if a single artifact is not verified: the text leaves it out. */
  readonly errorFollows?: boolean;
}

const maxLineLength = 600;
const titleWidth = 34;
/** Above this number, each verified artifact has one line. */
const maxDetailed = 20;
/** The number of artifacts that are not verified and shown with all details. */
const maxFailures = 100;
/** The number of verified artifacts, and of others, that are listed. */
const maxListed = 1000;

const colours = { pass: 32, fail: 31, 'not-checked': 33 } as const;
const words = { pass: 'pass', fail: 'FAIL', 'not-checked': 'not checked' } as const;

/** Returns the lines, which are safe to print whatever was found. */
export function verificationText(report: VerificationReport, options: TextOptions = {}): string {
  const { colour = false, errorFollows = false } = options;
  const outcomes = artifactOutcomes(report);
  const failures = outcomes.flatMap(({ failure }) => failure ?? []);
  const failed = failures.length;
  const left = errorFollows && failed === 1 ? failures[0] : undefined;
  const paint = (text: string, outcome: Criterion['outcome']): string =>
    colour ? `\u001b[${colours[outcome]}m${text}\u001b[0m` : text;
  const listed = { failed: 0, verified: 0 };
  const linesOf = (outcome: ArtifactOutcome): readonly string[] => {
    const place = outcome.failure === undefined ? ++listed.verified : ++listed.failed;
    if (place > maxListed) return [];
    const isDetailed = outcome.failure === undefined ? outcomes.length <= maxDetailed : place <= maxFailures;
    return artifactLines(outcome, isDetailed, paint, left);
  };
  const lines = [
    ...outcomes.flatMap(linesOf),
    ...omitted(listed.failed, 'not verified'),
    ...omitted(listed.verified, 'verified'),
    ...report.warnings.map((warning) => line(`Warning: ${warning}`)),
    ...(outcomes.length === 1
      ? []
      : [`${count(outcomes.length - failed, 'artifact')} verified${failed === 0 ? '' : `, ${failed} not verified`}`]),
  ];
  return lines.map((text) => `${text}\n`).join('');
}

/** Returns a line that counts the artifacts that are not listed, if there are any. */
function omitted(found: number, which: string): readonly string[] {
  const more = found - maxListed;
  return more <= 0 ? [] : [`… and ${count(more, 'more artifact')} ${which}`];
}

type Paint = (text: string, outcome: Criterion['outcome']) => string;

function artifactLines(
  outcome: ArtifactOutcome,
  detailed: boolean,
  paint: Paint,
  left: CountersignError | undefined,
): readonly string[] {
  const { artifact, digest, image, results, failure } = outcome;
  // For an image, the reference to deploy.
  const known = image?.reference ?? digest;
  const head = `${shownText(artifact, 300)}${known === undefined || known === artifact ? '' : ` (${known})`}`;
  if (failure !== undefined) {
    const problem = `${paint('NOT VERIFIED', 'fail')} ${line(head)}`;
    return detailed
      ? [problem, ...results.flatMap((result) => resultLines(result, paint, left))]
      : [`${problem} ${failure.code}: ${line(shownText(failure.message, 200))}`];
  }
  const title = `${paint('Verified', 'pass')} ${line(head)}`;
  const unread = results.filter((result) => result.unread).length;
  const unreadable =
    unread === 0 ? [] : [`  unreadable: ${unread} of ${results.length}${detailed ? ' (see below)' : ''}`];
  return detailed
    ? [title, ...unreadable, ...results.flatMap((result) => resultLines(result, paint, left))]
    : [title, ...unreadable];
}

function resultLines(result: VerificationResult, paint: Paint, left: CountersignError | undefined): readonly string[] {
  const { bundle, unread, criteria, verdict } = result;
  const failure = result.failure === left ? undefined : result.failure;
  return [
    ...(bundle === undefined ? [] : [line(`  ${unread ? 'unreadable' : 'bundle'} ${shownText(bundle, 300)}`)]),
    ...criteria.map((criterion) => criterionLine(criterion, paint)),
    ...(verdict === undefined
      ? []
      : [
          ...claimLines(`  ${verifiedTitle(verdict)}:`, vouchedClaims(verdict)),
          ...claimLines(`  ${statedTitle}:`, statedClaims(verdict)),
        ]),
    ...(failure === undefined ? [] : [line(`  ${failure.code}: ${shownText(failure.message, 500)}`)]),
    ...(failure?.remedy === undefined ? [] : failure.remedy.split('\n').map((text) => line(`  ${text}`))),
  ];
}

function criterionLine(criterion: Criterion, paint: Paint): string {
  const { outcome, expected, found } = criterion;
  const word = words[outcome];
  const title = criterionTitle(criterion).padEnd(titleWidth);
  const padding = ' '.repeat(Math.max(1, 12 - word.length));
  const [saw, wanted] = [shownText(found, 250), shownText(expected, 250)];
  // The reason for a failure contains the expectation.
  const saying =
    outcome === 'fail' ? shownText(found, 500) : found === expected ? saw : `${saw}  (expected: ${wanted})`;
  return `    ${line(title)} ${paint(word, outcome)}${padding}${line(saying)}`;
}

function claimLines(title: string, claims: readonly Claim[]): readonly string[] {
  if (claims.length === 0) return [];
  return [
    title,
    ...claims.map(([name, value]) => `    ${line(name.padEnd(titleWidth))} ${line(shownText(value, 400))}`),
  ];
}

/** Makes untrusted text a single line. */
function line(text: string): string {
  const [indent = ''] = /^ */.exec(text) ?? [];
  return `${indent}${shownText(text.slice(indent.length), maxLineLength)}`;
}
