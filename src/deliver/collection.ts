/**
 * Writes the files that cover all bundles of a run: one file with all bundles, and a manifest that lists which bundle signs which
 * subject.
 */

import { createHash } from 'node:crypto';
import type * as fs from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { maxBundleLength } from '../core/bundle/index.ts';
import { type Digest, formatDigest, type RandomBytes, toDigest } from '../core/crypto/index.ts';
import { fail, systemCode } from '../core/errors/index.ts';
import type { FileReading } from '../node/index.ts';
import { readRegularFile } from '../node/index.ts';
import type { CollectionPaths, Places } from './bundle-paths.ts';
import type { DeliveringFiles } from './disk.ts';
import { deliverFile } from './disk.ts';
import { readManifest } from './manifest.ts';

/** A subject whose bundle is on disk. */
export interface DeliveredSubject {
  readonly name: string;
  readonly digest: Digest;
  readonly bundlePath: string;
  readonly logs: readonly LogReference[];
  readonly signedAt: Date;
}

/** The position of an entry in a transparency log. */
export interface LogReference {
  readonly url: string;
  /** The log's key id, in hexadecimal digits. */
  readonly id: string;
  readonly index: bigint;
}

export interface CollectionRequest {
  /** The paths that the files may have, the best first. */
  readonly candidates: Iterable<CollectionPaths>;
  /** The folders that the run may write to. */
  readonly places: Places;
  /** The signer's identity, from the certificates. */
  readonly identity: string;
  readonly issuer: string;
  readonly subjects: readonly DeliveredSubject[];
}

export interface Collection {
  readonly bundlesPath: string;
  readonly manifestPath: string;
  /** The digest of the manifest as it was written. */
  readonly manifestDigest: Digest<'sha256'>;
}

/** The approximate number of characters that are written at a time. */
const batchLength = 64 * 1024;

/**
 * Writes both files atomically, and replaces nothing that an earlier step wrote. The bundles are read back from disk one at a time, so that their number does not matter.
 *
 * @throws CountersignError `DELIVERY_FAILED`
 */
export async function writeCollection(
  files: DeliveringFiles & Pick<typeof fs, 'lstat'>,
  random: RandomBytes,
  { candidates, places, identity, issuer, subjects }: CollectionRequest,
): Promise<Collection> {
  const paths = await choosePaths(files, candidates, subjects);
  const sorted = subjects.toSorted(bySubject);
  const digests = new Map<string, string>();
  await deliverFile(files, random, paths.bundles, batched(bundleLines(files, sorted, digests)), places);
  const hash = createHash('sha256');
  const lines = manifestLines(paths.manifest, identity, issuer, sorted, digests);
  await deliverFile(files, random, paths.manifest, hashed(batched(lines), hash), places);
  const manifestDigest = toDigest('sha256', new Uint8Array(hash.digest()));
  return { bundlesPath: paths.bundles, manifestPath: paths.manifest, manifestDigest };
}

/**
 * Chooses the first paths at which nothing would be lost: where nothing is, or the files of an earlier run whose bundles are all replaced
 * or listed again. An earlier step of this job may have written files of the same names.
 */
async function choosePaths(
  files: DeliveringFiles & Pick<typeof fs, 'lstat'>,
  candidates: Iterable<CollectionPaths>,
  subjects: readonly DeliveredSubject[],
): Promise<CollectionPaths> {
  const own = new Set(subjects.map(({ bundlePath }) => resolve(bundlePath)));
  for (const paths of candidates) {
    const listed = await readManifest(paths.manifest, files);
    const isFree = !(await isThere(paths.manifest, files)) && !(await isThere(paths.bundles, files));
    if (isFree || listed?.every(({ bundle }) => own.has(resolve(dirname(paths.manifest), bundle)))) return paths;
  }
  return fail('DELIVERY_FAILED', 'all candidate paths for the file with all bundles are taken');
}

async function isThere(path: string, files: Pick<typeof fs, 'lstat'>): Promise<boolean> {
  return files.lstat(path).then(
    () => true,
    (cause: unknown) => systemCode(cause) !== 'ENOENT' && systemCode(cause) !== 'ENOTDIR',
  );
}

/** Yields each bundle as a line, once, as an attestation covers many subjects, and records the digest of each file. */
async function* bundleLines(
  files: FileReading,
  subjects: readonly DeliveredSubject[],
  digests: Map<string, string>,
): AsyncIterable<string> {
  for (const { bundlePath } of subjects) {
    if (digests.has(bundlePath)) continue;
    const bytes = await read(files, bundlePath);
    digests.set(bundlePath, createHash('sha256').update(bytes).digest('hex'));
    // Line ends in a bundle of another writer are between tokens: a JSON string cannot contain one.
    yield `${bytes
      .toString('utf8')
      .trim()
      .replace(/\s*[\r\n]\s*/g, '')}\n`;
  }
}

async function read(files: FileReading, path: string): Promise<Buffer> {
  try {
    return await readRegularFile(files, path, maxBundleLength);
  } catch (cause) {
    return fail('DELIVERY_FAILED', `the bundle ${path} cannot be read back: ${String(cause)}`, {
      cause,
      remedy: 'Make sure that nothing else changes the bundle folder during signing, and run again.',
    });
  }
}

/** Yields one subject per line, so that manifests can be compared with text tools. */
async function* manifestLines(
  path: string,
  identity: string,
  issuer: string,
  subjects: readonly DeliveredSubject[],
  digests: ReadonlyMap<string, string>,
): AsyncIterable<string> {
  yield `{"version":1,"identity":${JSON.stringify(identity)},"issuer":${JSON.stringify(issuer)},"subjects":[`;
  const folder = dirname(path);
  let separator = '\n';
  for (const { name, digest, bundlePath, logs, signedAt } of subjects) {
    const subject = {
      name,
      digest: formatDigest(digest),
      bundle: relative(folder, bundlePath).split(sep).join('/'),
      bundleDigest: `sha256:${digests.get(bundlePath)}`,
      logs: logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
      signedAt: signedAt.toISOString(),
    };
    yield `${separator}${JSON.stringify(subject)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** Joins pieces into larger ones, as each is a system call. */
async function* batched(texts: AsyncIterable<string>): AsyncIterable<string> {
  let batch = '';
  for await (const text of texts) {
    batch += text;
    if (batch.length < batchLength) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}

async function* hashed(texts: AsyncIterable<string>, hash: ReturnType<typeof createHash>): AsyncIterable<string> {
  for await (const text of texts) {
    hash.update(text);
    yield text;
  }
}

/** Orders by name, digest and bundle, as a subject may have several attestations; independent of the locale. */
function bySubject(a: DeliveredSubject, b: DeliveredSubject): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  const [one, other] = [formatDigest(a.digest), formatDigest(b.digest)];
  if (one !== other) return one < other ? -1 : 1;
  return a.bundlePath < b.bundlePath ? -1 : 1;
}
