/** The endpoints of blobs and their uploads, which are begun, appended to in order, and closed with the digest of the whole. */

import { concatBytes, encodeHex } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, refuseRegistry } from '../http/index.ts';
import type { RandomBytes } from '../sources.ts';
import type { Content } from './content.ts';
import { demandDigest, demandMatch, type Endpoint } from './endpoint.ts';

interface Upload {
  readonly name: string;
  /** The location to continue at, whose query is required, as the specification allows. */
  readonly location: string;
  readonly session: string;
  readonly state: string;
  readonly chunks: Uint8Array[];
  length: number;
}

/** Beyond these limits, the oldest uploads that were not closed are removed. */
const maxUploads = 100;
const maxOpenLength = 128 * 1024 * 1024;

export const maxBlobLength = 64 * 1024 * 1024;

const nothing = new Uint8Array();

export class BlobEndpoints {
  readonly #content: Content;
  readonly #random: RandomBytes;
  readonly #uploads = new Map<string, Upload>();

  constructor(content: Content, random: RandomBytes) {
    this.#content = content;
    this.#random = random;
  }

  /** Answers GET, and HEAD, whose body is not sent. */
  get({ name, reference }: Endpoint): HttpResponse {
    const digest = demandDigest(reference);
    const body = this.#content.demand(name).blobs.get(digest);
    if (body === undefined) return refuseRegistry('BLOB_UNKNOWN', 'blob unknown to registry', { detail: { digest } });
    const names = { 'docker-content-digest': digest, etag: `"${digest}"` };
    return { status: 200, headers: { 'content-type': 'application/octet-stream', ...names }, body };
  }

  /** Answers POST: takes a whole blob, or begins an upload, also in place of mounting a blob of another repository. */
  begin({ name }: Endpoint, { url, body }: HttpRequest): HttpResponse {
    const digest = url.searchParams.get('digest');
    if (digest !== null) return this.#keep(name, digest, body);
    if (this.#uploads.size >= maxUploads) this.#removeOldest();
    const session = uuidOf(this.#random(16));
    const state = encodeHex(this.#random(16));
    const location = `/v2/${name}/blobs/uploads/${session}?_state=${state}`;
    const upload = { location, session, state, name, chunks: [], length: 0 };
    this.#uploads.set(session, upload);
    return accepted(upload);
  }

  /** Answers PATCH. */
  add(endpoint: Endpoint, request: HttpRequest): HttpResponse {
    return accepted(this.#append(endpoint, request));
  }

  /** Answers GET of an upload. */
  status(endpoint: Endpoint, { url }: HttpRequest): HttpResponse {
    return { ...accepted(this.#find(endpoint, url)), status: 204 };
  }

  /** Answers PUT of an upload, perhaps with its last chunk. */
  close(endpoint: Endpoint, request: HttpRequest): HttpResponse {
    const digest = demandDigest(request.url.searchParams.get('digest'));
    const { chunks, session } = this.#append(endpoint, request);
    this.#uploads.delete(session);
    return this.#keep(endpoint.name, digest, concatBytes(...chunks));
  }

  #keep(name: string, given: string, bytes: Uint8Array): HttpResponse {
    const digest = demandDigest(given);
    demandMatch(digest, bytes);
    this.#content.keepBlob(name, digest, bytes);
    const headers = { location: `/v2/${name}/blobs/${digest}`, 'docker-content-digest': digest };
    return { status: 201, headers, body: nothing };
  }

  /** Appends a chunk, which must begin where the upload ends if it has a range. */
  #append(endpoint: Endpoint, { url, headers, body }: HttpRequest): Upload {
    const upload = this.#find(endpoint, url);
    const { 'content-range': range } = headers;
    if (range !== undefined) demandNext(upload, String(range), body.length);
    if (upload.length + body.length > maxBlobLength) {
      refuseRegistry('SIZE_INVALID', `the registry of the sandbox takes blobs of ${maxBlobLength} bytes at most`);
    }
    upload.chunks.push(body);
    upload.length += body.length;
    while ([...this.#uploads.values()].reduce((sum, { length }) => sum + length, 0) > maxOpenLength) {
      this.#removeOldest();
    }
    return upload;
  }

  #removeOldest(): void {
    const [oldest = ''] = this.#uploads.keys();
    this.#uploads.delete(oldest);
  }

  #find({ name, reference }: Endpoint, url: URL): Upload {
    const upload = this.#uploads.get(reference);
    if (upload?.name !== name) return refuseRegistry('BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
    if (url.searchParams.get('_state') === upload.state) return upload;
    return refuseRegistry('BLOB_UPLOAD_INVALID', 'the location of the upload is not the one that was given');
  }
}

/** Returns the location and the range of an upload. A Range header cannot say that there is nothing. */
function progressOf({ location, length }: Upload) {
  return { location, range: `0-${Math.max(0, length - 1)}` };
}

function accepted(upload: Upload): HttpResponse {
  return { status: 202, headers: { ...progressOf(upload), 'docker-upload-uuid': upload.session }, body: nothing };
}

function demandNext(upload: Upload, range: string, length: number): void {
  const [, from, to] = /^([0-9]+)-([0-9]+)$/.exec(range) ?? [];
  if (from === undefined) refuseRegistry('BLOB_UPLOAD_INVALID', 'Content-Range is none');
  if (Number(from) === upload.length && Number(to) - Number(from) + 1 === length) return;
  const headers = progressOf(upload);
  refuseRegistry('BLOB_UPLOAD_INVALID', 'the chunk does not begin where the upload ends', { status: 416, headers });
}

function uuidOf(bytes: Uint8Array): string {
  return encodeHex(bytes).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}
