/**
 * Formats a verification for a terminal: one line for each verified artifact, and for each other one a table of its criteria and the
 * reason.
 */

import type { CountersignError } from '../core/errors/index.ts';
import type { Criterion, Verdict } from '../core/verify/index.ts';
import { partText } from './part-text.ts';
import { count, shownText } from './shorten.ts';
import {
  type ArtifactOutcome,
  artifactOutcomes,
  type VerificationReport,
  type VerificationResult,
} from './verification-report.ts';
import {
  type Claim,
  certifiedClaims,
  certifiedTitle,
  criterionTitle,
  releaseClaims,
  statedClaims,
  statedTitle,
  verdictSentence,
} from './verified-claims.ts';

export interface TextOptions {
  /** Uses colours. */
  readonly colour?: boolean;
  /** Shows the criteria and the claims of verified artifacts too. */
  readonly verbose?: boolean | undefined;
  /** True if an error follows that gives the reason if a single artifact is not verified: the text leaves it out. */
  readonly errorFollows?: boolean;
}

const maxLineLength = 600;
/** The number of artifacts that are not verified and shown with all details. */
const maxFailures = 100;
/** The number of verified artifacts, and of others, that are listed. */
const maxListed = 1000;

const colours = { pass: 32, fail: 31, 'not-checked': 33 } as const;
const words = { pass: 'pass', fail: 'FAIL', 'not-checked': 'not checked' } as const;

/** The style of a text. */
interface Style {
  readonly verbose: boolean;
  readonly paint: (text: string, outcome: Criterion['outcome']) => string;
  /** Returns the lines about a failure; none if it is given elsewhere. */
  readonly reason: (failure: CountersignError) => readonly string[];
}

/** Returns the lines, which are safe to print whatever was found. */
export function verificationText(report: VerificationReport, options: TextOptions = {}): string {
  const { colour = false, verbose = false, errorFollows = false } = options;
  const outcomes = artifactOutcomes(report);
  const failures = outcomes.flatMap(({ failure }) => failure ?? []);
  const failed = failures.length;
  const style: Style = {
    verbose,
    paint: (text, outcome) => (colour ? `\u001b[${colours[outcome]}m${text}\u001b[0m` : text),
    reason: (failure) => (errorFollows && failed === 1 && failure === failures[0] ? [] : reasonLines(failure)),
  };
  const listed = { failed: 0, verified: 0 };
  const linesOf = (outcome: ArtifactOutcome): readonly string[] => {
    const { failure } = outcome;
    const place = failure === undefined ? ++listed.verified : ++listed.failed;
    if (place > maxListed) return [];
    if (failure === undefined) return verifiedLines(outcome, style);
    return place <= maxFailures ? failedLines(outcome, style) : [failedLine(outcome, failure, style)];
  };
  const lines = [
    ...outcomes.flatMap(linesOf),
    ...omitted(listed.failed, 'not verified'),
    ...omitted(listed.verified, 'verified'),
    ...report.warnings.map((warning) => line(`Warning: ${warning}`)),
    ...totals(outcomes.length, failed, report.skipped?.length ?? 0),
  ];
  return lines.map((text) => `${text}\n`).join('');
}

/** Returns a line with the numbers, unless there is one artifact only. */
function totals(all: number, failed: number, skipped: number): readonly string[] {
  if (all === 1 && skipped === 0) return [];
  const parts = [
    `${count(all - failed, 'artifact')} verified`,
    ...(failed === 0 ? [] : [`${failed} not verified`]),
    ...(skipped === 0 ? [] : [`${count(skipped, 'bundle')} skipped`]),
  ];
  return [parts.join(', ')];
}

/** Returns a line that counts the artifacts that are not listed, if there are any. */
function omitted(found: number, which: string): readonly string[] {
  const more = found - maxListed;
  return more <= 0 ? [] : [`… and ${count(more, 'more artifact')} ${which}`];
}

