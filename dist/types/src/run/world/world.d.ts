/** The parts of the system that a run depends on, in one parameter. */
import * as files from 'node:fs/promises';
import type { RandomBytes } from '../../core/crypto/index.ts';
import type { DemandAccepted } from '../../gate/index.ts';
import type { Http } from '../../services/http/index.ts';
import type { NetworkOptions } from './network.ts';
export interface WorldOptions extends NetworkOptions {
    /**
     * Called before each request, which waits for it.
     *
     * @param what the service and its origin
     * @returns a function that is called when the request has ended
     */
    readonly onRequest: (what: string) => (() => void) | Promise<() => void>;
    readonly onHash: HashObserver;
}
export interface World {
    readonly clock: () => Date;
    readonly random: RandomBytes;
    readonly http: Http;
    /** Returns a client that sends again within the retry budget of the run. Absent if requests are sent once. */
    readonly retrying?: (http: Http) => Http;
    readonly files: typeof files;
    /** Checks each security-relevant file that an input or a policy names; absent if no proposed change can modify one. */
    readonly demandAccepted?: DemandAccepted;
    /** Called while large files are hashed. */
    readonly onHash?: HashObserver;
    /** Aborted when the run is cancelled. */
    readonly cancellation: AbortSignal;
}
/** Sees how many bytes of a file have been hashed. */
export type HashObserver = (path: string, read: number, size: number) => void;
/**
 * Returns the real system; dispose of it when the run is over. The HTTP client is loaded with the first request: most verifications
 * send none.
 */
export declare function systemWorld(options?: Partial<WorldOptions>): World & Disposable;
