/** One name, one digest. */
import { type Digest } from '../core/crypto/index.ts';
/** Something with a digest, and where it was named. */
export interface Named {
    readonly name: string;
    readonly digest: Digest;
    /** Its origin in the inputs, for errors: `SHA256SUMS, line 3`, `the file dist/app.tgz`. */
    readonly origin: string;
}
/**
 * The first of each name. Of two digests under one name a verifier could be shown either.
 *
 * @throws CountersignError `USAGE` if two of one name have not the same digest
 */
export declare function mergeDuplicates<T extends Named>(subjects: readonly T[]): readonly T[];
