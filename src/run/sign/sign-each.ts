/** Signs a bundle for each subject: a message signature for a file, and a statement for an image. */

import { type Digest, formatDigest, toDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { artifactOfDigest, type Bundle } from '../../core/verify/index.ts';
import { concurrently } from '../../node/index.ts';
import { imageSignature } from '../../sign/index.ts';
import { digestToSign, type Subject } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { type SigningPlan, signAttestation } from './attest.ts';
import type { SignedSubject, UnsignedSubject } from './receipt.ts';
import { signBundle, verifyExisting } from './sign-bundle.ts';

/**
 * Signs every subject, and yields the results as they are ready. A failure does not affect the others, except that after an outage that
 * used up the retry budget no further subject is tried.
 */
export async function* signEach(plan: SigningPlan, world: World): AsyncGenerator<SignedSubject | UnsignedSubject> {
  let outage: CountersignError | undefined;
  yield* concurrently(plan.subjects, plan.concurrency, async (subject) => {
    if (outage !== undefined) return { subject, error: outage };
    try {
      return await signOne(subject, plan, world);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      if (stopsRun(error)) outage = error;
      return { subject, error };
    }
  });
}

/** Reports whether a failure would be that of every further subject. A folder that cannot be written is that of some. */
function stopsRun({ kind, code, cause }: CountersignError): boolean {
  return (
    kind === 'unavailable' || code === 'NETWORK_UNAVAILABLE' || /^(?:ENOSPC|EDQUOT)$/.test(systemCode(cause) ?? '')
  );
}

async function signOne(subject: Subject, plan: SigningPlan, world: World): Promise<SignedSubject> {
  const { bundlePaths, signing } = plan;
  const bundlePath = bundlePaths.get(subject) ?? fail('DELIVERY_FAILED', `no place for the bundle of ${subject.name}`);
  if (subject.kind === 'image') {
    const hashed = [{ subject, digest: subject.digest }];
    const signed = await signAttestation(hashed, bundlePath, signing, imageSignature, world);
    return { subject, digest: subject.digest, bundlePath, ...signed };
  }
  const digest =
    subject.kind === 'file' ? await digestToSign(world.files, subject) : sha256Of(subject.digest, subject.origin);
  const isSame = ({ kind }: Bundle['content']): boolean => kind === 'message-signature';
  const existing = await verifyExisting({ path: bundlePath, artifact: digest, isSame }, signing, world);
  if (existing !== undefined) return { subject, digest, bundlePath, verdict: existing, resumed: true };
  const sign = () => signing.session.signArtifact(digest);
  const request = { path: bundlePath, artifact: artifactOfDigest(digest), isSame, sign };
  return { subject, digest, bundlePath, verdict: await signBundle(request, signing, world), resumed: false };
}

/** Returns the SHA-256 digest to sign: a message signature is over the digest itself, and an ephemeral key signs SHA-256. */
function sha256Of(digest: Digest, origin: string): Digest<'sha256'> {
  if (digest.algorithm === 'sha256') return toDigest('sha256', digest.bytes);
  return fail('USAGE', `${origin}: ${formatDigest(digest)} cannot be signed by itself; only SHA-256 digests can`, {
    remedy: 'Set `bundle-format: attestation`: a statement holds digests of any kind.',
  });
}
