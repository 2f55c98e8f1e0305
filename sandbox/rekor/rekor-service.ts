/** Rekor v2 (rekor-tiles): adds entries by `POST /api/v2/log/entries`, and publishes the log as tiles. */

import { concatBytes, uintBytes, utf8 } from '../../src/core/encoding/index.ts';
import { type HttpResponse, jsonResponse, Refusal, type Route, refuse } from '../http/index.ts';
import { maxEntryLength, type TransparencyLog, type TransparencyLogEntry, tileAt } from '../log/index.ts';
import { leafHash } from '../merkle/index.ts';
import { encodeHashedRekord, readHashedRekord } from './hashed-rekord.ts';

/** The paths of the read API: rekor-tiles' own, and those that all logs of tiles have (C2SP tlog-tiles). Production answers at both. */
const readPaths = ['/api/v2', ''] as const;
const textType = 'text/plain; charset=utf-8';

export class RekorService {
  readonly log: TransparencyLog;

  constructor(log: TransparencyLog) {
    this.log = log;
  }

  /**
   * Adds the entry of a CreateEntryRequest, JSON. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws Refusal `invalidArgument`; `alreadyExists` with the index of the existing entry in `x-log-index`; 405 for a frozen log
   */
  add(request: Uint8Array): TransparencyLogEntry {
    if (this.log.frozen !== undefined) {
      const text = 'This log has been frozen, please switch to the latest log.\n';
      // Plain text, unlike all other refusals.
      throw new Refusal(text, { status: 405, headers: { 'content-type': textType }, body: utf8(text) });
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
      ...readPaths.flatMap((path) => this.#readRoutes(path)),
    ];
  }

  #readRoutes(path: string): readonly Route[] {
    const tiles = `${path}/tile/`;
    return [
      { method: 'GET', path: `${path}/checkpoint`, handle: () => this.#checkpoint() },
      { method: 'GET', path: `${tiles}*`, handle: ({ url }) => this.#tile(url.pathname.slice(tiles.length)) },
    ];
  }

  #checkpoint(): HttpResponse {
    const headers = { 'content-type': textType, 'cache-control': 'no-cache' };
    return { status: 200, headers, body: utf8(this.log.checkpoint()) };
  }

  #tile(path: string): HttpResponse {
    const body = tileAt(this.log.store, path, { name: 'entries', encode }) ?? refuse('notFound', 'Not Found');
    const headers = { 'content-type': 'application/octet-stream', 'cache-control': 'max-age=31536000, immutable' };
    return { status: 200, headers, body };
  }
}

/** Encodes an entry for an entry bundle (C2SP tlog-tiles). */
function encode(entry: Uint8Array): Uint8Array {
  return concatBytes(uintBytes(entry.length, 2), entry);
}
