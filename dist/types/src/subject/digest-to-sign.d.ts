/** The digest of a file that is to be signed as it is, without a statement that says what it is. */
import type { Digest } from '../core/crypto/index.ts';
import type { FileReading } from '../node/index.ts';
import { type ByteObserver } from './digest-file.ts';
import type { FileSubject } from './subject.ts';
/**
 * Returns the digest of a file. The file is read once: what is hashed is what is looked at.
 *
 * @throws CountersignError `SUBJECT_AMBIGUOUS` for a file whose plain signature would pass for a signature over something else; those
 *   of `digestFile`
 */
export declare function digestToSign(files: FileReading, file: FileSubject, observe?: ByteObserver): Promise<Digest<'sha256'>>;
