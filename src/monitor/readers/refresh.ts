/** Caches between a log and its readers. */

import { CountersignError, type ErrorCode } from '../../core/errors/index.ts';

/** The codes of what a cache may have spoiled. */
const spoiled: ReadonlySet<ErrorCode> = new Set(['TILES_INCONSISTENT', 'ENTRY_ALTERED', 'SERVICE_RESPONSE_INVALID']);

/**
 * Reads something, and reads it once more if it does not verify.
 *
 * @param read its parameter says that caches shall fetch the file from the log again
 */
export async function withRefresh<Result>(read: (refresh: boolean) => Promise<Result>): Promise<Result> {
  try {
    return await read(false);
  } catch (error) {
    if (!(error instanceof CountersignError) || !spoiled.has(error.code)) throw error;
    return read(true);
  }
}
