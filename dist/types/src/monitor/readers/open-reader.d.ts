/** Opens the reader of a log, by its protocol. */
import { type Http, type Sleep } from '../../services/http/index.ts';
import { type TileClient } from '../../services/tiles/index.ts';
import type { LogReader, MonitoredLog } from '../log/index.ts';
import { type CosignatureTime } from './head.ts';
export interface ReaderOptions {
    /** Sends requests, and sends them again while a service is down or busy. */
    readonly http: Http;
    /** Returns the time of a head of Rekor, which does not sign one itself. */
    readonly cosignedAt?: CosignatureTime;
    /** The number of requests a second to Rekor v1. By default 5, or any number to a log on this machine. */
    readonly requestsPerSecond?: number;
    readonly clock?: () => Date;
    readonly sleep?: Sleep;
}
/**
 * Opens a reader of a log. Nothing is requested yet.
 *
 * @throws CountersignError `USAGE` for a log of Rekor v1 whose names do not contain the id of a shard
 */
export declare function openReader(log: MonitoredLog, options: ReaderOptions): LogReader;
/** Returns the client of a log of Rekor v2. */
export declare function tilesOfRekor(http: Http, baseUrl: string): TileClient;
/** Returns the client of a log of the Static CT API. */
export declare function tilesOfCertificateLog(http: Http, baseUrl: string): TileClient;
/** Returns a client that sends no more requests to a service of Rekor v1 than its operators ask for. */
export declare function withinRate(baseUrl: string, options: Omit<ReaderOptions, 'cosignedAt'>): Http;
