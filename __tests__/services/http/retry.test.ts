import { describe, expect, test } from '@jest/globals';
import { fail } from '../../../src/core/errors/index.ts';
import {
  type Http,
  type HttpRequest,
  OutageClock,
  openHttp,
  type RetryNotice,
  type RetryOptions,
  ServiceOutage,
  sleep,
  usefulUntil,
  withRetries,
} from '../../../src/services/http/index.ts';
import { type Answer, answering, failure, serve, serveBytes } from '../loopback.ts';
import { half, most, none, SkippedTime, StandingTime, start } from '../time.ts';

const minutes = 60_000;

function get(origin: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: new URL('/path', origin),
    headers: {},
    service: 'the tested service',
    timeoutMilliseconds: 30_000,
    maxBodyLength: 1024,
    ...changes,
  };
}

/** Answers that are given one after the other, the last one for ever. */
function inTurn(...answers: readonly Answer[]): () => Answer {
  let given = 0;
  return () => answers[Math.min(given++, answers.length - 1)] ?? {};
}

function dateIn(seconds: number): string {
  return new Date(start.getTime() + seconds * 1000).toUTCString();
}

function retrying(http: Http, time: SkippedTime | StandingTime, changes: Partial<RetryOptions> = {}): Http {
  return withRetries(http, { budget: 5 * minutes, clock: time.clock, random: half, sleep: time.sleep, ...changes });
}

describe('what is retried', () => {
  test.each([408, 425, 429, 500, 502, 503, 504])('status %d, until there is another', async (status) => {
    await using server = await answering(inTurn({ status }, { status }, { status: 201, body: 'there' }));
    using http = openHttp('countersign-test');
    const time = new SkippedTime();
    const response = await retrying(http.send, time)(get(server.origin, { method: 'POST', body: 'the same' }));
    expect([response.status, Buffer.from(response.body).toString()]).toEqual([201, 'there']);
    expect(server.received.map(({ body }) => String(body))).toEqual(['the same', 'the same', 'the same']);
    expect(time.waits).toEqual([500, 1000]);
  });

  test.each([200, 201, 301, 400, 401, 403, 404, 405, 409, 410, 422, 501, 505])('not status %d', async (status) => {
    await using server = await answering({ status, headers: { 'retry-after': '1' } });
    using http = openHttp('countersign-test');
    const time = new SkippedTime();
    expect((await retrying(http.send, time)(get(server.origin))).status).toBe(status);
    expect([server.received.length, time.waits]).toEqual([1, []]);
  });

  test('a status that the request says means "not yet"', async () => {
    await using server = await answering(inTurn({ status: 404 }, { status: 200 }));
    using http = openHttp('countersign-test');
    expect((await retrying(http.send, new SkippedTime())(get(server.origin, { notYet: [404] }))).status).toBe(200);
    expect(server.received).toHaveLength(2);
  });

  test('not a status that the request says is final', async () => {
    await using server = await answering(inTurn({ status: 429 }, { status: 200 }));
    using http = openHttp('countersign-test');
    const time = new SkippedTime();
    expect((await retrying(http.send, time)(get(server.origin, { final: [429] }))).status).toBe(429);
    expect([server.received.length, time.waits]).toEqual([1, []]);
  });

  test('not a request that must be sent once', async () => {
    await using server = await answering(inTurn({ status: 502 }, { status: 200 }));
    using http = openHttp('countersign-test');
    const time = new SkippedTime();
    const error = await failure(retrying(http.send, time)(get(server.origin, { once: true })));
    expect([error.code, error.message, error.remedy]).toEqual([
      'SERVICE_UNAVAILABLE',
      expect.stringContaining('(tried once; this request is not repeated)'),
      'Run again later.',
    ]);
    expect([server.received.length, time.waits]).toEqual([1, []]);
  });

  test('a connection that breaks off', async () => {
    let connections = 0;
    await using server = await serveBytes((socket) => {
      if (++connections < 3) socket.destroy();
      else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\nfine');
    });
    using http = openHttp('countersign-test');
    const { body } = await retrying(http.send, new SkippedTime())(get(server.origin));
    expect([Buffer.from(body).toString(), connections]).toEqual(['fine', 3]);
  });

  test('a connection that is refused', async () => {
    const server = await serve(() => undefined);
    await server[Symbol.asyncDispose]();
    using http = openHttp('countersign-test');
    const time = new SkippedTime();
    const error = await failure(retrying(http.send, time, { budget: 3000 })(get(server.origin)));
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toBe(
      `the tested service (${server.origin}) cannot be reached: ECONNREFUSED. This is an outage (tried 3 times in 1.5 s; the retry budget of 3 s allows no further attempt)`,
    );
    expect(time.waits).toEqual([500, 1000]);
  });

  test('a name that nobody has, and then says so', async () => {
    // Which name servers are asked about a name is the machine's: what they answer is not looked up here.
    const nobody: Http = async () =>
      fail('SERVICE_UNAVAILABLE', 'it cannot be reached', { cause: { code: 'ENOTFOUND' } });
    const time = new SkippedTime();
    const error = await failure(retrying(nobody, time, { budget: 3000 })(get('http://127.0.0.1')));
    expect(error.message).toContain('(tried 3 times');
    expect(error.remedy).toBe(
      'The host name could not be resolved. Check its spelling. If this network requires a proxy, set HTTPS_PROXY. To wait longer, increase `retry-budget`.',
    );
  });

  test('a deadline', async () => {
    let requests = 0;
    await using server = await serve((_, response) => {
      if (++requests > 1) response.end('late');
    });
    using http = openHttp('countersign-test');
    const { body } = await retrying(http.send, new SkippedTime())(get(server.origin, { timeoutMilliseconds: 150 }));
    expect(Buffer.from(body).toString()).toBe('late');
  });

  test.each<[what: string, answer: string, code: string]>([
    ['is too long', `HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n${'x'.repeat(2000)}`, 'SERVICE_RESPONSE_INVALID'],
    ['is not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n\r\n', 'SERVICE_UNAVAILABLE'],
  ])('not an answer that %s', async (_, answer, code) => {
    let connections = 0;
    await using server = await serveBytes((socket) => {
      connections++;
      socket.end(answer);
    });
    using http = openHttp('countersign-test');
    const error = await failure(retrying(http.send, new SkippedTime())(get(server.origin)));
    expect([error.code, connections]).toEqual([code, 1]);
    expect(error.message).not.toContain('outage');
  });

  test('not an error that is none of ours', async () => {
    const defect = new Error('a defect');
    let calls = 0;
    const broken: Http = async () => {
      calls++;
      throw defect;
    };
    await expect(retrying(broken, new SkippedTime())(get('http://127.0.0.1'))).rejects.toBe(defect);
    expect(calls).toBe(1);
  });
});

