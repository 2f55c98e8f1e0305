/** All that a run is to sign, from every input that names something. */

import { isAbsolute, resolve } from 'node:path';
import { type Digest, equalDigests } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';
import { isWithin, readRegularFile } from '../node/index.ts';
import { artifactsListLimit, parseArtifactsList } from './artifacts-list.ts';
import { checksumsLimits, parseChecksums } from './checksums.ts';
import { collectFiles, type Unmatched } from './collect-files.ts';
import { digestFile } from './digest-file.ts';
import { parseDigestLines } from './digest-lines.ts';
import { mergeDuplicates } from './duplicates.ts';
import { type FileSystem, orUnreadable, readText } from './file-system.ts';
import type { LeftOut } from './left-out.ts';
import { type ChecksumsFile, resolveChecksums } from './listed-files.ts';
import { byName, type DigestSubject, type FileSubject, type LocalSubject } from './subject.ts';

export interface SubjectRequest {
  /** Globs relative to the workspace, as {@link collectFiles} reads them. */
  readonly files: readonly string[];
  /** Paths of checksums files, relative to the workspace. */
  readonly checksums: readonly string[];
  /** Lines `name@sha256:<hex>`. */
  readonly digests: readonly string[];
  /** Paths of files with the digests of legs, relative to the workspace. */
  readonly digestsFrom?: readonly string[];
  /** The path in `$GITHUB_ARTIFACTS_LIST`, where no other input is set. */
  readonly artifactsList?: string;
  /** The treatment of a glob that matches nothing; it is refused by default. */
  readonly unmatched?: Unmatched;
}

/** Reports whether a request names nothing at all. */
export function namesNothing({ files, checksums, digests, digestsFrom = [], artifactsList }: SubjectRequest): boolean {
  return files.length + checksums.length + digests.length + digestsFrom.length === 0 && artifactsList === undefined;
}

/**
 * Finds and reads everything that the request names, in the order of their names by code units: at least one subject, unless globs may
 * match nothing.
 * Names are distinct: a file that a pattern, a checksums file and `digests` name is one subject, and must have the digests that are stated.
 *
 * @param onLeftOut as of {@link collectFiles}
 * @throws CountersignError `SUBJECT_MISSING`, `SUBJECT_UNREADABLE`, `SUBJECT_CHANGED`, `DIGEST_INVALID`, `JSON_INVALID`, `LIMIT_EXCEEDED`
 * or `USAGE`
 */
export async function collectSubjects(
  request: SubjectRequest,
  workspace: string,
  files: FileSystem,
  onLeftOut?: (leftOut: readonly LeftOut[]) => void,
): Promise<readonly LocalSubject[]> {
  const found =
    request.files.length > 0 ? await collectFiles(request.files, workspace, files, request.unmatched, onLeftOut) : [];
  const checksums: ChecksumsFile[] = [];
  for (const path of request.checksums) checksums.push(await readChecksums(path, workspace, files));
  const listed = await resolveChecksums(checksums, workspace, files);
  const digests = listed.filter((subject) => subject.kind === 'digest');
  digests.push(...parseDigestLines(request.digests));
  for (const path of request.digestsFrom ?? []) digests.push(...(await readDigestsFrom(path, workspace, files)));
  if (request.artifactsList !== undefined) {
    digests.push(...parseArtifactsList(await readText(files, request.artifactsList, 'the list', artifactsListLimit)));
  }
  const all = mergeFiles([...found, ...listed.filter((subject) => subject.kind === 'file')]);
  const subjects = [...all, ...(await withoutFiles(mergeDuplicates(digests), all, files))];
  const mayBeNone = request.unmatched === 'allowed' && request.files.length > 0;
  if (subjects.length === 0 && !mayBeNone) {
    fail('SUBJECT_MISSING', 'nothing to sign: no files, checksums, digests or images specified', {
      remedy: 'Specify `files`, `checksums`, `digests` or `images`.',
    });
  }
  return subjects.sort(byName);
}

async function readDigestsFrom(path: string, workspace: string, files: FileSystem): Promise<readonly DigestSubject[]> {
  // Loaded only for such a file.
  const { digestSubjectsOf, legLimits, readLegDigests } = await import('./leg-digests.ts');
  const bytes = await orUnreadable(path, () => readRegularFile(files, resolve(workspace, path), legLimits.bytes));
  return digestSubjectsOf(readLegDigests(bytes, path));
}

/** A path is a path: what is not there is an error, never taken for checksums itself. */
async function readChecksums(path: string, workspace: string, files: FileSystem): Promise<ChecksumsFile> {
  const absolute = resolve(workspace, path);
  await orUnreadable(`the checksums file ${path}`, async () => {
    const [root, real] = await Promise.all([files.realpath(workspace), files.realpath(absolute)]);
    // A path that is written absolute says where it leads; a link in the workspace may come from anybody.
    if (!isAbsolute(path) && !isWithin(root, real)) {
      fail('USAGE', `the checksums file ${path} points to ${real}, which is outside of the workspace`, {
        remedy: 'Write the checksums file into the workspace, or specify its absolute path.',
      });
    }
  });
  const text = await readText(files, absolute, 'the checksums file', checksumsLimits.bytes);
  return { path: absolute, lines: parseChecksums(text, path) };
}

/** Takes a file that is named several times for one. */
function mergeFiles(all: readonly FileSubject[]): readonly FileSubject[] {
  const merged = new Map<string, FileSubject>();
  for (const file of all) merged.set(file.name, { ...merged.get(file.name), ...file });
  return [...merged.values()];
}

/**
 * Takes a digest that has a file's name for the file.
 *
 * @throws CountersignError `SUBJECT_CHANGED` if the file does not have the digest
 */
async function withoutFiles(
  digests: readonly DigestSubject[],
  all: readonly FileSubject[],
  files: FileSystem,
): Promise<readonly DigestSubject[]> {
  const named = new Map(all.map((file) => [file.name, file]));
  const kept: DigestSubject[] = [];
  for (const stated of digests) {
    const file = named.get(stated.name);
    if (file === undefined) kept.push(stated);
    else await demandSame(file, stated, files);
  }
  return kept;
}

async function demandSame(file: FileSubject, { digest, origin }: DigestSubject, files: FileSystem): Promise<void> {
  const found: Digest = await digestFile(files, file, digest.algorithm);
  if (equalDigests(found, digest)) return;
  fail('SUBJECT_CHANGED', `${origin}: the ${digest.algorithm} digest does not match the file ${file.name}`, {
    remedy: 'Compute the digest after the last step that writes to the file.',
  });
}
