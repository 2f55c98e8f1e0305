/** The one way to the network: deadlines, size limits, no redirects, errors that name the service. Over @actions/http-client. */

import type { IncomingMessage, RequestOptions } from 'node:http';
import { Readable } from 'node:stream';
import { HttpClient } from '@actions/http-client';
import { fail, systemCode } from '../../core/errors/index.ts';
import { checkName } from './unknown-name.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** The name of the service in errors: "the certificate authority". */
  readonly service: string;
  /** From the first byte sent to the last byte read. */
  readonly timeoutMilliseconds: number;
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

/**
 * Opens a client. Proxies are taken from the environment (`https_proxy`, `no_proxy`), loopback never goes through one.
 *
 * @param userAgent how the client names itself to the services
 * @param cancellation aborts every request that is under way, and every later one
 */
export function openHttp(userAgent: string, cancellation?: AbortSignal): HttpConnections {
  // One client an origin: @actions/http-client keeps a single agent, be it for http or for https.
  const clients = new Map<string, AbortableClient>();
  return {
    send: async (request) => {
      const client = clients.get(request.url.origin) ?? new AbortableClient(userAgent);
      clients.set(request.url.origin, client);
      return send(client, request, cancellation);
    },
    [Symbol.dispose]: () => {
      for (const client of clients.values()) client.dispose();
    },
  };
}

async function send(
  client: AbortableClient,
  request: HttpRequest,
  cancellation: AbortSignal | undefined,
): Promise<HttpResponse> {
  const deadline = AbortSignal.timeout(request.timeoutMilliseconds);
  const signal = cancellation === undefined ? deadline : AbortSignal.any([cancellation, deadline]);
  try {
    signal.throwIfAborted();
    const message = await client.send(request, signal);
    return {
      status: message.statusCode ?? 0,
      headers: message.headers,
      body: await readBody(message, request, signal),
      followsSecret: client.wasSentSecret,
    };
  } catch (cause) {
    if (cancellation?.aborted) fail('CANCELLED', `cancelled while waiting for ${request.service}`, { cause });
    if (deadline.aborted) {
      const seconds = request.timeoutMilliseconds / 1000;
      fail('SERVICE_UNAVAILABLE', `${request.service} (${request.url.origin}) did not answer within ${seconds} s`, {
        cause,
        remedy: outage,
      });
    }
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    fail('SERVICE_UNAVAILABLE', `${request.service} (${request.url.origin}) cannot be reached: ${code}`, {
      cause,
      remedy: checkName(cause) ?? outage,
    });
  }
}

const outage = 'This is an outage or a network problem, not a fault of your build. Run the job again later.';

async function readBody(
  message: IncomingMessage,
  { service, url, maxBodyLength }: HttpRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBodyLength) {
      message.destroy();
      fail('SERVICE_RESPONSE_INVALID', `${service} (${url.origin}) answered more than ${maxBodyLength} bytes`);
    }
    chunks.push(chunk);
  }
  signal.throwIfAborted();
  return new Uint8Array(Buffer.concat(chunks));
}

/** Google's container registry sends 21 KB of headers; Node reads 16. */
const maxHeaderSize = 33 * 1024;

/** The error codes of writing to a connection that the other end has closed. */
const staleCodes: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE']);

/** @actions/http-client takes no AbortSignal; its request handlers see the options of node:http, which do. */
class AbortableClient {
  readonly #client: HttpClient;
  #signal: AbortSignal | undefined;
  #answered = false;
  /** True if a request was sent whose response must not be quoted. */
  wasSentSecret = false;

  constructor(userAgent: string) {
    const handler = {
      prepareRequest: (options: RequestOptions) => {
        if (this.#signal !== undefined) options.signal = this.#signal;
        options.maxHeaderSize = maxHeaderSize;
        // URL keeps the brackets of an IPv6 address, node:http wants it without.
        options.host = options.host?.replace(/^\[(.*)\]$/, '$1');
      },
      canHandleAuthentication: () => false,
      handleAuthentication: () => Promise.reject(new Error('no authentication is handled here')),
    };
    this.#client = new HttpClient(userAgent, [handler], {
      allowRedirects: false,
      allowRetries: false,
      keepAlive: true,
    });
  }

  /**
   * Sends a request. A server may close a connection that it kept alive just as the next request is written to it (RFC 9112,
   * section 9.3.1): that is no outage, and the request is sent once more, on a new connection. Every request of ours can be
   * repeated.
   */
  async send(request: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
    // A gateway has several services behind one origin.
    if (request.quotes !== 'message') this.wasSentSecret = true;
    try {
      return await this.#attempt(request, signal);
    } catch (error) {
      const mayBeStale = this.#answered && !signal.aborted && staleCodes.has(systemCode(error));
      if (!mayBeStale) throw error;
      return this.#attempt(request, signal);
    }
  }

  async #attempt({ method, url, headers, body }: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
    // request() calls prepareRequest before its first await, so no other request can come between.
    this.#signal = signal;
    const bytes = body instanceof Uint8Array ? { 'content-length': String(body.length) } : {};
    const stream = body instanceof Uint8Array ? Readable.from([body], { objectMode: false }) : (body ?? null);
    // The declared type of the body leaves out null, which the client itself passes for none.
    const response = await this.#client.request(method, url.href, stream as string, { ...headers, ...bytes });
    this.#answered = true;
    return response.message;
  }

  dispose(): void {
    this.#client.dispose();
  }
}
