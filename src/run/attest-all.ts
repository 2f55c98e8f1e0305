/** One statement about all subjects of a run. */

import { writeBundle } from '../core/bundle/index.ts';
import { type Digest, formatDigest } from '../core/crypto/index.ts';
import type { JsonObject } from '../core/encoding/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import { maxSubjects, writeStatement } from '../core/statement/index.ts';
import { artifactOfDigest, readBundle, type Verdict, verify } from '../core/verify/index.ts';
import { attestationPaths, type Places, writeAtomically } from '../deliver/index.ts';
import { concurrently } from '../sign/index.ts';
import { digestFile, type Subject } from '../subject/index.ts';
import { verifyExisting } from './existing-bundle.ts';
import type { SigningPlan } from './sign-each.ts';
import type { SignedSubject, UnsignedSubject } from './signed-subject.ts';
import type { World } from './world.ts';

export interface Attestation {
  readonly predicateType: string;
  readonly predicate: JsonObject;
  readonly places: Places;
  /** Where the one bundle goes, where that was said. */
  readonly bundlePath: string | undefined;
}

interface HashedSubject {
  readonly subject: Subject;
  readonly digest: Digest;
}

/** Reading overlaps with hashing, which is one thread's work: more at once would only hold more memory. */
const hashedAtOnce = 2;

/**
 * Hashes every subject and signs statements about them, each about as many as a verifier reads. A subject that cannot be
 * hashed is left out of the statement, and reported.
 */
export async function* attestAll(
  plan: Omit<SigningPlan, 'bundlePaths'>,
  attestation: Attestation,
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
    yield* attest(part, path, plan, attestation, world);
  }
}

function choosePaths(
  count: number,
  subjects: readonly Subject[],
  { bundlePath, places }: Attestation,
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

async function* attest(
  hashed: readonly HashedSubject[],
  bundlePath: string,
  plan: Omit<SigningPlan, 'bundlePaths'>,
  attestation: Attestation,
  world: World,
): AsyncGenerator<SignedSubject | UnsignedSubject> {
  try {
    const { verdict, resumed } = await attestTogether(hashed, bundlePath, plan, attestation, world);
    for (const { subject, digest } of hashed) yield { subject, digest, bundlePath, verdict, resumed };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    for (const { subject } of hashed) yield { subject, error };
  }
}

async function attestTogether(
  hashed: readonly HashedSubject[],
  path: string,
  { session, trust, policy }: Omit<SigningPlan, 'bundlePaths'>,
  { predicate, predicateType }: Attestation,
  world: World,
): Promise<{ readonly verdict: Verdict; readonly resumed: boolean }> {
  const artifact = hashed[0]?.digest ?? fail('SUBJECT_MISSING', 'nothing to attest');
  const existing = await verifyExisting({ path, artifact, trust, policy }, world);
  if (existing !== undefined && isAbout(existing, hashed, predicateType)) return { verdict: existing, resumed: true };

  const subjects = hashed.map(({ subject, digest }) => ({ name: subject.name, digests: [digest] }));
  const { bundle } = await session.signStatement(writeStatement({ subjects, predicateType, predicate }));
  const text = writeBundle(bundle);
  const verdict = await verify(readBundle(text), artifactOfDigest(artifact), trust, policy, world.clock());
  if (!isAbout(verdict, hashed, predicateType))
    fail('ARTIFACT_MISMATCH', 'the statement that was signed is not about these subjects');
  await writeAtomically(world.files, world.random, path, `${text}\n`);
  return { verdict, resumed: false };
}

/** Whether a verified statement is of this type, and about just these subjects. */
function isAbout({ content }: Verdict, hashed: readonly HashedSubject[], predicateType: string): boolean {
  if (content.kind !== 'dsse-envelope' || content.statement.predicateType !== predicateType) return false;
  const line = (name: string, digests: readonly Digest[]): string =>
    JSON.stringify([name, ...digests.map(formatDigest)]);
  const stated = new Set(content.statement.subjects.map(({ name, digests }) => line(name, digests)));
  return (
    stated.size === hashed.length && hashed.every(({ subject, digest }) => stated.has(line(subject.name, [digest])))
  );
}
