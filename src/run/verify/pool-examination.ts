/** Examines a pool of bundles for many artifacts, and does once what is the same for all of them. */

import { formatDigest, type HashAlgorithm, type SubjectDigest } from '../../core/crypto/index.ts';
import { CountersignError, type ErrorCode } from '../../core/errors/index.ts';
import {
  type Artifact,
  type Bundle,
  type Examination,
  examiner,
  examineUnderRoots,
  neededDigests,
  needsBytes,
  type Policy,
} from '../../core/verify/index.ts';
import { notExamined, type ReportedPair, unreadBundle } from '../../report/index.ts';
import type { TrustChoice } from '../policy/index.ts';
import {
  aboutOthers,
  type BundlePool,
  type FoundBundle,
  isAboutOthers,
  isWorse,
  namedAlgorithms,
  type UnreadBundle,
} from './bundle-pool.ts';
import { type LocalVerifiable, maxWholeLength } from './verifiable.ts';

/** Above this number of artifacts, a bundle is not examined for artifacts that it does not name, only to report details. */
const fewArtifacts = 100;

/** The number of bytes of verified statements that are kept for the next artifact. */
const maxKeptLength = 32 * 1024 * 1024;

/** A bundle under each root, with the outcomes for the artifacts that it names. */
interface Begun {
  readonly bundle: Bundle;
  readonly length: number;
  readonly under: readonly ((artifact: Artifact) => Promise<Examination>)[];
  readonly byDigest: Map<string, Promise<Examination>>;
}

/** The number of unreadable bundles that are reported for an artifact that is not verified. */
const maxLooseUnread = 100;

/** Returns the unreadable bundles that are not named after an artifact: so many, and the most severe one. */
function looseUnread({ unread }: BundlePool, names: ReadonlySet<string>, max: number): readonly UnreadBundle[] {
  const loose: UnreadBundle[] = [];
  for (const one of unread) {
    if (one.stem !== undefined && names.has(one.stem)) continue;
    if (loose.length < max) loose.push(one);
    else if (isWorse(one, loose)) loose[max - 1] = one;
  }
  return loose;
}

/** A pool under the policies of a run. */
export class PoolExamination {
  readonly pool: BundlePool;
  readonly #roots: readonly RootPolicy[];
  readonly #isBrief: boolean;
  /** The unreadable bundles that may be any artifact's. */
  readonly #looseUnread: readonly UnreadBundle[];
  readonly #aboutOthers = new Map<FoundBundle, CountersignError>();
  /** In the order of their last use. */
  readonly #begun = new Map<FoundBundle, Begun>();
  #keptLength = 0;
  #needs: { readonly algorithms: readonly HashAlgorithm[]; readonly whole: boolean } | undefined;

  /**
   * @param artifacts the number of artifacts
   * @param names their names, after which bundles may be named
   */
  constructor(pool: BundlePool, roots: readonly RootPolicy[], artifacts: number, names: ReadonlySet<string>) {
    this.pool = pool;
    this.#roots = roots;
    this.#isBrief = artifacts > fewArtifacts;
    this.#looseUnread = looseUnread(pool, names, this.#isBrief ? 1 : maxLooseUnread);
  }

  /** The digests of an artifact that the bundles need, and whether they need its bytes. */
  get needs(): { readonly algorithms: readonly HashAlgorithm[]; readonly whole: boolean } {
    this.#needs ??= this.#findNeeds();
    return this.#needs;
  }

  /** Examines one of the bundles for an artifact. */
  async examine(
    found: FoundBundle,
    artifact: Artifact,
    kind: LocalVerifiable['kind'],
    now: Date,
  ): Promise<Examination> {
    const isOther = isAboutOthers(found, artifact.digests);
    if (this.#isBrief && isOther) return notExamined(this.#failureOfOther(found));
    const begun = this.#begin(found, now);
    const [digest] = artifact.digests;
    // Two lines with the same digest are one artifact with two names.
    if (kind !== 'digest' || digest === undefined || isOther) return this.#examine(begun, artifact, kind);
    const key = formatDigest(digest);
    const examination = begun.byDigest.get(key) ?? this.#examine(begun, artifact, kind);
    begun.byDigest.set(key, examination);
    return examination;
  }

  /**
   * Returns what is reported for an artifact that none of the chosen bundles verifies: that none is about it, and the bundles that
   * cannot be read, any of which may be the one that it lacks.
   */
  unfound(
    chosen: readonly (FoundBundle | UnreadBundle)[],
    digests: readonly SubjectDigest[],
  ): readonly (Examination & Pick<ReportedPair, 'bundle' | 'unread'>)[] {
    const unread = this.#looseUnread.filter((one) => !chosen.includes(one));
    const isNoneAbout = chosen.length === 0 && (this.pool.bundles.length > 0 || unread.length === 0);
    return [
      ...(isNoneAbout ? [{ bundle: undefined, ...notExamined(aboutOthers(this.pool, digests)) }] : []),
      ...unread.map(({ path, failure }) => ({ bundle: path, ...unreadBundle(failure) })),
    ];
  }

  /** Returns the same failure for all artifacts. */
  #failureOfOther(found: FoundBundle): CountersignError {
    const known = this.#aboutOthers.get(found);
    if (known !== undefined) return known;
    const failure = new CountersignError('ARTIFACT_MISMATCH', 'the bundle is for other artifacts', {
      remedy:
        'Check that the artifact was not changed after signing, and that its bundle is among the specified bundles.',
    });
    this.#aboutOthers.set(found, failure);
    return failure;
  }

