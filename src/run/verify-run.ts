/** The join of verifying: artifacts, the bundles that may be about them, a policy, and a report on each. */

import { readCertificate } from '../core/certificate/index.ts';
import { formatDigest, type HashAlgorithm } from '../core/crypto/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import { type Artifact, type Bundle, examine, neededDigests, type Policy, type Report } from '../core/verify/index.ts';
import { concurrently } from '../node/index.ts';
import type { VerificationReport, VerificationResult } from '../report/index.ts';
import { readFileWithin } from '../subject/index.ts';
import { type BundlePool, candidates, type FoundBundle, namedAlgorithms, type UnreadBundle } from './bundle-pool.ts';
import { type Examination, examineUnderRoots } from './examine-under-roots.ts';
import { type BundlePlaces, bundlesBeside, namedBundles, namesOf, pathsBeside } from './find-bundles.ts';
import { type LocalVerifiable, maxWholeLength, readArtifact, type Verifiable } from './verifiable.ts';
import { policyUnder, type VerifyPolicy } from './verify-policy.ts';
import type { VerifyTrust } from './verify-trust.ts';
import type { World } from './world.ts';

export interface VerifyRequest {
  /** Of different names. */
  readonly artifacts: readonly Verifiable[];
  readonly bundles: BundlePlaces;
  readonly policy: VerifyPolicy;
  readonly trust: VerifyTrust;
  /** How many artifacts are read and verified at once. */
  readonly concurrency: number;
  /** Called for each artifact as it is done. */
  readonly onArtifact?: (results: readonly VerificationResult[]) => void;
}

type VerifyWorld = Pick<World, 'files' | 'clock' | 'cancellation'>;

/**
 * Verifies every artifact. One is verified if one of its bundles is, under one of the roots, by all that the policy asks for; every
 * bundle that was examined is in the report, and an artifact without any is there as one that failed. Opens no socket, but to the
 * registries of images.
 *
 * @throws CountersignError if nothing can be verified at all: no artifact, bundles that were named and cannot be read
 */
export async function verifyRun(request: VerifyRequest, world: VerifyWorld): Promise<VerificationReport> {
  const { artifacts, policy, trust } = request;
  if (artifacts.length === 0)
    fail('SUBJECT_MISSING', 'nothing was named that is to be verified', { remedy: 'Name a file, or a digest.' });
  demandDistinct(artifacts);
  const pool = await namedBundles(request.bundles, world.files);
  const examinations = trust.roots.map((choice) => ({ choice, policy: policyUnder(policy, choice) }));
  const distinct = [...new Map(artifacts.map((artifact) => [artifact.name, artifact])).values()];
  const results = new Map<Verifiable, readonly VerificationResult[]>();
  const work = async (artifact: Verifiable) => ({
    artifact,
    found: await verifyOne(artifact, pool, examinations, request.bundles, world),
  });
  for await (const { artifact, found } of concurrently(distinct, request.concurrency, work)) {
    results.set(artifact, found);
    request.onArtifact?.(found);
  }
  const all = distinct.flatMap((artifact) => results.get(artifact) ?? []);
  return { results: all, warnings: [...trust.warnings, ...policy.warnings, ...unreadWarnings(pool, all)] };
}

/** Reports go by names: what verifies under a name must not speak for something else that is called so. */
function demandDistinct(artifacts: readonly Verifiable[]): void {
  const images = new Set(artifacts.flatMap(({ kind, name }) => (kind === 'image' ? [name] : [])));
  const other = artifacts.find(({ kind, name }) => kind !== 'image' && images.has(name));
  if (other === undefined) return;
  fail('USAGE', `an image and something else are both named ${JSON.stringify(other.name)}`, {
    remedy: 'Verify them in two runs, or write `oci://` before the name of the image.',
  });
}

async function verifyOne(
  artifact: Verifiable,
  named: BundlePool | undefined,
  examinations: readonly Examination[],
  places: BundlePlaces,
  world: VerifyWorld,
): Promise<readonly VerificationResult[]> {
  if (artifact.kind !== 'image') return verifyArtifact(artifact, named, examinations, places, world);
  // Only who has images pays for them.
  const { verifyImage } = await import('./verify-image.ts');
  return verifyImage(artifact, named, examinations, world);
}

async function verifyArtifact(
  artifact: LocalVerifiable,
  named: BundlePool | undefined,
  examinations: readonly Examination[],
  places: BundlePlaces,
  world: VerifyWorld,
): Promise<readonly VerificationResult[]> {
  const base = { artifact: artifact.name, digest: undefined, bundle: undefined };
  try {
    if (world.cancellation.aborted) fail('CANCELLED', 'cancelled before it was verified');
    const pool = named ?? (await bundlesBeside(artifact, places, world.files));
    if (pool.bundles.length + pool.unread.length === 0) await failWithoutBundle(artifact, places, world);
    const read = await readArtifact(
      artifact,
      algorithmsFor(pool, examinations),
      needsBytes(pool, examinations),
      world.files,
    );
    const [digest] = read.digests;
    const known = { ...base, digest: digest && formatDigest(digest) };
    const chosen = chooseBundles(pool, read, artifact, named === undefined);
    const results: VerificationResult[] = [];
    for (const one of chosen) {
      const outcome =
        'failure' in one
          ? ({ kind: 'not-examined', failure: one.failure } as const)
          : await examineFound(one, read, artifact.kind, examinations, world.clock());
      results.push({ ...known, bundle: one.path, outcome });
    }
    return results;
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return [{ ...base, outcome: { kind: 'not-examined', failure } }];
  }
}

