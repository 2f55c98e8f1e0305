/** Sends requests to GitHub's REST API: GitHub's client makes them, and our HTTP sends them. */

import type { GitHub } from '@actions/github/lib/utils';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { Secret } from '../../node/index.ts';
import {
  type ByteSink,
  type Http,
  type HttpRequest,
  type HttpResponse,
  isLoopbackHost,
  type StreamedBody,
} from '../http/index.ts';
import { type Operation, service, storage } from './operation.ts';
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

/** The parts of a request to send. */
interface ToSend {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | StreamedBody;
}

/** Where responses of the API point. */
export interface Location {
  /** Undefined for what is no URL. */
  readonly url: URL | undefined;
  readonly sink?: ByteSink;
  /** The number of further redirections that are followed. */
  readonly redirects?: number;
}

export interface ApiOptions {
  readonly http: Http;
  /** Sent to the API, and nowhere else. */
  readonly token: Secret | undefined;
  /** `GITHUB_API_URL`. */
  readonly apiUrl?: string | undefined;
  readonly clock: () => Date;
  /** The longest time in which an upload or a download makes no progress: two minutes by default. */
  readonly stallMilliseconds?: number;
}

const apiVersion = '2022-11-28';
const timeoutMilliseconds = 60_000;
const usualStall = 120_000;
/** In bytes per millisecond. A transfer that is slower on average is given up. */
const slowest = 50;
const maxLengthByDefault = 16 * 1024 * 1024;
/** GitHub redirects requests for a repository by a former name. */
const maxRedirects = 3;
const redirects: readonly number[] = [301, 302, 307, 308];

