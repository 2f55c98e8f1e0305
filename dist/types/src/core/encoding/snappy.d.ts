/** Decompresses Snappy's raw format, without framing (google/snappy, format_description.txt), in which GitHub stores bundles. */
import { type ErrorCode } from '../errors/index.ts';
/**
 * Decompresses bytes, all of which must belong to the compressed form.
 *
 * @param code the error code for what is not in the format
 * @param maxLength the most that may come out, in bytes
 * @throws CountersignError with `code`; `LIMIT_EXCEEDED` if more would come out
 */
export declare function decompressSnappy(bytes: Uint8Array, code: ErrorCode, maxLength: number): Uint8Array;
