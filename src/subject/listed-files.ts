/** Finds the files that checksums files are about, and compares them. */

import { dirname, isAbsolute, resolve } from 'node:path';
import { type Digest, equalDigests, type HashAlgorithm } from '../core/crypto/index.ts';
import { fail, systemCode } from '../core/errors/index.ts';
import { isWithin, mapConcurrently, pathBelow } from '../node/index.ts';
import type { ChecksumLine } from './checksums.ts';
import { digestFileWith } from './digest-file.ts';
import { mergeDuplicates } from './duplicates.ts';
import { type FileSystem, orUnreadable } from './file-system.ts';
import type { FileSubject, LocalSubject } from './subject.ts';
import { Workspace } from './workspace.ts';

/** The lines of a checksums file. */
export interface ChecksumsFile {
  /** The absolute path. */
  readonly path: string;
  readonly lines: readonly ChecksumLine[];
}

/** A file with the lines that are about it. */
interface ListedFile {
  readonly path: string;
  /** The file as a subject, if it is in the workspace. */
  readonly subject: FileSubject | undefined;
  readonly lines: readonly ChecksumLine[];
}

/**
 * Resolves the names in checksums files. A name is relative to the folder of the checksums file or, where nothing has it there, to a
 * folder above up to the workspace, in which the checksums may have been made. A line about a file of the workspace is that file. A line
 * about something else stays a digest.
 *
 * @throws CountersignError `SUBJECT_CHANGED` if a file does not have a digest that is written for it, naming the lines; `USAGE` if lines
 * contradict each other; `SUBJECT_UNREADABLE`
 */
export async function resolveChecksums(
  checksums: readonly ChecksumsFile[],
  workspace: string,
  files: FileSystem,
): Promise<readonly LocalSubject[]> {
  if (checksums.length === 0) return [];
  const tree = await Workspace.open(workspace, files);
  const all = checksums.flatMap(({ path, lines }) => lines.map((line) => ({ line, folder: dirname(path) })));
  const found = await mapConcurrently(all, ({ line, folder }) => findFile(line, folder, tree, files));
  const absent: ChecksumLine[] = [];
  const linesOf = new Map<string, ChecksumLine[]>();
  for (const [index, { line }] of all.entries()) {
    const file = found[index];
    const known = file === undefined ? absent : linesOf.get(file);
    if (known !== undefined) known.push(line);
    else if (file !== undefined) linesOf.set(file, [line]);
  }
  const listed = await mapConcurrently([...linesOf], async ([path, lines]): Promise<ListedFile> => {
    demandConsistent(lines);
    return { path, subject: await subjectAt(path, tree, files), lines };
  });
  const problems = await mapConcurrently(listed, (file) => compare(file, checksums, files), hashedAtOnce);
  demandNone(problems.flat());
  const present = listed.flatMap(({ subject, lines }): readonly LocalSubject[] =>
    subject === undefined
      ? lines.slice(0, 1)
      : [{ ...subject, isLiteral: true, stated: lines.map(({ digest }) => digest) }],
  );
  return [...present, ...absent];
}

/** Hashing is one thread's work; one more file is read ahead. */
const hashedAtOnce = 2;

/** Returns the path of the file that a line is about; `undefined` if there is none. */
async function findFile(
  { name, written }: ChecksumLine,
  folder: string,
  { path: workspace }: Workspace,
  files: FileSystem,
): Promise<string | undefined> {
  // A checksums file that was made on Windows separates with `\`.
  const names = new Set([written, name, ...[written, name].map((one) => one.replaceAll('\\', '/'))]);
  for (const path of [...names].flatMap((one) => placesOf(one, folder, workspace)))
    if (await isFile(path, files)) return path;
  return undefined;
}

/** Returns the paths that a name may mean, the most likely first. */
function placesOf(name: string, folder: string, workspace: string): readonly string[] {
  if (isAbsolute(name)) return [name];
  const isBare = !name.replace(/^(?:\.\/+)+/, '').includes('/');
  // A name without a folder says nothing of a file of this name in another folder.
  const folders = isBare && isWithin(workspace, folder) ? [folder] : [folder, ...foldersAbove(folder, workspace)];
  return folders.map((base) => resolve(base, name));
}

/** Returns the folders above a folder up to the workspace; for a folder that is elsewhere, the workspace. */
function foldersAbove(folder: string, workspace: string): readonly string[] {
  if (!isWithin(workspace, folder)) return [workspace];
  return folder === workspace ? [] : [dirname(folder), ...foldersAbove(dirname(folder), workspace)];
}

const absentCodes: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']);

async function isFile(path: string, files: FileSystem): Promise<boolean> {
  return await orUnreadable(path, async () => {
    try {
      return (await files.stat(path)).isFile();
    } catch (cause) {
      if (absentCodes.has(systemCode(cause))) return false;
      throw cause;
    }
  });
}

/** Returns a file as a subject, if it is one of the workspace and of exactly this name. */
async function subjectAt(path: string, tree: Workspace, files: FileSystem): Promise<FileSubject | undefined> {
  const below = pathBelow(tree.path, path) ?? pathBelow(tree.realPath, path);
  if (below === undefined || (await tree.kind(below)) !== 'file') return undefined;
  const real = await orUnreadable(path, () => files.realpath(path));
  return isWithin(tree.realPath, real) ? await tree.subject(below) : undefined;
}

/** Demands that lines about one file agree, however each spells its name. */
function demandConsistent(lines: readonly ChecksumLine[]): void {
  const [first] = lines;
  for (const algorithm of new Set(lines.map(({ digest }) => digest.algorithm))) {
    const same = lines.filter(({ digest }) => digest.algorithm === algorithm);
    mergeDuplicates(same.map((line) => ({ ...line, name: first?.name ?? '' })));
  }
}

interface Contradiction {
  readonly line: ChecksumLine;
  readonly name: string;
  /** True for a line about the checksums file that it is in. */
  readonly isOwn: boolean;
}

async function compare(
  { path, subject, lines }: ListedFile,
  checksums: readonly ChecksumsFile[],
  files: FileSystem,
): Promise<readonly Contradiction[]> {
  const algorithms: readonly HashAlgorithm[] = [...new Set(lines.map(({ digest }) => digest.algorithm))];
  const digests: readonly Digest[] = await digestFileWith(files, subject ?? { path }, algorithms);
  const others = lines.filter(({ digest }) => !digests.some((found) => equalDigests(found, digest)));
  return others.map((line) => ({
    line,
    name: subject?.name ?? path,
    isOwn: checksums.some((one) => one.path === path && one.lines.includes(line)),
  }));
}

const maxShown = 5;

function demandNone(found: readonly Contradiction[]): void {
  if (found.length === 0) return;
  const sentences = found
    .slice(0, maxShown)
    .map(
      ({ line: { origin, digest }, name }) =>
        `${origin}: the ${digest.algorithm} digest does not match the file ${name}`,
    );
  const more = found.length > maxShown ? `; and ${found.length - maxShown} more` : '';
  fail('SUBJECT_CHANGED', `${sentences.join('; ')}${more}`, {
    remedy: found.some(({ isOwn }) => isOwn)
      ? 'A checksums file cannot list itself. Write it to a different folder, or exclude it from the pattern that lists the files.'
      : 'Compute the checksums after the last step that writes to the files.',
  });
}
