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
import type { FileSystem } from './file-system.ts';
import type { LeftOut } from './left-out.ts';
import type { FileSubject } from './subject.ts';
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
export declare function collectFiles(patterns: readonly string[], workspace: string, files?: FileSystem, unmatched?: Unmatched, onLeftOut?: (leftOut: readonly LeftOut[]) => void): Promise<readonly FileSubject[]>;