function chooseBundles(
  pool: BundlePool,
  { digests }: Artifact,
  artifact: LocalVerifiable,
  beside: boolean,
): readonly (FoundBundle | UnreadBundle)[] {
  const chosen = candidates(pool, digests, namesOf(artifact));
  if (chosen.length > 0) return chosen;
  // Lines of a file that is named after the artifact: one of them shows what it is about instead.
  const [first] = beside ? [...pool.bundles, ...pool.unread] : [];
  if (first !== undefined) return [first];
  const unread = pool.unread.length === 0 ? '' : `; ${pool.unread.length} more cannot be read`;
  return fail(
    'BUNDLE_MISSING',
    `none of the bundles (${pool.bundles.length}) is about ${digests.map(formatDigest).join(', ')}${unread}`,
    {
      remedy: 'Check that the artifact is the one that was signed, and that its bundle is among them.',
    },
  );
}

async function failWithoutBundle(artifact: LocalVerifiable, places: BundlePlaces, world: VerifyWorld): Promise<never> {
  if (artifact.kind === 'stream')
    fail('USAGE', 'what comes in by a pipe has no bundle beside it', { remedy: 'Give the path of one with `bundle`.' });
  // A path that is mistyped has no bundle either, and that is not what is wrong: it is opened, and nothing of it read.
  if (artifact.kind === 'file') await readFileWithin(world.files, artifact, -1);
  const [first = ''] = pathsBeside(artifact, places);
  return fail('BUNDLE_MISSING', `there is no bundle of ${artifact.name}: nothing at ${first}`, {
    remedy: 'Give its path with `bundle`, or its folder with `bundle-dir`, if it is elsewhere.',
  });
}

async function examineFound(
  { bundle }: FoundBundle,
  artifact: Artifact,
  kind: LocalVerifiable['kind'],
  examinations: readonly Examination[],
  now: Date,
): Promise<VerificationResult['outcome']> {
  const report = await examineUnderRoots(examinations, ({ choice, policy }) =>
    examine(bundle, artifact, choice.trust, policy, now),
  );
  const isTooLong =
    kind !== 'digest' && examinations.some(({ policy }) => failsByLength(report, bundle, artifact, policy));
  return isTooLong ? { kind: 'not-examined', failure: tooLong() } : { kind: 'examined', report };
}

function algorithmsFor(pool: BundlePool, examinations: readonly Examination[]): readonly HashAlgorithm[] {
  const needed = new Set<HashAlgorithm>(['sha256', ...namedAlgorithms(pool)]);
  for (const { bundle } of pool.bundles) {
    for (const { policy } of examinations) for (const algorithm of neededDigests(bundle, policy)) needed.add(algorithm);
  }
  return [...needed];
}

function needsBytes({ bundles }: BundlePool, examinations: readonly Examination[]): boolean {
  return bundles.some(({ bundle }) => examinations.some(({ policy }) => mayBePure(bundle, policy)));
}

/** Whether the signature may be one of pure Ed25519, over the artifact itself and not a digest. */
function mayBePure({ content, signer }: Bundle, policy: Policy): boolean {
  if (content.kind !== 'message-signature') return false;
  if (policy.signer.kind === 'key') return policy.signer.publicKey.kind === 'ed25519';
  if (signer.kind !== 'certificate') return false;
  try {
    return readCertificate(signer.certificate).publicKey.kind === 'ed25519';
  } catch (error) {
    // The verifier says what is wrong with it.
    if (error instanceof CountersignError) return false;
    throw error;
  }
}

function failsByLength({ result }: Report, bundle: Bundle, { bytes }: Artifact, policy: Policy): boolean {
  const isInvalid = 'failure' in result && result.failure.code === 'SIGNATURE_INVALID';
  return isInvalid && bytes === undefined && mayBePure(bundle, policy);
}

function tooLong(): CountersignError {
  const megabytes = maxWholeLength / 1024 / 1024;
  return new CountersignError(
    'LIMIT_EXCEEDED',
    `the signature may be one of pure Ed25519, which needs the whole artifact, and at most ${megabytes} MiB of one are read`,
    { remedy: 'Sign longer files with Ed25519ph, or with another kind of key.' },
  );
}

/** What cannot be read and is not named after an artifact is in nobody's result. */
function unreadWarnings(pool: BundlePool | undefined, results: readonly VerificationResult[]): readonly string[] {
  const reported = new Set(results.map(({ bundle }) => bundle));
  const unread = pool?.unread.filter(({ path }) => !reported.has(path)) ?? [];
  return unread.map(({ path, failure }) => `the bundle ${path} cannot be read: ${failure.message}`);
}
