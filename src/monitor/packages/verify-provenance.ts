/** Verifies the provenance that a registry serves. */

import { formatDigest } from '../../core/crypto/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { exactly, policyFor, type Thresholds } from '../../core/policy/index.ts';
import type { TrustedRoot } from '../../core/trust/index.ts';
import { artifactOfDigest, type Examination, examine } from '../../core/verify/index.ts';
import { readOtherFormat } from '../../fetch/index.ts';
import type { PackageFile, ServedProvenance } from '../../services/packages/index.ts';

/** A root under which provenance is verified. */
export interface ProvenanceRoot {
  readonly trust: TrustedRoot;
  readonly thresholds: Thresholds;
  readonly sandbox: 'refuse' | 'accept';
}

/** The source that verified provenance states. */
export interface ProvenanceSource {
  /** `https://github.com/octo/app` */
  readonly repository: string;
  readonly id: string | undefined;
}

export type CheckedProvenance =
  | { readonly kind: 'verified'; readonly source: ProvenanceSource }
  /** The reason is a sentence without its full stop. */
  | { readonly kind: 'refused'; readonly isMissingInLog: boolean; readonly reason: string };

/** The types of provenance: those of SLSA, and the statement that PyPI's publishers sign. */
const predicateType = /^https:\/\/(?:slsa\.dev\/provenance\/|docs\.pypi\.org\/attestations\/publish\/v1$)/;

/**
 * Verifies the provenance of a file with each root, until one accepts it. The signer may be anyone: the caller compares its repository.
 * Nothing counts that is not verified.
 */
export async function verifyProvenance(
  file: PackageFile,
  { at, document }: ServedProvenance,
  roots: readonly ProvenanceRoot[],
  now: Date,
): Promise<CheckedProvenance> {
  if (file.digest === undefined) return refused('the registry states no SHA-256 or SHA-512 digest of the file');
  const bytes = Buffer.from(JSON.stringify(document));
  const found = readOtherFormat(bytes, at, new CountersignError('BUNDLE_INVALID', `${at} contains no bundle`));
  if (found instanceof CountersignError) return refused(found.message);
  let failure: CheckedProvenance = refused('the registry serves no provenance');
  for (const { read } of found) {
    for (const examination of await examinations(read, file, roots, now)) {
      if (examination instanceof CountersignError) failure = refused(examination.message);
      else if (examination.verdict === undefined) failure = refusedBy(examination);
      else {
        const { signer, content } = examination.verdict;
        if (content.kind !== 'dsse-envelope' || !predicateType.test(content.statement.predicateType)) {
          failure = refused(`the attestation of ${formatDigest(file.digest)} is not provenance`);
          continue;
        }
        const claims = signer.kind === 'identity' ? signer.identity.claims : {};
        const { sourceRepositoryUri: repository, sourceRepositoryIdentifier: id } = claims;
        if (repository !== undefined) return { kind: 'verified', source: { repository, id } };
        failure = refused(`the certificate of the provenance of ${formatDigest(file.digest)} names no repository`);
      }
    }
  }
  return failure;
}

async function examinations(
  read: () => Parameters<typeof examine>[0],
  { digest, subject }: PackageFile,
  roots: readonly ProvenanceRoot[],
  now: Date,
): Promise<readonly (Examination | CountersignError)[]> {
  if (digest === undefined) return [];
  try {
    const bundle = read();
    const artifact = artifactOfDigest(digest);
    const found: Examination[] = [];
    for (const { trust, thresholds, sandbox } of roots) {
      const signer = { kind: 'identity', identity: 'any', issuer: 'any', claims: [] } as const;
      const policy = policyFor(signer, { content: { subjectName: exactly(subject) }, thresholds, sandbox });
      found.push(await examine(bundle, artifact, trust, policy, now));
    }
    return found;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return [error];
  }
}

function refused(reason: string): CheckedProvenance {
  return { kind: 'refused', isMissingInLog: false, reason };
}

function refusedBy({ criteria, failure }: Examination): CheckedProvenance {
  const isMissingInLog = criteria.some(({ name, outcome }) => name === 'log' && outcome === 'fail');
  return { kind: 'refused', isMissingInLog, reason: failure?.message ?? 'the provenance is invalid' };
}
