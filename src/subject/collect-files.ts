/**
 * Finds files by glob patterns, one per line.
 *
 * - A leading `!` excludes from the matches of all other lines, in any order; a folder is excluded with its content.
 * - A line that is exactly a file's name is that file, even if it has `[`, `(` or `!`.
 * - `*`, `?` and `**` do not match names that begin with a dot, as in a shell and in upload-artifact: a log keeps a signature
 *   permanently. `dist/.config` and `dist/.*` match. Exclusions match such names too.
 * - A pattern matches files, never folders: `dist/**` is the content of `dist`.
 * - Links to files and folders of the workspace are followed, under the name of the link; a link that leads out is refused.
 * - `.git` is never entered.
 */

import * as nodeFiles from 'node:fs/promises';
import { fail } from '../core/errors/index.ts';
import type { FileSystem } from './file-system.ts';
import { looksLikeImage } from './image-like.ts';
import type { LeftOut } from './left-out.ts';
import { type ListedKind, matchNames } from './match-names.ts';
import { relativePattern } from './pattern.ts';
import type { FileSubject } from './subject.ts';
import { unlikePath } from './unlike-path.ts';
import { type EntryKind, Workspace } from './workspace.ts';

/** The treatment of a pattern that matches nothing. */
export type Unmatched = 'refused' | 'allowed';

/**
 * Finds the files that the patterns match, each name once, in the order of their names by code units.
 *
 * @param patterns globs relative to the workspace; those that begin with `!` exclude
 * @param unmatched the treatment of a pattern that matches nothing; one that matches only what cannot be read is refused in any case
 * @param onLeftOut called with what the patterns would also match if they matched hidden names and special files; without it, this is
 * not looked for
 * @throws CountersignError `SUBJECT_MISSING`, naming every pattern that matched nothing; `USAGE` for a link that leads out of the
 * workspace; `SUBJECT_UNREADABLE` for a folder that a pattern enters and that cannot be read
 */
export async function collectFiles(
  patterns: readonly string[],
  workspace: string,
  files: FileSystem = nodeFiles,
  unmatched: Unmatched = 'refused',
  onLeftOut?: (leftOut: readonly LeftOut[]) => void,
): Promise<readonly FileSubject[]> {
  const tree = await Workspace.open(workspace, files);
  const { included, excluded } = await sorted(patterns, tree);
  if (included.length === 0)
    fail('SUBJECT_MISSING', 'no files specified', {
      remedy: 'Specify at least one pattern that does not start with `!`.',
    });

  const found = new Map<Pattern, readonly string[]>();
  for (const pattern of included) {
    found.set(pattern, pattern.literal ? [pattern.below] : await filesMatching(pattern, excluded, tree));
  }
  const names = new Set(await withoutExcluded([...new Set([...found.values()].flat())], excluded));
  const without = included.filter((pattern) => !found.get(pattern)?.some((name) => names.has(name)));
  if (without.length > 0) await checkUnmatched(without, excluded, tree, unmatched);
  onLeftOut?.(await leftOutOf(included, excluded, names, tree));
  const literal = new Set(included.flatMap((pattern) => (pattern.literal ? [pattern.below] : [])));
  return await Promise.all(
    [...names].sort().map(async (name) => {
      const subject = await tree.subject(name);
      return literal.has(name) ? { ...subject, isLiteral: true } : subject;
    }),
  );
}

interface Pattern {
  /** As it was written. */
  readonly line: string;
  /** Its one form below the workspace. */
  readonly below: string;
  /** True if it is an existing name, and so not a pattern. */
  readonly literal: boolean;
}

async function sorted(
  lines: readonly string[],
  tree: Workspace,
): Promise<{ readonly included: readonly Pattern[]; readonly excluded: readonly Pattern[] }> {
  const roots = [tree.path, tree.realPath];
  const included: Pattern[] = [];
  const excluded: Pattern[] = [];
  for (const line of lines) {
    const below = relativePattern(line, roots);
    if ((await tree.kind(below)) === 'file') included.push({ line, below, literal: true });
    else if (line.startsWith('!')) {
      const exclusion = relativePattern(line.slice(1), roots);
      excluded.push({ line, below: exclusion, literal: (await tree.kind(exclusion)) !== undefined });
    } else included.push({ line, below, literal: false });
  }
  return { included, excluded };
}

