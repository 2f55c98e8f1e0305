/**
 * Sends requests to one repository: logs in when the registry asks for it, follows allowed redirects, and never sends secrets
 * elsewhere.
 */

import { fail } from '../../core/errors/index.ts';
import type { Http, HttpRequest, HttpResponse } from '../http/index.ts';
import type { Answered } from './answered.ts';
import { type Authorization, authorize } from './authorization.ts';
import { readChallenge } from './challenge.ts';
import type { Credential } from './credential.ts';
import type { FindCredential } from './find-credentials.ts';
import { type Repository, registryOrigin } from './image-reference.ts';
import { mayPointTo, resolveAddress } from './origin.ts';

export interface RepositoryRequest {
  readonly method: HttpRequest['method'];
  /** Below the repository (`manifests/latest`), or an address that the registry gave. */
  readonly target: string | URL;
  readonly access: 'pull' | 'push';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly maxBodyLength: number;
  readonly timeoutMilliseconds?: number;
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const maxRedirects = 5;

/** Sends requests to one repository, and keeps its authorization. */
export class RepositorySession {
  readonly #http: Http;
  readonly #repository: Repository;
  readonly #findCredential: FindCredential;
  readonly #authorizations = new Map<RepositoryRequest['access'], Promise<Authorization>>();
  #credential: Promise<Credential | undefined> | undefined;
  readonly registry: URL;

  constructor(http: Http, repository: Repository, findCredential: FindCredential) {
    this.#http = http;
    this.#repository = repository;
    this.#findCredential = findCredential;
    this.registry = registryOrigin(repository);
  }

  /**
   * Sends a request. A 401 is answered once, with a new token if there was one before. Redirects are followed where nothing is
   * written, at most five times.
   *
   * @returns the last response
   * @throws CountersignError `SERVICE_REFUSED` if logging in fails; `SERVICE_RESPONSE_INVALID` for a challenge or a
   * redirect that must not be followed; `SERVICE_UNAVAILABLE`; what finding credentials throws
   */
  async send(wanted: RepositoryRequest): Promise<Answered> {
    const url = this.address(wanted.target);
    const used = this.#authorizations.get(wanted.access);
    // A login that failed for another request says nothing about this one: registries refuse some tags only.
    const first = await this.#sendTo(url, wanted, await used?.catch(() => undefined));
    // Only the registry itself may ask for credentials, not a host that it redirects to.
    if (first.response.status !== 401 || !this.#isRegistry(first.request.url)) return first;
    // Another request may have logged in again meanwhile.
    const current = this.#authorizations.get(wanted.access);
    if (current === undefined || current === used) this.#logIn(wanted.access, first.response);
    return this.#sendTo(url, wanted, await this.#authorizations.get(wanted.access));
  }

  /** Returns the address of an object in the repository (distribution specification, "Endpoints"). */
  address(target: string | URL): URL {
    return typeof target === 'string' ? new URL(`/v2/${this.#repository.name}/${target}`, this.registry) : target;
  }

  #logIn(access: RepositoryRequest['access'], { headers }: HttpResponse): void {
    const authorization = this.#authorization(access, headers['www-authenticate']);
    this.#authorizations.set(access, authorization);
    // A failure is for the requests that wait now; later ones log in again.
    authorization.catch(() => {
      if (this.#authorizations.get(access) === authorization) this.#authorizations.delete(access);
    });
  }

  async #authorization(access: RepositoryRequest['access'], header: unknown): Promise<Authorization> {
    const challenge = readChallenge(header, this.registry);
    this.#credential ??= this.#findCredential(this.#repository);
    const actions = access === 'pull' ? 'pull' : 'pull,push';
    const scope = `repository:${this.#repository.name}:${actions}`;
    return authorize(this.#http, this.registry, challenge, await this.#credential, scope);
  }

  async #sendTo(first: URL, wanted: RepositoryRequest, authorization: Authorization | undefined): Promise<Answered> {
    const isReading = wanted.method === 'GET' || wanted.method === 'HEAD';
    let url = first;
    for (let followed = 0; ; followed++) {
      const request = this.#request(url, wanted, authorization);
      const response = await this.#http(request);
      const hasAccount = authorization !== undefined && (await this.#credential) !== undefined;
      if (!isReading || !redirects.has(response.status)) return { request, response, hasAccount };
      if (followed === maxRedirects) this.#misled(`redirected more than ${maxRedirects} times`);
      url = this.follow(response.headers.location, url, 'redirected to a URL that is not https');
    }
  }

  /**
   * Returns the address that the registry redirects to, if that is allowed.
   *
   * @throws CountersignError `SERVICE_RESPONSE_INVALID`
   */
  follow(location: unknown, base: URL, problem: string): URL {
    const target = resolveAddress(location, base);
    return target !== undefined && mayPointTo(this.registry, target) ? target : this.#misled(problem);
  }

  #request(url: URL, wanted: RepositoryRequest, authorization: Authorization | undefined): HttpRequest {
    const { method, headers = {}, body, maxBodyLength, timeoutMilliseconds = 30_000 } = wanted;
    const isRegistry = this.#isRegistry(url);
    return {
      method,
      url,
      // To another host the credentials do not travel, whatever the registry says.
      headers:
        authorization === undefined || !isRegistry ? headers : { ...headers, authorization: authorization.reveal() },
      ...(body !== undefined && { body }),
      service: isRegistry ? `the registry of ${this.#repository.name}` : 'the server to which the registry redirects',
      timeoutMilliseconds,
      maxBodyLength,
      // Where the registry points to, its address can hold what the registry was sent.
      quotes: authorization === undefined ? 'message' : 'code',
    };
  }

  #isRegistry({ origin }: URL): boolean {
    return origin === this.registry.origin;
  }

  #misled(problem: string): never {
    return fail('SERVICE_RESPONSE_INVALID', `the registry (${this.registry.origin}) ${problem}`);
  }
}
