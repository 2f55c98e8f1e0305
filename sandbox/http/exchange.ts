/** One request under way, from its headers to the last byte of its answer. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { concatBytes } from '../../src/core/encoding/index.ts';
import { Refusal, refuse, ServiceFailure } from './failure.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
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

  /** The request with its whole body. */
  read(): Promise<HttpRequest> {
    this.#read ??= readBody(this.request, this.#maxBodyLength, this.#onChunk).then((body) => ({
      method: this.request.method ?? 'GET',
      url: this.url,
      headers: this.request.headers,
      body,
    }));
    return this.#read;
  }

  /** Does what was asked for, and gives what the service answers, a refusal too. Nothing is sent. */
  async answer(handle: Handler = this.#handle): Promise<HttpResponse> {
    try {
      return await handle(await this.read());
    } catch (error) {
      return refusalOf(error).toResponse();
    }
  }

  send({ status, headers, body }: HttpResponse): void {
    if (this.response.destroyed) return;
    this.head(status, { ...headers, 'content-length': String(body.length) });
    this.response.end(body);
  }

  /** Sends a status and headers alone. */
  head(status: number, headers: Readonly<Record<string, string>>): void {
    // A body that was not read to its end cannot be followed by another request.
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

/** Anything but a refusal is a defect of the sandbox, and says so to whoever is debugging with it. */
function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal ? error : new ServiceFailure('internal', `a defect of the sandbox: ${String(error)}`);
}
