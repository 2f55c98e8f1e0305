/** Reads what an entry claims. */
import type { LogProtocol } from '../log/monitored-log.ts';
import { type EntryClaims } from './claims.ts';
/**
 * Reads the claims of an entry, which are untrusted text. It never throws: what cannot be read is recorded as a problem, and the rest is
 * returned. It reads only what an entry holds itself; nothing is decompressed, verified or fetched.
 *
 * @param bytes the content of the leaf, as in `EntryBatch`
 */
export declare function readEntry(protocol: LogProtocol, bytes: Uint8Array): EntryClaims;
