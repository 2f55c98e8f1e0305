/** One statement about all subjects of a run. */

import { CountersignError, fail } from '../../core/errors/index.ts';
import { maxSubjects } from '../../core/statement/index.ts';
import type { Places } from '../../deliver/index.ts';
import { attestationPaths } from '../../deliver/index.ts';
import { concurrently } from '../../node/index.ts';
import { digestFile, type Subject } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import type { Claim, HashedSubject } from './attest-together.ts';
import { attestTogether } from './attest-together.ts';
import type { SigningPlan } from './sign-each.ts';
import type { SignedSubject, UnsignedSubject } from './signed-subject.ts';

export interface Attestation extends Claim {
  readonly places: Places;
  /** Where the one bundle goes, where that was said. */
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
    const { verdict, resumed } = await attestTogether(hashed, bundlePath, plan.signing, attestation, world);
    for (const { subject, digest } of hashed) yield { subject, digest, bundlePath, verdict, resumed };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    for (const { subject } of hashed) yield { subject, error };
  }
}
