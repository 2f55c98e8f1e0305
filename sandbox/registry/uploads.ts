/** Uploads under way: begun, added to in order, and closed with the digest of the whole. */

import { concatBytes, encodeHex } from '../../src/core/encoding/index.ts';
import { type HttpRequest, refuseRegistry } from '../http/index.ts';
import type { RandomBytes } from '../sources.ts';

export interface Upload {
  /** Where it is gone on with. The query is needed, as the specification allows it to be. */
  readonly location: string;
  readonly session: string;
  readonly length: number;
}

interface OpenUpload extends Upload {
  readonly name: string;
  readonly state: string;
  readonly chunks: Uint8Array[];
  length: number;
}

/** Those that were begun and never closed are forgotten, oldest first. */
const maxUploads = 100;
const maxOpenLength = 128 * 1024 * 1024;

export const maxBlobLength = 64 * 1024 * 1024;

export class Uploads {
  readonly #random: RandomBytes;
  readonly #uploads = new Map<string, OpenUpload>();

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  begin(name: string): Upload {
    if (this.#uploads.size >= maxUploads) this.#forgetOldest();
    const session = uuidOf(this.#random(16));
    const state = encodeHex(this.#random(16));
    const location = `/v2/${name}/blobs/uploads/${session}?_state=${state}`;
    const upload: OpenUpload = { location, session, state, name, chunks: [], length: 0 };
    this.#uploads.set(session, upload);
    return upload;
  }

  /** The one that a URL is about. */
  find(name: string, session: string, url: URL): Upload {
    return this.#find(name, session, url);
  }

  /** Adds what a request brings. A chunk that says where it belongs must belong at the end. */
  add(name: string, session: string, { url, headers, body }: HttpRequest): Upload {
    const upload = this.#find(name, session, url);
    const { 'content-range': range } = headers;
    if (range !== undefined) demandNext(upload, String(range), body.length);
    if (upload.length + body.length > maxBlobLength) {
      refuseRegistry('SIZE_INVALID', `the registry of the sandbox takes blobs of ${maxBlobLength} bytes at most`);
    }
    upload.chunks.push(body);
    upload.length += body.length;
    while (this.#openLength() > maxOpenLength) this.#forgetOldest();
    return upload;
  }

  /** The whole, which is an upload no more. */
  close(session: string): Uint8Array {
    const bytes = concatBytes(...(this.#uploads.get(session)?.chunks ?? []));
    this.#uploads.delete(session);
    return bytes;
  }

  #openLength(): number {
    return [...this.#uploads.values()].reduce((sum, { length }) => sum + length, 0);
  }

  #forgetOldest(): void {
    const [oldest = ''] = this.#uploads.keys();
    this.#uploads.delete(oldest);
  }

  #find(name: string, session: string, url: URL): OpenUpload {
    const upload = this.#uploads.get(session);
    if (upload?.name !== name) return refuseRegistry('BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
    if (url.searchParams.get('_state') === upload.state) return upload;
    return refuseRegistry('BLOB_UPLOAD_INVALID', 'the location of the upload is not the one that was given');
  }
}

/** As a Range header has it, which cannot say that there is nothing. */
export function rangeOf({ length }: Upload): string {
  return `0-${Math.max(0, length - 1)}`;
}

function demandNext(upload: Upload, range: string, length: number): void {
  const [, from, to] = /^([0-9]+)-([0-9]+)$/.exec(range) ?? [];
  if (from === undefined) refuseRegistry('BLOB_UPLOAD_INVALID', 'Content-Range is none');
  if (Number(from) === upload.length && Number(to) - Number(from) + 1 === length) return;
  const headers = { location: upload.location, range: rangeOf(upload) };
  refuseRegistry('BLOB_UPLOAD_INVALID', 'the chunk does not begin where the upload ends', { status: 416, headers });
}

function uuidOf(bytes: Uint8Array): string {
  const [, ...parts] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(encodeHex(bytes)) ?? [];
  const [first, second, third, fourth, fifth] = parts;
  return `${first}-${second}-4${third}-8${fourth}-${fifth}`;
}
