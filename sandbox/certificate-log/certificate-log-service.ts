/** A certificate log over HTTP: the requests of RFC 6962 (section 4), and tiles (C2SP static-ct-api). */

import {
  decodeBase64,
  encodeBase64,
  encodeHex,
  type JsonValue,
  parseJson,
  utf8,
} from '../../src/core/encoding/index.ts';
import { type HttpResponse, jsonResponse, Refusal, type Route } from '../http/index.ts';
import { tileAt } from '../log/index.ts';
import type { CertificateLog } from './certificate-log.ts';
import { checkChain } from './chain.ts';
import { merkleTreeLeaf, withLength } from './encoding.ts';

/** The maximum number of entries in an answer of `get-entries`. */
const maxEntries = 256;

type SubmittedKind = 'x509' | 'precertificate';

export class CertificateLogService {
  readonly log: CertificateLog;
  readonly #roots: readonly Uint8Array[];

  /** @param roots the roots, DER, to which submitted chains must lead */
  constructor(log: CertificateLog, roots: readonly Uint8Array[]) {
    this.log = log;
    this.#roots = roots;
  }

  /** Returns the same service for another log. */
  over(log: CertificateLog): CertificateLogService {
    return new CertificateLogService(log, this.#roots);
  }

  routes(path: string): readonly Route[] {
    const add = (name: string, kind: SubmittedKind): Route => ({
      method: 'POST',
      path: `${path}/ct/v1/${name}`,
      handle: ({ body }) => jsonResponse(200, this.#add(body, kind)),
    });
    const get = (name: string, answer: (query: URLSearchParams) => JsonValue): Route => ({
      method: 'GET',
      path: `${path}/ct/v1/${name}`,
      handle: ({ url }) => jsonResponse(200, answer(url.searchParams)),
    });
    const file = (name: string, answer: (rest: string) => HttpResponse): Route => ({
      method: 'GET',
      path: `${path}/${name}`,
      handle: ({ url }) => answer(url.pathname.slice(`${path}/${name}`.replace('*', '').length)),
    });
    return [
      add('add-chain', 'x509'),
      add('add-pre-chain', 'precertificate'),
      get('get-roots', () => ({ certificates: this.#roots.map(encodeBase64) })),
      get('get-sth', () => this.#treeHead()),
      get('get-sth-consistency', (query) => this.#consistency(query)),
      get('get-proof-by-hash', (query) => this.#proof(query)),
      get('get-entries', (query) => this.#entries(query)),
      file('checkpoint', () => bytes(utf8(this.log.checkpoint()), 'text/plain; charset=utf-8')),
      file('tile/*', (rest) =>
        bytes(tileAt(this.log.store, rest, { name: 'data', encode: (leaf) => leaf }) ?? absent()),
      ),
      file('issuer/*', (rest) => bytes(this.log.issuer(rest) ?? absent(), 'application/pkix-cert')),
    ];
  }

  #add(body: Uint8Array, kind: SubmittedKind): JsonValue {
    const { certificate, issuers, precertificate } = this.#chain(body);
    if (kind === 'precertificate' && precertificate === undefined) refuse('certificate is not a precertificate');
    if (kind === 'x509' && precertificate !== undefined) refuse('precertificate was sent to add-chain');
    const sct =
      this.log.find(certificate) ??
      (precertificate === undefined ? this.log.submitFinal({ certificate, issuers }) : this.log.submit(precertificate));
    return sctJson(sct);
  }

  #chain(body: Uint8Array) {
    const chain = readChain(body);
    try {
      return checkChain(chain, this.#roots);
    } catch (error) {
      if (error instanceof RangeError) refuse(`failed to verify add-chain contents: ${error.message}`);
      throw error;
    }
  }

  #treeHead(): JsonValue {
    const { size, tree } = this.log.store;
    const { time, signature } = this.log.treeHead();
    return {
      tree_size: size,
      timestamp: time.getTime(),
      sha256_root_hash: encodeBase64(tree.root()),
      tree_head_signature: encodeBase64(signature),
    };
  }

  #consistency(query: URLSearchParams): JsonValue {
    const [first, second] = [wholeNumber(query, 'first'), wholeNumber(query, 'second')];
    const { size, tree } = this.log.store;
    if (first > second || second > size) refuse(`first and second must be in order, and at most ${size}`);
    return { consistency: tree.consistencyProof(first, second).map(encodeBase64) };
  }

  #proof(query: URLSearchParams): JsonValue {
    const { store } = this.log;
    const size = wholeNumber(query, 'tree_size');
    if (size < 1 || size > store.size) refuse(`tree_size must be from 1 to ${store.size}`);
    const index = store.find(readHash(query.get('hash') ?? '')).find((one) => one < size) ?? absent();
    return { leaf_index: index, audit_path: store.tree.inclusionProof(index, size).map(encodeBase64) };
  }

  #entries(query: URLSearchParams): JsonValue {
    const [start, end] = [wholeNumber(query, 'start'), wholeNumber(query, 'end')];
    const { size } = this.log.store;
    if (start > end || start >= size) refuse(`start and end must be in order, and start less than ${size}`);
    const count = Math.min(end + 1, size, start + maxEntries) - start;
    return { entries: Array.from({ length: count }, (_, at) => this.#entry(start + at)) };
  }

  /** Returns LeafInput and ExtraData (RFC 6962, section 4.6). */
  #entry(index: number): JsonValue {
    const { entry, kind, certificate, issuers } = this.log.entry(index);
    const chain = issuers.map((fingerprint) => withLength(this.log.issuer(encodeHex(fingerprint)) ?? absent(), 3));
    const above = withLength(Buffer.concat(chain), 3);
    const extra = kind === 'x509' ? above : Buffer.concat([withLength(certificate, 3), above]);
    return { leaf_input: encodeBase64(merkleTreeLeaf(entry)), extra_data: encodeBase64(extra) };
  }
}

function bytes(body: Uint8Array, contentType = 'application/octet-stream', status = 200): HttpResponse {
  return { status, headers: { 'content-type': contentType }, body };
}

/** Returns an SCT in the JSON of the answer to a submission (RFC 6962, section 4.1). */
function sctJson(sct: Uint8Array): JsonValue {
  const extensions = 43 + Buffer.from(sct).readUInt16BE(41);
  return {
    sct_version: sct[0] ?? 0,
    id: encodeBase64(sct.subarray(1, 33)),
    timestamp: Number(Buffer.from(sct).readBigUInt64BE(33)),
    extensions: encodeBase64(sct.subarray(43, extensions)),
    signature: encodeBase64(sct.subarray(extensions)),
  };
}

function readChain(body: Uint8Array): readonly Uint8Array[] {
  try {
    const { chain } = parseJson(body) as { readonly chain?: JsonValue };
    if (!Array.isArray(chain)) throw new RangeError('cert chain was empty');
    return chain.map((certificate) => decodeBase64(String(certificate)));
  } catch (error) {
    return refuse(`failed to parse add-chain body: ${error instanceof Error ? error.message : 'nothing can be read'}`);
  }
}

function readHash(text: string): Uint8Array {
  try {
    return decodeBase64(text);
  } catch {
    return refuse('hash is not base64');
  }
}

function wholeNumber(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : refuse(`${name} is not a number`);
}

function refuse(reason: string): never {
  throw goError(400, 'Bad Request', reason);
}

function absent(): never {
  throw goError(404, 'Not Found', 'it is not in the log');
}

/** Returns a refusal in the form of Go's http.Error: the status in words, and the reason. */
function goError(status: number, words: string, reason: string): Refusal {
  return new Refusal(reason, bytes(utf8(`${words}\n${reason}\n`), 'text/plain; charset=utf-8', status));
}
