/** Reading a file whole, for what cannot be done with a digest. */
import type { FileReading } from '../node/index.ts';
import type { FileSubject } from './subject.ts';
/**
 * The bytes of a file; `undefined` if it is longer than the limit.
 *
 * @throws CountersignError `SUBJECT_UNREADABLE`; `SUBJECT_CHANGED` if the path leads to another file than before
 */
export declare function readFileWithin(files: FileReading, { path, identity }: Pick<FileSubject, 'path' | 'identity'>, limit: number): Promise<Uint8Array | undefined>;
