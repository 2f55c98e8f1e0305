/** Loads files of a trust root repository (TUF), over the network or from the cache. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RandomBytes } from '../../core/crypto/index.ts';
import { ProtoField } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { Http } from '../http/index.ts';
import { type CachedRepository, cachePath, readCache, writeCache } from './cache.ts';
import { type RepositoryUrls, repositoryUrls, type TufRepository } from './repository.ts';
import { cachedSource, networkSource } from './source.ts';
import { demandTargetName, type TargetName } from './target-names.ts';
import type { Updated } from './update.ts';

export interface TufOptions {
  readonly http: Http;
  readonly clock: () => Date;
  readonly random: RandomBytes;
  /** The folder of the cache; without it, nothing is cached. */
  readonly cacheDirectory?: string | undefined;
  /**
   * `online`, the default: the cache for a day, then the repository. `offline`: the cache alone, refused if it has
   * expired. `offline-stale`: the cache alone, even if it has expired, which the result then says.
   */
  readonly mode?: 'online' | 'offline' | 'offline-stale';
  /** The parent of the temporary folder; the system's folder for temporary files by default. */
  readonly temporaryDirectory?: string | undefined;
}

export interface TufFiles<Name extends TargetName = TargetName> {
  readonly files: ReadonlyMap<Name, Uint8Array>;
  readonly source: 'repository' | 'cache';
  /** The time of the last refresh from the repository. */
  readonly refreshedAt: Date;
  /** Metadata had expired, and was used because that was asked for. */
  readonly expired: boolean;
  /** Problems that did not prevent loading, as sentences. */
  readonly warnings: readonly string[];
}

const freshMilliseconds = 24 * 60 * 60 * 1000;
/** By this time nothing has expired yet. */
const beforeAnyExpiry = new Date(0);

/**
 * Loads files of a repository. All of it is verified from the repository's root, what was cached as well: a cache saves
 * requests, not checks. The cache also keeps an old state of the repository from passing for the newest.
 *
 * @throws CountersignError `TRUSTED_ROOT_INVALID`, `TRUSTED_ROOT_EXPIRED`, `TRUSTED_ROOT_MISSING`, `USAGE`, and those of
 * HTTP, where the service is "the trust root repository"
 */
