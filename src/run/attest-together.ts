/** One statement about subjects whose digests are known: signed, verified, written. */

import { dirname } from 'node:path';
import { writeBundle } from '../core/bundle/index.ts';
import { type Digest, formatDigest } from '../core/crypto/index.ts';
import type { JsonObject } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { writeStatement } from '../core/statement/index.ts';
import { artifactOfDigest, readBundle, type Verdict, verify } from '../core/verify/index.ts';
import { deliverFile, demandDeliverable } from '../deliver/index.ts';
import type { Subject } from '../subject/index.ts';
import { verifyExisting } from './existing-bundle.ts';
import type { SigningPlan } from './sign-each.ts';
import type { World } from './world.ts';

/** What is said of the subjects. */
export interface Claim {
  readonly predicateType: string;
  readonly predicate: JsonObject;
}

export interface HashedSubject {
  readonly subject: Subject;
  readonly digest: Digest;
}

/**
 * Signs a statement about these subjects and no others, and writes the bundle; or finds that an earlier run did.
 *
 * @param path where the bundle goes, or is
 * @throws CountersignError those of signing and verifying; `ARTIFACT_MISMATCH` if what was signed is about other subjects
 */
export async function attestTogether(
  hashed: readonly HashedSubject[],
  path: string,
  { session, trust, policy }: Pick<SigningPlan, 'session' | 'trust' | 'policy'>,
  { predicate, predicateType }: Claim,
  world: World,
): Promise<{ readonly verdict: Verdict; readonly resumed: boolean }> {
  const artifact = hashed[0]?.digest ?? fail('SUBJECT_MISSING', 'nothing to attest');
  const existing = await verifyExisting({ path, artifact, trust, policy }, world);
  if (existing !== undefined && isAbout(existing, hashed, predicateType)) return { verdict: existing, resumed: true };

  // A log would keep for ever what could not be kept here.
  await demandDeliverable(world.files, dirname(path));
  const subjects = hashed.map(({ subject, digest }) => ({ name: subject.name, digests: [digest] }));
  const { bundle } = await session.signStatement(writeStatement({ subjects, predicateType, predicate }));
  // What is verified is the text that is written, read as a stranger would read it.
  const text = writeBundle(bundle);
  const verdict = await verify(readBundle(text), artifactOfDigest(artifact), trust, policy, world.clock());
  if (!isAbout(verdict, hashed, predicateType))
    fail('ARTIFACT_MISMATCH', 'the statement that was signed is not about these subjects');
  await deliverFile(world.files, world.random, path, `${text}\n`);
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
