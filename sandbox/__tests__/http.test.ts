/** Checks the records of requests. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { HttpListener, Traffic } from '../http/index.ts';

let traffic: Traffic;
let listener: HttpListener;
beforeEach(async () => {
  traffic = new Traffic();
  listener = await HttpListener.listen(0, traffic);
});
afterEach(() => listener.close());

test('target, query, headers and body', async () => {
  await fetch(`${listener.origin}/path?query=1`, {
    method: 'POST',
    headers: { authorization: 'Bearer token' },
    body: new Uint8Array([0xff, 0x00, 0x41]),
  });
  const content = Buffer.from(traffic.requests[0]?.content() ?? []).toString('latin1');
  expect(content).toMatch(/^POST \/path\?query=1\n/);
  expect(content).toMatch(/\nauthorization\nBearer token\n/i);
  expect(content).toMatch(/\n\n\xff\0A$/);
});

test('the oldest are forgotten, and say so', async () => {
  const body = new Uint8Array(4 * 1024 * 1024 - 1024);
  for (let count = 0; count < 18; count++) await fetch(listener.origin, { method: 'POST', body });
  const kept = traffic.requests.map((request) => request.content() !== undefined);
  expect(kept).toEqual([...Array(2).fill(false), ...Array(16).fill(true)]);
});

test('a connection is offered for longer than clients keep it by default', async () => {
  const { headers } = await fetch(listener.origin);
  const [, seconds] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThan(30);
});
