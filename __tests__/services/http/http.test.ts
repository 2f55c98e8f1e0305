import { getEventListeners, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { describeAnswer, expectStatus, type HttpRequest, openHttp } from '../../../src/services/http/index.ts';
import { answering, failure, readAll, serve, serveBytes } from '../loopback.ts';

function get(origin: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: new URL('/path?query=1', origin),
    headers: {},
    service: 'the tested service',
    timeoutMilliseconds: 30_000,
    maxBodyLength: 1024,
    ...changes,
  };
}

/** Long enough for a request to reach a server on loopback, short enough to wait for. */
const short = 150;

const outage = 'This is an outage or a network problem, not a problem of your build. Try again later.';

/** Responses as they come to be owed, so that a test answers when it wants. */
class Pending {
  readonly #there: ServerResponse[] = [];
  readonly #wanted: ((response: ServerResponse) => void)[] = [];

  readonly handle = (_: unknown, response: ServerResponse): void => {
    const wanted = this.#wanted.shift();
    if (wanted === undefined) this.#there.push(response);
    else wanted(response);
  };

  next(): Promise<ServerResponse> {
    const response = this.#there.shift();
    return response === undefined ? new Promise((resolve) => this.#wanted.push(resolve)) : Promise.resolve(response);
  }
}

describe('a request and its answer', () => {
  test('a GET has the path, the query, the headers and no body', async () => {
    await using server = await answering({ body: 'fine', headers: { 'x-answer': 'yes' } });
    using http = openHttp('countersign-test/1');
    const response = await http.send(
      get(server.origin, { headers: { accept: 'application/json', authorization: 'Bearer abc' } }),
    );
    expect(response.status).toBe(200);
    expect(response.headers['x-answer']).toBe('yes');
    expect(Buffer.from(response.body).toString()).toBe('fine');
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'GET', url: '/path?query=1' });
    expect(request?.headers).toMatchObject({
      accept: 'application/json',
      authorization: 'Bearer abc',
      'user-agent': 'countersign-test/1',
    });
    expect(request?.headers).not.toHaveProperty('content-length');
    expect(request?.headers).not.toHaveProperty('transfer-encoding');
  });

  const everyByte = new Uint8Array(Array.from({ length: 256 }, (_, byte) => byte));
  test.each<[what: string, body: string | Uint8Array, sent: Uint8Array]>([
    ['a string, in UTF-8', '{"name":"žluťoučký 🐎"}', new Uint8Array(Buffer.from('{"name":"žluťoučký 🐎"}'))],
    ['every byte there is', everyByte, everyByte],
    ['a view into a larger array', everyByte.subarray(100, 110), everyByte.slice(100, 110)],
    ['a Buffer', Buffer.from(everyByte), everyByte],
    ['more than one write of a stream', new Uint8Array(300_000).fill(0xa5), new Uint8Array(300_000).fill(0xa5)],
    ['no bytes', new Uint8Array(), new Uint8Array()],
    ['an empty string', '', new Uint8Array()],
  ])('a POST of %s arrives as it is, its length announced', async (_, body, sent) => {
    await using server = await answering({});
    using http = openHttp('countersign-test');
    await http.send(get(server.origin, { method: 'POST', body, headers: { 'content-type': 'application/x' } }));
    const [request] = server.received;
    expect(request?.method).toBe('POST');
    expect(Buffer.from(sent).equals(request?.body ?? Buffer.from('nothing came'))).toBe(true);
    expect(request?.headers['content-length'] ?? '0').toBe(String(sent.length));
    expect(request?.headers).not.toHaveProperty('transfer-encoding');
    expect(request?.headers['content-type']).toBe('application/x');
  });

  test('the bytes of an answer come back as they are, chunked or not', async () => {
    await using server = await serve((_, response) => {
      response.write(everyByte);
      response.end(everyByte);
    });
    using http = openHttp('countersign-test');
    const { body } = await http.send(get(server.origin));
    expect([...body]).toEqual([...everyByte, ...everyByte]);
  });

  test.each([400, 401, 404, 500, 503])('an answer of status %d is an answer', async (status) => {
    await using server = await answering({ status, body: 'why' });
    using http = openHttp('countersign-test');
    const response = await http.send(get(server.origin));
    expect(response.status).toBe(status);
    expect(Buffer.from(response.body).toString()).toBe('why');
    expect(server.received).toHaveLength(1);
  });

