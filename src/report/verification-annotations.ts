/** Builds the annotations of a verification: an error for each artifact that is not verified, and one notice for the others. */

import { type Annotation, annotation, limited } from './annotations.ts';
import { count, shownText } from './shorten.ts';
import { type ArtifactOutcome, artifactOutcomes, type VerificationReport } from './verification-report.ts';
import { signerNames } from './verified-claims.ts';

export type VerificationAnnotation = Annotation<'error' | 'warning' | 'notice'>;

const maxSigners = 3;

export function verificationAnnotations(report: VerificationReport): readonly VerificationAnnotation[] {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  const verified = outcomes.filter(({ failure }) => failure === undefined);
  return [
    ...limited<ArtifactOutcome, 'error' | 'warning' | 'notice'>(
      failed,
      (outcome) => annotation('error', outcome.failure?.code ?? '', describe(outcome)),
      (more) =>
        annotation(
          'error',
          `${more} more`,
          `${count(more, 'more artifact')} of ${outcomes.length} were not verified. See the job summary.`,
        ),
    ),
    ...limited<string, 'error' | 'warning' | 'notice'>(
      report.warnings,
      (warning) => annotation('warning', 'Countersign', warning),
      (more) => annotation('warning', `${more} more`, `${count(more, 'more warning')}. See the job summary.`),
    ),
    ...(verified.length === 0 ? [] : [annotation('notice' as const, 'Countersign', describeVerified(verified))]),
  ];
}

/** Describes a failure. The message of each failed criterion has the expected and the actual value. */
function describe({ artifact, failure, results }: ArtifactOutcome): string {
  const parts = [shownText(artifact, 500), ': ', shownText(failure?.message ?? '', 2000)];
  const examined = results.filter(({ unread }) => !unread).length;
  const others = examined > 1 ? ` (${examined} bundles were checked)` : '';
  const remedy = failure?.remedy === undefined ? '' : `. ${shownText(failure.remedy.replaceAll('\n', ' '), 1000)}`;
  return `${parts.join('')}${others}${remedy}`;
}

function describeVerified(outcomes: readonly ArtifactOutcome[]): string {
  const signers = [...new Set(outcomes.flatMap(({ results }) => results.flatMap(signerNames)))];
  const more = signers.length > maxSigners ? ` and ${signers.length - maxSigners} more` : '';
  const shown = signers.slice(0, maxSigners).map((signer) => shownText(signer, 500));
  return `${count(outcomes.length, 'artifact')} verified, signed by ${shown.join(', ')}${more}`;
}
