/**
 * Caches the responses of a trust root repository for the next run: one file per repository, replaced as a whole. The cache contains no
 * conclusions: all of it is verified again when it is read.
 */

import { createHash } from 'node:crypto';
import * as files from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '../../core/crypto/index.ts';
import { encodeBase64, type JsonObject, ProtoField } from '../../core/encoding/index.ts';
import { readRegularFile, writeAtomically } from '../../node/index.ts';
import type { RepositoryUrls } from './repository.ts';
import { isTargetName, type TargetName } from './target-names.ts';

export interface CachedRepository {
  readonly refreshedAt: Date;
  /** By version, those after the root that is built in. */
  readonly roots: ReadonlyMap<number, Uint8Array>;
  readonly timestamp: Uint8Array;
  readonly snapshot: Uint8Array;
  readonly targets: Uint8Array;
  readonly files: ReadonlyMap<TargetName, Uint8Array>;
}

const maxLength = 32 * 1024 * 1024;
const maxRoots = 1024;
const maxFiles = 16;

/** The cache file of a repository. The address goes into the name as a hash: it may be long, and hold anything. */
export function cachePath(directory: string, { metadata }: RepositoryUrls): string {
  const host = metadata.hostname.replace(/[^a-z0-9.-]/g, '_');
  const hash = createHash('sha256').update(metadata.href).digest('hex').slice(0, 16);
  return join(directory, `trust-root-${host}-${hash}.json`);
}

/**
 * Reads a cache.
 *
 * @returns `undefined` if it does not exist
 * @throws CountersignError `TRUSTED_ROOT_INVALID` if it cannot be parsed
 */
export async function readCache(path: string): Promise<CachedRepository | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readRegularFile(files, path, maxLength);
  } catch {
    return undefined;
  }
  const cache = ProtoField.parse(bytes, 'TRUSTED_ROOT_INVALID', `the cached trust root (${path})`, { maxLength });
  const targets = new Map<TargetName, Uint8Array>();
  for (const file of cache.field('files').list(maxFiles)) {
    const name = file.field('name').text();
    if (isTargetName(name)) targets.set(name, file.field('bytes').data());
  }
  const roots = cache.field('roots').list(maxRoots);
  return {
    refreshedAt: cache.field('refreshedAt').time() ?? cache.field('refreshedAt').fail('is missing'),
    roots: new Map(roots.map((root) => [Number(root.field('version').uint64()), root.field('bytes').data()])),
    timestamp: cache.field('timestamp').data(),
    snapshot: cache.field('snapshot').data(),
    targets: cache.field('targets').data(),
    files: targets,
  };
}

/** Replaces a cache. A reader sees the old one or the new one, never half of either. */
export async function writeCache(path: string, cache: CachedRepository, random: RandomBytes): Promise<void> {
  await writeAtomically(files, random, path, `${JSON.stringify(cacheJson(cache))}\n`);
}

function cacheJson(cache: CachedRepository): JsonObject {
  return {
    refreshedAt: cache.refreshedAt.toISOString(),
    roots: [...cache.roots].map(([version, bytes]) => ({ version, bytes: encodeBase64(bytes) })),
    timestamp: encodeBase64(cache.timestamp),
    snapshot: encodeBase64(cache.snapshot),
    targets: encodeBase64(cache.targets),
    files: [...cache.files].map(([name, bytes]) => ({ name, bytes: encodeBase64(bytes) })),
  };
}
