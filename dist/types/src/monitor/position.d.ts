/** Positions in logs, which callers store. */
import { CompactRange } from '../core/log/compact-range.ts';
import type { MonitoredLog } from './log/monitored-log.ts';
import type { TreeHead } from './log/tree-head.ts';
/** The entries of a log that have been read: a value for JSON. It is small, and untrusted when it is used again. */
export interface Position {
    readonly version: 1;
    /** The origin of the log, and the id of its key in hexadecimal. */
    readonly origin: string;
    readonly keyId: string;
    /** The number of entries that have been read or, at the end of the log, passed over: the index of the next one. */
    readonly size: number;
    /** The compact range of these entries: the roots of the largest subtrees that they consist of, in base64. */
    readonly hashes: readonly string[];
    /** The signed head of the log with which the entries were proven. If the log changes its past, this is evidence. */
    readonly note: string;
}
/** A log that signed two trees, of which the later one does not begin with the earlier one. */
export interface Fork {
    readonly earlier: Position;
    /** The later head, as the log signed it. */
    readonly note: string;
    /** The root of the later tree at the size of the earlier position. */
    readonly rootInstead: Uint8Array;
    /** The consistency proof from that root to the later head (RFC 9162, section 2.1.4). */
    readonly proof: readonly Uint8Array[];
}
export declare function positionOf(range: CompactRange, { origin, note }: Pick<TreeHead, 'origin' | 'note'>, { keyId }: Pick<MonitoredLog, 'keyId'>): Position;
/**
 * Reads the range of a position.
 *
 * @throws CountersignError `USAGE` for a value that is no position
 */
export declare function rangeOf(position: Position): CompactRange;
