/** Rekor v2 (rekor-tiles): entries in by `POST /api/v2/log/entries`, the log out by tiles. */

import { concatBytes, uintBytes, utf8 } from '../../src/core/encoding/index.ts';
import { type HttpResponse, jsonResponse, Refusal, type Route, refuse } from '../http/index.ts';
import {
  entryTile,
  hashTile,
  maxEntryLength,
  parseTilePath,
  type TransparencyLog,
  type TransparencyLogEntry,
} from '../log/index.ts';
import { leafHash } from '../merkle/index.ts';
import { encodeHashedRekord, readHashedRekord } from './hashed-rekord.ts';

export class RekorService {
  readonly log: TransparencyLog;

  constructor(log: TransparencyLog) {
    this.log = log;
  }

  /**
   * Adds an entry by the JSON of a CreateEntryRequest. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws Refusal `invalidArgument`; `alreadyExists` with the index of the first in `x-log-index`; 405 once the log has ended
   */
  add(request: Uint8Array): TransparencyLogEntry {
    if (this.log.frozen !== undefined) {
      const text = 'This log has been frozen, please switch to the latest log.\n';
      // Text, unlike all other refusals.
      const headers = { 'content-type': 'text/plain; charset=utf-8' };
      throw new Refusal(text, { status: 405, headers, body: utf8(text) });
    }
    const body = encodeHashedRekord(readHashedRekord(request));
    if (body.length > maxEntryLength) refuse('invalidArgument', 'invalid hashedrekord request');
    const existing = this.log.store.findLeaf(leafHash(body));
    if (existing !== undefined) {
      const message = `an equivalent entry already exists in the transparency log with index ${existing}`;
      refuse('alreadyExists', message, { 'x-log-index': String(existing) });
    }
    return this.log.entry(this.log.append(body));
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
        ? entryTile(this.log.store, tile.index, tile.width, withLength)
        : hashTile(this.log.store, tile.level, tile.index, tile.width);
    if (body === undefined) refuse('notFound', 'Not Found');
    const headers = { 'content-type': 'application/octet-stream', 'cache-control': 'max-age=31536000, immutable' };
    return { status: 200, headers, body };
  }
}

/** An entry as an entry bundle has it (C2SP tlog-tiles). */
function withLength(entry: Uint8Array): Uint8Array {
  return concatBytes(uintBytes(entry.length, 2), entry);
}
