/** The one way to the network: proxies, deadlines, size limits, no redirects, errors that name the service. */

import type { lookup } from 'node:dns';
import {
  type AgentOptions,
  type ClientRequest,
  type IncomingMessage,
  Agent as PlainAgent,
  request as requestPlain,
} from 'node:http';
import { request as requestSecure, Agent as SecureAgent } from 'node:https';
import { fail, systemCode } from '../../core/errors/index.ts';
import { explainFailure, outage } from './explain-failure.ts';
import { type Environment, type ForwardProxy, proxyFor } from './proxy.ts';
import { demandPublicHost, isLoopbackHost, publicLookup } from './public-address.ts';
import { TunnelAgent } from './tunnel.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | StreamedBody;
  /** Receives the body of a response with status 200, which then is empty. `maxBodyLength` applies. */
  readonly sink?: ByteSink;
  /** The name of the service in errors: "the certificate authority". */
  readonly service: string;
  /** From the first byte sent to the last byte read. */
  readonly timeoutMilliseconds: number;
  /** The longest time in which nothing is sent or received. By default only the whole request has a limit. */
  readonly stallMilliseconds?: number;
  /** A longer body is refused while it is being read. */
  readonly maxBodyLength: number;
  /** The time after which the response is of no use, such as the end of the certificate's validity: no attempt starts after it. */
  readonly usefulUntil?: Date;
  /**
   * The part of a response that errors may quote: its message, only if no secret was sent; the code that a protocol defines; or
   * nothing, by default.
   */
  readonly quotes?: 'message' | 'code';
  /** Statuses that here mean "not yet", and are retried like those that always do. */
  readonly notYet?: readonly number[];
  /** Statuses that may be those of a moment. They are retried a few times, and then are an answer. */
  readonly mayPass?: readonly number[];
  /** Statuses that are answers here, although a later attempt could have another result. They are not retried. */
  readonly final?: readonly number[];
  /** True for a request whose effect must not happen twice, such as opening an issue. It is sent once, on a connection of its own. */
  readonly once?: boolean;
  /**
   * Called each time that the service is down or busy, also if the request is sent again.
   *
   * @param askedToWait the milliseconds of `Retry-After`; 0 without it
   */
  readonly onOutage?: (askedToWait: number) => void;
}

