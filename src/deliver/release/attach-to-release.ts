/** Attaches files to a GitHub release: what is there stays, what is missing is uploaded, and publication comes last. */

import { formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import type { GitHubRelease, ReleaseAsset } from '../../services/github/index.ts';
import { digestFile } from '../../subject/index.ts';
import { type NamedFile, nameAssets } from './asset-names.ts';
import { demandOnlyDraft, findRelease } from './find-release.ts';
import type {
  AssetOutcome,
  AttachedRelease,
  Publication,
  ReleaseFile,
  ReleaseRequest,
  ReleaseWorld,
} from './release-request.ts';
import { type HashedFile, isSame, uploadAsset } from './upload-asset.ts';

const usualConcurrency = 4;
/** In bytes. */
const maxAsset = 2 * 1024 * 1024 * 1024;
const maxAssets = 1000;

type Prepared = HashedFile | { readonly kind: 'failed'; readonly file: ReleaseFile; readonly error: CountersignError };

/**
 * Attaches files to a release. Everything that can be known to fail is found out before the first upload. A file that fails later harms no
 * other, and a later run uploads only what is missing.
 *
 * @throws CountersignError `RELEASE_ASSET_UNFIT` for names and numbers of assets; `RELEASE_IMMUTABLE`, `RELEASE_TAG_USED`, `RELEASE_TAG_MOVED`,
 *   `RELEASE_MISSING` and `RELEASE_AMBIGUOUS` for the release; `USAGE` for a published release in place of a draft; those of the client
 */
export async function attachToRelease(
  files: readonly ReleaseFile[],
  request: ReleaseRequest,
  world: ReleaseWorld,
): Promise<AttachedRelease> {
  const { concurrency = usualConcurrency, overwrite = false } = request;
  const named = nameAssets(files);
  const prepared = await mapConcurrently(named, (file) => prepare(world, file), concurrency);
  const { release, isNew } = await findRelease(world.releases, request);
  const assets = isNew ? [] : await world.releases.assetsOf(release);
  const present = new Map(assets.map((asset) => [asset.name, asset]));
  await demandChangeable(world, request, release, prepared, present);
  demandRoom(release, named, assets);
  const outcomes = await mapConcurrently(
    prepared,
    async (file) => {
      const outcome = 'kind' in file ? file : await attach(world, release, file, present.get(file.name), overwrite);
      world.onAsset?.(outcome);
      return outcome;
    },
    concurrency,
  );
  return { isNew, outcomes, ...(await publish(world, request, release, outcomes)) };
}

/** Hashes a file; returns the error of one that cannot become an asset. */
async function prepare({ files }: ReleaseWorld, named: NamedFile): Promise<Prepared> {
  const { file } = named;
  try {
    let size = 0;
    const digest = await digestFile(files, { path: file.path }, 'sha256', ({ length }, whole) => {
      if (whole > maxAsset) tooLarge(file.path, whole);
      size += length;
    });
    return { ...named, digest: formatDigest(digest), size };
  } catch (error) {
    return failed(file, error);
  }
}

function tooLarge(path: string, size: number): never {
  return fail('RELEASE_ASSET_UNFIT', `${path} has ${size} bytes; GitHub takes at most ${maxAsset} as a release asset`, {
    remedy: 'Split the file, or compress it.',
  });
}

async function attach(
  world: ReleaseWorld,
  release: GitHubRelease,
  file: HashedFile,
  found: ReleaseAsset | undefined,
  overwrite: boolean,
): Promise<AssetOutcome> {
  try {
    const { kind, asset } = await uploadAsset(world, release, file, found, overwrite);
    return { kind, file: file.file, asset, digest: file.digest };
  } catch (error) {
    return failed(file.file, error);
  }
}

function failed(file: ReleaseFile, error: unknown): Extract<Prepared, { readonly kind: 'failed' }> {
  if (error instanceof CountersignError) return { kind: 'failed', file, error };
  throw error;
}

/** Demands that a published release has all files, or may still get them. */
async function demandChangeable(
  world: ReleaseWorld,
  { repository, target }: ReleaseRequest,
  release: GitHubRelease,
  prepared: readonly Prepared[],
  present: ReadonlyMap<string, ReleaseAsset>,
): Promise<void> {
  if (release.isDraft) return;
  const missing: string[] = [];
  for (const file of prepared) {
    if ('kind' in file) continue;
    const asset = present.get(file.name);
    if (asset === undefined || !(await isSame(world, release, file, asset))) missing.push(file.name);
  }
  const [first] = missing;
  if (first === undefined) return;
  const lacks = `${first}${missing.length === 1 ? '' : ` and ${missing.length - 1} other files`} cannot be attached`;
  const name = `the release ${JSON.stringify(release.tag)} of ${repository}`;
  if (release.isImmutable) fail('RELEASE_IMMUTABLE', `${name} is published and immutable: ${lacks}`);
  if (target.kind === 'draft')
    fail('USAGE', `${name} is published, but a draft is expected: ${lacks}`, {
      remedy: 'To change the published release, specify its tag. Otherwise, release under a new tag.',
    });
  if ((await world.releases.immutableReleases(repository)) === 'on')
    fail('RELEASE_IMMUTABLE', `${name} is published, and the repository makes published releases immutable: ${lacks}`);
}

/** Demands that the release does not get more assets than GitHub takes. */
function demandRoom(
  { tag, repository }: GitHubRelease,
  named: readonly NamedFile[],
  assets: readonly ReleaseAsset[],
): void {
  const { size } = new Set([...assets, ...named].map(({ name }) => name));
  if (size <= maxAssets) return;
  fail(
    'RELEASE_ASSET_UNFIT',
    `the release ${JSON.stringify(tag)} of ${repository} would have ${size} assets; GitHub takes at most ${maxAssets}`,
    { remedy: 'Put files into archives, or attach one file that covers several, such as bundles.sigstore.jsonl.' },
  );
}

/** Publishes the draft if that is requested, and every asset is as it should be. What is published is checked again. */
async function publish(
  world: ReleaseWorld,
  { publish: isRequested = false }: ReleaseRequest,
  release: GitHubRelease,
  outcomes: readonly AssetOutcome[],
): Promise<{ readonly release: GitHubRelease; readonly publication: Publication }> {
  const hasFailed = outcomes.some(({ kind }) => kind === 'failed');
  if (!release.isDraft) {
    const isChecked = isRequested && !hasFailed;
    return { release, publication: isChecked ? await publicationOf(world, release, outcomes) : { kind: 'published' } };
  }
  if (!isRequested || hasFailed)
    return { release, publication: { kind: 'draft', isWithheld: isRequested && hasFailed } };
  try {
    await demandOnlyDraft(world.releases, release);
    await world.check?.(release, digestsOf(outcomes));
    // Last: the check downloads every asset, which takes a while.
    await demandUnchanged(world, release, outcomes);
    const published = await world.releases.publish(release);
    return { release: published, publication: await publicationOf(world, published, outcomes) };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { release, publication: { kind: 'failed', error } };
  }
}

/** Checks a published release. */
async function publicationOf(
  world: ReleaseWorld,
  release: GitHubRelease,
  outcomes: readonly AssetOutcome[],
): Promise<Publication> {
  try {
    await world.check?.(release, digestsOf(outcomes));
    return { kind: 'published' };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { kind: 'check-failed', error };
  }
}

function digestsOf(outcomes: readonly AssetOutcome[]): ReadonlyMap<string, string> {
  return new Map(outcomes.flatMap((one) => (one.kind === 'failed' ? [] : [[one.asset.name, one.digest] as const])));
}

/** Demands that no asset was changed since it was attached: after publication, it may be too late. */
async function demandUnchanged(
  { releases }: ReleaseWorld,
  release: GitHubRelease,
  outcomes: readonly AssetOutcome[],
): Promise<void> {
  const present = new Map((await releases.assetsOf(release)).map((asset) => [asset.id, asset]));
  for (const outcome of outcomes) {
    if (outcome.kind === 'failed') continue;
    const { asset, file } = outcome;
    const now = present.get(asset.id);
    if (now?.state === 'uploaded' && now.digest === asset.digest && now.name === asset.name) continue;
    fail(
      'RELEASE_ASSET_DIFFERS',
      `the asset ${asset.name} of the release ${JSON.stringify(release.tag)} was replaced or deleted after ${JSON.stringify(file.path)} was attached`,
      { remedy: 'Find out which job or person changed it, before you run again. The release is not published.' },
    );
  }
}
