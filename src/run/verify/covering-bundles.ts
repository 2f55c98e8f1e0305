/**
 * Finds bundles that cover an artifact among others: attestations about several, and files with all bundles of a run. `sign` writes them
 * into the workspace or a folder for bundles, and releases have them beside the files.
 */

import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { formatDigest, type SubjectDigest } from '../../core/crypto/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { coversSeveral } from '../../deliver/index.ts';
import { isWithin, namesIn } from '../../node/index.ts';
import { unreadBundle, type VerificationResult } from '../../report/index.ts';
import type { World } from '../world/index.ts';
import {
  type BundlePool,
  candidates,
  type FoundBundle,
  isAboutOthers,
  joinPools,
  readBundles,
  type UnreadBundle,
} from './bundle-pool.ts';
import { asFailure, type BundlePlaces, demandInside, readBundleFile, shown, unreadable } from './find-bundles.ts';
import { PoolExamination, type RootPolicy } from './pool-examination.ts';
import { type LocalVerifiable, readArtifact } from './verifiable.ts';

/** The bundles of folders, each read once for all artifacts. */
export type CoveringPools = Map<string, Promise<PoolExamination>>;

/** The number of artifacts that a pool is examined for, which is not known: failures of bundles about others are not reported in any case. */
const manyArtifacts = 1000;

/** Returns the folders in which bundles may cover an artifact, the nearest first. */
function foldersCovering(artifact: LocalVerifiable, { workspace }: BundlePlaces): readonly string[] {
  if (artifact.kind === 'stream' || artifact.kind === 'release') return [];
  if (artifact.kind === 'digest') return [resolve(workspace)];
  const root = resolve(workspace);
  const folders: string[] = [];
  let folder = dirname(resolve(artifact.path));
  while (folder !== root && isWithin(root, folder)) {
    folders.push(folder);
    folder = dirname(folder);
  }
  return folder === root ? [...folders, root] : [folder, root];
}

function poolOf(
  folder: string,
  roots: readonly RootPolicy[],
  places: BundlePlaces,
  files: World['files'],
  pools: CoveringPools,
): Promise<PoolExamination> {
  const known = pools.get(folder);
  if (known !== undefined) return known;
  const pool = readPool(folder, places, files).then(
    (read) => new PoolExamination(read, roots, manyArtifacts, new Set()),
  );
  pools.set(folder, pool);
  return pool;
}

/** The number of files of a folder that are read. */
const maxFiles = 200;

async function readPool(folder: string, places: BundlePlaces, files: World['files']): Promise<BundlePool> {
  // A folder that cannot be listed has no bundles that could be found.
  const names = await namesIn(folder, files).catch(() => []);
  const pools: BundlePool[] = [];
  for (const name of names.filter(coversSeveral).sort().slice(0, maxFiles)) {
    const path = join(folder, name);
    const bytes = await readBundleFile(path, files).catch(asFailure);
    if (bytes === undefined) continue;
    await demandInside(path, places, files);
    const place = shown(path, places);
    pools.push(
      bytes instanceof CountersignError ? unreadable(place, bytes, undefined) : readBundles(bytes, place, undefined),
    );
  }
  return joinPools(pools);
}

/**
 * Examines the bundles that name an artifact in the folders around it, the nearest first, until one verifies.
 *
 * @param beside the bundles that were found beside the artifact: copies of them are not examined again. If there are none, bundles that
 * cannot be read are returned where no other names the artifact, as one of them may.
 */
export async function examineCovering(
  artifact: LocalVerifiable,
  roots: readonly RootPolicy[],
  places: BundlePlaces,
  pools: CoveringPools,
  beside: BundlePool,
  { files, clock }: Pick<World, 'files' | 'clock'>,
): Promise<readonly VerificationResult[]> {
  const results: VerificationResult[] = [];
  const unread: UnreadBundle[] = [];
  const examined = beside.bundles.map(({ bundle }) => bundle);
  for (const folder of foldersCovering(artifact, places)) {
    const examination = await poolOf(folder, roots, places, files, pools);
    const { pool } = examination;
    unread.push(...pool.unread);
    if (pool.bundles.length === 0) continue;
    const { algorithms, whole } = examination.needs;
    const read = await readArtifact(artifact, algorithms, whole, { files });
    const [digest] = read.digests;
    const known = { artifact: artifact.name, digest: digest && formatDigest(digest) };
    for (const one of bundlesNaming(pool, read.digests)) {
      const { bundle } = one;
      if (examined.some((other) => isDeepStrictEqual(other, bundle))) continue;
      examined.push(bundle);
      const outcome = await examination.examine(one, read, artifact.kind, clock());
      results.push({ ...known, bundle: one.path, bundleDigest: one.digest, ...outcome });
      if (outcome.failure === undefined) return results;
    }
  }
  if (results.length > 0 || beside.bundles.length + beside.unread.length > 0) return results;
  return unread.map(({ path, failure }) => ({
    artifact: artifact.name,
    digest: undefined,
    bundle: path,
    ...unreadBundle(failure),
  }));
}

/** Returns the bundles of a pool that name one of an artifact's digests. */
function bundlesNaming(pool: BundlePool, digests: readonly SubjectDigest[]): readonly FoundBundle[] {
  return candidates(pool, digests, new Set()).flatMap((one) =>
    'named' in one && one.named !== undefined && !isAboutOthers(one, digests) ? [one] : [],
  );
}
