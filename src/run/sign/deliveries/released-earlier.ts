/** Finds the bundles that an earlier attempt of the run attached to a release. */

import { basename } from 'node:path';
import { maxBundleLength } from '../../../core/bundle/index.ts';
import { CountersignError } from '../../../core/errors/index.ts';
import { assetNameOf, type ReleaseTarget } from '../../../deliver/index.ts';
import {
  type GitHubRelease,
  openReleases,
  type ReleaseAsset,
  type ReleaseClient,
} from '../../../services/github/index.ts';
import type { World } from '../../world/index.ts';
import type { EarlierBundles } from '../earlier-bundles.ts';
import { type GitHubAccess, gitHubOptions } from './github-access.ts';

/** Returns the bundles that a release or its draft has under the name of the wanted one. The assets are listed once. */
export function releasedEarlier(access: GitHubAccess, target: ReleaseTarget, world: World): EarlierBundles {
  const releases = openReleases(gitHubOptions(access, world));
  let listed: Promise<Listed | undefined> | undefined;
  return async ({ path }) => {
    listed ??= list(releases, access.repository, target);
    const found = await listed;
    const name = assetNameOf(basename(path));
    const asset = found?.assets.find((one) => one.name === name && one.state === 'uploaded');
    if (found === undefined || asset === undefined || asset.size > maxBundleLength) return [];
    return [await textOf(releases, found.release, asset)];
  };
}

interface Listed {
  readonly release: GitHubRelease;
  readonly assets: readonly ReleaseAsset[];
}

/** Lists the assets; returns `undefined` if there is no release that the token can see: an earlier attempt could not see it either. */
async function list(releases: ReleaseClient, repository: string, target: ReleaseTarget): Promise<Listed | undefined> {
  try {
    const release = await find(releases, repository, target);
    return release && { release, assets: await releases.assetsOf(release) };
  } catch (error) {
    const isHidden =
      error instanceof CountersignError && (error.code === 'PERMISSION_MISSING' || error.code === 'SERVICE_REFUSED');
    if (isHidden) return undefined;
    throw error;
  }
}

async function find(
  releases: ReleaseClient,
  repository: string,
  target: ReleaseTarget,
): Promise<GitHubRelease | undefined> {
  if (target.kind === 'id') return releases.findById(repository, target.id);
  const [draft] = await releases.draftsOf(repository, target.tag);
  return draft ?? releases.findByTag(repository, target.tag);
}

async function textOf(releases: ReleaseClient, release: GitHubRelease, asset: ReleaseAsset): Promise<string> {
  const pieces: Buffer[] = [];
  await releases.download(release, asset, {
    begin: () => void pieces.splice(0),
    take: (bytes) => void pieces.push(Buffer.from(bytes)),
  });
  return Buffer.concat(pieces).toString('utf8');
}
