/** A request in progress, from its headers to the last byte of its answer. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { concatBytes } from '../../src/core/encoding/index.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
import { grpcError, Refusal, refuse } from './refusal.ts';
import type { Handler } from './route.ts';

export class Exchange {
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly #handle: Handler;
  readonly #maxBodyLength: number;
  readonly #onChunk: (chunk: Uint8Array) => void;
  #read: Promise<HttpRequest> | undefined;

  constructor(
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
    handle: Handler,
    maxBodyLength: number,
    onChunk: (chunk: Uint8Array) => void,
  ) {
    this.url = url;
    this.request = request;
    this.response = response;
    this.#handle = handle;
    this.#maxBodyLength = maxBodyLength;
    this.#onChunk = onChunk;
  }

  /** Reads the request with its whole body. */
  read(): Promise<HttpRequest> {
    this.#read ??= readBody(this.request, this.#maxBodyLength, this.#onChunk).then((body) => ({
      method: this.request.method ?? 'GET',
      url: this.url,
      headers: this.request.headers,
      body,
    }));
    return this.#read;
  }

  /** Has the service handle the request, and returns its answer or refusal without sending it. */
  async answer(handle: Handler = this.#handle): Promise<HttpResponse> {
    try {
      return await handle(await this.read());
    } catch (error) {
      return refusal(error);
    }
  }

  send({ status, headers, body }: HttpResponse): void {
    if (this.response.destroyed) return;
    this.head(status, { ...headers, 'content-length': String(body.length) });
    this.response.end(body);
  }

  /** Sends only a status and headers. */
  head(status: number, headers: Readonly<Record<string, string>>): void {
    // No request can follow a body that was not read to its end.
    this.response.writeHead(status, { ...headers, ...(this.request.complete ? {} : { connection: 'close' }) });
  }
}

async function readBody(
  request: IncomingMessage,
  maxLength: number,
  onChunk: (chunk: Uint8Array) => void,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request) {
    onChunk(chunk);
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxLength) refuse('invalidArgument', 'http: request body too large');
  }
  return concatBytes(...chunks);
}

/** Returns the answer to a request that failed. Any error but a refusal is a defect of the sandbox, and is reported as one. */
function refusal(error: unknown): HttpResponse {
  if (error instanceof Refusal) return error.response;
  return grpcError('internal', `bug in the sandbox: ${String(error)}`);
}