async function filesMatching(
  pattern: Pattern,
  excluded: readonly Pattern[],
  tree: Workspace,
): Promise<readonly string[]> {
  const listing = async (name: string): Promise<readonly (readonly [string, ListedKind])[]> => {
    const folder = await tree.folder(name);
    if (folder === undefined) return [];
    // Fail closed: what cannot be looked into may hold what the pattern means.
    if (folder.problem !== undefined && goesInto(pattern.below, name)) throw folder.problem;
    return [...folder.entries].flatMap(([entry, kind]) =>
      kind === 'file' || kind === 'folder' ? [[entry, kind] as const] : [],
    );
  };
  return await matchNames([pattern.below], listing, { hidden: false, listed: 'files', ignore: ignored(excluded) });
}

/** Folders that need not be gone into. It saves work; what is excluded is decided when all is found. */
function ignored(excluded: readonly Pattern[]): readonly string[] {
  return excluded
    .filter(isAlsoAGlob)
    .map(({ below }) => below)
    .flatMap(withContents);
}

/** Returns what the patterns look at and leave out, without what is excluded on purpose. */
async function leftOutOf(
  included: readonly Pattern[],
  excluded: readonly Pattern[],
  names: ReadonlySet<string>,
  tree: Workspace,
): Promise<readonly LeftOut[]> {
  const patterns = included.filter(({ literal }) => !literal).map(({ below }) => below);
  if (patterns.length === 0) return [];
  const found = new Map<string, LeftOut['why']>();
  const isGoneInto = (name: string): boolean => patterns.some((pattern) => goesInto(pattern, name));
  const listing = async (name: string): Promise<readonly (readonly [string, ListedKind])[]> => {
    const folder = await tree.folder(name);
    if (folder?.problem !== undefined && isGoneInto(name)) found.set(name, 'unreadable');
    return [...(folder?.entries ?? [])].map(([entry, kind]) => {
      if (kind === 'folder') return [entry, 'folder'] as const;
      found.set(name === '' ? entry : `${name}/${entry}`, kind === 'file' ? 'hidden' : kind);
      return [entry, 'file'] as const;
    });
  };
  const matched = await matchNames(patterns, listing, { hidden: true, listed: 'files', ignore: ignored(excluded) });
  const unreadable = [...found].flatMap(([name, why]) => (why === 'unreadable' ? [name] : []));
  const left = await withoutExcluded([...new Set([...matched, ...unreadable])], excluded);
  return left
    .filter((name) => !names.has(name) && name !== '.git')
    .sort()
    .flatMap((name) => {
      const why = found.get(name);
      // Like other folders, Git's are nothing that `vendor/*` looks at.
      return why === undefined || (why === 'git' && !isGoneInto(name)) ? [] : [{ name, why }];
    });
}

/** Reports whether a glob with this text matches no more than the exclusion. */
function isAlsoAGlob({ below, literal }: Pattern): boolean {
  return !literal || !/[*?[\](){}\\!+@]/.test(below);
}

