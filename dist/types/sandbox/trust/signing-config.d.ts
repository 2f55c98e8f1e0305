/** The signing config v0.2 (sigstore_trustroot.proto), as JSON: the services to sign with. */
import type { JsonObject } from '../../src/core/encoding/index.ts';
export interface LogAddress {
    readonly url: string;
    /** 1 for Rekor v1, 2 for rekor-tiles. */
    readonly majorApiVersion: 1 | 2;
    /** The time at which the log was frozen, if it was. */
    readonly end?: Date;
}
/** The URLs of the other services. */
export interface ServiceUrls {
    readonly fulcio: string;
    readonly personIssuer: string;
    /** The whole endpoint, not a base URL. */
    readonly timestamp: string;
}
/** Returns a signing config. Clients choose a log of the highest version, whatever the order. */
export declare function signingConfig(urls: ServiceUrls, logs: readonly LogAddress[], start: Date): JsonObject;
