/** What the body of a log entry must be, made again from the bundle. */
import type { Bundle, LogEntry } from '../bundle/index.ts';
import { type Artifact } from './artifact.ts';
import type { Signer } from './signer.ts';
/** What an entry must be about. */
export interface Logged {
    readonly content: Bundle['content'];
    readonly artifact: Artifact;
    readonly signer: Signer;
}
/** Whether an entry is of a kind that logs of Rekor v2 hold. */
export declare function isRekorV2({ version, kind }: LogEntry): boolean;
/**
 * Checks that an entry is about this artifact, signature and signer. It is not read and believed: it is made again from the bundle,
 * and must be the same to the byte.
 *
 * @throws CountersignError `LOG_ENTRY_INVALID` for a kind that is not read; `LOG_ENTRY_MISMATCH`
 */
export declare function checkEntryBody(entry: LogEntry, logged: Logged): void;
