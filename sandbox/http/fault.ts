/** Faults: what can go wrong between a client and a service. */

import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { utf8 } from '../../src/core/encoding/index.ts';
import type { Exchange } from './exchange.ts';
import type { HttpResponse } from './message.ts';
import type { Handler } from './route.ts';

/** Handles a request in place of its service. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

export interface StatusOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The page of a load balancer that cannot reach its service. */
export const htmlPage = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n';

/**
 * The faults that can be set on a service.
 *
 * @example
 * sandbox.faults.set('fulcio', fault.status(429, { headers: { 'retry-after': '1' } }), 2);
 * sandbox.faults.set('rekor-v1', fault.afterEffect(fault.refuse()), 1); // the retry finds its own entry
 * sandbox.faults.set('timestamp', fault.stall());
 */
export const fault = {
  /** Resets the connection at once. */
  refuse: (): Fault => (exchange) => {
    exchange.request.socket.resetAndDestroy();
  },

  /** Answers with a status, and with a page of HTML unless a body is given: failures are rarely in the service's own JSON. */
  status: (status: number, { headers = {}, body = htmlPage }: StatusOptions = {}): Fault =>
    inPlaceOf(() => ({
      status,
      headers: { 'content-type': body === htmlPage ? 'text/html' : 'application/json', ...headers },
      body: typeof body === 'string' ? utf8(body) : body,
    })),

  /** Reads the request, and never answers. */
  stall: (): Fault => (exchange) => {
    exchange.read().catch(() => undefined);
  },

  /** Sends the right answer, so many bytes at a time. */
  slow:
    ({ bytes = 1, everyMilliseconds = 20 } = {}): Fault =>
    async (exchange) => {
      const { status, headers, body } = await exchange.answer();
      exchange.head(status, { ...headers, 'content-length': String(body.length) });
      exchange.response.flushHeaders();
      for (let at = 0; at < body.length && !exchange.response.destroyed; at += bytes) {
        await delay(everyMilliseconds, undefined, { ref: false });
        exchange.response.write(body.subarray(at, at + bytes));
      }
      exchange.response.end();
    },

  /** Sends the first half of the right answer, with a length of more than the whole, and ends the connection. */
  truncated: (): Fault => async (exchange) => {
    const { status, headers, body } = await exchange.answer();
    exchange.head(status, { ...headers, 'content-length': String(body.length + 1) });
    exchange.response.flushHeaders();
    exchange.response.write(body.subarray(0, body.length >> 1));
    exchange.request.socket.destroySoon();
  },

  /** Answers with success and meaningless bytes. The service does nothing. */
  garbage: (status = 200): Fault =>
    inPlaceOf(() => ({
      status,
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x22, 0x3c, 0x80, 0x0a]),
    })),

  /** Answers with success and more bytes than a client should read: 64 MiB. With `declared`, the headers state that length. */
  oversized:
    ({ bytes = 64 * 1024 * 1024, declared = false } = {}): Fault =>
    async (exchange) => {
      await exchange.answer(() => empty);
      exchange.head(200, {
        'content-type': 'application/json',
        ...(declared ? { 'content-length': String(bytes) } : {}),
      });
      const chunk = utf8(' '.repeat(64 * 1024));
      for (let left = bytes; left > 0 && !exchange.response.destroyed; left -= chunk.length) {
        if (!exchange.response.write(chunk.subarray(0, left))) await drained(exchange);
      }
      exchange.response.end();
    },

  /** Answers with success and bytes that gzip has compressed about a thousand times, whether or not the client accepts gzip. */
  gzipBomb: ({ bytes = 64 * 1024 * 1024 } = {}): Fault =>
    inPlaceOf(() => ({
      status: 200,
      headers: { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(bytes, ' '), { level: 9 }),
    })),

  /** Compresses a successful answer of the service with gzip, whether or not the client accepts it. */
  gzip: (): Fault =>
    fault.altered((right) =>
      right.status === 200
        ? { ...right, headers: { ...right.headers, 'content-encoding': 'gzip' }, body: gzipSync(right.body) }
        : right,
    ),

  /** Does something else, such as adding entries to a log, before the service answers. */
  meanwhile:
    (act: () => void | Promise<void>): Fault =>
    async (exchange) => {
      await act();
      exchange.send(await exchange.answer());
    },

  /** Has the service do its work, and then answers with status 500 or with another fault. */
  afterEffect:
    (then: Fault = fault.status(500)): Fault =>
    async (exchange) => {
      await exchange.answer();
      await then(exchange);
    },

  /** Answers in place of the service, which does nothing. */
  instead: (handle: Handler): Fault => inPlaceOf(handle),

  /** Alters the answer of the service. */
  altered:
    (alter: (right: HttpResponse) => HttpResponse): Fault =>
    async (exchange) =>
      exchange.send(alter(await exchange.answer())),
};

const empty: HttpResponse = { status: 200, headers: {}, body: new Uint8Array() };

function inPlaceOf(handle: Handler): Fault {
  return async (exchange) => exchange.send(await exchange.answer(handle));
}

/** Waits until more can be written, or until the connection is closed. */
function drained({ response }: Exchange): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
