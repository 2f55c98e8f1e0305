/** Rekor v2 (rekor-tiles): entries in by `POST /api/v2/log/entries`, the log out by tiles. */

import { utf8 } from '../../core/encoding/index.ts';
import { type HttpResponse, jsonResponse, type Route, refuse } from '../http/index.ts';
import { encodeHashedRekord, identityOf, readHashedRekord } from './hashed-rekord.ts';
import { parseTilePath } from './tile-path.ts';
import type { TransparencyLog, TransparencyLogEntry } from './transparency-log.ts';

export class RekorService {
  readonly log: TransparencyLog;
  readonly #indices = new Map<string, number>();

  constructor(log: TransparencyLog) {
    this.log = log;
  }

  /**
   * Adds an entry by the JSON of a CreateEntryRequest. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws ServiceFailure `invalidArgument`; `alreadyExists` with the index of the first in `x-log-index`
   */
  add(request: Uint8Array): TransparencyLogEntry {
    const body = encodeHashedRekord(readHashedRekord(request));
    const identity = identityOf(body);
    const existing = this.#indices.get(identity);
    if (existing !== undefined) {
      const message = `an equivalent entry already exists in the transparency log with index ${existing}`;
      refuse('alreadyExists', message, { 'x-log-index': String(existing) });
    }
    const index = this.log.append(body);
    this.#indices.set(identity, index);
    return this.log.entry(index);
  }

  routes(): readonly Route[] {
    return [
      { method: 'POST', path: '/api/v2/log/entries', handle: ({ body }) => jsonResponse(201, this.add(body)) },
      { method: 'GET', path: '/api/v2/checkpoint', handle: () => this.#checkpoint() },
      {
        method: 'GET',
        path: '/api/v2/tile/*',
        handle: ({ url }) => this.#tile(url.pathname.slice('/api/v2/tile/'.length)),
      },
    ];
  }

  #checkpoint(): HttpResponse {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' };
    return { status: 200, headers, body: utf8(this.log.checkpoint()) };
  }

  #tile(path: string): HttpResponse {
    const tile = parseTilePath(path) ?? refuse('notFound', 'Not Found');
    const body =
      tile.level === 'entries'
        ? this.log.entryBundle(tile.index, tile.width)
        : this.log.tile(tile.level, tile.index, tile.width);
    if (body === undefined) refuse('notFound', 'Not Found');
    const headers = { 'content-type': 'application/octet-stream', 'cache-control': 'max-age=31536000, immutable' };
    return { status: 200, headers, body };
  }
}
