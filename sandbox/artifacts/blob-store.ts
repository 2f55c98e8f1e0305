/** A blob store with the parts of Azure's that uploads need: Put Block, Put Block List and Get Blob, with signed URLs only. */

import { concatBytes, decodeUtf8, encodeHex } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, type Route, refuseBlob } from '../http/index.ts';
import type { Sources } from '../sources.ts';
import { type Permissions, UrlSigner } from './signed-url.ts';

interface Blob {
  /** The blocks that are not in the committed list. */
  readonly uncommitted: Map<string, Uint8Array>;
  committed: readonly (readonly [id: string, block: Uint8Array])[] | undefined;
  contentType: string;
  /** True if the blob cannot be changed any more. */
  sealed: boolean;
}

/** The size of the largest block, far above the 8 MiB of @actions/artifact. */
const maxBlockLength = 64 * 1024 * 1024;

export interface ReadOptions {
  readonly contentType?: string;
  readonly fileName?: string;
  readonly lifetimeSeconds?: number;
}

export class BlobStore {
  /** The origin that serves the blobs. */
  readonly origin: string;
  readonly #sources: Sources;
  readonly #signer: UrlSigner;
  readonly #blobs = new Map<string, Blob>();

  constructor(origin: string, sources: Sources) {
    this.origin = origin;
    this.#sources = sources;
    this.#signer = new UrlSigner(sources);
  }

  /** Returns a URL for uploading a blob, by default for an hour. */
  uploadUrl(path: string, lifetimeSeconds = 3600): string {
    return this.#signer.sign(new URL(path, this.origin), 'cw', lifetimeSeconds);
  }

  /** Returns a URL for downloading a blob, by default for ten minutes, with the headers of the answer. */
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

  /** Returns the committed contents of a blob; `undefined` if there are none. */
  bytes(path: string): Uint8Array | undefined {
    const committed = this.#blobs.get(path)?.committed;
    return committed && concatBytes(...committed.map(([, block]) => block));
  }

  /** Stores a blob without an upload. */
  keep(path: string, bytes: Uint8Array): void {
    const blob = this.#blob(path);
    blob.committed = [['', bytes]];
    blob.sealed = true;
  }

  /** Makes a blob immutable. */
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

  /** Checks the URL, which is the credential. A token in the headers is for another host, and was sent here by mistake. */
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

/** Puts a block (Put Block). Ids are Base64 of at most 64 bytes, and have the same length in a blob. */
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

/** Commits a list of blocks (Put Block List): the blob consists of these, in this order, and all other blocks are dropped. */
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
