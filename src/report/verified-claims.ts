/**
 * Lists the claims of a verdict, separately: those that independent parties certify, and those that the signing workflow wrote itself.
 */

import { formatDigest } from '../core/crypto/index.ts';
import type { Criterion, Verdict } from '../core/verify/index.ts';
import type { VerificationResult } from './verification-report.ts';

export type Claim = readonly [name: string, value: string];

/** `buildTrigger` is `build-trigger`, as in Fulcio's documents and in policies. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The title of {@link vouchedClaims}. */
export function verifiedTitle({ signer }: Verdict): string {
  return signer.kind === 'key' ? 'Key' : 'Certificate claims';
}

/** The title of {@link statedClaims}. */
export const statedTitle = 'Statement (written by the signer, not verified)';

/** Returns the claims in the certificate, and those of timestamp authorities and logs. */
export function vouchedClaims({ signer, times, logEntries }: Verdict): readonly Claim[] {
  const who: readonly Claim[] =
    signer.kind === 'key'
      ? [['key', `the given ${signer.publicKey.kind} key`]]
      : [
          ['identity', signer.identity.subjectAlternativeName],
          ['issuer', signer.identity.issuer ?? 'none in the certificate'],
          ...Object.entries(signer.identity.claims).flatMap(([claim, value]) =>
            claim === 'issuer' || value === undefined ? [] : [[kebab(claim), value] as const],
          ),
        ];
  return [
    ...who,
    ...times.map(({ time }) => ['signed', time.toISOString()] as const),
    ...logEntries.map(({ log, logIndex }) => ['logged', `${log.baseUrl} ${logIndex}`] as const),
  ];
}

/** Returns the claims of the statement. Anyone who can sign as this identity can write anything there. */
export function statedClaims({ content }: Verdict): readonly Claim[] {
  if (content.kind === 'message-signature') return [];
  if (content.kind === 'simple-signing') return [['docker-reference', content.dockerReference]];
  const { statement, subject } = content;
  return [
    ['predicate-type', statement.predicateType],
    ['subject', subject.name],
    ['subject-digest', formatDigest(content.digest)],
    ['subjects', String(statement.subjects.length)],
  ];
}

/** Returns the name of a criterion, with its claim. */
export function criterionTitle({ name, about }: Criterion): string {
  return about === undefined ? name : `${name} ${kebab(about)}`;
}

/** Returns the name of the signer of a result, if it passed. */
export function signerNames(result: VerificationResult): readonly string[] {
  const signer = result.verdict?.signer;
  if (signer === undefined) return [];
  return [signer.kind === 'key' ? 'the given key' : signer.identity.subjectAlternativeName];
}
