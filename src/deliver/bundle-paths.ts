/** Chooses the path of each bundle. */

import { createHash } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import { encodeHex } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { foldName, pathBelow, safeFileName, truncate } from '../node/index.ts';
import type { FileSubject, Subject } from '../subject/index.ts';

/** The folders that a run may write to. */
export interface Places {
  readonly workspace: string;
  /** The folder for bundles; `undefined`: beside each file. */
  readonly bundleDirectory: string | undefined;
  /** The folder that links must not lead out of, if it is not {@link workspace}: subjects may be elsewhere. */
  readonly confinedTo?: string;
}

/** The paths of the files that cover all bundles. */
export interface CollectionPaths {
  readonly bundles: string;
  readonly manifest: string;
}

type SubjectByDigest = Exclude<Subject, FileSubject>;

const suffix = '.sigstore.json';
/** The length of a name, in bytes, that every common file system allows. */
const maxNameLength = 255;
/** The length of `-` and the digits of a digest. */
const distinctionLength = 13;

/**
 * Returns the path of each subject's bundle. A file's bundle is beside it or, with a bundle directory, under the file's path there. A
 * digest's bundle is named after the digest, and an image's after its name and digest, as every version has the same name. All paths
 * are distinct, even if case is ignored, and none is a subject.
 *
 * @throws CountersignError `USAGE` if a file's name leads out of the workspace
 */
export function bundlePaths(subjects: readonly Subject[], places: Places): ReadonlyMap<Subject, string> {
  const reserved = subjectPaths(subjects);
  const taken = new Set(reserved);
  // Two files in the same folder show that their file system distinguishes their names: their bundles keep the expected names.
  const beside = places.bundleDirectory === undefined;
  return new Map([
    ...assign(subjects.filter(isFile), (file) => filePath(file, places), beside ? reserved : taken, taken),
    ...assign(subjects.filter(isKnownByDigest), (subject) => digestPath(subject, places), taken, taken),
  ]);
}

/**
 * Yields the paths for attestations: `attestation.sigstore.json`, `attestation-2.sigstore.json`, … None is a subject.
 *
 * @param name that of the type of the claims, which are not the provenance of the job: `attestation-spdx.sigstore.json`
 */
export function* attestationPaths(
  subjects: readonly Subject[],
  places: Places,
  name?: string,
): Generator<string, never> {
  const taken = subjectPaths(subjects);
  const stem = name === undefined ? 'attestation' : `attestation-${name}`;
  for (let number = 1; ; number++) {
    const path = join(directory(places), `${stem}${numbered(number)}${suffix}`);
    if (!taken.has(foldName(path))) yield path;
  }
}

/**
 * Yields the paths for the files that cover all bundles: `bundles.sigstore.jsonl`, `bundles-2.sigstore.jsonl`, … None is a subject. In a
 * workspace, the name of the manifest begins with `countersign-`, as the project may have its own `manifest.json`.
 */
export function* collectionPaths(subjects: readonly Subject[], places: Places): Generator<CollectionPaths, never> {
  const taken = subjectPaths(subjects);
  const stem = places.bundleDirectory === undefined ? 'countersign-manifest' : 'manifest';
  for (let number = 1; ; number++) {
    const bundles = join(directory(places), `bundles${numbered(number)}.sigstore.jsonl`);
    const manifest = join(directory(places), `${stem}${numbered(number)}.json`);
    if (!taken.has(foldName(bundles)) && !taken.has(foldName(manifest))) yield { bundles, manifest };
  }
}

function numbered(number: number): string {
  return number === 1 ? '' : `-${number}`;
}

/** The names of bundles that {@link attestationPaths} and {@link collectionPaths} yield: they cover several subjects. */
const covering = /^(?:attestation(?:-[a-z]+)*(?:-\d+)?\.sigstore\.json|bundles(?:-\d+)?\.sigstore\.jsonl)$/;
/** The names of manifests that {@link collectionPaths} yields. */
const manifest = /^(?:countersign-)?manifest(?:-\d+)?\.json$/;

