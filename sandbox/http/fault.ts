/** What can go wrong between a client and a service, each as a value to be set on one of them. */

import { setTimeout as delay } from 'node:timers/promises';
import { utf8 } from '../../src/core/encoding/index.ts';
import type { Exchange } from './exchange.ts';
import type { HttpResponse } from './message.ts';
import type { Handler } from './route.ts';

/** Deals with a request in place of its service. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

export interface StatusOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What a load balancer sends that cannot reach what it is for. */
export const htmlPage = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n';

/**
 * @example
 * sandbox.faults.set('fulcio', fault.status(429, { headers: { 'retry-after': '1' } }), 2);
 * sandbox.faults.set('rekor-v1', fault.afterEffect(fault.refuse()), 1); // the retry will meet its own entry
 * sandbox.faults.set('timestamp', fault.stall());
 */
export const fault = {
  /** The connection is reset at once. */
  refuse: (): Fault => (exchange) => {
    exchange.request.socket.resetAndDestroy();
  },

  /** Any status; a page of HTML unless a body is given, for a failure is rarely the service's own JSON. */
  status: (status: number, { headers = {}, body = htmlPage }: StatusOptions = {}): Fault =>
    inPlaceOf(() => ({
      status,
      headers: { 'content-type': body === htmlPage ? 'text/html' : 'application/json', ...headers },
      body: typeof body === 'string' ? utf8(body) : body,
    })),

  /** The request is taken, and never answered. */
  stall: (): Fault => (exchange) => {
    exchange.read().catch(() => undefined);
  },

  /** The right answer, so many bytes at a time. */
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

  /** The first half of the right answer, under a length of more than the whole; then the connection ends. */
  truncated: (): Fault => async (exchange) => {
    const { status, headers, body } = await exchange.answer();
    exchange.head(status, { ...headers, 'content-length': String(body.length + 1) });
    exchange.response.flushHeaders();
    exchange.response.write(body.subarray(0, body.length >> 1));
    exchange.request.socket.destroySoon();
  },

  /** Success, with bytes that are nothing one could expect. The work is not done. */
  garbage: (status = 200): Fault =>
    inPlaceOf(() => ({
      status,
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x22, 0x3c, 0x80, 0x0a]),
    })),

  /** Success, with more bytes than anyone should take: 64 MiB. `declared` says so beforehand. */
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

  /** The work is done, but the client does not learn of it: a status 500, or what another fault makes of it. */
  afterEffect:
    (then: Fault = fault.status(500)): Fault =>
    async (exchange) => {
      await exchange.answer();
      await then(exchange);
    },

  /** An answer other than the service's. The work is not done. */
  instead: (handle: Handler): Fault => inPlaceOf(handle),

  /** The service's own answer, altered. */
  altered:
    (alter: (right: HttpResponse) => HttpResponse): Fault =>
    async (exchange) =>
      exchange.send(alter(await exchange.answer())),
};

const empty: HttpResponse = { status: 200, headers: {}, body: new Uint8Array() };

function inPlaceOf(handle: Handler): Fault {
  return async (exchange) => exchange.send(await exchange.answer(handle));
}

/** Waits until more can be written, or nothing any more. */
function drained({ response }: Exchange): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