describe('the wait', () => {
  test('is anything up to 1 s, twice as much each time, at most 60 s', async () => {
    await using server = await answering(inTurn(...Array<Answer>(8).fill({ status: 503 }), {}));
    using http = openHttp('countersign-test');
    const time = new SkippedTime();
    await retrying(http.send, time, { random: most })(get(server.origin));
    expect(time.waits).toEqual([999, 1999, 3999, 7999, 15999, 31999, 59999, 59999]);
    const luckier = new SkippedTime();
    await using other = await answering(inTurn({ status: 503 }, { status: 503 }, {}));
    await retrying(http.send, luckier, { random: none })(get(other.origin));
    expect(luckier.waits).toEqual([0, 0]);
  });

  test.each<[what: string, header: string, wait: number]>([
    ['seconds', '7', 7000],
    ['a date', dateIn(90), 90_000],
    ['seconds fewer than the back-off', '0', 500],
    ['a date that is past', dateIn(-90), 500],
    ['more than five minutes', '86400', 300_000],
    ['a date in an hour', dateIn(3600), 300_000],
    ['a negative number', '-5', 500],
    ['a fraction', '7.5', 500],
    ['a date of no standard', '2027-01-01', 500],
    ['a date that does not exist', 'Mon, 99 Foo 2026 12:00:00 GMT', 500],
    ['nothing', '', 500],
  ])('heeds Retry-After: %s', async (_, header, wait) => {
    await using server = await answering(inTurn({ status: 429, headers: { 'retry-after': header } }, {}));
    using http = openHttp('countersign-test');
    const time = new SkippedTime();
    await retrying(http.send, time, { budget: 10 * minutes })(get(server.origin));
    expect(time.waits).toEqual([wait]);
  });

  test('is told before it begins', async () => {
    await using server = await answering(inTurn({ status: 503, body: '{"message":"reached max pushback"}' }, {}));
    using http = openHttp('countersign-test');
    const notices: RetryNotice[] = [];
    const time = new StandingTime();
    const done = retrying(http.send, time, { onRetry: (notice) => notices.push(notice) })(
      get(server.origin, { quotes: 'message' }),
    );
    await time.sleepers(1);
    expect(notices).toEqual([
      {
        service: 'the tested service',
        origin: server.origin,
        attempt: 1,
        wait: 500,
        reason: `the tested service (${server.origin}) responded with 503: reached max pushback`,
      },
    ]);
    time.advance(500);
    await done;
  });

  test('ends at once when the run is cancelled', async () => {
    await using server = await answering({ status: 503 });
    const cancellation = new AbortController();
    using http = openHttp('countersign-test', cancellation.signal);
    const time = new StandingTime();
    const attempt = failure(retrying(http.send, time, { cancellation: cancellation.signal })(get(server.origin)));
    await time.sleepers(1);
    cancellation.abort();
    const error = await attempt;
    expect([error.code, error.message]).toEqual(['CANCELLED', 'cancelled while waiting to retry the tested service']);
    expect(server.received).toHaveLength(1);
  });

  test('does not begin in a run that was cancelled', async () => {
    const cancelled = AbortSignal.abort();
    const time = new SkippedTime();
    const down: Http = async () => ({ status: 503, headers: {}, body: new Uint8Array() });
    const error = await failure(retrying(down, time, { cancellation: cancelled })(get('http://127.0.0.1')));
    expect([error.code, time.waits]).toEqual(['CANCELLED', []]);
  });

  test('is a real one', async () => {
    await sleep(0);
    await expect(sleep(3_600_000, AbortSignal.abort())).rejects.toThrow();
    const later = new AbortController();
    const waiting = sleep(3_600_000, later.signal);
    later.abort();
    await expect(waiting).rejects.toThrow();
  });
});