/** Reports whether a bundle has a name that signing gives to bundles of several subjects. */
export function coversSeveral(path: string): boolean {
  return covering.test(basename(path));
}

/** Returns a function that reports whether a path is one that a run over these subjects may write to. */
export function placesOfBundles(subjects: readonly Subject[], places: Places): (path: string) => boolean {
  const paths = new Set(subjects.filter(isFile).map((subject) => filePath(subject, places)));
  return (path) =>
    paths.has(resolve(path)) ||
    (dirname(resolve(path)) === directory(places) && (coversSeveral(path) || manifest.test(basename(path))));
}

function directory({ workspace, bundleDirectory }: Places): string {
  return resolve(workspace, bundleDirectory ?? '.');
}

/** Returns the paths of the subjects, which must not be overwritten. */
function subjectPaths(subjects: readonly Subject[]): Set<string> {
  return new Set(subjects.flatMap((subject) => (subject.kind === 'file' ? [foldName(resolve(subject.path))] : [])));
}

function filePath(subject: FileSubject, places: Places): string {
  const { bundleDirectory } = places;
  const path = resolve(bundleDirectory === undefined ? subject.path : join(directory(places), subject.name));
  if (bundleDirectory !== undefined && !pathBelow(directory(places), path))
    fail('USAGE', `the path ${JSON.stringify(subject.name)} is outside of the bundle folder`);
  const room = maxNameLength - suffix.length;
  if (Buffer.byteLength(basename(path)) <= room) return `${path}${suffix}`;
  return distinctPath(`${path}${suffix}`, subject);
}

function digestPath(subject: SubjectByDigest, places: Places): string {
  const name = safeFileName(subject.name, maxNameLength - suffix.length - distinctionLength);
  const path = join(directory(places), `${name}${suffix}`);
  return subject.kind === 'image' ? distinctPath(path, subject) : path;
}

/** Assigns a distinct path to each subject. Subjects that would get the same path are all renamed, independent of their order. */
function assign<S extends Subject>(
  subjects: readonly S[],
  wantedPath: (subject: S) => string,
  avoided: ReadonlySet<string>,
  taken: Set<string>,
): readonly (readonly [Subject, string])[] {
  const wanted = subjects.map((subject) => [subject, wantedPath(subject)] as const);
  const counts = new Map<string, number>();
  for (const [, path] of wanted) counts.set(foldName(path), (counts.get(foldName(path)) ?? 0) + 1);
  return wanted.map(([subject, path]) => {
    const contested = avoided === taken && (counts.get(foldName(path)) ?? 0) > 1;
    const own = contested || avoided.has(foldName(path)) ? distinctPath(path, subject) : path;
    let free = own;
    for (let number = 2; avoided.has(foldName(free)); number++) free = lengthen(own, `-${number}`);
    taken.add(foldName(free));
    return [subject, free] as const;
  });
}

/** Returns the path with the first twelve digits of the digest; for a file, whose digest is not known yet, of its name's digest. */
export function distinctPath(path: string, subject: Subject): string {
  const hex =
    subject.kind === 'file' ? createHash('sha256').update(subject.name).digest('hex') : encodeHex(subject.digest.bytes);
  return lengthen(path, `-${hex.slice(0, distinctionLength - 1)}`);
}

/** Inserts text before the suffix of a path, and shortens the name if it would be too long. */
function lengthen(path: string, more: string): string {
  const stem = path.slice(0, -suffix.length);
  const room = maxNameLength - suffix.length - Buffer.byteLength(more);
  return `${join(dirname(stem), truncate(basename(stem), room))}${more}${suffix}`;
}

function isFile(subject: Subject): subject is FileSubject {
  return subject.kind === 'file';
}

function isKnownByDigest(subject: Subject): subject is SubjectByDigest {
  return subject.kind !== 'file';
}