export async function loadFromTuf<Name extends TargetName>(
  repository: TufRepository,
  names: readonly Name[],
  options: TufOptions,
): Promise<TufFiles<Name>> {
  names.forEach(demandTargetName);
  const urls = repositoryUrls(repository);
  const folder = await mkdtemp(join(options.temporaryDirectory ?? tmpdir(), 'countersign-tuf-'));
  try {
    const load: Load<Name> = { repository, urls, names, options, folder, time: options.clock() };
    return options.mode === undefined || options.mode === 'online' ? await loadOnline(load) : await loadOffline(load);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Load<Name extends TargetName> {
  readonly repository: TufRepository;
  readonly urls: RepositoryUrls;
  readonly names: readonly Name[];
  readonly options: TufOptions;
  /** Of this load alone. */
  readonly folder: string;
  readonly time: Date;
}

async function loadOffline<Name extends TargetName>(load: Load<Name>): Promise<TufFiles<Name>> {
  const { urls, options, time } = load;
  const { cacheDirectory } = options;
  const cache = cacheDirectory === undefined ? undefined : await readCache(cachePath(cacheDirectory, urls));
  if (cache === undefined) {
    fail('TRUSTED_ROOT_MISSING', `there is no cached trust root of the TUF repository (${urls.metadata.origin})`, {
      remedy: 'Run once with network access, or set `trusted-root`.',
    });
  }
  const result = { source: 'cache', refreshedAt: cache.refreshedAt, warnings: [] } as const;
  try {
    return { ...result, files: (await replay(load, cache, time)).files, expired: false };
  } catch (error) {
    if (options.mode !== 'offline-stale' || !isFailure(error, 'TRUSTED_ROOT_EXPIRED')) throw error;
    return { ...result, files: (await replay(load, cache, beforeAnyExpiry)).files, expired: true };
  }
}

async function loadOnline<Name extends TargetName>(load: Load<Name>): Promise<TufFiles<Name>> {
  const { repository, urls, names, options, folder, time } = load;
  const { http, cacheDirectory } = options;
  const warnings: string[] = [];
  const cache = cacheDirectory === undefined ? undefined : await usableCache(cachePath(cacheDirectory, urls), warnings);
  if (cache === undefined) {
    await startFrom(folder, repository.rootJson);
  } else {
    const replayed = await tryReplay(load, cache, warnings);
    if (replayed !== undefined && isFresh(cache, time)) {
      return { files: replayed.files, source: 'cache', refreshedAt: cache.refreshedAt, expired: false, warnings };
    }
    // What is fetched must not be older than this, even where this has expired.
    await writeFile(join(folder, 'timestamp.json'), cache.timestamp);
    await writeFile(join(folder, 'snapshot.json'), cache.snapshot);
  }
  const { update } = await import('./update.ts');
  const updated = await update({ urls, source: networkSource(http, urls), names, time, folder });
  if (cacheDirectory !== undefined) {
    const path = cachePath(cacheDirectory, urls);
    const renewed = await newCache(load, updated, cache);
    // Whoever cannot write there, as in a read-only container, still gets what he asked for.
    await writeCache(path, renewed, options.random).catch((error: unknown) => {
      warnings.push(`the trust root could not be cached: ${path} cannot be written (${String(error)})`);
    });
  }
  return { files: updated.files, source: 'repository', refreshedAt: time, expired: false, warnings };
}

/** Verifies what is cached, and reads from it, as if the repository answered it now. */
async function replay<Name extends TargetName>(
  { repository, urls, names, folder }: Load<Name>,
  cache: CachedRepository,
  time: Date,
): Promise<Updated<Name>> {
  await startFrom(folder, repository.rootJson);
  const { update } = await import('./update.ts');
  return update({ urls, source: cachedSource(cache, urls), names, time, folder });
}

/**
 * The same, where the network is there to ask. Whatever comes of it, the folder's root is then the last of the cached
 * ones that was verified, so that no repository can go back behind it.
 */
async function tryReplay<Name extends TargetName>(
  load: Load<Name>,
  cache: CachedRepository,
  warnings: string[],
): Promise<Updated<Name> | undefined> {
  try {
    return await replay(load, cache, load.time);
  } catch (error) {
    if (isFailure(error, 'TRUSTED_ROOT_EXPIRED') || isFailure(error, 'TRUSTED_ROOT_MISSING')) return undefined;
    if (!(error instanceof CountersignError)) throw error;
    warnings.push(`the cached trust root was not used: ${error.message}`);
    return undefined;
  }
}

async function usableCache(path: string, warnings: string[]): Promise<CachedRepository | undefined> {
  try {
    return await readCache(path);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    warnings.push(`the cached trust root was not used: ${error.message}`);
    return undefined;
  }
}

async function startFrom(folder: string, rootJson: TufRepository['rootJson']): Promise<void> {
  await writeFile(join(folder, 'root.json'), rootJson);
}

function isFailure(error: unknown, code: CountersignError['code']): boolean {
  return error instanceof CountersignError && error.code === code;
}

/** A time in the future would keep a cache fresh for as long as its timestamp lasts. */
function isFresh({ refreshedAt }: CachedRepository, now: Date): boolean {
  const age = now.getTime() - refreshedAt.getTime();
  return age >= 0 && age < freshMilliseconds;
}

async function newCache<Name extends TargetName>(
  { repository, folder, time }: Load<Name>,
  updated: Updated<Name>,
  old: CachedRepository | undefined,
): Promise<CachedRepository> {
  const metadata = (role: string): Promise<Uint8Array> => readFile(join(folder, `${role}.json`));
  const last = rootVersion(await metadata('root'));
  const read = [...(old?.roots ?? []), ...updated.roots];
  return {
    refreshedAt: time,
    roots: new Map(read.filter(([version]) => version > rootVersion(repository.rootJson) && version <= last)),
    timestamp: await metadata('timestamp'),
    snapshot: await metadata('snapshot'),
    targets: await metadata('targets'),
    files: new Map<TargetName, Uint8Array>([...(old?.files ?? []), ...updated.files]),
  };
}

function rootVersion(json: string | Uint8Array): number {
  const root = ProtoField.parse(json, 'TRUSTED_ROOT_INVALID', 'the root metadata of the TUF repository');
  return Number(root.field('signed').field('version').uint64());
}
