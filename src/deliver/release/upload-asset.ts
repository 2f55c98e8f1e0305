/** Uploads one file to a release, whatever an earlier or a concurrent upload left there. */

import { createHash } from 'node:crypto';
import { fail, systemCode } from '../../core/errors/index.ts';
import { type FileReading, openRegularFile } from '../../node/index.ts';
import type { GitHubRelease, ReleaseAsset } from '../../services/github/index.ts';
import type { StreamedBody } from '../../services/http/index.ts';
import type { NamedFile } from './asset-names.ts';
import { isOutage } from './find-release.ts';
import type { ReleaseWorld } from './release-request.ts';

/** A file whose content is known. */
export interface HashedFile extends NamedFile {
  /** `sha256:<hex>` */
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
}

export interface UploadedFile {
  readonly kind: 'uploaded' | 'already-there';
  readonly asset: ReleaseAsset;
}

const maxAttempts = 3;
const readLength = 256 * 1024;
/** In milliseconds: how long an upload of another job may take before its asset counts as left behind, apart from its size. */
const shortestPatience = 15_000;
/** In bytes per millisecond. */
const usualRate = 1000;
const firstWait = 1000;

/**
 * Makes a file an asset of a release. An asset with the same content stays as it is. An upload that is under way in another job is waited for,
 * and what an interrupted upload left is deleted.
 *
 * @param found the asset of the name, as it was listed before
 * @throws CountersignError `RELEASE_ASSET_DIFFERS`; `RELEASE_IMMUTABLE`; `SUBJECT_CHANGED`; those of the client
 */
export async function uploadAsset(
  world: ReleaseWorld,
  release: GitHubRelease,
  file: HashedFile,
  found: ReleaseAsset | undefined,
  overwrite: boolean,
): Promise<UploadedFile> {
  let existing = found;
  for (let attempt = 1; ; attempt++) {
    const asset = await settled(world, release, file, existing);
    if (asset !== undefined) {
      if (await isSame(world, release, file, asset)) return { kind: 'already-there', asset };
      if (!overwrite) differs(release, file, asset);
      await world.releases.deleteAsset(release, asset);
    }
    try {
      const uploaded = await upload(world, release, file);
      if (uploaded !== undefined) return { kind: 'uploaded', asset: uploaded };
      if (attempt === maxAttempts) busy(release, file);
    } catch (error) {
      // The effect may have happened, in whole or in part.
      if (!isOutage(error) || attempt === maxAttempts) throw error;
    }
    existing = await find(world, release, file);
  }
}

/** Reports whether an asset has the content of a file. For one without a digest, its content is downloaded. */
export async function isSame(
  { releases }: ReleaseWorld,
  release: GitHubRelease,
  { digest, size }: HashedFile,
  asset: ReleaseAsset,
): Promise<boolean> {
  if (asset.state !== 'uploaded' || asset.size !== size) return false;
  return digest === (asset.digest ?? (await releases.download(release, asset)).digest);
}

/** Returns the asset once its upload has ended; `undefined` if there is none, or no longer. */
async function settled(
  world: ReleaseWorld,
  release: GitHubRelease,
  file: HashedFile,
  found: ReleaseAsset | undefined,
): Promise<ReleaseAsset | undefined> {
  const { releases, sleep, cancellation } = world;
  let asset = found;
  const patience = shortestPatience + file.size / usualRate;
  for (let waited = 0, wait = firstWait; asset?.state === 'starter' && waited < patience; wait *= 2) {
    try {
      await sleep(wait, cancellation);
    } catch (cause) {
      fail('CANCELLED', `cancelled while waiting for the upload of ${file.name} by another job`, { cause });
    }
    waited += wait;
    asset = await find(world, release, file);
  }
  if (asset?.state !== 'starter') return asset;
  await releases.deleteAsset(release, asset);
  return undefined;
}

async function find(
  { releases }: ReleaseWorld,
  release: GitHubRelease,
  { name }: HashedFile,
): Promise<ReleaseAsset | undefined> {
  return (await releases.assetsOf(release)).find((asset) => asset.name === name);
}

/** Uploads the file, and checks what arrived. Returns `undefined` if the name was taken meanwhile. */
async function upload(
  { releases, files }: ReleaseWorld,
  release: GitHubRelease,
  { file, name, label, digest, size }: HashedFile,
): Promise<ReleaseAsset | undefined> {
  const content = new HashedContent(files, file.path, size);
  const result = await releases.upload(release, {
    name,
    content,
    ...(label !== undefined && { label }),
    ...(file.contentType !== undefined && { contentType: file.contentType }),
  });
  if (result.kind === 'name-taken') return undefined;
  const { asset } = result;
  const sent = content.digest();
  const isComplete = asset.state === 'uploaded' && asset.size === size && (asset.digest ?? digest) === digest;
  if (sent === digest && isComplete) return asset;
  await releases.deleteAsset(release, asset);
  if (sent !== digest) changed(file.path);
  return fail(
    'SERVICE_RESPONSE_INVALID',
    `GitHub stored the asset ${name} of the release ${JSON.stringify(release.tag)} with ${asset.size} bytes and the digest ${asset.digest}, instead of ${size} bytes and ${digest}`,
    { remedy: 'The asset was deleted. Run again.' },
  );
}

/** The content of a file, which is hashed while it is sent. */
class HashedContent implements StreamedBody {
  readonly length: number;
  readonly #files: FileReading;
  readonly #path: string;
  #hash = createHash('sha256');

  constructor(files: FileReading, path: string, length: number) {
    this.#files = files;
    this.#path = path;
    this.length = length;
  }

  readonly open = async function* (this: HashedContent): AsyncGenerator<Uint8Array> {
    this.#hash = createHash('sha256');
    try {
      await using file = await openRegularFile(this.#files, this.#path);
      for (let sent = 0; ; ) {
        // A buffer of its own for each piece: the connection may still hold the last one.
        const { bytesRead, buffer } = await file.handle.read(Buffer.allocUnsafe(readLength), 0, readLength, null);
        sent += bytesRead;
        if (sent > this.length || (bytesRead === 0 && sent < this.length)) changed(this.#path);
        if (bytesRead === 0) return;
        const bytes = buffer.subarray(0, bytesRead);
        this.#hash.update(bytes);
        yield bytes;
      }
    } catch (cause) {
      if (systemCode(cause) === undefined) throw cause;
      fail('SUBJECT_CHANGED', `${this.#path} can no longer be read: ${systemCode(cause)}`, { cause });
    }
  }.bind(this);

  /** Returns the digest of what was sent. */
  digest(): string {
    return `sha256:${this.#hash.copy().digest('hex')}`;
  }
}

function changed(path: string): never {
  return fail('SUBJECT_CHANGED', `${path} was modified before or while it was uploaded, and is not attached`, {
    remedy: 'Upload after the last step that writes to the file.',
  });
}

function differs({ tag, repository }: GitHubRelease, { file, name, digest }: HashedFile, asset: ReleaseAsset): never {
  const has = asset.digest ?? `${asset.size} bytes and another digest`;
  return fail(
    'RELEASE_ASSET_DIFFERS',
    `the release ${JSON.stringify(tag)} of ${repository} has an asset ${name} with ${has}, but ${JSON.stringify(file.path)} has ${digest}`,
  );
}

function busy({ tag, repository }: GitHubRelease, { name }: HashedFile): never {
  return fail(
    'DELIVERY_FAILED',
    `another job keeps uploading the asset ${name} of the release ${JSON.stringify(tag)} of ${repository}`,
    { remedy: 'Let only one job attach the file, and run again.' },
  );
}
