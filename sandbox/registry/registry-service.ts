/** A registry of container images (OCI distribution specification 1.1), whose content is in memory only. */

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
import { BlobEndpoints, maxBlobLength } from './blobs.ts';
import { Content } from './content.ts';
import { type Endpoint, type EndpointKind, readEndpoint } from './endpoint.ts';
import { listReferrers, listTags } from './listings.ts';
import { getManifest, putManifest } from './manifests.ts';

export interface RegistryOptions {
  readonly origin: string;
  readonly sources: Sources;
  /** Enables the referrers API, which GitHub's registry does not have; true by default. */
  readonly referrersApi?: boolean;
  /** The limit for all content, in bytes; 256 MiB by default. */
  readonly maxContentLength?: number;
}

export interface RegistrySettings extends AccessSettings {
  /** The number of referrers on a page; 100 by default. */
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
    this.#blobs = new BlobEndpoints(this.#content, sources.random);
    this.#access = new Access(origin, sources);
  }

  /** The first part of the names of its images. */
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

  /** Changes settings. The others stay as they are. */
  configure({ referrersPageSize = this.#referrersPageSize, ...access }: Partial<RegistrySettings>): void {
    if (!Number.isInteger(referrersPageSize) || referrersPageSize < 1) throw new RangeError('a page of no referrers');
    this.#referrersPageSize = referrersPageSize;
    this.#access.settings = { ...this.#access.settings, ...access };
  }

  /** Returns the routes. A `forgetful` registry acknowledges manifests that it does not store. */
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
    const options = { isKept, referrersApi: this.#referrersApi };
    return {
      uploads: { POST: (endpoint, request) => blobs.begin(endpoint, request) },
      upload: {
        GET: (endpoint, request) => blobs.status(endpoint, request),
        PATCH: (endpoint, request) => blobs.add(endpoint, request),
        PUT: (endpoint, request) => blobs.close(endpoint, request),
      },
      blob: { GET: (endpoint) => blobs.get(endpoint) },
      manifest: {
        GET: (endpoint) => getManifest(content, endpoint),
        PUT: (endpoint, request) => putManifest(content, endpoint, request, options),
      },
      tags: { GET: (endpoint, request) => listTags(content, endpoint, request) },
      referrers: {
        GET: (endpoint, request) =>
          // In plain text and without a code, as GitHub's registry does.
          this.#referrersApi
            ? listReferrers(content, endpoint, request, this.#referrersPageSize)
            : refusePlainly(404, '404 page not found'),
      },
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
    // The status of an upload is for accounts that may push.
    const action: Action = isRead && endpoint.kind !== 'upload' ? 'pull' : 'push';
    this.#access.demand(request, action, endpoint.name);
    const hasHead = endpoint.kind === 'blob' || endpoint.kind === 'manifest';
    const answer = Object.entries(answers[endpoint.kind]).find(
      ([name]) => name === method || (name === 'GET' && method === 'HEAD' && hasHead),
    );
    return (
      answer?.[1](endpoint, request) ?? refuseRegistry('UNSUPPORTED', `the method ${method} is not supported here`)
    );
  }
}