  async #examine({ bundle, under }: Begun, artifact: Artifact, kind: LocalVerifiable['kind']): Promise<Examination> {
    const examined = await examineUnderRoots(under, (examine) => examine(artifact));
    const examination = await explained(examined, bundle, this.#roots);
    const isTooLong =
      kind !== 'digest' && this.#roots.some(({ policy }) => failsByLength(examination, bundle, artifact, policy));
    return isTooLong ? notExamined(tooLong()) : examination;
  }

  #begin(found: FoundBundle, now: Date): Begun {
    const known = this.#begun.get(found);
    if (known !== undefined) {
      this.#begun.delete(found);
      this.#begun.set(found, known);
      return known;
    }
    const { bundle } = found;
    const { content } = bundle;
    const length = 1024 + (content.kind === 'dsse-envelope' ? content.payload.length : 0);
    const under = this.#roots.map(({ choice, policy }) => examiner(bundle, choice.trust, policy, now));
    const begun = { bundle, length, under, byDigest: new Map() };
    for (const [oldest, { length: freed }] of this.#begun) {
      if (this.#keptLength + length <= maxKeptLength) break;
      this.#begun.delete(oldest);
      this.#keptLength -= freed;
    }
    this.#begun.set(found, begun);
    this.#keptLength += length;
    return begun;
  }

  #findNeeds(): { readonly algorithms: readonly HashAlgorithm[]; readonly whole: boolean } {
    const algorithms = new Set<HashAlgorithm>(['sha256', ...namedAlgorithms(this.pool)]);
    let whole = false;
    for (const found of this.pool.bundles) {
      // A statement's digests are in `named`, so that long statements are not parsed again.
      if (found.content === 'dsse-envelope') continue;
      const { bundle } = found;
      for (const { policy } of this.#roots) {
        for (const algorithm of neededDigests(bundle, policy)) algorithms.add(algorithm);
        whole ||= needsBytes(bundle, policy);
      }
    }
    return { algorithms: [...algorithms], whole };
  }
}

function failsByLength({ failure }: Examination, bundle: Bundle, { bytes }: Artifact, policy: Policy): boolean {
  return failure?.code === 'SIGNATURE_INVALID' && bytes === undefined && needsBytes(bundle, policy);
}

function tooLong(): CountersignError {
  const megabytes = maxWholeLength / 1024 / 1024;
  return new CountersignError(
    'LIMIT_EXCEEDED',
    `the signature may be a pure Ed25519 signature, which requires the whole artifact in memory; the limit is ${megabytes} MiB`,
    { remedy: 'Sign larger files with Ed25519ph, or with a different type of key.' },
  );
}

/** A trusted root with the policy that holds under it. */
export interface RootPolicy {
  readonly choice: TrustChoice;
  readonly policy: Policy;
}

/** The codes of failures to expect of a bundle that is of another instance. */
const otherInstance: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'TIMESTAMP_UNTRUSTED',
  'TIMESTAMP_MISSING',
  'CERTIFICATE_UNTRUSTED',
  'SCT_MISSING',
  'LOG_ENTRY_MISSING',
]);

/** The codes of failures that may come from letters of another case. */
const otherCase: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ISSUER_MISMATCH',
  'IDENTITY_MISMATCH',
  'CLAIM_MISMATCH',
]);

/**
 * Adds a likely cause to a failure: the bundle is of GitHub's own instance and another one was chosen, or the identity differs from the
 * policy only in the case of letters.
 */
export async function explained(
  examination: Examination,
  bundle: Bundle,
  roots: readonly RootPolicy[],
): Promise<Examination> {
  const { failure } = examination;
  if (failure === undefined) return examination;
  if (otherCase.has(failure.code)) {
    const letters = await import('./letter-case.ts');
    const policies = roots.map(({ policy }) => policy);
    return letters.withLetterCase(examination, bundle, policies);
  }
  const chosen = roots.some(({ choice }) => choice.instance === 'github');
  if (chosen || !otherInstance.has(failure.code)) return examination;
  const other = await import('./other-instance.ts');
  return other.withInstance(examination, bundle);
}
