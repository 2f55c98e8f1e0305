/** Reads a log of Rekor v1: its shards, their entries and proofs. Nothing is verified. */

import {
  asList,
  asObject,
  asText,
  decodeBase64,
  decodeHex,
  type JsonObject,
  type JsonValue,
  ProtoField,
  parseJson,
} from '../../core/encoding/index.ts';
import { fail, reading } from '../../core/errors/index.ts';
import { acceptGzip, expectStatus, type Http, type HttpRequest, uncompressed } from '../http/index.ts';

/** A tree of the log. */
export interface ShardV1 {
  /** A decimal number of up to 19 digits. */
  readonly treeId: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** A signed note. */
  readonly checkpoint: string;
  /** The number of entries in the shards before it. */
  readonly offset: number;
  /** False if a later shard takes new entries instead. */
  readonly isActive: boolean;
}

/** An entry and its inclusion proof in the current tree of its shard. */
export interface EntryV1 {
  readonly body: Uint8Array;
  readonly treeSize: number;
  readonly hashes: readonly Uint8Array[];
}

export interface LogClientV1 {
  /** Fetches the state of all shards, the active one last. */
  shards(): Promise<readonly ShardV1[]>;
  consistencyProof(treeId: string, first: number, last: number): Promise<readonly Uint8Array[]>;
  /** Fetches the bodies of up to {@link maxRetrieved} entries by their indices over all shards. Those that do not exist are left out. */
  bodies(indices: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>>;
  /** Fetches an entry by its index over all shards; `undefined` if it does not exist. */
  entry(index: number): Promise<EntryV1 | undefined>;
}

/** The maximum number of entries in one request (rekor, openapi.yaml). */
export const maxRetrieved = 10;

const service = 'the transparency log';
const maxShards = 100;
const maxProofHashes = 64;
/** In bytes. Each of ten entries may have an attestation. */
const maxEntriesLength = 64 * 1024 * 1024;
const maxStateLength = 1024 * 1024;
const timeoutMilliseconds = 60_000;

/**
 * Returns a client of a log.
 *
 * @param baseUrl without a slash at the end
 */
export function logClientV1(http: Http, baseUrl: string): LogClientV1 {
  const ask = async (path: string, maxLength: number, body?: string) => {
    const { headers, ...accepted } = acceptGzip(maxLength);
    const request: HttpRequest = {
      ...accepted,
      method: body === undefined ? 'GET' : 'POST',
      url: new URL(`${baseUrl}/api/v1/log${path}`),
      headers: {
        ...headers,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      service,
      quotes: 'message',
      timeoutMilliseconds,
      ...(body !== undefined && { body }),
    };
    return { request, response: await http(request) };
  };
  const read = async (path: string, maxLength: number, body?: string): Promise<Uint8Array> => {
    const { request, response } = await ask(path, maxLength, body);
    return uncompressed(request, expectStatus(request, response, 200));
  };
  const what = `the response of ${service} (${new URL(baseUrl).origin})`;
  const invalid = (problem: string): never => fail('SERVICE_RESPONSE_INVALID', `${what} ${problem}`);
  const parse = (json: Uint8Array): JsonValue =>
    reading('SERVICE_RESPONSE_INVALID', what, () => parseJson(json, { maxLength: maxEntriesLength }));
  /** Returns the members of the entry in `{"<uuid>": {…}}`. */
  const entryIn = (answer: JsonValue): JsonObject => {
    const entries = Object.values(asObject(answer) ?? {});
    const entry = entries.length === 1 ? asObject(entries[0]) : undefined;
    return entry ?? invalid('does not contain one entry under its UUID');
  };
  const bodyOf = ({ body }: JsonObject): Uint8Array =>
    reading('SERVICE_RESPONSE_INVALID', `${what}: the body of an entry`, () =>
      decodeBase64(asText(body) ?? invalid('contains an entry without body')),
    );
  const integer = (value: JsonValue | undefined, name: string): number =>
    Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : invalid(`has an invalid ${name}`);
  const hashesIn = (value: JsonValue | undefined): readonly Uint8Array[] => {
    const hashes = asList(value) ?? invalid('has no list of hashes');
    if (hashes.length > maxProofHashes) invalid(`has a proof of ${hashes.length} hashes`);
    return hashes.map((hash) => hashIn(asText(hash) ?? '', what));
  };
  return {
    shards: async () => {
      const state = ProtoField.parse(await read('', maxStateLength), 'SERVICE_RESPONSE_INVALID', what);
      let offset = 0;
      return [...state.field('inactiveShards').list(maxShards), state].map((field) => {
        const shard = { ...readShard(field), offset, isActive: field === state };
        offset += shard.size;
        return shard;
      });
    },
    consistencyProof: async (treeId, first, last) => {
      const path = `/proof?firstSize=${first}&lastSize=${last}&treeID=${treeId}`;
      return hashesIn(asObject(parse(await read(path, maxStateLength)))?.hashes);
    },
    bodies: async (indices) => {
      const query = JSON.stringify({ logIndexes: indices });
      const answers =
        asList(parse(await read('/entries/retrieve', maxEntriesLength, query))) ?? invalid('is not a list');
      return new Map(answers.map(entryIn).map((entry) => [integer(entry.logIndex, 'logIndex'), bodyOf(entry)]));
    },
    entry: async (index) => {
      const { request, response } = await ask(`/entries?logIndex=${index}`, maxEntriesLength);
      if (response.status === 404) return undefined;
      const entry = entryIn(parse(await uncompressed(request, expectStatus(request, response, 200))));
      const proof = asObject(asObject(entry.verification)?.inclusionProof) ?? invalid('has no inclusion proof');
      return {
        body: bodyOf(entry),
        treeSize: integer(proof.treeSize, 'treeSize'),
        hashes: hashesIn(proof.hashes),
      };
    },
  };
}

function readShard(field: ProtoField): Pick<ShardV1, 'treeId' | 'size' | 'root' | 'checkpoint'> {
  const treeId = field.field('treeID').text();
  if (!/^[1-9]\d{0,18}$/.test(treeId)) field.field('treeID').fail('is not the id of a tree');
  const size = Number(field.field('treeSize').uint64());
  if (!Number.isSafeInteger(size)) field.field('treeSize').fail('is not a supported size');
  const root = hashIn(field.field('rootHash').text(), field.path);
  return { treeId, size, root, checkpoint: field.field('signedTreeHead').text() };
}

function hashIn(hex: string, what: string): Uint8Array {
  const hash = reading('SERVICE_RESPONSE_INVALID', what, () => decodeHex(hex));
  return hash.length === 32
    ? hash
    : fail('SERVICE_RESPONSE_INVALID', `${what} has a hash of ${hash.length} bytes, not 32`);
}
