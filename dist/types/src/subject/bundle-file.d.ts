/** Tells bundles from other files by their content. */
import type { FileReading } from '../node/index.ts';
import type { FileSubject } from './subject.ts';
/**
 * Reports whether a file is a bundle or, if its name ends in `.jsonl`, has a bundle in each of its lines. Of other files only the
 * beginning is read, unless they begin like JSON.
 *
 * @param isOther reports by the beginning of a file, up to 4096 bytes, whether to accept it although it is no bundle
 * @throws CountersignError `SUBJECT_UNREADABLE`
 */
export declare function isBundleFile({ name, path }: Pick<FileSubject, 'name' | 'path'>, files: FileReading, isOther?: (beginning: string) => boolean): Promise<boolean>;