describe('the budget', () => {
  const down: Http = async () => ({ status: 503, headers: {}, body: new Uint8Array() });

  test('of nothing: nothing is sent again, and the message says so', async () => {
    await using server = await answering({ status: 503 });
    using http = openHttp('countersign-test');
    const error = await failure(retrying(http.send, new SkippedTime(), { budget: 0 })(get(server.origin)));
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toBe(
      `the tested service (${server.origin}) responded with 503. This is an outage (tried once; retries are disabled)`,
    );
    expect(error.remedy).toBe('To wait longer, increase `retry-budget`.');
    expect(server.received).toHaveLength(1);
  });

  test('of nothing, and no wait either', async () => {
    const error = await failure(
      retrying(down, new SkippedTime(), { budget: 0, random: none })(get('http://127.0.0.1')),
    );
    expect(error.message).toContain('(tried once');
  });

  test('is not exceeded by a wait: the request fails at once', async () => {
    const time = new SkippedTime();
    const notices: RetryNotice[] = [];
    const asked: Http = async () => ({ status: 429, headers: { 'retry-after': '61' }, body: new Uint8Array() });
    const options = { budget: minutes, onRetry: (notice: RetryNotice) => notices.push(notice) };
    const error = await failure(retrying(asked, time, options)(get('https://fulcio.example')));
    expect(error.message).toContain('(tried once; the retry budget of 60 s allows no further attempt)');
    expect([time.waits, notices]).toEqual([[], []]);
  });

  test('the public-good instance has a page that says how it is', async () => {
    const error = await failure(retrying(down, new SkippedTime())(get('https://rekor.sigstore.dev')));
    expect(error.remedy).toMatch(/ https:\/\/status\.sigstore\.dev shows the state of the public-good instance\.$/);
    const other = await failure(retrying(down, new SkippedTime())(get('https://rekor-sigstore.dev')));
    expect(other.remedy).not.toContain('status.sigstore.dev');
  });

  test('is wall-clock time: what waits at once counts once', async () => {
    const time = new StandingTime();
    const http = retrying(down, time, { budget: 1600 });
    const attempts = [1, 2, 3, 4].map((number) => failure(http(get(`http://service-${number % 2}.example`))));
    await time.sleepers(4);
    time.advance(500);
    await time.sleepers(4);
    time.advance(1000);
    // Counted four times, or twice, the 1.5 s would have been too much before the second wait.
    for (const error of await Promise.all(attempts)) expect(error.message).toContain('(tried 3 times in 1.5 s;');
  });

  test('is one for all services, and what is spent stays spent', async () => {
    const time = new SkippedTime();
    let answers: readonly number[] = [503, 503, 200];
    const http = retrying(
      async () => {
        const [status = 503, ...rest] = answers;
        answers = rest;
        return { status, headers: {}, body: new Uint8Array() };
      },
      time,
      { budget: 2000 },
    );
    await http(get('https://one.example'));
    expect(time.now - start.getTime()).toBe(1500);
    // Of 2 s, 0.5 are left: enough for one wait, and not for two.
    const error = await failure(http(get('https://two.example')));
    expect(error.message).toContain('(tried 2 times in 0.5 s;');
  });

  test('does not count the time in which all goes well', async () => {
    const time = new SkippedTime();
    let answers: readonly number[] = [503, 200, 200, 503, 200];
    const http = retrying(
      async () => {
        const [status = 503, ...rest] = answers;
        answers = rest;
        return { status, headers: {}, body: new Uint8Array() };
      },
      time,
      { budget: 1000 },
    );
    await http(get('https://one.example'));
    time.now += 60 * minutes;
    await http(get('https://one.example'));
    await http(get('https://one.example'));
    expect(time.waits).toEqual([500, 500]);
  });

  test('does not count the time after the last request that waited has given up', async () => {
    const time = new SkippedTime();
    const http = retrying(down, time, { budget: 2000 });
    await failure(http(get('https://one.example', { usefulUntil: start })));
    time.now += 60 * minutes;
    const error = await failure(http(get('https://two.example')));
    expect(error.message).toContain('(tried 3 times in 1.5 s;');
  });

  test('stops counting for all who wait once the service has answered one of them', async () => {
    const time = new StandingTime();
    let status = 503;
    const http = retrying(async () => ({ status, headers: {}, body: new Uint8Array() }), time, { budget: 1200 });
    const waiting = http(get('https://one.example'));
    await time.sleepers(1);
    status = 200;
    await http(get('https://one.example'));
    status = 503;
    time.advance(500);
    // Had the 0.5 s counted, the next wait of 1 s would have been too long.
    await time.sleepers(1);
    status = 200;
    time.advance(1000);
    expect((await waiting).status).toBe(200);
  });

  test('goes on counting, and once, while another service is still out', async () => {
    const time = new StandingTime();
    let status = 503;
    const http = retrying(
      async ({ url }) =>
        url.hostname === 'one.example'
          ? { status, headers: {}, body: new Uint8Array() }
          : { status: 503, headers: { 'retry-after': '1' }, body: new Uint8Array() },
      time,
      { budget: 2100 },
    );
    const recovering = http(get('https://one.example'));
    const out = failure(http(get('https://two.example')));
    await time.sleepers(2);
    status = 200;
    time.advance(500);
    await recovering;
    time.advance(500);
    // 1 s is spent, so one more wait of 1 s is allowed, and no third.
    await time.sleepers(1);
    time.advance(1000);
    expect((await out).message).toContain('(tried 3 times in 2 s;');
  });

  test('goes on counting while another request request still waits for the service', async () => {
    const time = new StandingTime();
    const http = retrying(down, time, { budget: 900 });
    const waiting = failure(http(get('https://one.example')));
    await time.sleepers(1);
    time.advance(400);
    await failure(http(get('https://one.example', { usefulUntil: start })));
    time.advance(50);
    // Of 0.9 s, 0.45 are left: less than the wait would be. Had the count stopped, 0.5 would be.
    const late = await failure(http(get('https://one.example')));
    expect(late.message).toContain('(tried once');
    time.advance(50);
    expect((await waiting).message).toContain('(tried 2 times in 0.5 s;');
  });
});

