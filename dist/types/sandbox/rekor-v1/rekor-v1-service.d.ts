/** Rekor v1 (rekor, openapi.yaml): entries under `/api/v1/log/entries`, proofs under `/api/v1/log`. */
import { type Route } from '../http/route.ts';
import type { AnonymousEntry, ShardedLog } from './sharded-log.ts';
/** An entry under its UUID. */
export type LogEntryV1 = {
    readonly [uuid: string]: AnonymousEntry;
};
export declare class RekorV1Service {
    #private;
    readonly log: ShardedLog;
    constructor(log: ShardedLog);
    /**
     * Adds the entry of a ProposedEntry, JSON. It is in the log, and under its checkpoint, when this returns.
     *
     * @throws Refusal 400, 422; 409 with the path of the existing entry in `location`
     */
    add(request: Uint8Array): {
        readonly uuid: string;
        readonly entry: AnonymousEntry;
    };
    routes(): readonly Route[];
}
