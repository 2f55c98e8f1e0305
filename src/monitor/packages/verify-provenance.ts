/** Verifies the provenance that a registry serves. */

import { formatDigest } from '../../core/crypto/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { type ContentPolicy, exactly, type Policy, policyFor, type Thresholds } from '../../core/policy/index.ts';
import type { TrustedRoot } from '../../core/trust/index.ts';
import { artifactOfDigest, type Examination, examine, type VerifiedSigner } from '../../core/verify/index.ts';
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

export interface RefusedProvenance {
  readonly kind: 'refused';
  readonly isMissingInLog: boolean;
  /** A sentence without its full stop. */
  readonly reason: string;
}

export type CheckedProvenance = { readonly kind: 'verified'; readonly source: ProvenanceSource } | RefusedProvenance;

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
        const source = sourceOf(signer);
        if (source !== undefined) return { kind: 'verified', source };
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
    for (const root of roots) {
      const policy = anySigner(root, { subjectName: exactly(subject) });
      found.push(await examine(bundle, artifact, root.trust, policy, now));
    }
    return found;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return [error];
  }
}

/** Returns the policy of a root that accepts each signer with a certificate. The caller compares the repository. */
export function anySigner({ thresholds, sandbox }: ProvenanceRoot, content: ContentPolicy = {}): Policy {
  const signer = { kind: 'identity', identity: 'any', issuer: 'any', claims: [] } as const;
  return policyFor(signer, { content, thresholds, sandbox });
}

/** Returns the source that a certificate states; undefined if it states no repository. */
export function sourceOf(signer: VerifiedSigner): ProvenanceSource | undefined {
  const claims = signer.kind === 'identity' ? signer.identity.claims : {};
  const { sourceRepositoryUri: repository, sourceRepositoryIdentifier: id } = claims;
  return repository === undefined ? undefined : { repository, id };
}

export function refused(reason: string): RefusedProvenance {
  return { kind: 'refused', isMissingInLog: false, reason };
}

export function refusedBy({ criteria, failure }: Examination): RefusedProvenance {
  const isMissingInLog = criteria.some(({ name, outcome }) => name === 'log' && outcome === 'fail');
  return { kind: 'refused', isMissingInLog, reason: failure?.message ?? 'the provenance is invalid' };
}