describe('a request of use only until some time', () => {
  const end = new Date(start.getTime() + 2000);

  test('is not sent again after it, and says why', async () => {
    await using server = await answering({ status: 503 });
    using http = openHttp('countersign-test');
    const time = new SkippedTime();
    const error = await failure(usefulUntil(retrying(http.send, time), end)(get(server.origin)));
    // 0.5 s and 1 s are waited; the next 2 s would be too long.
    expect(time.waits).toEqual([500, 1000]);
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toBe(
      `the tested service (${server.origin}) responded with 503. This is an outage (tried 3 times in 1.5 s; a response would only be usable until 2026-11-23T12:00:02.000Z)`,
    );
    expect(error.remedy).toBe('Try again later.');
  });

  test('is not sent again if the wait was longer than it should have been', async () => {
    await using server = await answering({ status: 503 });
    using http = openHttp('countersign-test');
    const time = new SkippedTime();
    const suspended = async () => {
      time.now += 60 * minutes;
    };
    const options = { budget: 600 * minutes, sleep: suspended };
    const error = await failure(usefulUntil(retrying(http.send, time, options), end)(get(server.origin)));
    expect(error.message).toContain('(tried once; a response would only be usable until');
    expect(server.received).toHaveLength(1);
  });

  test('is sent again until then', async () => {
    await using server = await answering(inTurn({ status: 503 }, {}));
    using http = openHttp('countersign-test');
    const exactly = new Date(start.getTime() + 500);
    const response = await usefulUntil(retrying(http.send, new SkippedTime()), exactly)(get(server.origin));
    expect(response.status).toBe(200);
  });
});

