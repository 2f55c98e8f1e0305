/** What the body of a log entry must be, made again from the bundle. */
import type { Bundle, LogEntry } from '../bundle/index.ts';
import type { Certificate } from '../certificate/index.ts';
import { type Digest } from '../crypto/index.ts';
/** Whether an entry is of the kind that logs of Rekor v2 hold. */
export declare function isRekorV2({ kind, version }: LogEntry): boolean;
/**
 * The canonical body that an entry of this kind has if it is about this artifact, signature and certificate.
 *
 * @throws CountersignError `LOG_ENTRY_INVALID` for a kind that is not read; `LOG_ENTRY_MISMATCH` for another certificate
 */
export declare function expectedBody(entry: LogEntry, { content }: Bundle, artifact: Digest, certificate: Certificate): Uint8Array;