function verifiedLines(outcome: ArtifactOutcome, style: Style): readonly string[] {
  const { results } = outcome;
  const title = style.paint('Verified', 'pass');
  const unread = results.filter((result) => result.unread).length;
  const unreadable = (hint: string): readonly string[] =>
    unread === 0 ? [] : [`  unreadable: ${unread} of ${results.length}${hint}`];
  if (style.verbose)
    return [
      `${title} ${line(nameAndDigest(outcome))}`,
      ...unreadable(' (see below)'),
      ...results.flatMap((result) => resultLines(result, style)),
    ];
  const verified = results.filter((result) => result.verdict !== undefined);
  const [verdict] = verified.flatMap((result) => result.verdict ?? []);
  const sentence = verdict === undefined ? '' : `: ${verdictSentence(verdict)}`;
  return [
    `${title} ${line(`${shortName(outcome)}${sentence}`)}`,
    ...verified.flatMap(({ part }) => (part === undefined ? [] : [line(`  ${partText(part)}`)])),
    ...unreadable(''),
    ...releaseLines(verdict),
  ];
}

/** Returns the commit and the files of a release that was verified as a whole: they are what its attestation is about. */
function releaseLines(verdict: Verdict | undefined): readonly string[] {
  if (verdict?.content.kind !== 'release') return [];
  const claims = releaseClaims(verdict.content.release).filter(([name]) => name === 'commit' || name === 'asset');
  return claims.map(([name, value]) => line(`  ${name.padEnd('commit'.length)} ${shownText(value, 400)}`));
}

function failedLines(outcome: ArtifactOutcome, style: Style): readonly string[] {
  return [
    `${style.paint('NOT VERIFIED', 'fail')} ${line(nameAndDigest(outcome))}`,
    ...outcome.results.flatMap((result) => resultLines(result, style)),
  ];
}

function failedLine(outcome: ArtifactOutcome, { code, message }: CountersignError, { paint }: Style): string {
  return `${paint('NOT VERIFIED', 'fail')} ${line(nameAndDigest(outcome))} ${code}: ${line(shownText(message, 200))}`;
}

/** Returns the name with what identifies the artifact: for an image, the reference to deploy. */
function nameAndDigest({ artifact, digest, image }: ArtifactOutcome): string {
  const known = image?.reference ?? digest;
  return `${shownText(artifact, 300)}${known === undefined || known === artifact ? '' : ` (${known})`}`;
}

/** Returns the name, with the digest only if the name alone does not tell the reader what was verified: of images and standard input. */
function shortName(outcome: ArtifactOutcome): string {
  const { artifact, image } = outcome;
  return image === undefined && artifact !== '-' ? shownText(artifact, 300) : nameAndDigest(outcome);
}

function resultLines(
  { bundle, part, unread, criteria, verdict, failure }: VerificationResult,
  style: Style,
): readonly string[] {
  const width = Math.max(...criteria.map((criterion) => criterionTitle(criterion).length));
  return [
    ...(part === undefined ? [] : [line(`  ${partText(part)}`)]),
    ...(bundle === undefined ? [] : [line(`  ${unread ? 'unreadable' : 'bundle'} ${shownText(bundle, 300)}`)]),
    ...criteria.map((criterion) => criterionLine(criterion, width, style)),
    ...(verdict === undefined
      ? []
      : [
          ...claimLines(`  ${certifiedTitle(verdict)}:`, certifiedClaims(verdict)),
          ...claimLines(`  ${statedTitle}:`, statedClaims(verdict)),
        ]),
    ...(failure === undefined ? [] : style.reason(failure)),
  ];
}

function reasonLines({ code, message, remedy }: CountersignError): readonly string[] {
  return [
    line(`  ${code}: ${shownText(message, 500)}`),
    ...(remedy === undefined ? [] : remedy.split('\n').map((text) => line(`  ${text}`))),
  ];
}

function criterionLine(criterion: Criterion, titleWidth: number, { paint }: Style): string {
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
  const width = Math.max(...claims.map(([name]) => name.length));
  return [title, ...claims.map(([name, value]) => `    ${line(name.padEnd(width))} ${line(shownText(value, 400))}`)];
}

/** Makes untrusted text a single line. */
function line(text: string): string {
  const [indent = ''] = /^ */.exec(text) ?? [];
  return `${indent}${shownText(text.slice(indent.length), maxLineLength)}`;
}