  test('over IPv6, whose addresses stand in brackets in a URL alone', async () => {
    const probe = createServer();
    const available = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(0, '::1', () => probe.close(() => resolve(true)));
    });
    if (!available) return expect(available).toBe(false);
    await using server = await serve((_, response) => response.end('six'), '::1');
    expect(server.origin).toMatch(/^http:\/\/\[::1\]:\d+$/);
    using http = openHttp('countersign-test');
    expect(Buffer.from((await http.send(get(server.origin))).body).toString()).toBe('six');
  });

  test('loopback never goes through a proxy', async () => {
    await using proxy = await answering({ status: 502 });
    await using server = await answering({ body: 'direct' });
    const before = { ...process.env };
    process.env.http_proxy = proxy.origin;
    delete process.env.no_proxy;
    delete process.env.NO_PROXY;
    try {
      using http = openHttp('countersign-test');
      expect(Buffer.from((await http.send(get(server.origin))).body).toString()).toBe('direct');
    } finally {
      process.env = before;
    }
    expect(proxy.connections).toHaveLength(0);
  });
});

describe('connections', () => {
  test('are kept and used again', async () => {
    await using server = await answering({ body: 'x' });
    using http = openHttp('countersign-test');
    for (let i = 0; i < 3; i++) await http.send(get(server.origin, { method: 'POST', body: 'again' }));
    expect(server.received).toHaveLength(3);
    expect(server.connections).toHaveLength(1);
  });

  test('are ended by dispose()', async () => {
    await using server = await answering({ body: 'x' });
    const http = openHttp('countersign-test');
    await http.send(get(server.origin));
    const [socket] = server.connections;
    expect(socket?.destroyed).toBe(false);
    const ended = once(socket ?? process, 'close');
    http[Symbol.dispose]();
    await ended;
    expect(socket?.destroyed).toBe(true);
  });

  test('of several origins are all ended by dispose()', async () => {
    await using first = await answering({});
    await using second = await answering({});
    const http = openHttp('countersign-test');
    await Promise.all([first, second].map(({ origin }) => http.send(get(origin))));
    const ended = [...first.connections, ...second.connections].map((socket) => once(socket, 'close'));
    expect(ended).toHaveLength(2);
    http[Symbol.dispose]();
    await Promise.all(ended);
  });
});

describe('the deadline', () => {
  test('holds while nothing is answered', async () => {
    const pending = new Pending();
    await using server = await serve(pending.handle);
    using http = openHttp('countersign-test');
    const error = await failure(http.send(get(server.origin, { timeoutMilliseconds: short })));
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toBe(`the tested service (${server.origin}) did not respond within 0.15 s`);
    expect(error.remedy).toBe(outage);
  });

  test('holds while the body trickles', async () => {
    await using server = await serve((_, response) => {
      const drip = setInterval(() => response.write('.'), 5);
      response.on('close', () => clearInterval(drip));
    });
    using http = openHttp('countersign-test');
    const error = await failure(
      http.send(get(server.origin, { timeoutMilliseconds: short, maxBodyLength: 1024 * 1024 })),
    );
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toBe(`the tested service (${server.origin}) did not respond within 0.15 s`);
    expect(error.remedy).toBe(outage);
  });

  test('holds also where the request could be cancelled', async () => {
    const pending = new Pending();
    await using server = await serve(pending.handle);
    using http = openHttp('countersign-test', new AbortController().signal);
    const error = await failure(http.send(get(server.origin, { timeoutMilliseconds: short })));
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toContain('did not respond within 0.15 s');
  });

  test('of one request leaves another of the same client alone', async () => {
    const pending = new Pending();
    await using server = await serve(pending.handle);
    using http = openHttp('countersign-test');
    const hasty = failure(http.send(get(server.origin, { timeoutMilliseconds: short })));
    await pending.next();
    const patient = http.send(get(server.origin));
    const response = await pending.next();
    expect((await hasty).code).toBe('SERVICE_UNAVAILABLE');
    response.end('in the end');
    expect(Buffer.from((await patient).body).toString()).toBe('in the end');
  });

  test('of a request that was answered does not end the next one on its connection', async () => {
    const pending = new Pending();
    await using server = await serve(pending.handle);
    using http = openHttp('countersign-test');
    const first = http.send(get(server.origin, { timeoutMilliseconds: short }));
    (await pending.next()).end('first');
    await first;
    const second = http.send(get(server.origin));
    const owed = await pending.next();
    expect(server.connections).toHaveLength(1);
    // A third, begun later and with the same deadline, ends when the first one's is over.
    const third = failure(http.send(get(server.origin, { timeoutMilliseconds: short })));
    await pending.next();
    expect((await third).code).toBe('SERVICE_UNAVAILABLE');
    owed.end('second');
    expect(Buffer.from((await second).body).toString()).toBe('second');
  });
});

