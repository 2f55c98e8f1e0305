/** Rekor v1 (rekor, openapi.yaml): entries in and out by `/api/v1/log/entries`, proofs by `/api/v1/log`. */

import { encodeHex, encodePem, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import {
  type HttpRequest,
  type HttpResponse,
  jsonResponse,
  Refusal,
  type Route,
  refuseParameter,
  refuseRekor,
} from '../http/index.ts';
import { maxEntryLength } from '../log/index.ts';
import { leafHash } from '../merkle/index.ts';
import { readProposedEntry } from './proposed-entry.ts';
import { readEntryQuery, readIndexQuery } from './queries.ts';
import type { AnonymousEntry, Shard, ShardedLog } from './sharded-log.ts';

const entriesPath = '/api/v1/log/entries';
const uuidPattern = '^([0-9a-fA-F]{64}|[0-9a-fA-F]{80})$';

/** An entry under its UUID. */
export type LogEntryV1 = { readonly [uuid: string]: AnonymousEntry };

export class RekorV1Service {
  readonly log: ShardedLog;

  constructor(log: ShardedLog) {
    this.log = log;
  }

  /**
   * Adds an entry by the JSON of a ProposedEntry. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws Refusal 400, 422; 409 with the path of the first in `location`
   */
  add(request: Uint8Array): { readonly uuid: string; readonly entry: AnonymousEntry } {
    const { body, keys } = readProposedEntry(request);
    if (body.length > maxEntryLength) refuseRekor(400, `error processing entry: it has ${body.length} bytes`);
    const existing = this.log.findActive(body);
    if (existing !== undefined) {
      const uuid = this.log.uuid(existing);
      const message = `an equivalent entry already exists in the transparency log with UUID ${uuid}`;
      refuseRekor(409, message, { location: `${entriesPath}/${uuid}` });
    }
    return this.log.answer(this.log.append(body, keys));
  }

  routes(): readonly Route[] {
    return [
      { method: 'POST', path: entriesPath, handle: ({ body }) => this.#create(body) },
      {
        method: 'POST',
        path: `${entriesPath}/retrieve`,
        handle: ({ body }) => jsonResponse(200, this.#retrieve(body)),
      },
      { method: 'POST', path: '/api/v1/index/retrieve', handle: ({ body }) => jsonResponse(200, this.#search(body)) },
      { method: 'GET', path: entriesPath, handle: ({ url }) => this.#entryAt(url.searchParams.get('logIndex')) },
      {
        method: 'GET',
        path: `${entriesPath}/*`,
        handle: ({ url }) => this.#entryOf(url.pathname.slice(entriesPath.length + 1)),
      },
      { method: 'GET', path: '/api/v1/log', handle: () => jsonResponse(200, this.#state()) },
      { method: 'GET', path: '/api/v1/log/publicKey', handle: () => this.#publicKey() },
      { method: 'GET', path: '/api/v1/log/proof', handle: (request) => jsonResponse(200, this.#proof(request)) },
    ];
  }

  #create(body: Uint8Array): HttpResponse {
    const { uuid, entry } = this.add(body);
    const answer: LogEntryV1 = { [uuid]: entry };
    return jsonResponse(201, answer, { etag: uuid, location: `${entriesPath}/${uuid}` });
  }

  #entryAt(parameter: string | null): HttpResponse {
    if (parameter === null) refuseParameter(602, 'logIndex in query is required');
    const index = wholeNumber(parameter, 'logIndex');
    return this.#entry(index < this.log.size ? index : undefined);
  }

  #entryOf(uuid: string): HttpResponse {
    if (!new RegExp(uuidPattern).test(uuid)) refuseParameter(605, `entryUUID in path should match '${uuidPattern}'`);
    return this.#entry(this.log.find(uuid));
  }

  #entry(index: number | undefined): HttpResponse {
    if (index === undefined) throw new Refusal('no such entry', { status: 404, headers: {}, body: new Uint8Array() });
    const { uuid, entry } = this.log.answer(index);
    const answer: LogEntryV1 = { [uuid]: entry };
    return jsonResponse(200, answer);
  }

  /** Those entries that are there, each as by itself; what is not there is left out. */
  #retrieve(body: Uint8Array): readonly LogEntryV1[] {
    const { uuids, bodies, indices } = readEntryQuery(body);
    const found = [
      ...uuids.map((uuid) => this.log.find(uuid)),
      ...bodies.map((one) => this.log.find(encodeHex(leafHash(one)))),
      ...indices.map((index) => (index < this.log.size ? index : undefined)),
    ];
    return found.flatMap((index) => {
      if (index === undefined) return [];
      const { uuid, entry } = this.log.answer(index);
      return [{ [uuid]: entry }];
    });
  }

  /** The UUIDs of the entries that any of the keys leads to, or all of them. Whoever relies on one must look at the entry. */
  #search(body: Uint8Array): readonly string[] {
    const { keys, operator } = readIndexQuery(body);
    const found = keys.map((key) => new Set(this.log.search(key)));
    const [first = new Set<number>(), ...others] = found;
    const indices =
      operator === 'or'
        ? new Set(found.flatMap((set) => [...set]))
        : [...first].filter((index) => others.every((other) => other.has(index)));
    return [...indices].sort((a, b) => a - b).map((index) => this.log.uuid(index));
  }

  #state(): JsonObject {
    const { active, shards } = this.log;
    return { ...shardState(active), inactiveShards: shards.filter((shard) => shard !== active).map(shardState) };
  }

  #publicKey(): HttpResponse {
    const pem = encodePem('PUBLIC KEY', this.log.key.publicKey);
    return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: utf8(pem) };
  }

  #proof({ url: { searchParams } }: HttpRequest): JsonObject {
    const { log } = this.#shardOf(searchParams.get('treeID'));
    const first = wholeNumber(searchParams.get('firstSize') ?? '1', 'firstSize');
    const lastText = searchParams.get('lastSize') ?? refuseParameter(602, 'lastSize in query is required');
    const last = wholeNumber(lastText, 'lastSize');
    if (first > last) refuseRekor(400, `firstSize(${first}) must be less than lastSize(${last})`);
    if (last > log.size) {
      const observable = `what is currently observable(${log.size})`;
      refuseRekor(400, `the tree size requested(${last}) was greater than ${observable}`);
    }
    const hashes = log.consistencyProof(first, last).map(encodeHex);
    return { rootHash: encodeHex(log.root()), hashes };
  }

  #shardOf(treeId: string | null): Shard {
    if (treeId === null) return this.log.active;
    const shard = this.log.shards.find((candidate) => String(candidate.treeId) === treeId);
    if (shard === undefined) refuseRekor(400, `could not find log range for treeID ${treeId}`);
    return shard;
  }
}

function shardState({ log, treeId }: Shard): JsonObject {
  return {
    rootHash: encodeHex(log.root()),
    treeSize: log.size,
    signedTreeHead: log.checkpoint(),
    treeID: String(treeId),
  };
}

function wholeNumber(text: string, name: string): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  return value ?? refuseParameter(601, `${name} in query must be of type int64: ${JSON.stringify(text)}`);
}
