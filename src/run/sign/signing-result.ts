/** The results of a signing run. */

import type { Digest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { Verdict, VerifiedSigner } from '../../core/verify/index.ts';
import type { LogOutage } from '../../sign/index.ts';
import { type Subject, subjectName } from '../../subject/index.ts';
import type { Instance } from '../world/index.ts';

/** A subject that was signed: its bundle has been verified, and is on disk. */
export interface SignedSubject {
  readonly subject: Subject;
  readonly digest: Digest;
  readonly bundlePath: string;
  readonly verdict: Verdict;
  /** The outages because of which the bundle lacks log entries, or has entries of another log. */
  readonly outages: readonly LogOutage[];
  /** True if the bundle was already there, from an earlier run, and still verified. */
  readonly resumed: boolean;
}

/** A subject that was not signed, and why. */
export interface UnsignedSubject {
  readonly subject: Subject;
  readonly error: CountersignError;
}

/** One bundle per subject, or one statement about all of them. */
export type BundleFormat = 'per-file' | 'attestation';

/** The result of a run: what was signed is kept, even if other subjects failed. */
export interface SigningResult {
  readonly instance: Instance;
  readonly format: BundleFormat;
  /** In the order of the subjects' names. */
  readonly signed: readonly SignedSubject[];
  readonly unsigned: readonly UnsignedSubject[];
  /** The names of bundles and manifests that patterns matched, and that were not signed. */
  readonly leftOut: readonly string[];
  /** The next steps with the files for a package registry. */
  readonly packageNotices?: readonly string[];
}

/** Returns the signer of a bundle of a run, whose policy gives the issuer of the identity. */
export function signedBy({
  signer,
}: Verdict): Extract<VerifiedSigner, { kind: 'identity' }> & { readonly identity: { readonly issuer: string } } {
  if (signer.kind !== 'identity') fail('IDENTITY_MISMATCH', 'the bundle was signed with a long-lived key');
  const { issuer = '' } = signer.identity;
  return { ...signer, identity: { ...signer.identity, issuer } };
}

/** Returns the earliest of the verified times. */
export function signedAt({ times }: Verdict): Date {
  return new Date(Math.min(...times.map(({ time }) => time.getTime())));
}

/**
 * Demands that every subject was signed.
 *
 * @throws CountersignError that of {@link incompleteness}
 */
export function demandComplete(result: SigningResult, options: { readonly listed?: boolean } = {}): void {
  const failure = incompleteness(result, options);
  if (failure !== undefined) throw failure;
}

/**
 * Returns the error of a run in which a subject was not signed, with the code of the first failure, and the number of such subjects.
 *
 * @param listed true if each failure is reported already: the error then only counts them
 */
export function incompleteness(
  { signed, unsigned }: SigningResult,
  { listed = false }: { readonly listed?: boolean },
): CountersignError | undefined {
  const [first] = unsigned;
  if (first === undefined) return undefined;
  const { error, subject } = first;
  // A subject is there once for each attestation.
  const failed = new Set(unsigned.map((one) => one.subject));
  const others = new Set(signed.flatMap((one) => (failed.has(one.subject) ? [] : [one.subject])));
  const kept =
    others.size === 0
      ? ''
      : `The bundles of the other ${others.size} subjects were written. Run again to sign only the missing ones.`;
  const reason = listed ? '' : `; ${subjectName(subject)}: ${error.message}`;
  const remedy = [listed ? '' : (error.remedy ?? ''), kept].filter((text) => text !== '').join(' ');
  return new CountersignError(
    error.code,
    `${failed.size} of ${failed.size + others.size} subjects were not signed${reason}`,
    { cause: error, ...(remedy !== '' && { remedy }) },
  );
}