describe('cancellation', () => {
  test('before a request: nothing is sent', async () => {
    await using server = await answering({});
    const cancellation = new AbortController();
    cancellation.abort();
    using http = openHttp('countersign-test', cancellation.signal);
    const error = await failure(http.send(get(server.origin)));
    expect(error.code).toBe('CANCELLED');
    expect(error.message).toBe('cancelled while waiting for the tested service');
    expect(server.connections).toHaveLength(0);
  });

  test('while nothing is answered: the connection is ended', async () => {
    const pending = new Pending();
    await using server = await serve(pending.handle);
    const cancellation = new AbortController();
    using http = openHttp('countersign-test', cancellation.signal);
    const sent = failure(http.send(get(server.origin, { method: 'POST', body: new Uint8Array([1]) })));
    const response = await pending.next();
    const ended = once(response, 'close');
    cancellation.abort();
    const error = await sent;
    expect(error.code).toBe('CANCELLED');
    expect(error.message).toBe('cancelled while waiting for the tested service');
    await ended;
  });

  test('while the body is read', async () => {
    const pending = new Pending();
    await using server = await serve(pending.handle);
    const cancellation = new AbortController();
    using http = openHttp('countersign-test', cancellation.signal);
    const sent = failure(http.send(get(server.origin)));
    const response = await pending.next();
    response.write('the beginning');
    // The answer has begun once its first bytes have left.
    await new Promise((resolve) => response.write('and more', resolve));
    const ended = once(response, 'close');
    cancellation.abort();
    expect((await sent).code).toBe('CANCELLED');
    await ended;
  });

  test('has one listener for all requests, and none after the client is closed', async () => {
    await using server = await answering({ body: 'fine' });
    const { signal } = new AbortController();
    {
      using http = openHttp('countersign-test/1', signal);
      const requests = Array.from({ length: 20 }, (_, index) =>
        http.send(get(server.origin, { maxBodyLength: index % 2 === 0 ? 1024 : 1 })).catch(() => undefined),
      );
      expect(getEventListeners(signal, 'abort')).toHaveLength(1);
      await Promise.all(requests);
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('of one client leaves another alone', async () => {
    const pending = new Pending();
    await using server = await serve(pending.handle);
    const cancellation = new AbortController();
    using cancelled = openHttp('countersign-test', cancellation.signal);
    using other = openHttp('countersign-test', new AbortController().signal);
    const first = failure(cancelled.send(get(server.origin)));
    await pending.next();
    const second = other.send(get(server.origin));
    const response = await pending.next();
    cancellation.abort();
    expect((await first).code).toBe('CANCELLED');
    response.end('not cancelled');
    expect(Buffer.from((await second).body).toString()).toBe('not cancelled');
  });

  test('ends every request under way and every later one', async () => {
    const pending = new Pending();
    await using server = await serve(pending.handle);
    const cancellation = new AbortController();
    using http = openHttp('countersign-test', cancellation.signal);
    const sent = [1, 2, 3].map(() => failure(http.send(get(server.origin))));
    for (const _ of sent) await pending.next();
    cancellation.abort();
    for (const { code } of await Promise.all(sent)) expect(code).toBe('CANCELLED');
    expect((await failure(http.send(get(server.origin)))).code).toBe('CANCELLED');
  });
});

describe('the limit of a body', () => {
  test('a body of just that length is read', async () => {
    await using server = await answering({ body: 'x'.repeat(1024) });
    using http = openHttp('countersign-test');
    expect((await http.send(get(server.origin))).body).toHaveLength(1024);
  });

  test.each(['chunked', 'of a stated length'])('many writes that are %s are one body', async (how) => {
    const parts = Array.from({ length: 40 }, (_, at) => Buffer.alloc(10_000, at));
    const sent = Buffer.concat(parts);
    await using server = await serve((_, response) => {
      if (how !== 'chunked') response.setHeader('content-length', sent.length);
      for (const part of parts) response.write(part);
      response.end();
    });
    using http = openHttp('countersign-test');
    const { body } = await http.send(get(server.origin, { maxBodyLength: sent.length }));
    expect(sent.equals(body)).toBe(true);
    expect(body.buffer.byteLength).toBe(sent.length);
  });

  test('one byte more is refused', async () => {
    await using server = await answering({ body: 'x'.repeat(1025) });
    using http = openHttp('countersign-test');
    const error = await failure(http.send(get(server.origin)));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toBe(`the tested service (${server.origin}) sent more than 1024 bytes`);
  });

  test('a body without end is refused while it is written, and its connection ended', async () => {
    let written = 0;
    const chunk = Buffer.alloc(64 * 1024, 'x');
    await using server = await serve((_, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', write);
      write();
    });
    using http = openHttp('countersign-test');
    const error = await failure(http.send(get(server.origin, { maxBodyLength: 100_000 })));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    const [socket] = server.connections;
    if (socket && !socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
    expect(socket?.destroyed).toBe(true);
    // What fits into the buffers of two sockets, and no more.
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('what is no answer', () => {
  test('nobody listens', async () => {
    const { origin } = await (async () => {
      await using server = await serve(() => undefined);
      return server;
    })();
    using http = openHttp('countersign-test');
    const error = await failure(http.send(get(origin)));
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toBe(`the tested service (${origin}) cannot be reached: ECONNREFUSED`);
    expect(error.remedy).toBe(outage);
    expect(error.exitCode).toBe(6);
  });

  test.each<[what: string, said: string, end: 'reset' | 'end']>([
    ['a reset before the answer', '', 'reset'],
    ['an end before the answer', '', 'end'],
    ['an end amid the headers', 'HTTP/1.1 200 OK\r\ncontent-le', 'end'],
    ['a reset amid the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthe beginning', 'reset'],
    ['a body shorter than its announced length', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthe beginning', 'end'],
    [
      'a chunked body without its last chunk',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n',
      'end',
    ],
  ])('%s', async (_, said, end) => {
    await using server = await serveBytes((socket) => {
      socket.once('data', () => {
        // Written to its end first: a reset would take back what is on its way.
        if (end === 'end') socket.end(said);
        else if (said === '') socket.resetAndDestroy();
        else socket.write(said, () => setImmediate(() => socket.resetAndDestroy()));
      });
    });
    using http = openHttp('countersign-test');
    const error = await failure(http.send(get(server.origin)));
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toContain(`the tested service (${server.origin}) cannot be reached: ECONNRESET`);
    expect(error.remedy).toBe(outage);
  });

  test('what is not HTTP', async () => {
    await using server = await serveBytes((socket) => socket.end('220 mail.example.test ESMTP\r\n'));
    using http = openHttp('countersign-test');
    const error = await failure(http.send(get(server.origin)));
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toContain(`the tested service (${server.origin})`);
    expect(error.message).toContain('HPE_');
  });

  test('plain HTTP where TLS was expected', async () => {
    await using server = await answering({});
    const origin = server.origin.replace('http:', 'https:');
    using http = openHttp('countersign-test');
    const error = await failure(http.send(get(origin)));
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toContain(`the tested service (${origin}) cannot be reached: `);
    expect(server.received).toHaveLength(0);
  });
});

describe('the headers of an answer', () => {
  test.each([21, 32])('of %d KB are read', async (kilobytes) => {
    const long = 'h'.repeat(kilobytes * 1024 - 64);
    await using server = await answering({ headers: { 'x-long': long } });
    using http = openHttp('countersign-test');
    expect((await http.send(get(server.origin))).headers['x-long']).toBe(long);
    // The limit is the request's, not that of the connection's first.
    expect((await http.send(get(server.origin))).headers['x-long']).toBe(long);
    expect(server.connections).toHaveLength(1);
  });

  test('of 40 KB are refused', async () => {
    await using server = await answering({ headers: { 'x-long': 'h'.repeat(40 * 1024) } });
    using http = openHttp('countersign-test');
    const error = await failure(http.send(get(server.origin)));
    expect(error).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('HPE_HEADER_OVERFLOW'),
    });
  });
});

test.each(['HEAD', 'PUT'] as const)('a %s is sent as one', async (method) => {
  await using server = await answering({ headers: { 'content-length': '0' } });
  using http = openHttp('countersign-test');
  await http.send(get(server.origin, { method, ...(method === 'PUT' && { body: new Uint8Array([1, 2]) }) }));
  expect(server.received[0]).toMatchObject({ method, body: Buffer.from(method === 'PUT' ? [1, 2] : []) });
});

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('of status %d is an answer, and is not followed', async (status) => {
    await using target = await answering({ body: 'stolen' });
    await using server = await answering({ status, headers: { location: `${target.origin}/there` } });
    using http = openHttp('countersign-test');
    for (const method of ['GET', 'POST'] as const) {
      const request = get(server.origin, {
        method,
        headers: { authorization: 'Bearer abc' },
        ...(method === 'POST' && { body: 'secret' }),
      });
      const response = await http.send(request);
      expect(response.status).toBe(status);
      const error = await failure(Promise.resolve().then(() => expectStatus(request, response, 200, 201)));
      expect(error.code).toBe('SERVICE_REFUSED');
      expect(error.message).toBe(`the tested service (${server.origin}) responded with ${status}`);
    }
    expect(server.received).toHaveLength(2);
    expect(target.connections).toHaveLength(0);
  });
});

test('a large upload is given up when its deadline is over', async () => {
  await using server = await serve((request, response) => {
    request.pause();
    response.on('close', () => request.resume());
  });
  using http = openHttp('countersign-test');
  const body = new Uint8Array(32 * 1024 * 1024);
  const error = await failure(http.send(get(server.origin, { method: 'POST', body, timeoutMilliseconds: short })));
  expect(error.code).toBe('SERVICE_UNAVAILABLE');
  expect(error.message).toContain('did not respond within');
});

test('what a server was sent is read whole before it answers', async () => {
  await using server = await serve(async (request, response) => {
    const { length } = await readAll(request);
    response.end(String(length));
  });
  using http = openHttp('countersign-test');
  const body = new Uint8Array(4 * 1024 * 1024);
  expect(Buffer.from((await http.send(get(server.origin, { method: 'POST', body }))).body).toString()).toBe(
    String(body.length),
  );
});

describe('a connection that was kept alive and then closed by the server', () => {
  test('is no failure: the request is sent once more, on a new one', async () => {
    // Answers the first request of each connection, and resets the connection at the second.
    await using server = await serveBytes((socket) => {
      let answered = false;
      socket.on('data', () => {
        if (answered) socket.resetAndDestroy();
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok');
        answered = true;
      });
    });
    using http = openHttp('countersign-test');
    for (let index = 0; index < 5; index++) expect((await http.send(get(server.origin))).status).toBe(200);
    expect(server.connections).toHaveLength(5);
  });

  test('is not used for a request that must be sent once', async () => {
    let requests = 0;
    await using server = await serveBytes((socket) => {
      socket.on('data', () => {
        requests++;
        if (requests === 3) socket.resetAndDestroy();
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok');
      });
    });
    using http = openHttp('countersign-test');
    await http.send(get(server.origin));
    expect((await http.send(get(server.origin, { method: 'POST', once: true }))).status).toBe(200);
    const error = await failure(http.send(get(server.origin, { method: 'POST', once: true })));
    expect([error.code, requests, server.connections.length]).toEqual(['SERVICE_UNAVAILABLE', 3, 3]);
  });

  test('is told from a server that resets every connection', async () => {
    await using server = await serveBytes((socket) => socket.once('data', () => socket.resetAndDestroy()));
    using http = openHttp('countersign-test');
    const error = await failure(http.send(get(server.origin)));
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('ECONNRESET') });
    expect(server.connections).toHaveLength(1);
  });
});

test('an answer tells whether a secret was sent to its origin before', async () => {
  await using gateway = await answering({ status: 400, body: '{"message":"repeated"}' });
  await using other = await answering({ status: 400, body: '{"message":"repeated"}' });
  using http = openHttp('countersign-test');
  const ask = async (origin: string, quotes: Pick<HttpRequest, 'quotes'>): Promise<string> => {
    const request = get(origin, quotes);
    return describeAnswer(request, await http.send(request));
  };
  const public_ = { quotes: 'message' } as const;
  expect(await ask(gateway.origin, public_)).toMatch(/responded with 400: repeated$/);
  expect(await ask(gateway.origin, { quotes: 'code' })).toMatch(/responded with 400$/);
  expect(await ask(gateway.origin, public_)).toMatch(/responded with 400$/);
  expect(await ask(other.origin, public_)).toMatch(/responded with 400: repeated$/);
  expect(await ask(other.origin, {})).toMatch(/responded with 400$/);
  expect(await ask(other.origin, public_)).toMatch(/responded with 400$/);
});