/** How a request is sent. */
interface Sending {
  readonly sink?: ByteSink;
  /** The origin that takes the token next to the API. */
  readonly uploads?: string;
  /** False for a request that gets no token, wherever it leads. */
  readonly takesToken?: boolean;
}

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
    return this.#through(operation, method, (url, init) => this.#answer(operation, url, init));
  }

  /**
   * Uploads content with the request that a method of GitHub's client makes. The token is sent along.
   *
   * @param base where the method's path begins, as a response of the API states it
   * @throws CountersignError `SERVICE_RESPONSE_INVALID` for a host that is not this API's host of uploads; else as {@link send}
   */
  async upload(
    operation: Operation,
    base: URL,
    content: StreamedBody,
    method: (octokit: Octokit, through: Through) => Promise<unknown>,
  ): Promise<Answer> {
    if (!this.#takesUploads(base))
      fail(
        'SERVICE_RESPONSE_INVALID',
        `${service} (${this.origin}) names the host ${base.origin} for uploads, which is not a host of this API`,
        { remedy: 'Check GITHUB_API_URL, and any proxy in between. The token was not sent there.' },
      );
    return this.#through(operation, method, (url, init) =>
      this.#answer(operation, url, { ...init, body: content }, { uploads: base.origin }),
    );
  }

  /**
   * Downloads content with the request that a method of GitHub's client makes. The host that stores it gets no token.
   *
   * @throws CountersignError as {@link send} and {@link fetchWithoutToken}
   */
  async download(
    operation: Operation,
    sink: ByteSink,
    method: (octokit: Octokit, through: Through) => Promise<unknown>,
  ): Promise<void> {
    const { headers } = await this.#through(operation, method, (url, init) =>
      this.#answer(operation, url, init, { sink }),
    );
    const { location } = headers;
    if (typeof location !== 'string') return;
    const url = URL.canParse(location, this.origin) ? new URL(location, this.origin) : undefined;
    await this.fetchWithoutToken(operation, { url, sink, redirects: maxRedirects });
  }

  /** Reports whether a host may take uploads with the token: that of the API, and the one that GitHub has next to it. */
  #takesUploads(base: URL): boolean {
    if (isLocal(new URL(this.origin))) return isLocal(base);
    // Enterprise Server has both on one host; `uploads.github.com` is next to `api.github.com`.
    return base.origin === this.origin || base.origin === this.origin.replace('//api.', '//uploads.');
  }

  async #through(
    operation: Operation,
    method: (octokit: Octokit, through: Through) => Promise<unknown>,
    send: (url: URL, init: FetchInit) => Promise<Answer>,
  ): Promise<Answer> {
    this.#octokit ??= this.#open();
    let answer: Answer | undefined;
    const fetch: Fetch = async (url, init) => {
      answer = await send(new URL(url), init);
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
    return (await this.#elsewhere(operation, { url })).body;
  }

  /** Fetches as {@link fetchElsewhere} does, always without the token, and returns the headers too. */
  fetchAnswer(operation: Operation, location: string): Promise<Answer> {
    return this.#elsewhere(operation, { url: URL.canParse(location) ? new URL(location) : undefined }, false);
  }

  /** Fetches as {@link fetchElsewhere} does, always without the token. */
  async fetchWithoutToken(operation: Operation, { url, sink, redirects: left = 0 }: Location): Promise<void> {
    const { headers } = await this.#elsewhere(operation, { url, ...(sink && { sink }) }, false);
    const { location } = headers;
    if (typeof location !== 'string') return;
    const next = url !== undefined && URL.canParse(location, url) ? new URL(location, url) : undefined;
    if (left === 0)
      fail('SERVICE_RESPONSE_INVALID', `${storage} (${url?.origin}) redirects ${operation.what} too often`);
    await this.fetchWithoutToken(operation, { url: next, ...(sink && { sink }), redirects: left - 1 });
  }

  async #elsewhere(operation: Operation, { url, sink }: Location, takesToken = true): Promise<Answer> {
    if (url === undefined || (url.protocol !== 'https:' && !isLocal(url)))
      fail('SERVICE_RESPONSE_INVALID', `${service} (${this.origin}) redirects ${operation.what} to an invalid URL`);
    return this.#answer(operation, url, { method: 'GET', headers: {} }, { ...(sink && { sink }), takesToken });
  }

  /** Loads GitHub's client, which is large. It never gets the token, and never writes to the log. */
  async #open(): Promise<Octokit> {
    const { GitHub: Client } = await import('@actions/github/lib/utils');
    const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    return new Client({ baseUrl: this.#baseUrl, log: silent, request: { log: silent } });
  }

  async #answer(
    operation: Operation,
    target: URL,
    { method, headers, body }: ToSend,
    { sink, uploads, takesToken = true }: Sending = {},
  ): Promise<Answer> {
    const { http, token, clock, stallMilliseconds = usualStall } = this.#options;
    for (let url = target, hops = 0; ; hops++) {
      const isApi = takesToken && (url.origin === this.origin || url.origin === uploads);
      if (isApi) this.#demandNotHeld(operation);
      const transferred = typeof body === 'object' ? body.length : (operation.size ?? 0);
      const request: HttpRequest = {
        method: methodOf(method),
        url,
        headers: {
          ...(isApi && {
            accept: operation.accept ?? 'application/vnd.github+json',
            'x-github-api-version': apiVersion,
            ...(headers['content-type'] !== undefined && { 'content-type': headers['content-type'] }),
            ...(token !== undefined && { authorization: `Bearer ${token.reveal()}` }),
          }),
        },
        service: isApi ? service : (operation.storage ?? storage),
        // The message of a refusal is classified, and not quoted.
        quotes: token === undefined && isApi ? 'message' : 'code',
        timeoutMilliseconds: timeoutMilliseconds + transferred / slowest,
        ...(transferred > 0 && { stallMilliseconds }),
        maxBodyLength: operation.maxLength ?? maxLengthByDefault,
        // A client that goes on is banned.
        final: [429],
        ...(operation.once === true && { once: true }),
        ...(body !== undefined && { body }),
        ...(sink !== undefined && { sink }),
      };
      const response = await http(request);
      if (isApi) this.#hold(response, clock());
      const location = locationOf(response, url);
      const follows = location?.origin === this.origin && isApi && request.method === 'GET' && hops < maxRedirects;
      if (location !== undefined && follows) {
        url = location;
        continue;
      }
      if (location !== undefined && isApi && request.method !== 'GET') moved(this.origin, operation);
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

/** Refuses the redirection of a request that would change something: nothing was changed. */
function moved(origin: string, { what }: Operation): never {
  return fail('SERVICE_REFUSED', `${service} (${origin}) redirects the request for ${what}, and did nothing`, {
    remedy: 'If the repository was renamed or transferred, specify its present name.',
  });
}

function methodOf(method: string): HttpRequest['method'] {
  if (method === 'GET' || method === 'POST' || method === 'PATCH' || method === 'DELETE') return method;
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
