/** Reads a certificate log (RFC 6962, section 4). Nothing is verified. */

import { encodeBase64, ProtoField } from '../../core/encoding/index.ts';
import type { SignedTreeHead } from '../../core/log/index.ts';
import {
  acceptGzip,
  expectStatus,
  type Http,
  type HttpRequest,
  type HttpResponse,
  uncompressed,
} from '../http/index.ts';

export interface LogInclusionProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
}

export interface CertificateLogClient {
  treeHead(): Promise<SignedTreeHead>;
  consistencyProof(first: number, second: number): Promise<readonly Uint8Array[]>;
  /** Fetches the proof of the leaf with this hash; `undefined` if the tree has no such leaf. */
  inclusionProof(leafHash: Uint8Array, treeSize: number): Promise<LogInclusionProof | undefined>;
  /**
   * Fetches entries from `start` to `end`, both included: each a MerkleTreeLeaf, without the certificates that the hash does not cover.
   * Logs return as many as they like.
   */
  entries(start: number, end: number): Promise<readonly Uint8Array[]>;
}

const service = 'the certificate transparency log';
const maxProofHashes = 64;
/** In bytes. A thousand entries have about 8 MB. */
const maxEntriesLength = 64 * 1024 * 1024;
const maxEntries = 10_000;
const maxOtherLength = 1024 * 1024;
const timeoutMilliseconds = 60_000;

interface Answered {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
}

/**
 * Returns a client of a log.
 *
 * @param baseUrl without a slash at the end
 */
export function certificateLogClient(http: Http, baseUrl: string): CertificateLogClient {
  const ask = async (name: string, query: Readonly<Record<string, string | number>>, maxLength: number) => {
    const { headers, ...accepted } = acceptGzip(maxLength);
    const url = new URL(`${baseUrl}/ct/v1/${name}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
    const request: HttpRequest = {
      ...accepted,
      method: 'GET',
      url,
      headers: { ...headers, accept: 'application/json' },
      service,
      quotes: 'message',
      timeoutMilliseconds,
    };
    return { request, response: await http(request) };
  };
  const parse = async ({ request, response }: Answered, maxLength = maxOtherLength): Promise<ProtoField> => {
    const json = await uncompressed(request, expectStatus(request, response, 200));
    const what = `the response of ${service} (${request.url.origin})`;
    return ProtoField.parse(json, 'SERVICE_RESPONSE_INVALID', what, { maxLength });
  };
  return {
    treeHead: async () => {
      const head = await parse(await ask('get-sth', {}, maxOtherLength));
      return {
        size: integer(head.field('tree_size')),
        milliseconds: integer(head.field('timestamp')),
        root: hash(head.field('sha256_root_hash')),
        signature: head.field('tree_head_signature').data(),
      };
    },
    consistencyProof: async (first, second) => {
      const proof = await parse(await ask('get-sth-consistency', { first, second }, maxOtherLength));
      return proof.field('consistency').list(maxProofHashes).map(hash);
    },
    inclusionProof: async (leafHash, treeSize) => {
      const query = { hash: encodeBase64(leafHash), tree_size: treeSize };
      const answered = await ask('get-proof-by-hash', query, maxOtherLength);
      if (answered.response.status === 404) return undefined;
      const proof = await parse(answered);
      const hashes = proof.field('audit_path').list(maxProofHashes).map(hash);
      return { index: integer(proof.field('leaf_index')), hashes };
    },
    entries: async (start, end) => {
      const answer = await parse(await ask('get-entries', { start, end }, maxEntriesLength), maxEntriesLength);
      return answer
        .field('entries')
        .list(maxEntries)
        .map((entry) => entry.field('leaf_input').data());
    },
  };
}

function integer(field: ProtoField): number {
  const value = Number(field.uint64());
  return Number.isSafeInteger(value) ? value : field.fail('is not a safe integer');
}

function hash(field: ProtoField): Uint8Array {
  const bytes = field.data();
  return bytes.length === 32 ? bytes : field.fail(`has ${bytes.length} bytes, not 32`);
}
