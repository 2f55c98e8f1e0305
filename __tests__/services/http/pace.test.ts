/** The number of requests that services see at once, over real HTTP: from a log that answers in waves, as Rekor v2 does. */

import type { ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { concurrently } from '../../../src/node/index.ts';
import { openHttp, Pace, withRetries } from '../../../src/services/http/index.ts';
import { type Loopback, serve } from '../loopback.ts';
import { half, StandingTime } from '../time.ts';

/** A service that answers when the test says so. */
class WaveService implements AsyncDisposable {
  #waiting: ServerResponse[] = [];
  #arrived = (): void => undefined;
  #server: Loopback | undefined;

  static async open(): Promise<WaveService> {
    const service = new WaveService();
    service.#server = await serve((request, response) => {
      request.resume();
      service.#waiting.push(response);
      service.#arrived();
    });
    return service;
  }

  get url(): URL {
    return new URL(this.#server?.origin ?? '');
  }

  /** Waits until so many requests wait for an answer. One more fails the test. */
  async arrived(count: number): Promise<void> {
    while (this.#waiting.length < count) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
    expect(this.#waiting).toHaveLength(count);
  }

  answer(count: number, status = 201, headers: Readonly<Record<string, string>> = {}): void {
    for (const response of this.#waiting.splice(0, count)) response.writeHead(status, headers).end();
  }

  answerFromNowOn(): void {
    this.#arrived = () => this.answer(this.#waiting.length);
    this.#arrived();
  }

  /** Answers requests as so many have come, several times. */
  async waves(...counts: readonly number[]): Promise<void> {
    for (const count of counts) {
      await this.arrived(count);
      this.answer(count);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
  }
}

/** Sends requests at a pace, one for each item. */
class Client {
  readonly time = new StandingTime();
  readonly statuses: number[] = [];
  #settled = (): void => undefined;
  readonly done: Promise<void>;
  readonly #connections = openHttp('countersign-test');

  constructor(url: URL, items: number, pace: Pace) {
    const retrying = withRetries(this.#connections.send, {
      budget: 300_000,
      clock: this.time.clock,
      sleep: this.time.sleep,
      random: half,
    });
    const send = pace.watch(retrying);
    const request = {
      method: 'POST',
      url,
      headers: {},
      body: 'entry',
      service: 'the log',
      timeoutMilliseconds: 30_000,
      maxBodyLength: 1024,
    } as const;
    this.done = this.#run(items, pace, () => send(request));
  }

  /** Waits until so many requests have succeeded. */
  async succeeded(count: number): Promise<void> {
    while (this.statuses.length < count) {
      await new Promise<void>((resolve) => {
        this.#settled = resolve;
      });
    }
  }

  async #run(items: number, pace: Pace, send: () => Promise<{ readonly status: number }>): Promise<void> {
    const work = (): Promise<{ readonly status: number }> => pace.take(send);
    for await (const { status } of concurrently(Array(items).keys(), pace.limit, work)) {
      this.statuses.push(status);
      this.#settled();
    }
    this.#connections[Symbol.dispose]();
  }
}

/** The wait before a second attempt, with random numbers that are one half. */
const firstWait = 500;
const secondWait = 1000;

describe('a service that answers in waves sees', () => {
  test('50 requests, then twice as many, up to the ceiling', async () => {
    await using service = await WaveService.open();
    const client = new Client(service.url, 350, new Pace(150));
    await service.waves(50, 100, 150, 50);
    await client.done;
    expect(client.statuses).toEqual(Array(350).fill(201));
  });

  test('no more than a lower ceiling', async () => {
    await using service = await WaveService.open();
    const client = new Client(service.url, 7, new Pace(3));
    await service.waves(3, 3, 1);
    await client.done;
    expect(client.statuses).toHaveLength(7);
  });

  test.each([429, 500, 502, 503, 504])(
    'half as many after it answered %d once, and more again after a round',
    async (status) => {
      await using service = await WaveService.open();
      const client = new Client(service.url, 150, new Pace(50));
      await service.arrived(50);
      service.answer(1, status);
      await client.time.sleepers(1);
      service.answer(49);
      // The request that waits to be sent again counts.
      await service.arrived(24);
      client.time.advance(firstWait);
      await service.waves(25, 25, 50, 1);
      await client.done;
      expect(client.statuses).toEqual(Array(150).fill(201));
    },
  );

  test('half as many, and not fewer, after it refused a whole wave; a quarter after it refused them again', async () => {
    for (const waits of [[firstWait], [firstWait, secondWait]]) {
      await using service = await WaveService.open();
      const client = new Client(service.url, 100, new Pace(50));
      for (const wait of waits) {
        await service.arrived(50);
        service.answer(50, 429);
        await client.time.sleepers(50);
        client.time.advance(wait);
      }
      await service.waves(50, waits.length === 1 ? 25 : 12);
      service.answerFromNowOn();
      await client.done;
      expect(client.statuses).toEqual(Array(100).fill(201));
    }
  });

  test('one request at least, however often it refuses', async () => {
    await using service = await WaveService.open();
    const client = new Client(service.url, 2, new Pace(1));
    for (const wait of [firstWait, secondWait]) {
      await service.arrived(1);
      service.answer(1, 503);
      await client.time.sleepers(1);
      client.time.advance(wait);
    }
    await service.waves(1, 1);
    await client.done;
    expect(client.statuses).toEqual([201, 201]);
  });

  test('no new request before the time that it asked for has passed and it answers again', async () => {
    await using service = await WaveService.open();
    const client = new Client(service.url, 100, new Pace(50));
    await service.arrived(50);
    service.answer(1, 429, { 'retry-after': '7' });
    await client.time.sleepers(1);
    service.answer(49);
    await client.succeeded(49);
    client.time.advance(6999);
    await new Promise((passed) => setImmediate(passed));
    await service.arrived(0);
    client.time.advance(1);
    await service.waves(1, 25, 25);
    await client.done;
    expect(client.statuses).toEqual(Array(100).fill(201));
  });
});

test('a service whose request is given up is complained about no longer', async () => {
  const pace = new Pace(4);
  const failing = pace.watch(async (request) => {
    request.onOutage?.(60_000);
    expect(pace.limit()).toBe(0);
    throw new Error('given up');
  });
  await expect(failing({ onOutage: () => undefined } as never)).rejects.toThrow('given up');
  expect(pace.limit()).toBe(2);
});
