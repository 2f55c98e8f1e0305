/** A registry of container images, by the OCI distribution specification 1.1. Its content is in memory alone. */

import {
  type HttpRequest,
  type HttpResponse,
  jsonResponse,
  type Route,
  refusePlainly,
  refuseRegistry,
} from '../http/index.ts';
import type { Sources } from '../sources.ts';
import { Access, type AccessSettings, type Account, type Action } from './access.ts';
import { BlobEndpoints } from './blobs.ts';
import { Content } from './content.ts';
import { type Endpoint, type EndpointKind, readEndpoint } from './endpoint.ts';
import { listReferrers, listTags } from './listings.ts';
import { getManifest, putManifest } from './manifests.ts';
import { maxBlobLength, Uploads } from './uploads.ts';

export interface RegistryOptions {
  readonly origin: string;
  readonly sources: Sources;
  /** Whether it lists referrers; true by default. GitHub's does not. */
  readonly referrersApi?: boolean;
  /** In bytes, of all that it keeps; 256 MiB by default. */
  readonly maxContentLength?: number;
}

export interface RegistrySettings extends AccessSettings {
  /** How many referrers a page has; 100 by default. */
  readonly referrersPageSize: number;
}

type Method = Route['method'];
type Answer = (endpoint: Endpoint, request: HttpRequest) => HttpResponse;
type Answers = Readonly<Record<EndpointKind, Partial<Readonly<Record<Method, Answer>>>>>;

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH'] as const satisfies readonly Method[];

/**
 * @example
 * const { registry } = sandbox;
 * registry.configure({ authentication: 'bearer' });
 * const { username, password } = registry.writer;
 * const image = `${registry.host}/library/app:latest`;
 */
export class RegistryService {
  readonly origin: string;
  readonly #referrersApi: boolean;
  readonly #content: Content;
  readonly #blobs: BlobEndpoints;
  readonly #access: Access;
  #referrersPageSize = 100;

  constructor({ origin, sources, referrersApi = true, maxContentLength = 256 * 1024 * 1024 }: RegistryOptions) {
    this.origin = origin;
    this.#content = new Content(maxContentLength);
    this.#referrersApi = referrersApi;
    this.#blobs = new BlobEndpoints(this.#content, new Uploads(sources.random));
    this.#access = new Access(origin, sources);
  }

  /** As the names of images begin. */
  get host(): string {
    return new URL(this.origin).host;
  }

  /** An account that may pull and push. */
  get writer(): Account {
    return this.#access.writer;
  }

  /** An account that may pull. */
  get reader(): Account {
    return this.#access.reader;
  }

  /** Changes whom it asks for what, from now on. What is not named stays. */
  configure({ referrersPageSize = this.#referrersPageSize, ...access }: Partial<RegistrySettings>): void {
    if (!Number.isInteger(referrersPageSize) || referrersPageSize < 1) throw new RangeError('a page of no referrers');
    this.#referrersPageSize = referrersPageSize;
    this.#access.settings = { ...this.#access.settings, ...access };
  }

  /** A registry that is `forgetful` acknowledges manifests that it does not keep. */
  routes({ forgetful = false } = {}): readonly Route[] {
    const answers = this.#answers(!forgetful);
    const handle = (request: HttpRequest): HttpResponse => this.#answer(request, answers);
    return [
      ...methods.map((method): Route => ({ method, path: '/v2/*', handle, maxBodyLength: maxBlobLength })),
      { method: 'GET', path: '/token', handle: (request) => this.#access.issueToken(request) },
    ];
  }

  #answers(isKept: boolean): Answers {
    const blobs = this.#blobs;
    const content = this.#content;
    const referrersApi = this.#referrersApi;
    const readBlob: Answer = (endpoint) => blobs.get(endpoint);
    const readManifest: Answer = (endpoint) => getManifest(content, endpoint);
    return {
      uploads: { POST: (endpoint, request) => blobs.begin(endpoint, request) },
      upload: {
        GET: (endpoint, request) => blobs.status(endpoint, request),
        PATCH: (endpoint, request) => blobs.add(endpoint, request),
        PUT: (endpoint, request) => blobs.close(endpoint, request),
      },
      blob: { GET: readBlob, HEAD: readBlob },
      manifest: {
        GET: readManifest,
        HEAD: readManifest,
        PUT: (endpoint, request) => putManifest(content, endpoint, request, { referrersApi, isKept }),
      },
      tags: { GET: (endpoint, request) => listTags(content, endpoint, request) },
      referrers: { GET: (endpoint, request) => this.#listReferrers(endpoint, request) },
    };
  }

  #answer(request: HttpRequest, answers: Answers): HttpResponse {
    const { url, method } = request;
    const isRead = method === 'GET' || method === 'HEAD';
    if (url.pathname === '/v2/' && isRead) {
      this.#access.demand(request, 'pull');
      return jsonResponse(200, {}, { 'docker-distribution-api-version': 'registry/2.0' });
    }
    const endpoint = readEndpoint(url.pathname);
    // The status of an upload is a matter of whoever pushes.
    const action: Action = isRead && endpoint.kind !== 'upload' ? 'pull' : 'push';
    this.#access.demand(request, action, endpoint.name);
    const answer = Object.entries(answers[endpoint.kind]).find(([name]) => name === method)?.[1];
    return answer?.(endpoint, request) ?? refuseRegistry('UNSUPPORTED', `the method ${method} is not supported here`);
  }

  /** Where there is none, as at GitHub's: plain text, and no code. */
  #listReferrers(endpoint: Endpoint, request: HttpRequest): HttpResponse {
    if (!this.#referrersApi) return refusePlainly(404, '404 page not found');
    return listReferrers(this.#content, endpoint, request, this.#referrersPageSize);
  }
}
