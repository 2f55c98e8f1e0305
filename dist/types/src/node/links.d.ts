/** Resolves links, so that nothing is read or written through a link that leads out of a folder. */
import type * as fs from 'node:fs/promises';
/** The functions of a file system that following links uses. */
export type LinkReading = Pick<typeof fs, 'realpath' | 'readlink'>;
/**
 * Returns the path with all links followed; for a path that does not exist, the path that creating it would give.
 *
 * @throws the system's error: too many links, a folder that cannot be read
 */
export declare function followLinks(files: LinkReading, path: string): Promise<string>;
/**
 * Returns the real path if a link in a folder leads a path out of the folder; `undefined` if it stays inside, or never was inside. The
 * folder and the way to it may have links themselves. Later changes are not noticed.
 *
 * @throws the system's error
 */
export declare function leadsOutOf(files: LinkReading, folder: string, path: string): Promise<string | undefined>;
