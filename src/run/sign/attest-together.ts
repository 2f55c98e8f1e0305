/** One statement about subjects whose digests are known: signed, verified, written. */

import type { Digest } from '../../core/crypto/index.ts';
import type { JsonObject } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { writeStatement } from '../../core/statement/index.ts';
import { artifactOfDigest, type Verdict } from '../../core/verify/index.ts';
import type { Subject } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { verifyExisting } from './existing-bundle.ts';
import type { Signing } from './open-signing.ts';
import { holdsStatement, signBundle } from './sign-bundle.ts';

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
 * Signs a statement about these subjects and no others, and writes the bundle; or finds that an earlier attempt of this run did.
 *
 * @param path where the bundle goes, or is
 * @throws CountersignError those of signing and verifying; `ARTIFACT_MISMATCH` if another statement was signed
 */
export async function attestTogether(
  hashed: readonly HashedSubject[],
  path: string,
  signing: Signing,
  { predicate, predicateType }: Claim,
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
