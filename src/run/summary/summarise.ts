/** Draws a summary from the report of a verification. */

import { basename, isAbsolute } from 'node:path';
import { parseCommit, parseDigest, type SubjectDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import type { SignerPolicy } from '../../core/policy/index.ts';
import { maxSubjects, type StatementSubject, trackOf, unevaluated } from '../../core/statement/index.ts';
import {
  type ArtifactOutcome,
  artifactOutcomes,
  resultsByPart,
  type VerificationReport,
  type VerificationResult,
} from '../../report/index.ts';
import { type Resource, relativeUri, type VerifiedLevels, verifiedLevels } from '../../sign/predicates/index.ts';
import { provenLevel } from './proven-level.ts';

/** The result of a verification. */
export interface Summary {
  /** The artifacts, with the digests that were checked. */
  readonly subjects: readonly StatementSubject[];
  /** The bundles that were used; `undefined` if the digest of one of them is not known. */
  readonly inputs: readonly Resource[] | undefined;
  readonly outcome: { readonly kind: 'passed'; readonly levels: VerifiedLevels } | { readonly kind: 'failed' };
}

/** Reports whether any artifact is not verified. */
export function hasFailed(report: VerificationReport): boolean {
  return !artifactOutcomes(report).every(isVerified);
}

/**
 * Returns the summary: passed, about all artifacts, if every one of them is verified; otherwise failed, about those that are not. Of those,
 * it leaves out any whose digest is not known.
 *
 * @param failedDigests the digests of artifacts that failed before they were read, by the names of the artifacts
 * @param stated levels and properties that the verifier adds. A level replaces the proven one of its track
 * @returns `undefined` if it would be about nothing
 * @throws CountersignError `LIMIT_EXCEEDED` for more artifacts than a statement has subjects
 */
export function summarise(
  report: VerificationReport,
  policy: SignerPolicy,
  stated: VerifiedLevels,
  failedDigests: ReadonlyMap<string, SubjectDigest>,
): Summary | undefined {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter((outcome) => !isVerified(outcome));
  const passed = failed.length === 0;
  const about = (passed ? outcomes : failed).flatMap((outcome) => {
    const late = passed ? undefined : failedDigests.get(outcome.artifact);
    const digests = late === undefined ? digestsOf(outcome) : [late];
    return digests.length === 0 ? [] : [{ outcome, subject: { name: shownName(outcome), digests } }];
  });
  if (about.length === 0) return undefined;
  if (about.length > maxSubjects)
    fail('LIMIT_EXCEEDED', `a summary of ${about.length} artifacts exceeds the limit of ${maxSubjects}`, {
      remedy: 'Verify the artifacts in several runs.',
    });
  return {
    subjects: about.map(({ subject }) => subject),
    inputs: inputsOf(
      about.map(({ outcome }) => outcome),
      passed,
    ),
    outcome: passed ? { kind: 'passed', levels: levelsOf(provenByAll(outcomes, policy), stated) } : { kind: 'failed' },
  };
}

function isVerified({ failure, results }: ArtifactOutcome): boolean {
  return failure === undefined && results.some(({ verdict }) => verdict !== undefined);
}

/** Returns the digests that signatures were verified over, and the one that reports show. All are of the same bytes: not those of platforms. */
function digestsOf({ digest, results }: ArtifactOutcome): readonly SubjectDigest[] {
  const verified = results.flatMap(({ part, verdict }) => (part === undefined ? (verdict?.content.digest ?? []) : []));
  const all = [
    ...(digest === undefined ? [] : [digest.startsWith('gitCommit:') ? parseCommit(digest) : parseDigest(digest)]),
    ...verified,
  ];
  return [...new Map(all.map((one) => [one.algorithm, one])).values()];
}

/** Returns the name of the subject: of an image without a tag, and of a file outside of the current folder without its folders. */
function shownName({ artifact, image }: ArtifactOutcome): string {
  if (image !== undefined) return image.reference?.replace(/@[^@]*$/, '') ?? basename(artifact);
  return isAbsolute(artifact) || /^\.\.(?:[/\\]|$)/.test(artifact) ? basename(artifact) : artifact;
}

/** Returns the bundles: those that verify an artifact, or all that were examined for one that failed. */
function inputsOf(outcomes: readonly ArtifactOutcome[], passed: boolean): readonly Resource[] | undefined {
  const used = outcomes.flatMap(({ results, image }) =>
    results
      .filter(({ verdict, bundle }) => (passed ? verdict !== undefined : bundle !== undefined))
      .map((result) => ({ ...result, isAttached: image !== undefined })),
  );
  const inputs = new Map<string, Resource>();
  for (const { bundle = '', bundleDigest: digest, isAttached } of used) {
    if (digest === undefined) return undefined;
    const uri = relativeUri(isAttached || !isAbsolute(bundle) ? bundle : basename(bundle));
    inputs.set(bundle, { uri, digest });
  }
  return [...inputs.values()];
}

/** Returns the highest level that is proven of every artifact, and of every platform of an image that its platforms verify. */
function provenByAll(outcomes: readonly ArtifactOutcome[], policy: SignerPolicy): number {
  const best = (results: readonly VerificationResult[]): number =>
    Math.max(0, ...results.flatMap(({ verdict }) => (verdict === undefined ? [] : [provenLevel(verdict, policy)])));
  return Math.min(
    ...outcomes.flatMap(({ results }) => {
      const parts = resultsByPart(results);
      return (parts.length === 0 ? [results] : parts).map(best);
    }),
  );
}

function levelsOf(proven: number, stated: VerifiedLevels): VerifiedLevels {
  if (stated.some((level) => trackOf(level) === 'BUILD')) return stated;
  return verifiedLevels([proven === 0 ? unevaluated('BUILD') : `SLSA_BUILD_LEVEL_${proven}`, ...stated], 'vsa-level');
}
