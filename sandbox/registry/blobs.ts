/** The endpoints of blobs. */

import { type HttpRequest, type HttpResponse, refuseRegistry } from '../http/index.ts';
import type { Content } from './content.ts';
import { demandDigest, demandMatch } from './digest.ts';
import type { Endpoint } from './endpoint.ts';
import { rangeOf, type Upload, type Uploads } from './uploads.ts';

const nothing = new Uint8Array();

export class BlobEndpoints {
  readonly #content: Content;
  readonly #uploads: Uploads;

  constructor(content: Content, uploads: Uploads) {
    this.#content = content;
    this.#uploads = uploads;
  }

  /** GET, and HEAD, whose body is not sent. */
  get({ name, reference }: Endpoint): HttpResponse {
    const digest = demandDigest(reference);
    const body = this.#content.demand(name).blobs.get(digest);
    if (body === undefined) return refuseRegistry('BLOB_UNKNOWN', 'blob unknown to registry', { detail: { digest } });
    const headers = {
      'content-type': 'application/octet-stream',
      'docker-content-digest': digest,
      etag: `"${digest}"`,
    };
    return { status: 200, headers, body };
  }

  /** POST: all at once, or the beginning of an upload. To mount a blob of another repository is answered with the latter. */
  begin({ name }: Endpoint, { url, body }: HttpRequest): HttpResponse {
    const digest = url.searchParams.get('digest');
    return digest === null ? accepted(this.#uploads.begin(name)) : this.#keep(name, digest, body);
  }

  /** PATCH */
  add({ name, reference }: Endpoint, request: HttpRequest): HttpResponse {
    return accepted(this.#uploads.add(name, reference, request));
  }

  /** GET of an upload. */
  status({ name, reference }: Endpoint, { url }: HttpRequest): HttpResponse {
    return { ...accepted(this.#uploads.find(name, reference, url)), status: 204 };
  }

  /** PUT of an upload, perhaps with its last chunk. */
  close({ name, reference }: Endpoint, request: HttpRequest): HttpResponse {
    const digest = demandDigest(request.url.searchParams.get('digest'));
    this.#uploads.add(name, reference, request);
    return this.#keep(name, digest, this.#uploads.close(reference));
  }

  #keep(name: string, given: string, bytes: Uint8Array): HttpResponse {
    const digest = demandDigest(given);
    demandMatch(digest, bytes);
    this.#content.keepBlob(name, digest, bytes);
    const headers = { location: `/v2/${name}/blobs/${digest}`, 'docker-content-digest': digest };
    return { status: 201, headers, body: nothing };
  }
}

function accepted(upload: Upload): HttpResponse {
  const headers = { location: upload.location, range: rangeOf(upload), 'docker-upload-uuid': upload.session };
  return { status: 202, headers, body: nothing };
}
