/** Reads the files of a log: its checkpoint, tiles and entry bundles. Nothing is verified but lengths. */

import { decodeUtf8 } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type Tile, tilePath, tileWidth } from '../../core/log/index.ts';
import { acceptGzip, expectStatus, type Http, type HttpRequest, uncompressed } from '../http/index.ts';

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

const maxCheckpointLength = 1024 * 1024;
/** In bytes. A certificate in a data tile may be longer than an entry of Rekor, whose length has two bytes. */
const maxBundleLengths = { entries: tileWidth * (2 + 0xffff), data: 64 * 1024 * 1024 } as const;
const timeoutMilliseconds = 60_000;

/**
 * Returns a client of a log. Its requests fail with `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED` for a status other than 200 and 404, and
 * `SERVICE_RESPONSE_INVALID`.
 */
export function tileClient(http: Http, { prefix, bundles, service }: TileSource): TileClient {
  const read = async (path: string, maxLength: number, headers = {}): Promise<Uint8Array | undefined> => {
    const accepted = acceptGzip(maxLength);
    const request: HttpRequest = {
      ...accepted,
      method: 'GET',
      url: new URL(`${prefix}/${path}`),
      headers: { ...accepted.headers, ...headers },
      service,
      quotes: 'message',
      timeoutMilliseconds,
    };
    const response = await http(request);
    if (response.status === 404 && path !== 'checkpoint') return undefined;
    return uncompressed(request, expectStatus(request, response, 200));
  };
  const wrong = (path: string, problem: string): never =>
    fail('SERVICE_RESPONSE_INVALID', `${service} (${new URL(prefix).origin}) sent a ${path} ${problem}`);
  return {
    checkpoint: async () => {
      const bytes = await read('checkpoint', maxCheckpointLength, fresh);
      return decodeUtf8(bytes ?? new Uint8Array()) ?? wrong('checkpoint', 'that is not UTF-8');
    },
    tile: async ({ level, index, width }, { refresh = false } = {}) => {
      const path = tilePath(level, index, width);
      const hashes = await read(path, width * 32, refresh ? fresh : {});
      if (hashes !== undefined && hashes.length !== width * 32)
        wrong(path, `of ${hashes.length} bytes, not ${width * 32}`);
      return hashes;
    },
    bundle: (index, width, { refresh = false } = {}) =>
      read(tilePath(bundles, index, width), maxBundleLengths[bundles], refresh ? fresh : {}),
  };
}

const fresh = { 'cache-control': 'no-cache' } as const;
