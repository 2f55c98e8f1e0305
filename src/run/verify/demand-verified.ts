import { fail } from '../../core/errors/index.ts';
import { artifactOutcomes, type VerificationReport, worstOf } from '../../report/index.ts';

/**
 * Demands that every artifact is verified.
 *
 * @throws CountersignError the worst failure's code, saying how many artifacts are not: what is invalid before what does not match,
 *   what is absent, what is unavailable
 */
export function demandVerified(report: VerificationReport): void {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  const failure = worstOf(failed.map((outcome) => outcome.failure));
  const worst = failed.find((outcome) => outcome.failure === failure);
  if (failure === undefined || worst === undefined) return;
  const many = outcomes.length === 1 ? '' : `${failed.length} of ${outcomes.length} artifacts are not verified; `;
  fail(failure.code, `${many}${worst.artifact}: ${failure.message}`, {
    cause: failure,
    ...(failure.remedy !== undefined && { remedy: failure.remedy }),
  });
}