/** A body that is read while it is sent, so that its length does not matter. */
export interface StreamedBody {
  /** In bytes. It is stated in advance, and a body of another length is an error. */
  readonly length: number;
  /** Begins to read. Called once for each time that the request is sent. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Receives a body piece by piece. */
export interface ByteSink {
  /** Called before the first piece, and again if the request is sent again. */
  readonly begin: () => void;
  /** Takes a piece, which the caller uses again afterwards. The next piece waits for it. */
  readonly take: (bytes: Uint8Array) => void | Promise<void>;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** True if a secret was sent to this origin, by this request or an earlier one. */
  readonly followsSecret?: boolean;
}

/** Sends one request. Never follows a redirect: a token must not travel to where a server points. */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** A client whose connections are kept alive until it is disposed of. */
export interface HttpConnections extends Disposable {
  readonly send: Http;
}

/** The system that a client runs on. */
export interface HttpSystem {
  readonly environment: Environment;
  /** Its time is in errors about certificates. */
  readonly clock: () => Date;
  /**
   * The addresses that are reached. `public`: only public ones, and this machine if the URL names it, for URLs that lead to hosts of others. A
   * proxy resolves names itself, and decides which addresses it reaches.
   */
  readonly addresses: 'any' | 'public';
  /** The system's resolver of names. */
  readonly resolve: typeof lookup;
}

/**
 * Opens a client. Proxies are taken from the environment (`https_proxy`, `no_proxy`), loopback never goes through one.
 *
 * @param userAgent how the client names itself to the services
 * @param cancellation aborts every request that is under way, and every later one
 */
export function openHttp(
  userAgent: string,
  cancellation?: AbortSignal,
  system: Partial<HttpSystem> = {},
): HttpConnections {
  const { environment = process.env, clock = () => new Date(), addresses = 'any', resolve } = system;
  const clients = new Map<string, OriginClient>();
  const pending = new Set<AbortController>();
  // One listener for all requests: Node warns of a leak if a signal has more than ten.
  const cancel = () => {
    for (const controller of pending) controller.abort(cancellation?.reason);
  };
  cancellation?.addEventListener('abort', cancel, { once: true });
  return {
    send: async (request) => {
      const { origin } = request.url;
      const options = addresses === 'public' ? publicOptions(request, resolve) : {};
      const client = clients.get(origin) ?? openOrigin(request.url, userAgent, environment, options);
      clients.set(origin, client);
      using deadline = abortAfter(request.timeoutMilliseconds, pending);
      return await send(client, request, deadline, cancellation, { environment, clock });
    },
    [Symbol.dispose]: () => {
      cancellation?.removeEventListener('abort', cancel);
      for (const client of clients.values()) client.dispose();
    },
  };
}

async function send(
  client: OriginClient,
  request: HttpRequest,
  deadline: Deadline,
  cancellation: AbortSignal | undefined,
  { environment, clock }: Pick<HttpSystem, 'environment' | 'clock'>,
): Promise<HttpResponse> {
  const { signal } = deadline;
  try {
    cancellation?.throwIfAborted();
    const message = await client.send(request, deadline);
    return {
      status: message.statusCode ?? 0,
      headers: message.headers,
      body: await readBody(message, request, signal),
      followsSecret: client.wasSentSecret,
    };
  } catch (cause) {
    if (cancellation?.aborted) fail('CANCELLED', `cancelled while waiting for ${request.service}`, { cause });
    const { proxy } = client;
    if (signal.aborted) {
      const { timeoutMilliseconds, stallMilliseconds = 0 } = request;
      const problem =
        signal.reason === stalled
          ? `neither took nor sent anything for ${stallMilliseconds / 1000} s`
          : `did not respond within ${timeoutMilliseconds / 1000} s`;
      const through = proxy === undefined ? '' : ` through the proxy ${proxy.url.origin}`;
      fail('SERVICE_UNAVAILABLE', `${request.service} (${request.url.origin})${through} ${problem}`, {
        cause,
        remedy: outage,
      });
    }
    throw explainFailure(request, cause, { proxy, environment, now: clock() }) ?? cause;
  }
}

/** The end of a request that takes too long. */
interface Deadline {
  readonly signal: AbortSignal;
  /** Ends a request in which nothing happens. */
  readonly stall: () => void;
}

const stalled = new DOMException('The operation was aborted because nothing was sent or received', 'TimeoutError');

/**
 * Returns a signal that is aborted after a time, or with the controllers of all pending requests. Disposing of it ends both:
 * AbortSignal.timeout would keep each request in memory, with its response, until its time is over.
 */
function abortAfter(milliseconds: number, pending: Set<AbortController>): Deadline & Disposable {
  const controller = new AbortController();
  const timeout = () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  const timer = setTimeout(timeout, milliseconds).unref();
  pending.add(controller);
  return {
    signal: controller.signal,
    stall: () => controller.abort(stalled),
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      pending.delete(controller);
    },
  };
}

/**
 * Sends a body as it is read, no faster than the connection takes it.
 *
 * @throws CountersignError `SUBJECT_CHANGED` for a body of another length than was stated; those of the body
 */
async function sendStream(request: ClientRequest, { length, open }: StreamedBody): Promise<void> {
  let sent = 0;
  for await (const bytes of open()) {
    // The request has failed: the rest need not be read.
    if (request.destroyed) return;
    sent += bytes.length;
    if (sent > length) break;
    await new Promise<void>((resolve, reject) => {
      const closed = () => reject(new Error('the connection was closed'));
      request.once('close', closed);
      request.write(bytes, (error) => {
        request.off('close', closed);
        if (error) reject(error);
        else resolve();
      });
    });
  }
  if (sent !== length) fail('SUBJECT_CHANGED', `the content to send has another length than ${length} bytes`);
  request.end();
}

/** In bytes. */
const maxErrorLength = 64 * 1024;

async function readBody(
  message: IncomingMessage,
  { service, url, maxBodyLength, sink }: HttpRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  // The page of an error may be longer than what was asked for.
  const limit = (message.statusCode ?? 0) < 400 ? maxBodyLength : Math.max(maxBodyLength, maxErrorLength);
  const taken = message.statusCode === 200 ? sink : undefined;
  const body = new Body(taken === undefined ? Math.min(statedLength(message), limit) : 0);
  taken?.begin();
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) {
      message.destroy();
      fail('SERVICE_RESPONSE_INVALID', `${service} (${url.origin}) sent more than ${limit} bytes`);
    }
    if (taken === undefined) body.add(chunk);
    else await taken.take(chunk);
  }
  signal.throwIfAborted();
  return body.bytes();
}

/** The most that is allocated before it was sent, in bytes. */
const maxAllocated = 4 * 1024 * 1024;

function statedLength({ headers }: IncomingMessage): number {
  const stated = headers['content-length'] ?? '';
  return /^\d{1,12}$/.test(stated) ? Math.min(Number(stated), maxAllocated) : 0;
}

/**
 * Collects a body in one buffer, which has the stated length from the beginning. Chunks that were kept until the end would outlive V8's space for
 * new objects, and their memory would be freed late.
 */
