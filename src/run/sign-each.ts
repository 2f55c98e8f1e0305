/** A bundle for each subject: a signature over a file's digest, and over a statement that names an image. */

import { dirname } from 'node:path';
import { writeBundle } from '../core/bundle/index.ts';
import { type Digest, formatDigest, toDigest } from '../core/crypto/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import { artifactOfDigest, type Policy, readBundle, type TrustedRoot, verify } from '../core/verify/index.ts';
import { deliverFile, demandDeliverable } from '../deliver/index.ts';
import { concurrently } from '../node/index.ts';
import { imageSignature, type SigningSession } from '../sign/index.ts';
import { digestFile, type Subject } from '../subject/index.ts';
import { attestTogether } from './attest-together.ts';
import { verifyExisting } from './existing-bundle.ts';
import type { SignedSubject, UnsignedSubject } from './signed-subject.ts';
import type { World } from './world.ts';

export interface SigningPlan {
  readonly subjects: readonly Subject[];
  readonly bundlePaths: ReadonlyMap<Subject, string>;
  readonly session: SigningSession;
  readonly trust: TrustedRoot;
  readonly policy: Policy;
  /** How many subjects are hashed, signed and logged at once. */
  readonly concurrency: number;
}

/**
 * Signs every subject, in the order in which they are done. One that fails does not hinder the others, but for an outage: what
 * has not been begun when the retry budget is used up is not tried.
 */
export async function* signEach(plan: SigningPlan, world: World): AsyncGenerator<SignedSubject | UnsignedSubject> {
  let outage: CountersignError | undefined;
  yield* concurrently(plan.subjects, plan.concurrency, async (subject) => {
    if (outage !== undefined) return { subject, error: outage };
    try {
      return await signOne(subject, plan, world);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      if (error.kind === 'unavailable') outage = error;
      return { subject, error };
    }
  });
}

async function signOne(subject: Subject, plan: SigningPlan, world: World): Promise<SignedSubject> {
  const { bundlePaths, session, trust, policy } = plan;
  const bundlePath = bundlePaths.get(subject) ?? fail('DELIVERY_FAILED', `no place for the bundle of ${subject.name}`);
  if (subject.kind === 'image') {
    const signed = await attestTogether([{ subject, digest: subject.digest }], bundlePath, plan, imageSignature, world);
    return { subject, digest: subject.digest, bundlePath, ...signed };
  }
  const digest =
    subject.kind === 'file'
      ? await digestFile(world.files, subject, 'sha256')
      : sha256Of(subject.digest, subject.origin);
  const existing = await verifyExisting({ path: bundlePath, artifact: digest, trust, policy }, world);
  if (existing?.content.kind === 'message-signature')
    return { subject, digest, bundlePath, verdict: existing, resumed: true };

  // A log would keep for ever what could not be kept here.
  await demandDeliverable(world.files, dirname(bundlePath));
  const { bundle } = await session.signArtifact(digest);
  // What is verified is the text that is written, read as a stranger would read it.
  const text = writeBundle(bundle);
  const verdict = await verify(readBundle(text), artifactOfDigest(digest), trust, policy, world.clock());
  await deliverFile(world.files, world.random, bundlePath, `${text}\n`);
  return { subject, digest, bundlePath, verdict, resumed: false };
}

/** A message signature is over the digest itself, and an ephemeral key signs SHA-256. */
function sha256Of(digest: Digest, origin: string): Digest<'sha256'> {
  if (digest.algorithm === 'sha256') return toDigest('sha256', digest.bytes);
  return fail('USAGE', `${origin}: ${formatDigest(digest)} cannot be signed by itself; only SHA-256 digests can`, {
    remedy: 'Set `bundle-format: attestation`: a statement holds digests of any kind.',
  });
}
