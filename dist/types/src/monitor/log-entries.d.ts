/** Iterates over the entries of a log. */
import { type EntryClaims } from './entries/claims.ts';
import type { LogReader } from './log/log-reader.ts';
import type { MonitoredLog } from './log/monitored-log.ts';
import { type Position } from './position.ts';
/** An entry that is proven to be in the log. Its claims are untrusted text. */
export interface ProvenEntry {
    /** The index of the leaf in the tree. */
    readonly index: number;
    /** The content of the leaf. */
    readonly bytes: Uint8Array;
    readonly claims: EntryClaims;
}
/** The first entry to read: that after a position, the first one of the log, or the first one that is added from now on. */
export type Start = Position | 'start' | 'end';
/**
 * The entries of a log, each proven before it is returned. An iteration ends at the head that the log has when it begins. The next
 * iteration continues there, with a later head, which must be an extension of the earlier one.
 */
export declare class LogEntries implements AsyncIterable<ProvenEntry> {
    #private;
    constructor(reader: LogReader, start: Start);
    get log(): MonitoredLog;
    /** The position after the latest entry that the loop has received. `undefined` until an iteration has read a head. */
    get position(): Position | undefined;
    /**
     * @throws CountersignError `CONSISTENCY_UNPROVEN` if the log does not begin with the entries before the position; if that is proven, the
     *   `cause` is a {@link Fork}. `USAGE` for a position of another log, and those of the reader
     */
    [Symbol.asyncIterator](): AsyncGenerator<ProvenEntry, void, undefined>;
}
