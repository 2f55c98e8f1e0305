import { expect, test } from '@jest/globals';
import { atMost, type Http, type HttpRequest } from '../../../src/services/http/index.ts';

const request: HttpRequest = {
  method: 'GET',
  url: new URL('https://log.test'),
  headers: {},
  service: 'the log',
  timeoutMilliseconds: 1,
  maxBodyLength: 1,
};

/** Sends requests at once, and returns the times at which each was sent. */
async function timesOf(
  count: number,
  perSecond: number,
  onSend: (sent: HttpRequest, number: number) => void = () => {},
) {
  let now = 0;
  const times: number[] = [];
  const http: Http = async (sent) => {
    times.push(now);
    onSend(sent, times.length);
    return { status: 200, headers: {}, body: new Uint8Array() };
  };
  const sleep = async (milliseconds: number) => {
    const end = now + milliseconds;
    await undefined;
    now = Math.max(now, end);
  };
  const limited = atMost(perSecond, http, () => new Date(now), sleep);
  await Promise.all(Array.from({ length: count }, () => limited(request)));
  return times;
}

test('requests begin one after the other, at the rate', async () => {
  expect(await timesOf(4, 5)).toEqual([0, 200, 400, 600]);
});

test('none begins while the service asks to wait', async () => {
  const times = await timesOf(3, 10, ({ onOutage }, number) => {
    if (number === 1) onOutage?.(5000);
  });
  expect(times).toEqual([0, 5000, 5100]);
});

test('the caller is told of an outage too', async () => {
  const waits: number[] = [];
  const http: Http = async ({ onOutage }) => {
    onOutage?.(7);
    return { status: 200, headers: {}, body: new Uint8Array() };
  };
  const limited = atMost(
    1,
    http,
    () => new Date(0),
    async () => undefined,
  );
  await limited({ ...request, onOutage: (wait) => waits.push(wait) });
  expect(waits).toEqual([7]);
});
