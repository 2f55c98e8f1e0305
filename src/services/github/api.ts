/** Sends requests to GitHub's REST API: GitHub's client makes them, and our HTTP sends them. */

import type { GitHub } from '@actions/github/lib/utils';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { Secret } from '../../node/index.ts';
import { type Http, type HttpRequest, type HttpResponse, isLoopbackHost } from '../http/index.ts';
import { type Operation, service } from './operation.ts';
import { demandAccepted, rateLimited, rateLimitOf, rateRemedy } from './refusal.ts';

/** A response, as far as it was read. */
export interface Answer {
  readonly body: Uint8Array;
  readonly headers: HttpResponse['headers'];
}

export type Octokit = InstanceType<typeof GitHub>;

/** The options with which a method of GitHub's client sends its request through our HTTP. */
export type Through = { readonly request: { readonly fetch: Fetch } };

type Fetch = (url: string, init: FetchInit) => Promise<object>;

/** The parts of a request that GitHub's client passes on. */
interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ApiOptions {
  readonly http: Http;
  /** Sent to the API, and nowhere else. */
  readonly token: Secret | undefined;
  /** `GITHUB_API_URL`. */
  readonly apiUrl?: string | undefined;
  readonly clock: () => Date;
}

const apiVersion = '2022-11-28';
const timeoutMilliseconds = 60_000;
const maxLengthByDefault = 16 * 1024 * 1024;
/** GitHub redirects requests for a repository by a former name. */
const maxRedirects = 3;
const redirects: readonly number[] = [301, 302, 307, 308];

export class GitHubApi {
  readonly origin: string;
  readonly #baseUrl: string;
  readonly #options: ApiOptions;
  #octokit: Promise<Octokit> | undefined;
  /** No request is sent before this time. */
  #heldUntil: Date | undefined;

  /** @throws CountersignError `USAGE` for an invalid URL */
  constructor(options: ApiOptions) {
    const url = readApiUrl(options.apiUrl || 'https://api.github.com');
    this.origin = url.origin;
    this.#baseUrl = url.href.replace(/\/$/, '');
    this.#options = options;
  }

  /**
   * Sends the request that a method of GitHub's client makes.
   *
   * @throws CountersignError as {@link demandAccepted} does, and those of HTTP
   */
  async send(operation: Operation, method: (octokit: Octokit, through: Through) => Promise<unknown>): Promise<Answer> {
    this.#octokit ??= this.#open();
    let answer: Answer | undefined;
    const fetch: Fetch = async (url, init) => {
      answer = await this.#answer(operation, new URL(url), init);
      // The client reads nothing of it: responses are read strictly, by us.
      return { status: 204, url, headers: [] };
    };
    try {
      await method(await this.#octokit, { request: { fetch } });
    } catch (error) {
      // The client wraps what its `fetch` throws.
      if (error instanceof Error && error.cause instanceof CountersignError) throw error.cause;
      throw error;
    }
    return answer ?? fail('USAGE', `no request was sent for ${operation.what}`);
  }

  /**
   * Fetches from where a response of the API points. Another host gets no token.
   *
   * @throws CountersignError `SERVICE_REFUSED`; those of HTTP
   */
  async fetchElsewhere(operation: Operation, location: string): Promise<Uint8Array> {
    const url = URL.canParse(location) ? new URL(location) : undefined;
    if (url === undefined || (url.protocol !== 'https:' && !isLocal(url)))
      fail('SERVICE_RESPONSE_INVALID', `${service} (${this.origin}) redirects ${operation.what} to an invalid URL`);
    return (await this.#answer(operation, url, { method: 'GET', headers: {} })).body;
  }

  /** Loads GitHub's client, which is large. It never gets the token, and never writes to the log. */
  async #open(): Promise<Octokit> {
    const { GitHub: Client } = await import('@actions/github/lib/utils');
    const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    return new Client({ baseUrl: this.#baseUrl, log: silent, request: { log: silent } });
  }

  async #answer(operation: Operation, target: URL, { method, headers, body }: FetchInit): Promise<Answer> {
    const { http, token, clock } = this.#options;
    for (let url = target, hops = 0; ; hops++) {
      const isApi = url.origin === this.origin;
      if (isApi) this.#demandNotHeld(operation);
      const request: HttpRequest = {
        method: methodOf(method),
        url,
        headers: {
          ...(isApi && {
            accept: 'application/vnd.github+json',
            'x-github-api-version': apiVersion,
            ...(headers['content-type'] !== undefined && { 'content-type': headers['content-type'] }),
            ...(token !== undefined && { authorization: `Bearer ${token.reveal()}` }),
          }),
        },
        service: isApi ? service : "GitHub's storage of artifacts",
        // The message of a refusal is classified, and not quoted.
        quotes: token === undefined && isApi ? 'message' : 'code',
        timeoutMilliseconds,
        maxBodyLength: operation.maxLength ?? maxLengthByDefault,
        // A client that goes on is banned.
        final: [429],
        ...(operation.once === true && { once: true }),
        ...(body !== undefined && { body }),
      };
      const response = await http(request);
      if (isApi) this.#hold(response, clock());
      const location = locationOf(response, url);
      const follows = location?.origin === this.origin && isApi && request.method === 'GET' && hops < maxRedirects;
      if (location !== undefined && follows) {
        url = location;
        continue;
      }
      demandAccepted(request, response, operation, { hasToken: token !== undefined, now: clock(), isApi });
      return { body: response.body, headers: response.headers };
    }
  }

  #hold(response: HttpResponse, now: Date): void {
    const limit = rateLimitOf(response, now);
    if (limit !== undefined) this.#heldUntil = limit;
  }

  #demandNotHeld({ what }: Operation): void {
    const { clock, token } = this.#options;
    if (this.#heldUntil === undefined || this.#heldUntil <= clock()) return;
    fail('RATE_LIMITED', rateLimited(this.origin, this.#heldUntil, what), { remedy: rateRemedy(token !== undefined) });
  }
}

function ignore(): void {}

function methodOf(method: string): HttpRequest['method'] {
  if (method === 'GET' || method === 'POST' || method === 'PATCH') return method;
  return fail('USAGE', `${method} is not a method of a known request to ${service}`);
}

function locationOf({ status, headers }: HttpResponse, from: URL): URL | undefined {
  const { location } = headers;
  if (!redirects.includes(status) || typeof location !== 'string') return undefined;
  return URL.canParse(location, from) ? new URL(location, from) : undefined;
}

function readApiUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || isLocal(url)) && url.search === '' && url.hash === '')
    return url;
  return fail('USAGE', `GITHUB_API_URL is ${JSON.stringify(text)}, which is not the URL of an API of GitHub`, {
    remedy: 'Set it to an https URL such as https://api.github.com, or unset it.',
  });
}

/** Reports whether a URL leads to this machine, which is reached without TLS. */
function isLocal(url: URL): boolean {
  return url.protocol === 'http:' && isLoopbackHost(url);
}
