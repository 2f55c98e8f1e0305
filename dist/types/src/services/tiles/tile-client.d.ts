/** Reads the files of a log: its checkpoint, tiles and entry bundles. Nothing is verified but lengths. */
import { type Tile } from '../../core/log/index.ts';
import { type Http } from '../http/index.ts';
/** A log and the layout of its files. */
export interface TileSource {
    /** The prefix of the paths, without a slash at the end: that of Rekor v2 ends with `/api/v2`. */
    readonly prefix: string;
    /** The name of the directory of entry bundles: `entries`, or `data` for a certificate log. */
    readonly bundles: 'entries' | 'data';
    /** The name of the service in errors. */
    readonly service: string;
}
export interface TileRequest {
    /** Asks caches to fetch the file from the log again. */
    readonly refresh?: boolean;
}
export interface TileClient {
    /** Fetches the current checkpoint. */
    checkpoint(): Promise<string>;
    /** Fetches a tile: `width` hashes of 32 bytes; `undefined` if the log does not have the file. */
    tile(tile: Tile, request?: TileRequest): Promise<Uint8Array | undefined>;
    /** Fetches an entry bundle of `width` entries, which are not split; `undefined` if the log does not have the file. */
    bundle(index: number, width: number, request?: TileRequest): Promise<Uint8Array | undefined>;
}
/**
 * Returns a client of a log. Its requests fail with `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED` for a status other than 200 and 404, and
 * `SERVICE_RESPONSE_INVALID`.
 */
export declare function tileClient(http: Http, { prefix, bundles, service }: TileSource): TileClient;