/** Reports whether a pattern may match something in this folder: it has more parts than the folder's name. */
function goesInto(pattern: string, folder: string): boolean {
  return /\*\*|\(/.test(pattern) || pattern.split('/').length > folder.split('/').length;
}

async function withoutExcluded(names: readonly string[], excluded: readonly Pattern[]): Promise<readonly string[]> {
  if (names.length === 0 || excluded.length === 0) return names;
  const literal = excluded.filter((exclusion) => exclusion.literal).map(({ below }) => below);
  const globs = excluded.filter((exclusion) => !exclusion.literal).map(({ below }) => below);
  const folders = foldersOf(names);
  const listing = async (folder: string) => folders.get(folder) ?? [];
  const options = { hidden: true, listed: 'files' } as const;
  const dropped = new Set(await matchNames(globs.flatMap(withContents), listing, options));
  return names.filter(
    (name) => !dropped.has(name) && !literal.some((below) => name === below || name.startsWith(`${below}/`)),
  );
}

function withContents(exclusion: string): readonly string[] {
  return [exclusion, `${exclusion}/**`];
}

function foldersOf(names: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, ListedKind>> {
  const folders = new Map<string, Map<string, ListedKind>>();
  const enter = (name: string, listed: ListedKind) => {
    const slash = name.lastIndexOf('/');
    const parent = slash === -1 ? '' : name.slice(0, slash);
    const siblings = folders.get(parent);
    if (siblings !== undefined) siblings.set(name.slice(slash + 1), listed);
    else {
      folders.set(parent, new Map([[name.slice(slash + 1), listed]]));
      if (parent !== '') enter(parent, 'folder');
    }
  };
  for (const name of names) enter(name, 'file');
  return folders;
}

/** The reason why a match of a pattern is not signed, for errors. */
type Reason = 'nothing' | 'excluded' | 'hidden' | Exclude<EntryKind, 'file'>;

async function checkUnmatched(
  patterns: readonly Pattern[],
  excluded: readonly Pattern[],
  tree: Workspace,
  allowed: Unmatched,
): Promise<void> {
  const sentences: string[] = [];
  const remedies = new Set<string>();
  const unmatched: string[] = [];
  for (const pattern of patterns) {
    const quoted = JSON.stringify(pattern.line);
    const reason = await reasonFor(pattern, excluded, tree);
    if (reason === 'nothing' && allowed === 'allowed') continue;
    if (reason === 'nothing') unmatched.push(quoted);
    else sentences.push(`${quoted} ${problems[reason]}`);
    remedies.add(remedyFor(reason, pattern));
  }
  if (remedies.size === 0) return;
  if (unmatched.length > 0) sentences.unshift(`nothing matches ${unmatched.join(', ')}`);
  fail('SUBJECT_MISSING', sentences.join('; '), { remedy: [...remedies].join(' ') });
}

async function reasonFor(pattern: Pattern, excluded: readonly Pattern[], tree: Workspace): Promise<Reason> {
  if (pattern.line === '') return 'nothing';
  if (pattern.literal) return 'excluded';
  if (pattern.below === '') return 'folder';
  const kinds = new Map<string, EntryKind>();
  const listing = async (name: string) => {
    const folder = await tree.folder(name);
    return [...(folder?.entries ?? [])].map(([entry, kind]) => {
      kinds.set(name === '' ? entry : `${name}/${entry}`, kind);
      return [entry, kind === 'folder' ? 'folder' : 'file'] as const;
    });
  };
  const matched = await matchNames([pattern.below], listing, { hidden: true, listed: 'files and folders' });
  const matchedFiles = matched.filter((name) => kinds.get(name) === 'file');
  if (matchedFiles.length > 0)
    return (await withoutExcluded(matchedFiles, excluded)).length === 0 ? 'excluded' : 'hidden';
  const found = new Set(matched.map((name) => kinds.get(name)));
  // `dist/**` matches dist as well.
  const foldersCount = !pattern.below.endsWith('**');
  return (
    (['folder', 'loop', 'nowhere', 'special', 'git'] as const).find(
      (kind) => found.has(kind) && (foldersCount || kind !== 'folder'),
    ) ?? 'nothing'
  );
}

const problems = {
  excluded: 'matches only excluded files',
  hidden: 'matches only names that start with a dot',
  folder: 'is a directory',
  loop: 'is a link to one of its parent directories',
  nowhere: 'is a broken link',
  special: 'is not a regular file',
  git: 'belongs to Git and is never signed',
} as const satisfies Record<Exclude<Reason, 'nothing'>, string>;

function remedyFor(reason: Reason, { below, line }: Pattern): string {
  if (reason === 'folder') return `To match the files in a directory, use \`${below === '' ? '' : `${below}/`}**\`.`;
  if (reason === 'excluded') return 'Remove the pattern, or the pattern with `!` that excludes its files.';
  if (reason === 'hidden') return 'Include the dot in the pattern, as in `.*` or `**/.*`.';
  if (/^oci:/i.test(line) || looksLikeImage(line)) return 'To specify an image, use `images`.';
  return unlikePath(line)?.remedy ?? 'Correct or remove the pattern, or create the file first.';
}
