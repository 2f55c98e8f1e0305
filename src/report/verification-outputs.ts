/** Builds the step outputs of a verification. */

import { type ArtifactOutcome, artifactOutcomes, type VerificationReport } from './verification-report.ts';

/** Every artifact, as a JSON list. */
export function resultsJson(report: VerificationReport): string {
  return `[${artifactOutcomes(report)
    .map((outcome) => JSON.stringify(resultJson(outcome)))
    .join(',')}]`;
}

/** The names of those that signed what is verified, once each. */
export function identities(report: VerificationReport): readonly string[] {
  const outcomes = artifactOutcomes(report).filter(({ failure }) => failure === undefined);
  return [...new Set(outcomes.flatMap((outcome) => signerOf(outcome)?.subjectAlternativeName ?? []))];
}

/** Every image, as a JSON list: its name as it was given, and what may be deployed if it is verified. */
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

/** `registry/name@sha256:…` of the one image that there is, if it is verified; else nothing, so that nothing is deployed. */
export function verifiedImage(report: VerificationReport): string {
  const [only, ...others] = artifactOutcomes(report).filter(({ image }) => image !== undefined);
  return others.length === 0 && only?.failure === undefined ? (only?.image?.reference ?? '') : '';
}

function resultJson(outcome: ArtifactOutcome): object {
  const { artifact, digest, results, failure } = outcome;
  const signer = signerOf(outcome);
  const shown = results.find(({ verdict }) => verdict !== undefined) ?? results[0];
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

/** Of the first bundle that verifies; a key has no name. */
function signerOf({
  results,
}: ArtifactOutcome): { readonly subjectAlternativeName: string; readonly issuer: string | undefined } | undefined {
  for (const { verdict } of results) {
    if (verdict?.signer.kind === 'identity') return verdict.signer.identity;
  }
  return undefined;
}
