/** Verifies the heads that logs sign. */
import { type Checkpoint } from '../../core/log/index.ts';
import { type MonitoredLog, type TreeHead } from '../log/index.ts';
/** Returns the latest time of a verified cosignature of a checkpoint; `undefined` if it has none. */
export type CosignatureTime = (checkpoint: Checkpoint) => Promise<Date | undefined>;
/**
 * Verifies a checkpoint of a log: its origin and its signature. The tree head of a log of RFC 6962 must be in the form of a note.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`, `CHECKPOINT_ORIGIN`
 *
 * @example
 * const { size, root } = await verifyHead(log, 'log.example.test\n3\n…');
 */
export declare function verifyHead(log: MonitoredLog, note: string, cosignedAt?: CosignatureTime): Promise<TreeHead>;
/** Splits the origin of a shard of Rekor v1, which signs with the name of the host alone: `rekor.example.test - 1193050959916656506`. */
export declare function splitOrigin(origin: string): {
    readonly host: string;
    readonly treeId: string | undefined;
};
