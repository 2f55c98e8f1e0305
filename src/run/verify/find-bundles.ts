/** Finds the bundles of artifacts: beside them, in files that were named, or anywhere in a folder. */

import { basename, join, relative, resolve, sep } from 'node:path';
import { bundleStem } from '../../core/bundle/index.ts';
import { formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { leadsOutOf, NotRegularFile, pathBelow, readRegularFile } from '../../node/index.ts';
import type { World } from '../world/index.ts';
import type { BundlePool } from './bundle-pool.ts';
import { joinPools, readBundles, readingBudget } from './bundle-pool.ts';
import type { LocalVerifiable } from './verifiable.ts';

/** The places to search. Paths are absolute, and shown relative to the workspace. */
export interface BundlePlaces {
  readonly workspace: string;
  /** Files, each with one bundle or one per line. */
  readonly paths: readonly string[];
  /** A folder with bundles, at any depth. */
  readonly directory: string | undefined;
  /** A folder that links must not lead out of: the workspace of a job. The command follows links. */
  readonly confinedTo?: string;
}

const maxFileLength = 128 * 1024 * 1024;
/** The limit for all bundles together. */
const maxTotalLength = 512 * 1024 * 1024;

/**
 * Reads the bundles that were named; returns `undefined` if none were, and each artifact's are beside it.
 *
 * @throws CountersignError `BUNDLE_MISSING` for a file or folder that does not exist; `BUNDLE_UNREADABLE` for a folder that cannot be
 * read; `LIMIT_EXCEEDED`; `USAGE` for a link that leads out of the workspace
 */
export async function namedBundles(places: BundlePlaces, files: World['files']): Promise<BundlePool | undefined> {
  const { paths, directory } = places;
  if (paths.length === 0 && directory === undefined) return undefined;
  const found = directory === undefined ? [] : await bundleFiles(directory, places, files);
  const pools: BundlePool[] = [];
  let total = 0;
  const budget = readingBudget();
  for (const path of new Set([...paths, ...found])) {
    await demandInside(path, places, files);
    const stem = directory === undefined ? undefined : bundleStem(relative(directory, path).split(sep).join('/'));
    const bytes = await readBundleFile(path, files);
    if (bytes === undefined) missing(path);
    if (bytes instanceof CountersignError) {
      pools.push(unreadable(shown(path, places), bytes, stem));
      continue;
    }
    total += bytes.length;
    if (total > maxTotalLength)
      fail('LIMIT_EXCEEDED', `the bundles exceed the limit of ${maxTotalLength} bytes in total`, {
        remedy: 'Verify the artifacts in several runs.',
      });
    pools.push(await readPool(bytes, shown(path, places), stem, budget));
  }
  return joinPools(pools);
}

/** Reads the bundles in a file, and those that a file of another tool holds. */
async function readPool(
  bytes: Uint8Array,
  path: string,
  stem: string | undefined,
  budget = readingBudget(),
): Promise<BundlePool> {
  const { left } = budget;
  const pool = readBundles(bytes, path, stem, budget);
  if (pool.unread.length === 0) return pool;
  const { readOtherFormat } = await import('./other-formats.ts');
  budget.left = left;
  return readBundles(bytes, path, stem, budget, readOtherFormat);
}

/** Returns a file that cannot be read as a pool. */
export function unreadable(path: string, failure: CountersignError, stem: string | undefined): BundlePool {
  return { bundles: [], unread: [{ path, failure, stem }] };
}

/** Reads the bundles beside an artifact, or where `sign` and gh put those of a digest. */
export async function bundlesBeside(
  artifact: LocalVerifiable,
  places: BundlePlaces,
  files: World['files'],
): Promise<BundlePool> {
  const pools: BundlePool[] = [];
  for (const path of pathsBeside(artifact, places)) {
    const bytes = await readBundleFile(path, files).catch(asFailure);
    if (bytes === undefined) continue;
    // Checked only for files that exist: most of these paths do not.
    await demandInside(path, places, files);
    const place = shown(path, places);
    if (bytes instanceof CountersignError) pools.push(unreadable(place, bytes, artifact.name));
    else pools.push(await readPool(bytes, place, artifact.name));
  }
  return joinPools(pools);
}

/** Returns the paths where bundles beside an artifact may be. */
export function pathsBeside(artifact: LocalVerifiable, { workspace }: BundlePlaces): readonly string[] {
  if (artifact.kind === 'stream' || artifact.kind === 'release') return [];
  const base = artifact.kind === 'file' ? resolve(artifact.path) : resolve(workspace, artifact.name);
  const suffixes = [
    '.sigstore.json',
    '.sigstore',
    '.sigstore.jsonl',
    ...(isDistribution(base) ? attestationSuffixes : []),
  ];
  const beside = suffixes.map((suffix) => `${base}${suffix}`);
  return artifact.kind === 'file' ? beside : [...beside, join(workspace, `${formatDigest(artifact.digest)}.jsonl`)];
}

/** The endings of PEP 740 attestations, which tools for Python write beside distributions. */
const attestationSuffixes = ['.publish.attestation', '.provenance.attestation'];

function isDistribution(path: string): boolean {
  return path.endsWith('.whl') || path.endsWith('.tar.gz');
}

/** Returns the names that a bundle's file may be named after to belong to an artifact. */
export function namesOf({ name }: LocalVerifiable): ReadonlySet<string> {
  return new Set([name, name.replace(/^\.\//, ''), basename(name)]);
}

async function bundleFiles(directory: string, places: BundlePlaces, files: World['files']): Promise<readonly string[]> {
  await demandInside(directory, places, files);
  const entries = await files.readdir(directory, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    const code = systemCode(cause);
    return fail(
      code === 'ENOENT' ? 'BUNDLE_MISSING' : 'BUNDLE_UNREADABLE',
      `the bundle folder ${directory} cannot be read: ${code}`,
      { cause, remedy: 'Check the path, and that this user has read access to the folder and its subfolders.' },
    );
  });
  // Links are not followed here. One that leads out of the workspace may be an attempt to have other bundles found.
  for (const entry of entries)
    if (entry.isSymbolicLink()) await demandInside(join(entry.parentPath, entry.name), places, files);
  return entries
    .filter((entry) => entry.isFile() && bundleStem(entry.name) !== undefined)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Demands that no link leads a path out of the workspace of a job. */
export async function demandInside(path: string, { confinedTo }: BundlePlaces, files: World['files']): Promise<void> {
  if (confinedTo === undefined) return;
  const real = await leadsOutOf(files, confinedTo, path).catch((cause: unknown) => missing(path, cause));
  if (real === undefined) return;
  fail('USAGE', `${path} is a link to ${real}, which is outside of ${confinedTo}`, {
    remedy: 'Remove the link, or specify its target.',
  });
}

const absentCodes: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

/**
 * Returns the bytes of a file; `undefined` if there is no such file; the failure if it cannot be read.
 *
 * @throws CountersignError `LIMIT_EXCEEDED`
 */
export async function readBundleFile(
  path: string,
  files: World['files'],
): Promise<Uint8Array | CountersignError | undefined> {
  try {
    return await readRegularFile(files, path, maxFileLength);
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    const code = systemCode(cause);
    if (absentCodes.has(code)) return undefined;
    const isFolder = cause instanceof NotRegularFile && cause.isFolder;
    const reason = cause instanceof NotRegularFile ? (isFolder ? 'it is a folder' : 'it is not a regular file') : code;
    return new CountersignError('BUNDLE_UNREADABLE', `${path} cannot be read: ${reason}`, {
      cause,
      remedy: isFolder
        ? 'Specify a folder with `bundle-dir`.'
        : 'Grant this user read access (chmod, chown), or specify a different path.',
    });
  }
}

/** Returns the failure of reading a file; throws another error. */
export function asFailure(failure: unknown): CountersignError {
  if (failure instanceof CountersignError) return failure;
  throw failure;
}

function missing(path: string, cause?: unknown): never {
  return fail('BUNDLE_MISSING', `there is no bundle at ${path}`, {
    cause,
    remedy: 'If the bundle is at a different path, specify that path.',
  });
}

/** Returns a path as reports show it: relative to the workspace, if it is there. */
export function shown(path: string, { workspace }: BundlePlaces): string {
  return pathBelow(workspace, path) || path;
}
