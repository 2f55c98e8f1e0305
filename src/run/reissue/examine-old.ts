/** Verifies an old signature by its policy, without the evidence of what is compromised. */

import { type Digest, isHash, type SubjectDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { readStatement } from '../../core/statement/index.ts';
import { artifactOfDigest, examine, examineSimpleSigning, type Policy, type Verdict } from '../../core/verify/index.ts';
import { policyUnder, type VerifyPolicy, type VerifyTrust } from '../policy/index.ts';
import type { OldBundle } from './old-signature.ts';
import {
  type Compromised,
  demandKeyDigests,
  demandOtherKey,
  type RemainingTrust,
  withoutCompromised,
} from './without.ts';

/** The requirements on old signatures. */
export interface OldPolicy {
  readonly policy: VerifyPolicy;
  readonly trust: VerifyTrust;
  /** The time before which a signature must be proven to have existed. */
  readonly before: Date | undefined;
  readonly without: Compromised;
}

/** Examines old signatures. */
export type ExamineOld = (old: OldBundle, digests: readonly SubjectDigest[]) => Promise<Verdict>;

/**
 * Returns the function that verifies old signatures. What is compromised is taken away first, and what remains must satisfy the whole policy.
 *
 * @throws CountersignError `USAGE` for names of what no trusted root has
 */
export function openExamination({ policy, trust, before, without }: OldPolicy, clock: () => Date): ExamineOld {
  demandKeyDigests(without.keys);
  if (policy.attestations !== undefined && policy.attestations.length > 0)
    fail('USAGE', '`require-attestation` cannot be used to issue signatures again', {
      remedy: 'Omit it: each attestation is an old signature of its own.',
    });
  const roots = withoutCompromised(trust.roots, without).map((remaining) => ({
    ...remaining,
    policy: policyUnder(policy, remaining.choice),
  }));
  return async (old, digests) => {
    let first: CountersignError | undefined;
    for (const root of roots) {
      try {
        return await examineUnder(root, old, digests, { before, keys: without.keys, now: clock() });
      } catch (error) {
        if (!(error instanceof CountersignError)) throw error;
        first ??= error;
      }
    }
    throw first ?? new CountersignError('TRUSTED_ROOT_MISSING', 'there is no trusted root');
  };
}

async function examineUnder(
  { choice, policy, strip }: RemainingTrust & { readonly policy: Policy },
  old: OldBundle,
  given: readonly SubjectDigest[],
  { before, keys, now }: { readonly before: Date | undefined; readonly keys: readonly string[]; readonly now: Date },
): Promise<Verdict> {
  demandOtherKey(old.bundle, policy, keys);
  const bundle = strip(old.bundle);
  const digests = given.length > 0 ? given : [digestOf(old)];
  const { verdict, failure } =
    old.document === undefined
      ? await examine(bundle, artifactOfDigest(...digests), choice.trust, policy, now)
      : await examineSimpleSigning(bundle, old.document, imageDigest(digests), choice.trust, policy, now);
  if (failure !== undefined) throw failure;
  if (before !== undefined) demandBefore(verdict, before);
  return verdict;
}

/** Returns the digest that an old signature names itself. */
function digestOf({ bundle: { content } }: OldBundle): SubjectDigest {
  const named =
    content.kind === 'message-signature'
      ? content.messageDigest
      : readStatement(content.payload).subjects.flatMap(({ digests }) => digests)[0];
  return (
    named ??
    fail('DIGEST_UNAVAILABLE', 'the bundle does not name the digest of what it signs', {
      remedy: 'Specify the digest with the bundle in a list: `sha256:<hex> <path of the bundle>`.',
    })
  );
}

function imageDigest(digests: readonly SubjectDigest[]): Digest {
  return (
    digests.find(isHash) ??
    fail('DIGEST_UNAVAILABLE', 'the signature of an image can only be verified with the digest of the image')
  );
}

/**
 * Demands proof that a signature existed before a time. One time is enough: each is stated by a log or an authority that is trusted.
 *
 * @throws CountersignError `TIMESTAMP_MISSING` without any time; `TIMESTAMP_MISMATCH`
 */
function demandBefore({ times }: Verdict, before: Date): void {
  if (times.length === 0)
    fail('TIMESTAMP_MISSING', `nothing proves that the signature existed before ${before.toISOString()}`);
  const earliest = new Date(Math.min(...times.map(({ time }) => time.getTime())));
  // Also refuses NaN, which passes no comparison.
  if (earliest.getTime() < before.getTime()) return;
  fail(
    'TIMESTAMP_MISMATCH',
    `the signature is proven to have existed at ${earliest.toISOString()}, which is not before ${before.toISOString()}`,
    { remedy: 'Check where the artifact came from. If it is yours, sign it again with `countersign sign`.' },
  );
}
