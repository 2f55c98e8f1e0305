/** Finds the names in a tree that patterns match. The listing decides what is a file and where links lead. */

import { sep } from 'node:path';
import { Glob } from './glob.ts';

/** The kinds of names that a pattern may match. */
export type ListedKind = 'file' | 'folder';

/** The names in a folder; the empty name is the workspace. */
export type Listing = (folder: string) => Promise<Iterable<readonly [name: string, listed: ListedKind]>>;

export interface MatchOptions {
  /** Lets `*` and `**` match names that begin with a dot. */
  readonly hidden: boolean;
  /** The kinds to match. */
  readonly listed: 'files' | 'files and folders';
  /** Folders that need not be entered. */
  readonly ignore?: readonly string[];
}

/**
 * Returns the names that any of the patterns match. Each folder is listed once, however many patterns there are.
 *
 * @throws CountersignError `USAGE` for a pattern that cannot be read
 */
export async function matchNames(
  patterns: readonly string[],
  listing: Listing,
  options: MatchOptions,
): Promise<readonly string[]> {
  const compile = (pattern: string): Glob =>
    new Glob(positive(pattern), { hidden: options.hidden, caseSensitive: sep === '/' });
  const globs = patterns.map(compile);
  const ignored = (options.ignore ?? []).map(compile);
  const found: string[] = [];
  const folders: SearchedFolder[] = [{ name: '', depth: 0, globs }];
  for (const folder of folders) {
    for (const [entry, listed] of await listing(folder.name)) {
      const name = folder.name === '' ? entry : `${folder.name}/${entry}`;
      if (ignored.some((glob) => glob.matches(name))) continue;
      if (listed === 'folder') folders.push(...gone(folder, name, entry));
      if (listed === 'folder' && options.listed === 'files') continue;
      if (folder.globs.some((glob) => glob.matches(name))) found.push(name);
    }
  }
  return found;
}

interface SearchedFolder {
  readonly name: string;
  /** The number of folders that it is in. */
  readonly depth: number;
  /** The patterns that may match something in it. */
  readonly globs: readonly Glob[];
}

function gone({ depth, globs }: SearchedFolder, name: string, entry: string): readonly SearchedFolder[] {
  const going = globs.filter((glob) => glob.goesInto(depth, entry));
  return going.length === 0 ? [] : [{ name, depth: depth + 1, globs: going }];
}

/** Escapes a leading `!`, which is a part of the name here. */
function positive(pattern: string): string {
  return pattern.replace(/^!/, '\\!');
}
