/** Builds the step outputs of a verification. */

import { maxOutputLength } from './outputs.ts';
import { type ArtifactOutcome, artifactOutcomes, type VerificationReport } from './verification-report.ts';

/**
 * Every artifact, as JSON: an array, or where that would be too long for GitHub, `{"truncated":true,"count":…,"report":"…"}`.
 *
 * @param reportPath where all of it is
 */
export function resultsJson(report: VerificationReport, reportPath: string | undefined): string {
  const outcomes = artifactOutcomes(report);
  const items: string[] = [];
  let length = 1;
  for (const outcome of outcomes) {
    const item = JSON.stringify(resultJson(outcome));
    length += item.length + 1;
    if (length > maxOutputLength)
      return JSON.stringify({ truncated: true, count: outcomes.length, report: reportPath ?? null });
    items.push(item);
  }
  return `[${items.join(',')}]`;
}

/** The names of those that signed what is verified; as many as fit. */
export function identitiesJson(report: VerificationReport): string {
  const outcomes = artifactOutcomes(report).filter(({ failure }) => failure === undefined);
  const identities = new Set(outcomes.flatMap((outcome) => signerOf(outcome)?.subjectAlternativeName ?? []));
  const fitting: string[] = [];
  let length = 1;
  for (const identity of identities) {
    length += JSON.stringify(identity).length + 1;
    if (length > maxOutputLength / 5) break;
    fitting.push(identity);
  }
  return JSON.stringify(fitting);
}

/** Every image, as JSON: what it was named, and what may be deployed if it is verified. Nothing where they are too many. */
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
  const json = JSON.stringify(images);
  return json.length > maxOutputLength ? '[]' : json;
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
