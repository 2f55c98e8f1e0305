/**
 * Checksums files: the lines that `sha256sum`, `shasum` and their BSD cousins write.
 *
 * ```
 * <hex>  name              GNU and shasum, text
 * <hex> *name              the same, binary
 * <hex> name               BSD, reversed (`sha256 -r`)
 * \<hex>  na\\me\nx        a name with a backslash or line break, escaped
 * SHA256 (name) = <hex>    BSD; also `sha256sum --tag` and openssl (`SHA2-256(name)= <hex>`)
 * # comment
 * ```
 */
import type { DigestSubject } from './subject.ts';
export declare const checksumsLimits: {
    readonly bytes: number;
    readonly lines: 100000;
};
/** A line of a checksums file. Its name has no blanks around it. */
export interface ChecksumLine extends DigestSubject {
    /** The name exactly as it is written: a file's name may begin or end with a blank. */
    readonly written: string;
}
/**
 * Returns the subjects of a checksums file, in the order of their lines.
 *
 * @param file what the file is called in errors
 * @throws CountersignError `DIGEST_INVALID` with file and line; `SUBJECT_MISSING` if it names nothing; `LIMIT_EXCEEDED`
 */
export declare function parseChecksums(text: string, file: string): readonly ChecksumLine[];
