/** The file system as this folder uses it, and its errors as they concern subjects. */
import type * as fs from 'node:fs/promises';
import type { FileReading } from '../node/index.ts';
/** The functions of a file system that finding subjects uses. */
export type FileSystem = Pick<typeof fs, 'open' | 'readdir' | 'realpath' | 'stat'>;
/**
 * Returns the text of a small file, without a byte order mark.
 *
 * @param what the kind of the file, for errors: `the checksums file`
 * @throws CountersignError `SUBJECT_UNREADABLE`; `LIMIT_EXCEEDED`; `DIGEST_INVALID` if it is not UTF-8
 */
export declare function readText(files: FileReading, path: string, what: string, limit: number): Promise<string>;
/** Runs what reads a file; the system's errors become `SUBJECT_UNREADABLE`, with what to do about each. */
export declare function orUnreadable<T>(what: string, read: () => Promise<T>): Promise<T>;
