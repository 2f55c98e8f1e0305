/** Signs statements about several subjects. */

import type { Digest } from '../../core/crypto/index.ts';
import type { JsonObject } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { maxSubjects, writeStatement } from '../../core/statement/index.ts';
import { artifactOfDigest, type Verdict } from '../../core/verify/index.ts';
import { attestationPaths, type Places } from '../../deliver/index.ts';
import { concurrently } from '../../node/index.ts';
import { digestFile, type Subject } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import type { Signing } from './open-signing.ts';
import type { SignedSubject, UnsignedSubject } from './receipt.ts';
import { holdsStatement, signBundle, verifyExisting } from './sign-bundle.ts';

export interface SigningPlan {
  readonly subjects: readonly Subject[];
  readonly bundlePaths: ReadonlyMap<Subject, string>;
  readonly signing: Signing;
  /** The number of subjects that are hashed, signed and logged at once. */
  readonly concurrency: number;
}

/** The predicate of a statement. */
export interface Predicate {
  readonly predicateType: string;
  readonly predicate: JsonObject;
}

export interface HashedSubject {
  readonly subject: Subject;
  readonly digest: Digest;
}

/**
 * Signs a statement about these subjects and no others, and writes the bundle, unless an earlier attempt of this run did so.
 *
 * @param path the path of the bundle
 * @throws CountersignError those of signing and verifying; `ARTIFACT_MISMATCH` if another statement was signed
 */
export async function signAttestation(
  hashed: readonly HashedSubject[],
  path: string,
  signing: Signing,
  { predicate, predicateType }: Predicate,
  world: World,
): Promise<{ readonly verdict: Verdict; readonly resumed: boolean }> {
  const artifact = hashed[0]?.digest ?? fail('SUBJECT_MISSING', 'nothing to attest');
  const subjects = hashed.map(({ subject, digest }) => ({ name: subject.name, digests: [digest] }));
  const statement = writeStatement({ subjects, predicateType, predicate });
  const isSame = holdsStatement(statement);
  const existing = await verifyExisting({ path, artifact, isSame }, signing, world);
  if (existing !== undefined) return { verdict: existing, resumed: true };
  const sign = () => signing.session.signStatement(statement);
  const request = { path, artifact: artifactOfDigest(artifact), isSame, sign };
  return { verdict: await signBundle(request, signing, world), resumed: false };
}

export interface AttestationRequest extends Predicate {
  readonly places: Places;
  /** The path of the one bundle, if it was given. */
  readonly bundlePath: string | undefined;
}

/** Reading overlaps with hashing, which is one thread's work: more at once would only hold more memory. */
const hashedAtOnce = 2;

/**
 * Hashes every subject and signs statements about them, each about as many as a verifier reads. A subject that cannot be
 * hashed is left out of the statement, and reported.
 */
export async function* attestAll(
  plan: Omit<SigningPlan, 'bundlePaths'>,
  attestation: AttestationRequest,
  world: World,
): AsyncGenerator<SignedSubject | UnsignedSubject> {
  const hashed: HashedSubject[] = [];
  for await (const result of concurrently(plan.subjects, hashedAtOnce, (subject) => hash(subject, world))) {
    if ('error' in result) yield result;
    else hashed.push(result);
  }
  const order = new Map(plan.subjects.map((subject, index) => [subject, index]));
  hashed.sort((a, b) => (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0));
  const paths = choosePaths(Math.ceil(hashed.length / maxSubjects), plan.subjects, attestation);
  for (const [number, path] of paths.entries()) {
    const part = hashed.slice(number * maxSubjects, (number + 1) * maxSubjects);
    yield* attestBatch(part, path, plan, attestation, world);
  }
}

function choosePaths(
  count: number,
  subjects: readonly Subject[],
  { bundlePath, places }: AttestationRequest,
): readonly string[] {
  if (bundlePath === undefined) return attestationPaths(count, subjects, places);
  if (count <= 1) return [bundlePath];
  return fail('USAGE', `one bundle was named; ${subjects.length} subjects need ${count}`, {
    remedy: 'Name a folder for the bundles.',
  });
}

async function hash(subject: Subject, { files }: World): Promise<HashedSubject | UnsignedSubject> {
  try {
    return { subject, digest: subject.kind === 'file' ? await digestFile(files, subject, 'sha256') : subject.digest };
  } catch (error) {
    if (error instanceof CountersignError) return { subject, error };
    throw error;
  }
}

async function* attestBatch(
  hashed: readonly HashedSubject[],
  bundlePath: string,
  plan: Omit<SigningPlan, 'bundlePaths'>,
  attestation: AttestationRequest,
  world: World,
): AsyncGenerator<SignedSubject | UnsignedSubject> {
  try {
    const { verdict, resumed } = await signAttestation(hashed, bundlePath, plan.signing, attestation, world);
    for (const { subject, digest } of hashed) yield { subject, digest, bundlePath, verdict, resumed };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    for (const { subject } of hashed) yield { subject, error };
  }
}
