/** Text files. All that are read here are UTF-8; Windows PowerShell writes UTF-16, and byte order marks. */
import { type ErrorCode } from '../core/errors/index.ts';
/**
 * Returns the bytes of a text file without their byte order mark.
 *
 * @param code the code of the error for a file in another encoding
 * @param what the file, for the error: `the policy policy.yml`
 * @throws CountersignError which names the encoding, and what to do
 */
export declare function utf8Bytes(bytes: Uint8Array, code: ErrorCode, what: string): Uint8Array;
/** Returns the text of a file, as {@link utf8Bytes} does its bytes. */
export declare function utf8Text(bytes: Uint8Array, code: ErrorCode, what: string): string;
/** Returns the encoding of a text of which each character has two or four bytes. */
export declare function wideEncoding(bytes: Uint8Array): 'UTF-16' | 'UTF-32' | undefined;
