/** Real servers on loopback for the tests of what talks HTTP, and the failures that come of talking to them. */

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import { CountersignError } from '../../src/core/errors/index.ts';
import { type Http, openHttp } from '../../src/services/http/index.ts';

export interface Loopback extends AsyncDisposable {
  readonly origin: string;
  /** Every connection that was ever made. */
  readonly connections: readonly Socket[];
}

export async function serve(handle: RequestListener, host = '127.0.0.1'): Promise<Loopback> {
  return listen(createServer({ keepAliveTimeout: 60_000 }, handle), host);
}

/** A server of bytes, for what no HTTP server would say. */
export async function serveBytes(connected: (socket: Socket) => void): Promise<Loopback> {
  return listen(createRawServer(connected), '127.0.0.1');
}

async function listen(server: Server, host: string): Promise<Loopback> {
  const connections: Socket[] = [];
  server.on('connection', (socket) => {
    connections.push(socket);
    // A client that goes away in the middle is what many tests are about.
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const { port, family } = server.address() as AddressInfo;
  return {
    origin: `http://${family === 'IPv6' ? `[${host}]` : host}:${port}`,
    connections,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of connections) socket.destroy();
      await closed;
    },
  };
}

export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answering extends Loopback {
  readonly received: readonly Received[];
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A server that writes down what it is asked, and gives each the same answer, or one made for it. */
export async function answering(
  answer: Answer | ((request: Received) => Answer | Promise<Answer>),
): Promise<Answering> {
  const received: Received[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request;
    const whole = { method, url, headers, body: await readAll(request) };
    received.push(whole);
    const {
      status = 200,
      headers: answered = {},
      body = '',
    } = typeof answer === 'function' ? await answer(whole) : answer;
    response.writeHead(status, answered).end(body);
  };
  const server = await serve((request, response) => void handle(request, response).catch(() => response.destroy()));
  return { ...server, received };
}

/** The CountersignError that this fails with. Any other end of it fails the test. */
export async function failure(attempt: Promise<unknown>): Promise<CountersignError> {
  const error = await attempt.then(
    (value) => new Error(`it succeeded: ${String(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof CountersignError) return error;
  throw error;
}

/** Lends a client, and disposes of it. */
export async function withHttp<T>(use: (http: Http) => Promise<T>): Promise<T> {
  using connections = openHttp('countersign-test');
  return await use(connections.send);
}
