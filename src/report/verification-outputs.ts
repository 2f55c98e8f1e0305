/** Builds the step outputs of a verification. */

import { type ArtifactOutcome, artifactOutcomes, type VerificationReport } from './verification-report.ts';

/** Returns all artifacts as a JSON list. */
export function resultsJson(report: VerificationReport): string {
  return `[${artifactOutcomes(report)
    .map((outcome) => JSON.stringify(resultJson(outcome)))
    .join(',')}]`;
}

/** Returns the identities that signed the verified artifacts, without duplicates. */
export function identities(report: VerificationReport): readonly string[] {
  const outcomes = artifactOutcomes(report).filter(({ failure }) => failure === undefined);
  return [...new Set(outcomes.flatMap((outcome) => signerOf(outcome)?.subjectAlternativeName ?? []))];
}

/** Returns all images as a JSON list, with the reference to deploy of those that are verified. */
export function imagesJson(report: VerificationReport): string {
  const images = artifactOutcomes(report).flatMap(({ artifact, digest, image, failure }) =>
    image === undefined
      ? []
      : [
          {
            image: artifact,
            verified: failure === undefined,
            reference: image.reference ?? null,
            digest: digest ?? null,
          },
        ],
  );
  return JSON.stringify(images);
}

/** Returns `registry/name@sha256:…` if exactly one image was given and it is verified; otherwise an empty text, so that nothing is deployed. */
export function verifiedImage(report: VerificationReport): string {
  const [only, ...others] = artifactOutcomes(report).filter(({ image }) => image !== undefined);
  return others.length === 0 && only?.failure === undefined ? (only?.image?.reference ?? '') : '';
}

function resultJson(outcome: ArtifactOutcome): object {
  const { artifact, digest, results, failure } = outcome;
  // Some platforms of an image may be verified that is not verified itself.
  const signer = failure === undefined ? signerOf(outcome) : undefined;
  const shown = results.find(({ verdict }) => (verdict === undefined) === (failure !== undefined)) ?? results[0];
  return {
    artifact,
    digest: digest ?? null,
    verified: failure === undefined,
    code: failure?.code ?? null,
    bundle: shown?.bundle ?? null,
    identity: signer?.subjectAlternativeName ?? null,
    issuer: signer?.issuer ?? null,
  };
}

/** Returns the signer of the first bundle that verifies. A key has no name. */
function signerOf({
  results,
}: ArtifactOutcome): { readonly subjectAlternativeName: string; readonly issuer: string | undefined } | undefined {
  for (const { verdict } of results) {
    if (verdict?.signer.kind === 'identity') return verdict.signer.identity;
  }
  return undefined;
}
