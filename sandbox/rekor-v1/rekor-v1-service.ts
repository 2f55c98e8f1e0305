/** Rekor v1 (rekor, openapi.yaml): entries under `/api/v1/log/entries`, proofs under `/api/v1/log`. */

import { encodeHex, encodePem, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import {
  type HttpResponse,
  jsonResponse,
  Refusal,
  type Route,
  refuseEntry,
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
   * Adds the entry of a ProposedEntry, JSON. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws Refusal 400, 422; 409 with the path of the existing entry in `location`
   */
  add(request: Uint8Array): { readonly uuid: string; readonly entry: AnonymousEntry } {
    const { body, keys } = readProposedEntry(request);
    if (body.length > maxEntryLength) refuseEntry(`it has ${body.length} bytes`);
    const existing = this.log.findActive(body);
    if (existing !== undefined) {
      const uuid = this.log.uuid(existing);
      const message = `an equivalent entry already exists in the transparency log with UUID ${uuid}`;
      refuseRekor(409, message, { location: `${entriesPath}/${uuid}` });
    }
    return this.log.answer(this.log.append(body, keys));
  }

  routes(): readonly Route[] {
    const get = (path: string, handle: (url: URL) => HttpResponse): Route => ({
      method: 'GET',
      path,
      handle: ({ url }) => handle(url),
    });
    const post = (path: string, handle: (body: Uint8Array) => HttpResponse): Route => ({
      method: 'POST',
      path,
      handle: ({ body }) => handle(body),
    });
    return [
      post(entriesPath, (body) => this.#create(body)),
      post(`${entriesPath}/retrieve`, (body) => jsonResponse(200, this.#retrieve(body))),
      post('/api/v1/index/retrieve', (body) => jsonResponse(200, this.#search(body))),
      get(entriesPath, ({ searchParams }) => this.#entryAt(searchParams.get('logIndex'))),
      get(`${entriesPath}/*`, ({ pathname }) => this.#entryOf(pathname.slice(entriesPath.length + 1))),
      get('/api/v1/log', () => jsonResponse(200, this.#state())),
      get('/api/v1/log/publicKey', () => this.#publicKey()),
      get('/api/v1/log/proof', ({ searchParams }) => jsonResponse(200, this.#proof(searchParams))),
    ];
  }

  #create(body: Uint8Array): HttpResponse {
    const { uuid, entry } = this.add(body);
    return jsonResponse(201, { [uuid]: entry }, { etag: uuid, location: `${entriesPath}/${uuid}` });
  }

  #entryAt(parameter: string | null): HttpResponse {
    if (parameter === null) refuseParameter(602, 'logIndex in query is required');
    return this.#entry(wholeNumber(parameter, 'logIndex'));
  }

  #entryOf(uuid: string): HttpResponse {
    if (!new RegExp(uuidPattern).test(uuid)) refuseParameter(605, `entryUUID in path should match '${uuidPattern}'`);
    return this.#entry(this.log.find(uuid));
  }

  #entry(index: number | undefined): HttpResponse {
    const [entry] = this.#existing([index]);
    if (entry === undefined) throw new Refusal('no such entry', { status: 404, headers: {}, body: new Uint8Array() });
    return jsonResponse(200, entry);
  }

  /** Returns the entries that exist. The others are left out. */
  #retrieve(body: Uint8Array): readonly LogEntryV1[] {
    const { uuids, bodies, indices } = readEntryQuery(body);
    const hashes = bodies.map((one) => encodeHex(leafHash(one)));
    return this.#existing([...[...uuids, ...hashes].map((uuid) => this.log.find(uuid)), ...indices]);
  }

  #existing(indices: readonly (number | undefined)[]): readonly LogEntryV1[] {
    return indices.flatMap((index) => {
      if (index === undefined || index >= this.log.size) return [];
      const { uuid, entry } = this.log.answer(index);
      return [{ [uuid]: entry }];
    });
  }

  /** Returns the UUIDs of the entries under any of the keys, or under all of them. */
  #search(body: Uint8Array): readonly string[] {
    const { keys, operator } = readIndexQuery(body);
    const found = keys.map((key) => new Set(this.log.search(key)));
    const any = [...new Set(found.flatMap((indices) => [...indices]))];
    const indices = operator === 'or' ? any : any.filter((index) => found.every((some) => some.has(index)));
    return indices.sort((a, b) => a - b).map((index) => this.log.uuid(index));
  }

  #state(): JsonObject {
    const { active, shards } = this.log;
    return { ...shardState(active), inactiveShards: shards.filter((shard) => shard !== active).map(shardState) };
  }

  #publicKey(): HttpResponse {
    const pem = encodePem('PUBLIC KEY', this.log.key.publicKey);
    return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: utf8(pem) };
  }

  #proof(query: URLSearchParams): JsonObject {
    const { log } = this.#shardOf(query.get('treeID'));
    const first = wholeNumber(query.get('firstSize') ?? '1', 'firstSize');
    const lastText = query.get('lastSize') ?? refuseParameter(602, 'lastSize in query is required');
    const last = wholeNumber(lastText, 'lastSize');
    if (first > last) refuseRekor(400, `firstSize(${first}) must be less than lastSize(${last})`);
    if (last > log.size) {
      const observable = `what is currently observable(${log.size})`;
      refuseRekor(400, `the tree size requested(${last}) was greater than ${observable}`);
    }
    return { rootHash: encodeHex(log.root()), hashes: log.consistencyProof(first, last).map(encodeHex) };
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
  if (/^\d{1,15}$/.test(text)) return Number(text);
  return refuseParameter(601, `${name} in query must be of type int64: ${JSON.stringify(text)}`);
}