class Body {
  #buffer: Uint8Array;
  length = 0;

  constructor(expected: number) {
    this.#buffer = new Uint8Array(expected);
  }

  add(chunk: Uint8Array): void {
    const end = this.length + chunk.length;
    if (end > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(end, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, this.length));
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.length);
    this.length = end;
  }

  /** Returns the body, in a buffer of its own length. */
  bytes(): Uint8Array {
    return this.length === this.#buffer.length ? this.#buffer : this.#buffer.slice(0, this.length);
  }
}

/**
 * Returns the options of connections that reach only public addresses.
 *
 * @throws CountersignError `USAGE` for another address
 */
function publicOptions({ url, service }: HttpRequest, resolve: HttpSystem['resolve'] | undefined): AgentOptions {
  // This machine is reached only by its own name: no other name may resolve to it.
  if (isLoopbackHost(url)) return {};
  demandPublicHost(url, service);
  return { lookup: publicLookup(service, resolve) };
}

/** Google's container registry sends 21 KB of headers; Node reads 16. */
const maxHeaderSize = 33 * 1024;

/** The error codes of writing to a connection that the other end has closed. */
const staleCodes: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE']);

/**
 * Opens the client of an origin.
 *
 * @throws CountersignError `USAGE` for a variable that names no proxy
 */
function openOrigin(url: URL, userAgent: string, environment: Environment, shared: AgentOptions): OriginClient {
  const proxy = proxyFor(url, environment);
  const openAgent = (keepAlive: boolean): PlainAgent => {
    const options = { ...shared, keepAlive };
    if (url.protocol !== 'https:') return new PlainAgent(options);
    return proxy === undefined ? new SecureAgent(options) : new TunnelAgent(proxy, options);
  };
  return new OriginClient(userAgent, openAgent, proxy);
}

/** The connections to one origin. */
class OriginClient {
  readonly #userAgent: string;
  readonly #openAgent: (keepAlive: boolean) => PlainAgent;
  readonly #agent: PlainAgent;
  /** The agents of requests that are sent once. */
  readonly #others = new Set<PlainAgent>();
  #answered = false;
  readonly proxy: ForwardProxy | undefined;
  /** True if a request was sent whose response must not be quoted. */
  wasSentSecret = false;

  constructor(userAgent: string, openAgent: (keepAlive: boolean) => PlainAgent, proxy: ForwardProxy | undefined) {
    this.#userAgent = userAgent;
    this.#openAgent = openAgent;
    this.#agent = openAgent(true);
    this.proxy = proxy;
  }

  /**
   * Sends a request. A server may close a connection that it kept alive just as the next request is written to it (RFC 9112,
   * section 9.3.1): that is no outage, and the request is sent once more, on a new connection, unless it must be sent once.
   */
  async send(request: HttpRequest, deadline: Deadline): Promise<IncomingMessage> {
    // A gateway has several services behind one origin.
    if (request.quotes !== 'message') this.wasSentSecret = true;
    if (request.once === true) {
      const agent = this.#openAgent(false);
      this.#others.add(agent);
      return this.#attempt(request, deadline, agent);
    }
    try {
      return await this.#attempt(request, deadline);
    } catch (error) {
      const mayBeStale = this.#answered && !deadline.signal.aborted && staleCodes.has(systemCode(error));
      if (!mayBeStale) throw error;
      return this.#attempt(request, deadline);
    }
  }

  #attempt(
    { method, url, headers, body, stallMilliseconds }: HttpRequest,
    { signal, stall }: Deadline,
    agent = this.#agent,
  ): Promise<IncomingMessage> {
    const streamed = typeof body === 'object' && !(body instanceof Uint8Array) ? body : undefined;
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(
        {
          method,
          // URL keeps the brackets of an IPv6 address, node:http wants it without.
          host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
          port: url.port || (url.protocol === 'https:' ? 443 : 80),
          path: `${url.pathname}${url.search}`,
          headers: {
            ...headers,
            ...(streamed && { 'content-length': String(streamed.length) }),
            'user-agent': this.#userAgent,
          },
          agent,
          signal,
          maxHeaderSize,
        },
        (message) => {
          this.#answered = true;
          resolve(message);
        },
      );
      request.on('error', reject);
      // A request that still waits for its connection, as for a tunnel, does not fail before it has one.
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      if (stallMilliseconds !== undefined) request.setTimeout(stallMilliseconds, stall);
      if (streamed === undefined) request.end(body);
      else sendStream(request, streamed).catch((error) => request.destroy(error));
    });
  }

  dispose(): void {
    for (const agent of [this.#agent, ...this.#others]) agent.destroy();
  }
}
