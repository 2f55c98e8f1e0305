/** Runs a verification: finds the bundles of artifacts, examines them under a policy, and reports on each artifact. */

import { formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { Artifact } from '../../core/verify/index.ts';
import { concurrently } from '../../node/index.ts';
import {
  artifactOutcomes,
  notExamined,
  unreadBundle,
  type VerificationReport,
  type VerificationResult,
  worstOf,
} from '../../report/index.ts';
import { policyUnder, type RequiredAttestation, type VerifyPolicy, type VerifyTrust } from '../policy/index.ts';
import type { World } from '../world/index.ts';
import { type BundlePool, candidates, demandFew, type FoundBundle, type UnreadBundle } from './bundle-pool.ts';
import type { CoveringPools } from './covering-bundles.ts';
import { type BundlePlaces, bundlesBeside, namedBundles, namesOf, pathsBeside } from './find-bundles.ts';
import type { BundleStore } from './github-bundles.ts';
import type { packageNameWarnings } from './package-names.ts';
import { PoolExamination, type RootPolicy } from './pool-examination.ts';
import { type LocalVerifiable, readArtifact, type Verifiable } from './verifiable.ts';

export interface VerifyRequest {
  /** Artifacts with different names. */
  readonly artifacts: readonly Verifiable[];
  readonly bundles: BundlePlaces;
  /** Where the bundles are, if they are neither named nor next to the artifacts. */
  readonly store?: BundleStore | undefined;
  readonly policy: VerifyPolicy;
  readonly trust: VerifyTrust;
  /** The number of artifacts that are read and verified at once. */
  readonly concurrency: number;
  /** Called with the results of each artifact when it is done. */
  readonly onArtifact?: (results: readonly VerificationResult[]) => void;
}

type VerifyWorld = Pick<World, 'files' | 'clock' | 'cancellation' | 'onHash'>;

/**
 * Verifies every artifact. An artifact is verified if one of its bundles satisfies the whole policy under one of the roots. The report
 * has every bundle that was examined; an artifact without bundles is in it as a failure. Opens no socket, except to the registries of
 * images and to a store of bundles.
 *
 * @throws CountersignError if nothing can be verified at all: no artifact, bundles that were named and cannot be read
 */
export async function verifyRun(request: VerifyRequest, world: VerifyWorld): Promise<VerificationReport> {
  const { artifacts, policy, trust } = request;
  if (artifacts.length === 0)
    fail('SUBJECT_MISSING', 'nothing to verify: no artifact specified', {
      remedy: 'Specify a file, an image or a digest.',
    });
  demandDistinct(artifacts);
  const { paths, directory } = request.bundles;
  if (request.store !== undefined && (paths.length > 0 || directory !== undefined))
    fail('USAGE', '`from` cannot be combined with bundles that are specified', {
      remedy: 'Omit `from`, or `bundle`, `bundle-dir` and `bundle-artifact`.',
    });
  const pool = await namedBundles(request.bundles, world.files);
  const roots = trust.roots.map((choice) => ({ choice, policy: policyUnder(policy, choice) }));
  const distinct = [...new Map(artifacts.map((artifact) => [artifact.name, artifact])).values()];
  const names = new Set(distinct.flatMap((artifact) => (artifact.kind === 'image' ? [] : [...namesOf(artifact)])));
  await request.store?.prepare(distinct, request.concurrency);
  const results = new Map<Verifiable, readonly VerificationResult[]>();
  const searchUnder = (under: readonly RootPolicy[]): Search => ({
    named: pool && new PoolExamination(pool, under, distinct.length, names),
    store: request.store,
    stored: new Map(),
    roots: under,
    places: request.bundles,
    covering: new Map(),
  });
  const search = searchUnder(roots);
  const verifyAll = await withRequired(policy.attestations ?? [], search, searchUnder, world);
  const work = async (artifact: Verifiable) => ({ artifact, found: await verifyAll(artifact) });
  for await (const { artifact, found } of concurrently(distinct, request.concurrency, work)) {
    results.set(artifact, found);
    request.onArtifact?.(found);
  }
  const all = distinct.flatMap((artifact) => results.get(artifact) ?? []);
  const looked = await Promise.all(search.covering.values());
  const pools = [...(pool === undefined ? [] : [pool]), ...looked.map((examination) => examination.pool)];
  const misnamed = all.some(isOfPackage) ? await namePackages(distinct, all, world) : [];
  return {
    results: all,
    warnings: [...trust.warnings, ...policy.warnings, ...unreadWarnings(pools, all), ...misnamed],
  };
}

/** Reports whether a result is that of an attestation by which npm or PyPI names a package. */
function isOfPackage({ verdict }: VerificationResult): boolean {
  if (verdict?.content.kind !== 'dsse-envelope') return false;
  const { statement, subject } = verdict.content;
  return subject.name.startsWith('pkg:npm/') || statement.predicateType.startsWith('https://docs.pypi.org/');
}

async function namePackages(...args: Parameters<typeof packageNameWarnings>): Promise<readonly string[]> {
  const { packageNameWarnings } = await import('./package-names.ts');
  return packageNameWarnings(...args);
}

/** Demands different names: reports identify artifacts by name, and one result must not be taken for another artifact's. */
function demandDistinct(artifacts: readonly Verifiable[]): void {
  const images = new Set(artifacts.flatMap(({ kind, name }) => (kind === 'image' ? [name] : [])));
  const other = artifacts.find(({ kind, name }) => kind !== 'image' && images.has(name));
  if (other === undefined) return;
  fail('USAGE', `${JSON.stringify(other.name)} is the name of both an image and another artifact`, {
    remedy: 'Verify them in two runs, or put `oci://` before the image name.',
  });
}

/** The bundles in which a run looks. */
interface Search {
  /** The bundles that were named; `undefined` if those of each artifact are looked for. */
  readonly named: PoolExamination | undefined;
  readonly store: BundleStore | undefined;
  /** The latest examinations of bundles in the store, which may be about many artifacts. */
  readonly stored: Map<BundlePool, PoolExamination>;
  readonly roots: readonly RootPolicy[];
  readonly places: BundlePlaces;
  /** The bundles that may cover several artifacts, of the folders that were looked into. */
  readonly covering: CoveringPools;
}

/** Returns the function that verifies an artifact, and demands further attestations of it. */
async function withRequired(
  required: readonly RequiredAttestation[],
  search: Search,
  searchUnder: (roots: readonly RootPolicy[]) => Search,
  world: VerifyWorld,
): Promise<(artifact: Verifiable) => Promise<readonly VerificationResult[]>> {
  if (required.length === 0) return (artifact) => verifyOne(artifact, search, world);
  // Loaded only if further attestations are required.
  const { policiesOfType, repeatable, withAttestations } = await import('./required-attestations.ts');
  const searches = new Map(
    required.flatMap(({ expected }) => expected).map((type) => [type, searchUnder(policiesOfType(search.roots, type))]),
  );
  return async (given) => {
    const artifact = repeatable(given);
    const results = await verifyOne(artifact, search, world);
    return withAttestations(artifact, results, required, async (one, type) =>
      verifyOne(one, searches.get(type) ?? searchUnder(policiesOfType(search.roots, type)), world),
    );
  };
}

async function verifyOne(
  artifact: Verifiable,
  search: Search,
  world: VerifyWorld,
): Promise<readonly VerificationResult[]> {
  if (artifact.kind !== 'image') return verifyArtifact(artifact, search, world);
  // Loaded only if there are images.
  const { verifyImage } = await import('./verify-image.ts');
  return verifyImage(search.store?.imageOf(artifact) ?? artifact, search.named, search.roots, world);
}

async function verifyArtifact(
  artifact: LocalVerifiable,
  search: Search,
  world: VerifyWorld,
): Promise<readonly VerificationResult[]> {
  const { named, store, roots, places, covering } = search;
  try {
    if (world.cancellation.aborted) fail('CANCELLED', 'cancelled before the artifact was verified');
    if (store !== undefined)
      return await examineWith(storedExamination(store.bundlesOf(artifact), search), artifact, false, world);
    const examination =
      named ?? new PoolExamination(await bundlesBeside(artifact, places, world.files), roots, 1, new Set());
    const { pool } = examination;
    const isNone = pool.bundles.length + pool.unread.length === 0;
    const found = isNone ? [] : await examineWith(examination, artifact, named === undefined, world);
    if (named !== undefined && !isNone) return found;
    if (named === undefined && !found.some(({ verdict }) => verdict !== undefined)) {
      // Loaded only where the bundles beside the artifact do not verify it.
      const { examineCovering } = await import('./covering-bundles.ts');
      const more = await examineCovering(artifact, roots, places, covering, pool, world);
      if (more.length > 0) return [...found, ...more];
    }
    return isNone ? await withoutBundle(artifact, places, world) : found;
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return [{ artifact: artifact.name, digest: undefined, bundle: undefined, ...notExamined(failure) }];
  }
}

/** The number of examinations that are kept: each keeps verified statements. */
const maxStored = 8;

function storedExamination(pool: BundlePool, { stored, roots }: Search): PoolExamination {
  const examination = stored.get(pool) ?? new PoolExamination(pool, roots, 1, new Set());
  stored.delete(pool);
  stored.set(pool, examination);
  const [oldest] = stored.keys();
  if (oldest !== undefined && stored.size > maxStored) stored.delete(oldest);
  return examination;
}

async function examineWith(
  examination: PoolExamination,
  artifact: LocalVerifiable,
  beside: boolean,
  world: VerifyWorld,
): Promise<readonly VerificationResult[]> {
  const { algorithms, whole } = examination.needs;
  const read = await readArtifact(artifact, algorithms, whole, world);
  const [digest] = read.digests;
  const base = { artifact: artifact.name, digest: undefined, bundle: undefined };
  const known = { ...base, digest: digest && formatDigest(digest) };
  const chosen = chooseBundles(examination.pool, read, artifact, beside);
  const results: VerificationResult[] = [];
  for (const one of chosen) {
    if ('failure' in one) results.push({ ...known, bundle: one.path, ...unreadBundle(one.failure) });
    else {
      const outcome = await examination.examine(one, read, artifact.kind, world.clock());
      results.push({ ...known, bundle: one.path, bundleDigest: one.digest, ...outcome });
    }
  }
  // Of bundles that were named for all artifacts, any that cannot be read may be the one that this artifact lacks.
  const isVerified = results.some(({ verdict }) => verdict !== undefined);
  if (isVerified && !beside) return results;
  const unfound = examination.unfound(chosen, read.digests);
  results.push(...unfound.map((outcome) => ({ ...(outcome.bundle === undefined ? base : known), ...outcome })));
  return results;
}

function chooseBundles(
  pool: BundlePool,
  { digests }: Artifact,
  artifact: LocalVerifiable,
  beside: boolean,
): readonly (FoundBundle | UnreadBundle)[] {
  // The digests that attestations of releases name are those of the files.
  if (artifact.kind === 'release') return demandFew(pool.bundles);
  const chosen = candidates(pool, digests, namesOf(artifact));
  if (chosen.length > 0) return chosen;
  // The lines of a file that is named after the artifact: one of them shows which artifact it is about instead.
  return beside ? pool.bundles.slice(0, 1) : [];
}

async function withoutBundle(artifact: LocalVerifiable, places: BundlePlaces, world: VerifyWorld): Promise<never> {
  const [first = ''] = pathsBeside(artifact, places);
  const { failWithoutBundle } = await import('./no-bundle.ts');
  return failWithoutBundle(artifact, first, world);
}

/** Returns warnings for unreadable bundles that are in no artifact's results, as they are not named after one. */
function unreadWarnings(pools: readonly BundlePool[], results: readonly VerificationResult[]): readonly string[] {
  const reported = new Set(results.map(({ bundle }) => bundle));
  const unread = pools.flatMap((pool) => pool.unread.filter(({ path }) => !reported.has(path)));
  const more = pools.reduce((sum, { moreUnread = 0 }) => sum + moreUnread, 0);
  return [
    ...unread.map(({ path, failure }) => `the bundle ${path} cannot be read: ${failure.message}`),
    ...(more === 0 ? [] : [`${more} more bundles in the same files cannot be read`]),
  ];
}

/**
 * Demands that every artifact was verified.
 *
 * @throws CountersignError with the code of the most severe failure, and the number of artifacts that failed. The order is invalid,
 * mismatch, absent, unavailable
 * @param listed true if a report lists the failures: the error then only counts them if there are several
 */
export function demandVerified(report: VerificationReport, { listed = false } = {}): void {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  const failure = worstOf(failed.map((outcome) => outcome.failure));
  const worst = failed.find((outcome) => outcome.failure === failure);
  if (failure === undefined || worst === undefined) return;
  const many = `${failed.length} of ${outcomes.length} artifacts could not be verified`;
  if (listed && failed.length > 1) fail(failure.code, many, { cause: failure });
  fail(failure.code, `${outcomes.length === 1 ? '' : `${many}; `}${worst.artifact}: ${failure.message}`, {
    cause: failure,
    ...(failure.remedy !== undefined && { remedy: failure.remedy }),
  });
}