test.each([
  ['of which no message is quoted', {}, 'responded with 503'],
  ['of which messages are quoted', { quotes: 'message' }, 'bad token [token]'],
] as const)('no token comes into a message, whoever repeats it: a request %s', async (_, quotes, shown) => {
  const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.c2lnbmF0dXJl';
  await using server = await answering({ status: 503, body: JSON.stringify({ message: `bad token ${token}` }) });
  using http = openHttp('countersign-test');
  const notices: RetryNotice[] = [];
  const request = get(server.origin, {
    method: 'POST',
    url: new URL(`/path?token=${token}`, server.origin),
    headers: { authorization: `Bearer ${token}` },
    body: token,
    ...quotes,
  });
  const options = { onRetry: (notice: RetryNotice) => notices.push(notice) };
  const error = await failure(retrying(http.send, new SkippedTime(), options)(request));
  expect(notices.length).toBeGreaterThan(3);
  const said = JSON.stringify([notices, error.message, error.remedy]);
  expect(said).toContain(shown);
  expect(said.includes('bad token')).toBe('quotes' in quotes);
  expect(said).not.toContain('eyJ');
});

describe('an outage', () => {
  async function outcome(answer: Answer, changes: Partial<HttpRequest> = {}, options: Partial<RetryOptions> = {}) {
    await using server = await answering(answer);
    using http = openHttp('countersign-test');
    const request = retrying(http.send, new SkippedTime(), { budget: 3000, ...options })(get(server.origin, changes));
    return await request.catch((error: unknown) => error);
  }

  test.each([500, 502, 503, 504])('is status %d until the budget is used up', async (status) => {
    const error = await outcome({ status });
    expect(error).toBeInstanceOf(ServiceOutage);
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(await outcome({ status }, {}, { budget: 0 })).toBeInstanceOf(ServiceOutage);
  });

  test('is no connection', async () => {
    const server = await answering({});
    await server[Symbol.asyncDispose]();
    using http = openHttp('countersign-test');
    const time = new SkippedTime();
    const refused = retrying(http.send, time, { budget: 3000 })(get(server.origin));
    await expect(refused).rejects.toBeInstanceOf(ServiceOutage);
  });

  test.each([408, 425, 429])('is not status %d, which a single client may get', async (status) => {
    const error = await outcome({ status });
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(error).not.toBeInstanceOf(ServiceOutage);
  });

  test('is not what came too late for the request, while there is budget left', async () => {
    const error = await outcome(
      { status: 503 },
      { usefulUntil: new Date(start.getTime() + 2000) },
      { budget: minutes },
    );
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(error).not.toBeInstanceOf(ServiceOutage);
  });

  test('is not an answer that is not HTTP', async () => {
    await using server = await serveBytes((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n\r\n'));
    using http = openHttp('countersign-test');
    const error = await retrying(http.send, new SkippedTime())(get(server.origin)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(error).not.toBeInstanceOf(ServiceOutage);
  });
});

test('clients that share the time in outage share the budget', async () => {
  await using server = await answering({ status: 503, headers: { 'retry-after': '40' } });
  using http = openHttp('countersign-test');
  const time = new SkippedTime();
  const shared = { budget: 60_000, outages: new OutageClock(time.clock) };
  const [one, other] = [retrying(http.send, time, shared), retrying(http.send, time, shared)];
  await failure(one(get(server.origin)));
  expect(time.waits).toEqual([40_000]);
  await failure(other(get(server.origin)));
  expect(time.waits).toEqual([40_000]);
});
