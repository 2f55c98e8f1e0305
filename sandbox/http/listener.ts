/** HTTP on loopback, with routes, bounded bodies, and faults. Closing it leaves no socket open. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Exchange } from './exchange.ts';
import { grpcStray, refuse, type Stray } from './refusal.ts';
import { destinationOf, type Service } from './route.ts';
import { ReceivedRequest, Traffic } from './traffic.ts';

const loopback = '127.0.0.1';

/**
 * In milliseconds. Longer than clients keep idle connections: of two ends with the same limit, a busy client sends a request on a
 * connection that the server is just closing.
 */
const keepAliveTimeout = 60_000;

/** The largest body that Fulcio and Rekor take. */
const maxBodyLength = 4 * 1024 * 1024;

/** An origin. It listens before it has routes, because the names of issuers and logs contain its port. */
export class HttpListener implements AsyncDisposable {
  readonly origin: string;
  readonly #server: Server;
  readonly #traffic: Traffic;
  #services: readonly Service[] = [];
  #stray: Stray = () => refuse('unavailable', 'the sandbox is starting');

  private constructor(server: Server, port: number, traffic: Traffic) {
    this.#server = server;
    this.#traffic = traffic;
    this.origin = `http://${loopback}:${port}`;
    server.on('request', (request, response) => {
      // Services answer their own errors: this one is of a malformed URL or of a fault.
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  /** Starts to listen on loopback, by default on any free port. */
  static async listen(port = 0, traffic = new Traffic()): Promise<HttpListener> {
    const server = createServer({ keepAliveTimeout });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, loopback, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return new HttpListener(server, (server.address() as AddressInfo).port, traffic);
  }

  serve(services: readonly Service[], stray: Stray = grpcStray): void {
    this.#services = services;
    this.#stray = stray;
  }

  /** Stops listening and ends every connection, including those with a request in progress. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
    const url = new URL(request.url ?? '/', this.origin);
    const { service, route, methods } = destinationOf(this.#services, method, url.pathname);
    const stray = (): never => this.#stray(method, url.pathname, methods);
    const record = new ReceivedRequest(service, url.pathname, request);
    this.#traffic.record(record);
    const fault = this.#traffic.faults.take(service, `${method} ${url.pathname}${url.search}`);
    const limit = route?.maxBodyLength ?? maxBodyLength;
    const exchange = new Exchange(url, request, response, route?.handle ?? stray, limit, (chunk) =>
      this.#traffic.recordBody(record, chunk),
    );
    if (fault === undefined) exchange.send(await exchange.answer());
    else await fault(exchange);
  }
}
