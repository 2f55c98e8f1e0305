/** A blob store that does of Azure's what uploads need: Put Block, Put Block List, Get Blob, by signed URLs alone. */

import { concatBytes, decodeUtf8, encodeHex } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, type Route, refuseBlob } from '../http/index.ts';
import type { Sources } from '../sources.ts';
import { type Permissions, UrlSigner } from './signed-url.ts';

interface Blob {
  /** What was put and is not yet, or no more, in a list. */
  readonly uncommitted: Map<string, Uint8Array>;
  committed: readonly (readonly [id: string, block: Uint8Array])[] | undefined;
  contentType: string;
  /** Takes no more. */
  sealed: boolean;
}

/** Far more than the 8 MiB of a block of @actions/artifact. */
const maxBlockLength = 64 * 1024 * 1024;

export interface ReadOptions {
  readonly contentType?: string;
  readonly fileName?: string;
  readonly lifetimeSeconds?: number;
}

export class BlobStore {
  /** Where it is served. */
  readonly origin: string;
  readonly #sources: Sources;
  readonly #signer: UrlSigner;
  readonly #blobs = new Map<string, Blob>();

  constructor(origin: string, sources: Sources) {
    this.origin = origin;
    this.#sources = sources;
    this.#signer = new UrlSigner(sources);
  }

  /** A URL to upload a blob by, for an hour unless said otherwise. */
  uploadUrl(path: string, lifetimeSeconds = 3600): string {
    return this.#signer.sign(new URL(path, this.origin), 'cw', lifetimeSeconds);
  }

  /** A URL to download a blob by, for ten minutes unless said otherwise, with the headers that it is to be answered with. */
  downloadUrl(path: string, { contentType, fileName, lifetimeSeconds = 600 }: ReadOptions = {}): string {
    const url = new URL(path, this.origin);
    if (fileName !== undefined)
      url.searchParams.set(
        'rscd',
        `attachment; filename="${asciiOf(fileName)}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      );
    if (contentType !== undefined) url.searchParams.set('rsct', contentType);
    return this.#signer.sign(url, 'r', lifetimeSeconds);
  }

  /** What a list of blocks has made of a blob; `undefined` if none has been committed. */
  bytes(path: string): Uint8Array | undefined {
    const committed = this.#blobs.get(path)?.committed;
    return committed && concatBytes(...committed.map(([, block]) => block));
  }

  /** Keeps what is to be had by a URL, without an upload. */
  keep(path: string, bytes: Uint8Array): void {
    const blob = this.#blob(path);
    blob.committed = [['', bytes]];
    blob.sealed = true;
  }

  /** Makes a blob what it is, for good. */
  seal(path: string): void {
    this.#blob(path).sealed = true;
  }

  delete(path: string): void {
    this.#blobs.delete(path);
  }

  routes(): readonly Route[] {
    return [
      { method: 'PUT', path: '/*', handle: (request) => this.#put(request), maxBodyLength: maxBlockLength },
      { method: 'GET', path: '/*', handle: (request) => this.#get(request) },
    ];
  }

  #put(request: HttpRequest): HttpResponse {
    this.#authorize(request, 'cw');
    const { url, body, headers } = request;
    const blob = this.#blob(url.pathname);
    if (blob.sealed)
      refuseBlob('BlobImmutableDueToPolicy', 'This operation is not permitted as the blob is immutable.');
    switch (url.searchParams.get('comp')) {
      case 'block':
        putBlock(blob, url.searchParams.get('blockid') ?? '', body);
        break;
      case 'blocklist':
        commit(blob, decodeUtf8(body) ?? '');
        blob.contentType = String(headers['x-ms-blob-content-type'] ?? 'application/octet-stream');
        break;
      default:
        refuseBlob('InvalidQueryParameterValue', 'The sandbox takes blobs in blocks only.');
    }
    const etag = `"0x${encodeHex(this.#sources.random(8)).toUpperCase()}"`;
    return { status: 201, headers: { ...this.#headers(), etag, 'last-modified': this.#now() }, body: new Uint8Array() };
  }

  #get(request: HttpRequest): HttpResponse {
    this.#authorize(request, 'r');
    const { pathname, searchParams } = request.url;
    const body = this.bytes(pathname) ?? refuseBlob('BlobNotFound', 'The specified blob does not exist.');
    const disposition = searchParams.get('rscd');
    return {
      status: 200,
      headers: {
        ...this.#headers(),
        'content-type': searchParams.get('rsct') ?? this.#blob(pathname).contentType,
        ...(disposition === null ? {} : { 'content-disposition': disposition }),
      },
      body,
    };
  }

  /** The URL is the credential. A token beside it has strayed here from another host. */
  #authorize({ url, headers }: HttpRequest, permissions: Permissions): void {
    if (headers.authorization !== undefined) {
      refuseBlob(
        'AuthenticationFailed',
        'Server failed to authenticate the request: an Authorization header came with a signed URL.',
      );
    }
    this.#signer.demand(url, permissions);
  }

  #blob(path: string): Blob {
    const blob = this.#blobs.get(path) ?? {
      uncommitted: new Map(),
      committed: undefined,
      contentType: 'application/octet-stream',
      sealed: false,
    };
    this.#blobs.set(path, blob);
    return blob;
  }

  #headers(): Readonly<Record<string, string>> {
    return { 'x-ms-request-id': encodeHex(this.#sources.random(16)), 'x-ms-version': '2026-04-06', date: this.#now() };
  }

  #now(): string {
    return this.#sources.clock().toUTCString();
  }
}

/** Put Block: ids are base64 of at most 64 bytes, and all of a blob's of one length. */
function putBlock(blob: Blob, id: string, body: Uint8Array): void {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(id) || id.length % 4 !== 0 || id.length > 88) {
    refuseBlob(
      'InvalidQueryParameterValue',
      'Value for one of the query parameters specified in the request URI is invalid.',
    );
  }
  const [other = id] = blob.uncommitted.keys();
  if (other.length !== id.length) refuseBlob('InvalidBlobOrBlock', 'The specified blob or block content is invalid.');
  blob.uncommitted.set(id, body);
}

const listShape =
  /^(?:\uFEFF)?\s*(?:<\?xml[^>]*\?>)?\s*<BlockList>\s*((?:<(Latest|Uncommitted|Committed)>[A-Za-z0-9+/=]+<\/\2>\s*)*)<\/BlockList>\s*$/;

/** Put Block List: the blob is these blocks in this order, and blocks that are in no list are gone. */
function commit(blob: Blob, xml: string): void {
  const [, items] =
    listShape.exec(xml) ?? refuseBlob('InvalidXmlDocument', 'XML specified is not syntactically valid.');
  const before = new Map(blob.committed);
  const committed = [...(items ?? '').matchAll(/<(\w+)>([^<]+)</g)].map(([, from, id = '']) => {
    const block =
      (from === 'Committed' ? undefined : blob.uncommitted.get(id)) ??
      (from === 'Uncommitted' ? undefined : before.get(id)) ??
      refuseBlob('InvalidBlockList', 'The specified block list is invalid.');
    return [id, block] as const;
  });
  blob.committed = committed;
  blob.uncommitted.clear();
}

function asciiOf(name: string): string {
  return name.replace(/[^\x20-\x7e]|["\\]/g, '_');
}
