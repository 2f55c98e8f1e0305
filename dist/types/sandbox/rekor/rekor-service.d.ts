/** Rekor v2 (rekor-tiles): adds entries by `POST /api/v2/log/entries`, and publishes the log as tiles. */
import { type Route } from '../http/route.ts';
import { type TransparencyLog } from '../log/transparency-log.ts';
import { type TransparencyLogEntry } from '../log/transparency-log.ts';
export declare class RekorService {
    #private;
    readonly log: TransparencyLog;
    constructor(log: TransparencyLog);
    /**
     * Adds the entry of a CreateEntryRequest, JSON. It is in the log, and under its checkpoint, when this returns.
     *
     * @throws Refusal `invalidArgument`; `alreadyExists` with the index of the existing entry in `x-log-index`; 405 for a frozen log
     */
    add(request: Uint8Array): TransparencyLogEntry;
    routes(): readonly Route[];
}
