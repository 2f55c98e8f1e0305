/** Checks a release: fetches each asset as its users do, and verifies it with the bundles that are attached to the release. */

import { join } from 'node:path';
import { bundleStem, maxBundleLength } from '../../core/bundle/index.ts';
import { parseDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { concurrently } from '../../node/index.ts';
import { artifactOutcomes, notExamined, type VerificationReport, type VerificationResult } from '../../report/index.ts';
import type { DownloadedAsset, GitHubRelease, ReleaseAsset, ReleaseClient } from '../../services/github/index.ts';
import type { VerifyPolicy, VerifyTrust } from '../policy/index.ts';
import { type Verifiable, verifyRun } from '../verify/index.ts';
import type { World } from '../world/index.ts';
import { BundleSink } from './bundle-sink.ts';

export interface ReleaseCheckRequest {
  /** `owner/name` */
  readonly repository: string;
  /** A tag is that of a published release. A draft is found by its ID. */
  readonly target: { readonly kind: 'tag'; readonly tag: string } | { readonly kind: 'id'; readonly id: number };
  /** The names of assets that have to be there, with the digests of what was uploaded (`sha256:<hex>`) where they are known. */
  readonly expected: ReadonlyMap<string, string | undefined>;
  /** Makes assets that are not expected an error. */
  readonly only: boolean;
  readonly policy: VerifyPolicy;
  readonly trust: VerifyTrust;
  /** The number of assets that are fetched and verified at once. */
  readonly concurrency: number;
}

export interface CheckedRelease {
  readonly release: GitHubRelease;
  /** How the assets were fetched: those of a draft, or of a repository that is not public, cannot be fetched without a token. */
  readonly access: 'anonymous' | 'token';
  /** A result for each asset that is not a bundle, and for each problem. */
  readonly report: VerificationReport;
}

type CheckWorld = Pick<World, 'files' | 'clock' | 'cancellation'>;

/** An asset that was fetched, or the reason why it counts as a failure. */
interface Fetched {
  readonly asset: ReleaseAsset;
  readonly result: DownloadedAsset | CountersignError;
}

/**
 * Checks every asset of a release. The assets of a published release of a public repository are fetched from their public addresses, without
 * a token. The bytes are hashed as they arrive, and only bundles are kept.
 *
 * @param releases lists the assets, with its token if it has one
 * @param temporaryDirectory where the bundles are written while they are examined
 * @throws CountersignError `RELEASE_MISSING`; as the methods of `ReleaseClient`, if the release or its assets cannot be listed
 */
export async function checkRelease(
  request: ReleaseCheckRequest,
  releases: ReleaseClient,
  temporaryDirectory: string,
  world: CheckWorld,
): Promise<CheckedRelease> {
  const release = await findRelease(request, releases);
  const assets = demandDistinct(await releases.assetsOf(release));
  const access = !release.isDraft && (await releases.isPublic(request.repository)) ? 'anonymous' : 'token';
  const folder = await world.files.mkdtemp(join(temporaryDirectory, 'countersign-release-'));
  try {
    const fetched = await fetchAll({ release, access, assets, folder }, request, releases, world);
    const report = await examine(fetched, folder, request, world);
    return { release, access, report };
  } finally {
    await world.files.rm(folder, { recursive: true, force: true });
  }
}

async function findRelease(
  { repository, target }: ReleaseCheckRequest,
  releases: ReleaseClient,
): Promise<GitHubRelease> {
  const found =
    target.kind === 'tag'
      ? await releases.findByTag(repository, target.tag)
      : await releases.findById(repository, target.id);
  const name = target.kind === 'tag' ? JSON.stringify(target.tag) : String(target.id);
  return (
    found ??
    fail('RELEASE_MISSING', `there is no release ${name} of ${repository}`, {
      remedy: 'Check the tag. A draft is found by its ID only, with a token that has `contents: write`.',
    })
  );
}

interface Listed extends Pick<CheckedRelease, 'release' | 'access'> {
  readonly assets: readonly ReleaseAsset[];
  /** Where bundles are written. */
  readonly folder: string;
}

async function fetchAll(
  { release, access, assets, folder }: Listed,
  { concurrency }: ReleaseCheckRequest,
  releases: ReleaseClient,
  { files, cancellation }: CheckWorld,
): Promise<readonly Fetched[]> {
  const work = async (asset: ReleaseAsset): Promise<Fetched> => {
    try {
      if (cancellation.aborted) fail('CANCELLED', 'cancelled before the asset was fetched');
      demandWhole(asset);
      const bundle = isBundle(asset) ? new BundleSink(asset.name, maxBundleLength) : undefined;
      const result =
        access === 'token'
          ? await releases.download(release, asset, bundle)
          : await releases.downloadPublished(asset, bundle);
      demandSame(asset, result);
      if (bundle !== undefined) await files.writeFile(join(folder, asset.name), bundle.bytes(), { flag: 'wx' });
      return { asset, result };
    } catch (failure) {
      if (failure instanceof CountersignError) return { asset, result: failure };
      throw failure;
    }
  };
  const byAsset = new Map<ReleaseAsset, Fetched>();
  for await (const one of concurrently(assets, concurrency, work)) byAsset.set(one.asset, one);
  return assets.flatMap((asset) => byAsset.get(asset) ?? []);
}

/** Demands names that differ in more than case: one asset's result must not be taken for another's, on any file system. */
function demandDistinct(assets: readonly ReleaseAsset[]): readonly ReleaseAsset[] {
  const names = assets.map(({ name }) => name.toLowerCase());
  const twice = assets.find((_, at) => names.indexOf(names[at] ?? '') !== at);
  if (twice === undefined) return assets;
  return fail('SERVICE_RESPONSE_INVALID', `GitHub lists two assets named ${JSON.stringify(twice.name)}`, {
    remedy: 'Rename one of them: names that differ only in case are the same file on some systems.',
  });
}

/** Demands an upload that ended, and a name that is safe as that of a file. */
function demandWhole({ name, state }: ReleaseAsset): void {
  if (!/^[A-Za-z0-9_+@-][A-Za-z0-9._+@-]{0,254}$/.test(name))
    fail('SERVICE_RESPONSE_INVALID', `GitHub lists an asset named ${JSON.stringify(name)}, which it does not allow`);
  if (state !== 'uploaded')
    fail('SUBJECT_MISSING', `the upload of the asset ${name} has not ended`, {
      remedy: 'Upload the asset again, before the release is published.',
    });
}

/** Demands the content that GitHub lists. */
function demandSame({ name, size, digest }: ReleaseAsset, received: DownloadedAsset): void {
  if (received.size !== size || (digest !== undefined && received.digest !== digest))
    fail(
      'RELEASE_ASSET_DIFFERS',
      `the download of ${name} has ${received.size} bytes and the digest ${received.digest}, but GitHub lists ${size} bytes and ${digest ?? 'no digest'}`,
      { remedy: 'Do not use this release. Find out who changed the asset.' },
    );
}

function isBundle({ name }: ReleaseAsset): boolean {
  return bundleStem(name) !== undefined;
}

async function examine(
  fetched: readonly Fetched[],
  folder: string,
  { expected, only, policy, trust, concurrency }: ReleaseCheckRequest,
  world: CheckWorld,
): Promise<VerificationReport> {
  const problems: VerificationResult[] = [];
  const artifacts: Verifiable[] = [];
  for (const { asset, result } of fetched) {
    const failure = result instanceof CountersignError ? result : differenceOf(asset, result, expected, only);
    if (failure !== undefined) problems.push(problem(asset.name, failure));
    else if (!isBundle(asset) && !(result instanceof CountersignError))
      artifacts.push({ kind: 'digest', name: asset.name, digest: parseDigest(result.digest) });
  }
  const present = new Set(fetched.map(({ asset }) => asset.name));
  for (const name of expected.keys()) if (!present.has(name)) problems.push(problem(name, missing(name)));
  if (artifacts.length === 0)
    return { results: problems.length > 0 ? problems : [problem('release', nothing())], warnings: trust.warnings };
  const bundles = { workspace: folder, paths: [], directory: folder };
  const report = await verifyRun({ artifacts, bundles, policy, trust, concurrency }, world);
  const used = new Set(report.results.flatMap(({ verdict, bundle }) => (verdict && bundle ? [fileOf(bundle)] : [])));
  const hasFailed = problems.length > 0 || artifactOutcomes(report).some(({ failure }) => failure !== undefined);
  // A bundle that verifies nothing may be that of an asset that failed, which is reported already.
  if (!hasFailed)
    for (const { asset } of fetched)
      if (isBundle(asset) && !used.has(asset.name)) problems.push(problem(asset.name, unused(asset)));
  return { ...report, results: [...report.results, ...problems] };
}

/** Returns the file of a bundle's place: `a.sigstore.jsonl` of `a.sigstore.jsonl:3`. */
function fileOf(place: string): string {
  return place.replace(/:.*$/s, '');
}

/** Returns how an asset differs from what was uploaded; `undefined` if it does not. */
function differenceOf(
  { name }: ReleaseAsset,
  { digest }: DownloadedAsset,
  expected: ReadonlyMap<string, string | undefined>,
  only: boolean,
): CountersignError | undefined {
  const uploaded = expected.get(name);
  if (uploaded !== undefined && uploaded !== digest)
    return new CountersignError('RELEASE_ASSET_DIFFERS', `${name} has the digest ${digest}; ${uploaded} was uploaded`, {
      remedy: 'Do not publish this release. Find out who changed the asset.',
    });
  if (!only || expected.has(name)) return undefined;
  return new CountersignError('RELEASE_ASSET_DIFFERS', `${name} is not one of the files of this release`, {
    remedy: 'Find out who attached it. Delete it, or add it to the expected files.',
  });
}

function missing(name: string): CountersignError {
  return new CountersignError('SUBJECT_MISSING', `the release has no asset ${JSON.stringify(name)}`, {
    remedy: 'Attach the file before the release is published. If it was renamed or deleted, find out by whom.',
  });
}

function nothing(): CountersignError {
  return new CountersignError('SUBJECT_MISSING', 'the release has no assets to verify', {
    remedy: 'Attach the files and their bundles first.',
  });
}

function unused({ name }: ReleaseAsset): CountersignError {
  return new CountersignError('ARTIFACT_MISMATCH', `the bundle ${name} verifies no asset of the release`, {
    remedy: 'Delete it if it is outdated. If its file was replaced or deleted, find out by whom.',
  });
}

function problem(artifact: string, failure: CountersignError): VerificationResult {
  return { artifact, digest: undefined, bundle: undefined, ...notExamined(failure) };
}
