/** The bundles among the assets of a repository's releases. */

import { join, parse } from 'node:path';
import { bundleStem, maxBundleLength } from '../../../core/bundle/index.ts';
import { digest, formatDigest, parseDigest } from '../../../core/crypto/index.ts';
import { utf8 } from '../../../core/encoding/index.ts';
import { attempt, fail } from '../../../core/errors/index.ts';
import { readBundle } from '../../../core/verify/index.ts';
import { deliverFile } from '../../../deliver/index.ts';
import { safeFileName } from '../../../node/index.ts';
import type { GitHubRelease, ReleaseAsset, ReleaseClient } from '../../../services/github/index.ts';
import type { World } from '../../world/index.ts';
import type { BundlePlace, OldSignature, Source } from '../old-signature.ts';

export interface ReleaseSourceRequest {
  /** `owner/name` */
  readonly repository: string;
  /** Only the releases with these tags; by default, all releases and drafts. */
  readonly tags: readonly string[];
  /** The absolute path of the folder for new bundles of immutable releases; without it, those fail. */
  readonly immutableFolder: string | undefined;
  /** Called for each bundle that was written to that folder. */
  readonly onKept?: (path: string) => void;
}

/**
 * Returns the bundles of releases. A bundle is about the asset that it is named after, by the digest that GitHub states: no artifact is
 * downloaded. A new bundle replaces the asset. The assets of immutable releases cannot be replaced.
 */
export function releaseSource(
  request: ReleaseSourceRequest,
  releases: ReleaseClient,
  world: Pick<World, 'files' | 'random'>,
): Source {
  const { repository, tags } = request;
  return {
    title: `the releases of ${repository}${tags.length === 0 ? '' : ` (${tags.join(', ')})`}`,
    async *signatures() {
      const all = await releases.list(repository);
      const missing = tags.find((tag) => !all.some((release) => release.tag === tag));
      if (missing !== undefined)
        fail('RELEASE_MISSING', `${repository} has no release with the tag ${JSON.stringify(missing)}`, {
          remedy: 'Check the tag, and that the token may read the repository; drafts require `contents: write`.',
        });
      for (const release of all) {
        if (tags.length > 0 && !tags.includes(release.tag)) continue;
        const assets = await releases.assetsOf(release);
        for (const asset of withInterrupted(assets)) {
          const signature = signatureIn(asset, assets, release, request, releases, world);
          if (signature !== undefined) yield signature;
        }
      }
    },
  };
}

/** The ending of the copy of a new bundle that is there until it has replaced the old asset. */
const copyEnding = '.reissue';

/** Adds the assets that an interrupted run has deleted and not uploaded again: only their copies are there. */
function withInterrupted(assets: readonly ReleaseAsset[]): readonly ReleaseAsset[] {
  const interrupted = assets.flatMap((asset) => {
    const name = asset.name.endsWith(copyEnding) ? asset.name.slice(0, -copyEnding.length) : undefined;
    return name === undefined || assets.some((one) => one.name === name) ? [] : [{ ...asset, name }];
  });
  return [...assets, ...interrupted];
}

function signatureIn(
  asset: ReleaseAsset,
  assets: readonly ReleaseAsset[],
  release: GitHubRelease,
  request: ReleaseSourceRequest,
  releases: ReleaseClient,
  world: Pick<World, 'files' | 'random'>,
): OldSignature | undefined {
  const stem = bundleStem(asset.name);
  // A file with several bundles cannot be replaced by one.
  if (stem === undefined || asset.name.endsWith('.jsonl') || asset.state !== 'uploaded') return undefined;
  const signed = assets.find(({ name, state }) => name === stem && state === 'uploaded')?.digest;
  const known = signed === undefined ? undefined : attempt(() => parseDigest(signed));
  return {
    name: stem,
    digests: known === undefined ? [] : [known],
    place: placeOf(asset, release, request, releases, world),
  };
}

function placeOf(
  { name, label }: ReleaseAsset,
  release: GitHubRelease,
  { repository, immutableFolder, onKept }: ReleaseSourceRequest,
  releases: ReleaseClient,
  world: Pick<World, 'files' | 'random'>,
): BundlePlace {
  const location = `${releases.origin}/${repository}/releases/${release.id}/${name}`;
  const find = async (): Promise<{ readonly asset?: ReleaseAsset; readonly copy?: ReleaseAsset }> => {
    const assets = await releases.assetsOf(release);
    const asset = assets.find((one) => one.name === name);
    const copy = assets.find((one) => one.name === `${name}${copyEnding}`);
    return { ...(asset && { asset }), ...(copy && { copy }) };
  };
  const upload = async (as: string, bytes: Uint8Array): Promise<ReleaseAsset> => {
    const content = {
      length: bytes.length,
      async *open() {
        yield bytes;
      },
    };
    const result = await releases.upload(release, { name: as, content, ...(label !== undefined && { label }) });
    if (result.kind === 'uploaded') return result.asset;
    return fail('RELEASE_ASSET_DIFFERS', `another client uploaded the asset ${as} at the same time`, {
      remedy: 'Make sure that nothing else changes the release, and run again.',
    });
  };
  return {
    location,
    read: async () => {
      const found = await find();
      const asset = found.asset ?? found.copy;
      if (asset === undefined)
        fail('BUNDLE_MISSING', `the release ${JSON.stringify(release.tag)} no longer has the asset ${name}`, {
          remedy: 'An interrupted run may have deleted it: run again with the same state.',
        });
      if (asset.size > maxBundleLength)
        fail('LIMIT_EXCEEDED', `the asset ${name} has ${asset.size} bytes; the limit is ${maxBundleLength}`);
      const pieces: Uint8Array[] = [];
      const begin = (): void => void pieces.splice(0);
      await releases.download(release, asset, { begin, take: (bytes) => void pieces.push(Uint8Array.from(bytes)) });
      const bytes = new Uint8Array(Buffer.concat(pieces));
      return { bytes, bundle: readBundle(bytes) };
    },
    deliver: async (text) => {
      if (release.isImmutable) {
        const path = keptPath(immutableFolder, release, name);
        const places = { workspace: parse(path).root, bundleDirectory: undefined };
        await deliverFile(world.files, world.random, path, text, places);
        onKept?.(path);
        return;
      }
      const bytes = utf8(text);
      const { asset, copy } = await find();
      const wanted = formatDigest(digest('sha256', bytes));
      const isNew = (one: ReleaseAsset | undefined): boolean => one?.state === 'uploaded' && one.digest === wanted;
      // GitHub has no way to replace an asset: the copy shows the next run what is missing after an interruption.
      let marker = copy;
      if (!isNew(asset)) {
        if (marker !== undefined && !isNew(marker)) {
          await releases.deleteAsset(release, marker);
          marker = undefined;
        }
        marker ??= await upload(`${name}${copyEnding}`, bytes);
        if (asset !== undefined) await releases.deleteAsset(release, asset);
        await upload(name, bytes);
      }
      if (marker !== undefined) await releases.deleteAsset(release, marker);
    },
  };
}

function keptPath(folder: string | undefined, { tag }: GitHubRelease, name: string): string {
  if (folder === undefined)
    fail('RELEASE_IMMUTABLE', `the release ${JSON.stringify(tag)} is immutable, so that ${name} cannot be replaced`, {
      remedy:
        'Specify a folder for new bundles of immutable releases with `immutable-folder`, and publish them in a new release or in the attestation store.',
    });
  return join(folder, safeFileName(tag, 100), safeFileName(name, 200));
}
