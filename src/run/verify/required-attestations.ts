/** Demands further attestations of an artifact that is verified: each by a signer whom the policy accepts. */

import { type Digest, formatDigest, parseDigest } from '../../core/crypto/index.ts';
import { CountersignError, type ErrorCode } from '../../core/errors/index.ts';
import { type Expectation, meets } from '../../core/policy/index.ts';
import type { Criterion } from '../../core/verify/index.ts';
import { resultsByPart, type VerificationResult, worstOf } from '../../report/index.ts';
import type { RequiredAttestation } from '../policy/index.ts';
import type { BundlePool } from './bundle-pool.ts';
import type { RootPolicy } from './pool-examination.ts';
import type { KnownImage, Verifiable } from './verifiable.ts';

/** Examines the bundles of an artifact for statements of a type, by the same signers as the policy accepts. */
export type ExamineType = (artifact: Verifiable, type: Expectation) => Promise<readonly VerificationResult[]>;

/** Returns the policies under which a statement of a type counts. It may have any subject name and any contents. */
export function policiesOfType(roots: readonly RootPolicy[], predicateType: Expectation): readonly RootPolicy[] {
  return roots.map(({ choice, policy }) => {
    const { provenance } = policy.content;
    return { choice, policy: { ...policy, content: { predicateType, ...(provenance && { provenance }) } } };
  });
}

/**
 * Returns the artifact in a form that can be examined several times: an image whose tag is resolved once, and whose bundles and those of
 * its platforms are fetched once.
 */
export function repeatable(artifact: Verifiable): Verifiable {
  if (artifact.kind !== 'image') return artifact;
  const resolve = once(async (): Promise<KnownImage> => {
    const known = await artifact.resolve();
    const below = new Map<string, () => Promise<BundlePool>>();
    const attachedTo = (digest: Digest): Promise<BundlePool> => {
      const key = formatDigest(digest);
      const fetch = below.get(key) ?? once(() => known.attachedTo(digest));
      below.set(key, fetch);
      return fetch();
    };
    return { ...known, attached: once(known.attached), attachedTo };
  });
  return { ...artifact, resolve };
}

function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let started: Promise<Value> | undefined;
  return () => {
    started ??= work();
    return started;
  };
}

/**
 * Returns the results of an artifact with a criterion for each required attestation. If one is missing, no bundle verifies the artifact.
 *
 * @param artifact the artifact, as {@link repeatable} returns it
 */
export async function withAttestations(
  artifact: Verifiable,
  results: readonly VerificationResult[],
  required: readonly RequiredAttestation[],
  examine: ExamineType,
): Promise<readonly VerificationResult[]> {
  const first = results.find(({ verdict }) => verdict !== undefined);
  if (first?.digest === undefined) return results;
  const { digest } = first;
  const again = examinedAgain(artifact, digest);
  const criteria: Criterion[] = [];
  for (const one of required) criteria.push(await demand(one, results, digest, (type) => examine(again, type)));
  const failure = criteria.find((criterion) => criterion.failure !== undefined)?.failure;
  return results.map((result) => {
    if (result.verdict === undefined) return result;
    const all = [...result.criteria, ...criteria];
    return failure === undefined
      ? { ...result, criteria: all }
      : { ...result, criteria: all, verdict: undefined, failure };
  });
}

/** Returns the artifact for further examinations. A stream has been read, and is known by its digest. */
function examinedAgain(artifact: Verifiable, digest: string): Verifiable {
  return artifact.kind === 'stream' ? { kind: 'digest', name: artifact.name, digest: parseDigest(digest) } : artifact;
}

async function demand(
  { type, expected }: RequiredAttestation,
  results: readonly VerificationResult[],
  digest: string,
  examine: (type: Expectation) => Promise<readonly VerificationResult[]>,
): Promise<Criterion> {
  const criterion = { name: 'attestation', about: undefined, expected: type } as const;
  const known = [...results];
  for (const next of [undefined, ...expected]) {
    // A file that was changed in between is another artifact.
    if (next !== undefined) known.push(...(await examine(next)).filter((result) => result.digest === digest));
    const found = statedFor(known, expected);
    if (found !== undefined) return { ...criterion, outcome: 'pass', found, failure: undefined };
  }
  const failure = missing(type, known.slice(results.length));
  return { ...criterion, outcome: 'fail', found: failure.message, failure };
}

/**
 * Returns the bundle and the type of a verified statement of one of these types, about the artifact as a whole; otherwise that about the
 * first of its platforms, if there is one about each of them.
 */
function statedFor(results: readonly VerificationResult[], expected: readonly Expectation[]): string | undefined {
  const statedBy = (some: readonly VerificationResult[]): string | undefined =>
    some.map((result) => statedIn(result, expected)).find((found) => found !== undefined);
  const whole = statedBy(results.filter(({ part }) => part === undefined));
  if (whole !== undefined) return whole;
  const platforms = resultsByPart(results).map(statedBy);
  return platforms.every((found) => found !== undefined) ? platforms[0] : undefined;
}

/** Returns the bundle and the type of a verified statement of one of these types. */
function statedIn({ bundle, verdict }: VerificationResult, expected: readonly Expectation[]): string | undefined {
  if (verdict?.content.kind !== 'dsse-envelope') return undefined;
  const { predicateType } = verdict.content.statement;
  return expected.some((one) => meets(one, predicateType)) ? `${predicateType} in ${bundle ?? 'a bundle'}` : undefined;
}

/** The codes of bundles that are no attestation of the type, or not about the artifact. */
const others: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'PREDICATE_TYPE_MISMATCH',
  'ARTIFACT_MISMATCH',
  'BUNDLE_MISSING',
]);

function missing(type: string, refused: readonly VerificationResult[]): CountersignError {
  // A bundle of the type that was refused is the likely reason.
  const near = refused.filter(({ failure, criteria }) => {
    const isType = criteria.some(({ name, outcome }) => name === 'predicate-type' && outcome === 'pass');
    return failure !== undefined && (isType || (criteria.length === 0 && !others.has(failure.code)));
  });
  const cause = worstOf(near.map(({ failure }) => failure));
  const bundle = near.find(({ failure }) => failure === cause)?.bundle;
  return new CountersignError(
    'ATTESTATION_MISSING',
    `there is no ${type} attestation by an accepted signer${cause === undefined ? '' : `; ${bundle ?? 'a bundle'}: ${cause.message}`}`,
    {
      ...(cause !== undefined && { cause }),
      remedy:
        'Check that the attestation is next to the artifact, attached to the image, or among the specified bundles.',
    },
  );
}
