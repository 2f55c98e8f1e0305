/** The values from which the reports of a verification are built: one result for each artifact and bundle. */

import type { Digest } from '../core/crypto/index.ts';
import type { CountersignError, FailureKind } from '../core/errors/index.ts';
import type { Examination } from '../core/verify/index.ts';

export interface VerificationReport {
  /** The results, grouped by artifact, in the order in which artifacts were given. */
  readonly results: readonly VerificationResult[];
  readonly warnings: readonly string[];
  /** The names of bundles that were specified together with artifacts, and are not artifacts themselves. */
  readonly skipped?: readonly string[];
}

export interface ReportedImage {
  /** `registry/name@sha256:…`, once it is known. */
  readonly reference: string | undefined;
}

/** The image of a platform, of an image that is verified by its platforms. */
export interface ReportedPart {
  /** `sha256:…` of its manifest. */
  readonly digest: string;
  /** `linux/arm64/v8`; `undefined` if nothing states it. */
  readonly platform: string | undefined;
  /** `sha256:…` of the attestation manifest that the bundle is about, if it is not about the manifest itself. */
  readonly attestationManifest: string | undefined;
}

/** One bundle of one artifact: its criteria, and the verdict or the failure. Without criteria, the verifier could not run. */
export type VerificationResult = ReportedPair & Examination;

/** One artifact, and one bundle that may be about it. */
export interface ReportedPair {
  /** The artifact as the caller named it: a path, or a digest. */
  readonly artifact: string;
  /** `sha256:…`, once it is known. */
  readonly digest: string | undefined;
  /** Only for a container image. */
  readonly image?: ReportedImage;
  /** The part of the image that the bundle is about; absent if it is about all of it. */
  readonly part?: ReportedPart;
  /** The path of the bundle, if there was one. */
  readonly bundle: string | undefined;
  /** The digest of the bundle's text, where it was read. */
  readonly bundleDigest?: Digest | undefined;
  /** True if the bundle, or a place where bundles may be, could not be read. */
  readonly unread?: boolean;
}

/** Returns the outcome of a verification that could not run: without a bundle, or with a bundle or an artifact that cannot be read. */
export function notExamined(failure: CountersignError): Examination {
  return { criteria: [], verdict: undefined, failure };
}

/** Returns the outcome for a bundle that cannot be read, or for a place that may hold one. */
export function unreadBundle(failure: CountersignError): Examination & Pick<ReportedPair, 'unread'> {
  return { ...notExamined(failure), unread: true };
}

/** The outcome for one artifact: one bundle that verifies is enough, or, for an image, one for each of its platforms. */
export interface ArtifactOutcome {
  readonly artifact: string;
  readonly digest: string | undefined;
  /** Only for a container image. */
  readonly image: ReportedImage | undefined;
  readonly results: readonly VerificationResult[];
  /** `undefined` for an artifact that is verified. */
  readonly failure: CountersignError | undefined;
}

/** The kinds of failure, from the most severe. */
const severity = [
  'invalid',
  'mismatch',
  'absent',
  'unavailable',
  'local',
  'usage',
] as const satisfies readonly FailureKind[];

export function artifactOutcomes({ results }: VerificationReport): readonly ArtifactOutcome[] {
  const grouped = new Map<string, VerificationResult[]>();
  for (const result of results) {
    const group = grouped.get(result.artifact);
    if (group === undefined) grouped.set(result.artifact, [result]);
    else group.push(result);
  }
  return [...grouped].map(([artifact, group]) => ({
    artifact,
    digest: group.find(({ digest }) => digest !== undefined)?.digest,
    image: group[0]?.image,
    results: group,
    failure: failureOf(group),
  }));
}

/** Reports whether an artifact is verified by one of its bundles, or by one for each platform. */
export function isVerified(results: readonly VerificationResult[]): boolean {
  const parts = resultsByPart(results);
  return results.some(({ part, verdict }) => part === undefined && verdict !== undefined) || isEachVerified(parts);
}

/** Reports whether there are platforms and each of them is verified. */
function isEachVerified(parts: readonly (readonly VerificationResult[])[]): boolean {
  return parts.length > 0 && parts.every((results) => results.some(({ verdict }) => verdict !== undefined));
}

/** Returns the results about each platform of an image; none of an artifact that was examined as a whole only. */
export function resultsByPart(results: readonly VerificationResult[]): readonly (readonly VerificationResult[])[] {
  const parts = new Map<string, VerificationResult[]>();
  for (const result of results) {
    const { part } = result;
    if (part !== undefined) parts.set(part.digest, [...(parts.get(part.digest) ?? []), result]);
  }
  return [...parts.values()];
}

/** Returns the most severe failure of an artifact that is not verified. Those of verified platforms are not reasons. */
function failureOf(results: readonly VerificationResult[]): CountersignError | undefined {
  if (isVerified(results)) return undefined;
  const missing = missingAttestation(results);
  if (missing !== undefined) return missing;
  const whole = results.filter(({ part }) => part === undefined);
  const parts = resultsByPart(results).filter((one) => !isEachVerified([one]));
  return worstOf([...whole, ...parts.flat()].map(({ failure }) => failure));
}

/** Returns the failure of an artifact that a bundle would verify, if it had all required attestations; other bundles do not matter then. */
function missingAttestation(results: readonly VerificationResult[]): CountersignError | undefined {
  const criteria = results.flatMap((result) => result.criteria);
  return criteria.find(({ name, failure }) => name === 'attestation' && failure !== undefined)?.failure;
}

/** Returns the most severe failure, which decides the exit code; of several equally severe ones, the first. */
export function worstOf(failures: readonly (CountersignError | undefined)[]): CountersignError | undefined {
  for (const kind of severity) {
    const found = failures.find((failure) => failure?.kind === kind);
    if (found !== undefined) return found;
  }
  return undefined;
}
