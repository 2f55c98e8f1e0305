/** Globs: tinyglobby's, over names that we list for it, so that what is a file and where links lead is ours to say. */

import type * as nodeFiles from 'node:fs';
import { sep } from 'node:path';
import { glob } from 'tinyglobby';
import { CountersignError, fail } from '../core/errors/index.ts';

/** What a pattern may match. */
export type Listed = 'file' | 'folder';

/** The names in a folder; the empty name is the workspace. */
export type Listing = (folder: string) => Promise<Iterable<readonly [name: string, listed: Listed]>>;

export interface MatchOptions {
  /** Whether `*` and `**` match names that begin with a dot. */
  readonly hidden: boolean;
  /** What to match. */
  readonly listed: 'files' | 'files and folders';
  /** Folders that need not be gone into. */
  readonly ignore?: readonly string[];
}

/** Any absolute path; the names are below it only for tinyglobby. */
const anyRoot = sep === '/' ? '/workspace' : 'C:/workspace';

/**
 * The names that any of the patterns match.
 *
 * @throws CountersignError `USAGE` for a pattern that cannot be read
 */
export async function matchNames(
  patterns: readonly string[],
  listing: Listing,
  options: MatchOptions,
): Promise<readonly string[]> {
  let failure: unknown;
  const readdir = (path: string, _: unknown, done: (error: null, entries: readonly object[]) => void) => {
    const folder = restored(path.slice(anyRoot.length).replace(/^\/|\/$/g, ''));
    listing(folder).then(
      (entries) => done(null, [...entries].map(directoryEntry)),
      (cause: unknown) => {
        failure ??= cause;
        done(null, []);
      },
    );
  };
  try {
    const found = await glob(patterns.map(positive), {
      cwd: anyRoot,
      ignore: (options.ignore ?? []).map(positive),
      dot: options.hidden,
      onlyFiles: options.listed === 'files',
      expandDirectories: false,
      followSymbolicLinks: false,
      caseSensitiveMatch: sep === '/',
      // The one overload of readdir that tinyglobby calls.
      fs: { readdir: readdir as unknown as typeof nodeFiles.readdir },
    });
    if (failure !== undefined) throw failure;
    return found.map((name) => restored(name.replace(/\/$/, '')));
  } catch (cause) {
    if (cause instanceof CountersignError || !(cause instanceof SyntaxError)) throw cause;
    return fail('USAGE', `a pattern cannot be read: ${cause.message}`, { cause, remedy: 'Write it simpler.' });
  }
}

function directoryEntry([name, listed]: readonly [string, Listed]): object {
  return {
    name: disguised(name),
    isFile: () => listed === 'file',
    isDirectory: () => listed === 'folder',
    isSymbolicLink: () => false,
  };
}

/** A leading `!` that has got here is a letter of the name. */
function positive(pattern: string): string {
  return disguised(pattern).replace(/^!/, '\\!');
}

// `**` becomes a regular expression's `.`, which matches no line break; a file whose name has one would be left out and
// nobody told. Lone surrogates, which no file name in UTF-8 has, stand in for them.
const disguises: ReadonlyMap<string, string> = new Map([
  ['\n', '\udc0a'],
  ['\r', '\udc0d'],
  ['\u2028', '\udc28'],
  ['\u2029', '\udc29'],
]);
const disguisesBack: ReadonlyMap<string, string> = new Map(
  [...disguises].map(([letter, disguise]) => [disguise, letter]),
);

function disguised(text: string): string {
  return text.replace(/[\n\r\u2028\u2029]/g, (letter) => disguises.get(letter) ?? letter);
}

function restored(text: string): string {
  // Without the flag u, also where two of them meet.
  return text.replace(/[\udc0a\udc0d\udc28\udc29]/g, (disguise) => disguisesBack.get(disguise) ?? disguise);
}
