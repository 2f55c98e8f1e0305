/** Checks webhook messages with the reference implementation of Standard Webhooks. */

import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Secret } from '../../src/node/index.ts';
import { testReport, type WebhookDeliveryOptions, webhookDelivery } from '../../src/notify/index.ts';
import { type HttpRequest, openHttp, withRetries } from '../../src/services/http/index.ts';
import { at, change, finding, fullReport, id, report } from '../report/watch-reports.ts';
import { answering, failure, readAll, serve } from '../services/loopback.ts';
import { half, SkippedTime } from '../services/time.ts';

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const other = `whsec_${Buffer.alloc(24, 2).toString('base64')}`;

const unused = (): never => {
  throw new Error('no request is expected');
};

function options(changes: Partial<WebhookDeliveryOptions> = {}): WebhookDeliveryOptions {
  return {
    url: 'https://hooks.example/path',
    secrets: new Secret(secret),
    clock: () => new Date(),
    http: unused,
    version: '1.2.3',
    ...changes,
  };
}

interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Delivers a report to a receiver on this machine, and returns what it received. */
async function received(
  of: Parameters<ReturnType<typeof webhookDelivery>['deliver']>[0],
  changes: Partial<WebhookDeliveryOptions> = {},
) {
  const messages: Message[] = [];
  await using server = await serve(async (request, response) => {
    messages.push({ headers: request.headers as Message['headers'], body: (await readAll(request)).toString() });
    response.writeHead(204).end();
  });
  using http = openHttp('countersign/1.2.3', undefined, { addresses: 'public' });
  await webhookDelivery(options({ url: `${server.origin}/hook?token=1`, http: http.send, ...changes })).deliver(of);
  return messages;
}

describe('a message', () => {
  test('for each change is accepted by the reference implementation', async () => {
    const messages = await received(fullReport());
    const judge = new Webhook(secret);
    const events = messages.map(({ headers, body }) => judge.verify(body, { ...headers }));
    expect(events).toMatchObject([
      { class_uid: 2004, activity_id: 1, finding_info: { uid: id(1) } },
      { activity_id: 2, finding_info: { uid: id(3) } },
      { activity_id: 3, finding_info: { uid: id(5) } },
    ]);
    expect(messages.map(({ headers }) => headers['webhook-id'])).toEqual([
      `${id(1)}.created.${at.getTime() / 1000}`,
      `${id(3)}.updated.${at.getTime() / 1000}`,
      `${id(5)}.closed.${at.getTime() / 1000}`,
    ]);
    expect(messages[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'countersign/1.2.3',
    });
  });

  test('is not accepted with another body, id, time or secret', async () => {
    const [message] = await received(fullReport());
    const { headers = {}, body = '' } = message ?? {};
    const judge = new Webhook(secret);
    const later = String(Number(headers['webhook-timestamp']) + 1);
    for (const refused of [
      () => judge.verify(`${body} `, { ...headers }),
      () => judge.verify(body, { ...headers, 'webhook-id': 'x' }),
      () => judge.verify(body, { ...headers, 'webhook-timestamp': later }),
      () => new Webhook(other).verify(body, { ...headers }),
    ])
      expect(refused).toThrow('No matching signature found');
  });

  test('is signed with each secret during a rotation', async () => {
    const [message] = await received(fullReport(), { secrets: new Secret(` ${other}\n${secret} `) });
    const { headers = {}, body = '' } = message ?? {};
    expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    for (const each of [secret, other])
      expect(new Webhook(each).verify(body, { ...headers })).toMatchObject({ class_uid: 2004 });
  });

  test('has the same id if it is sent again', async () => {
    const ids = async (now: string) =>
      (await received(report({ changes: [change(finding())] }), { clock: () => new Date(now) })).map(
        ({ headers }) => headers['webhook-id'],
      );
    expect(await ids('2026-11-30T12:18:00Z')).toEqual(await ids('2026-12-01T12:18:00Z'));
  });

  test('is sent only for changes, and marked as a test', async () => {
    expect(await received(report({ open: [finding()] }))).toEqual([]);
    const [message] = await received(testReport('p', at));
    expect(JSON.parse(message?.body ?? '').metadata.labels).toEqual(['test']);
  });

  test('is sent again with the same id while the receiver is down', async () => {
    const answers = [{ status: 503 }, { status: 429, headers: { 'retry-after': '7' } }, { status: 204 }];
    await using server = await answering(() => answers.shift() ?? { status: 500 });
    using http = openHttp('test', undefined, { addresses: 'public' });
    const time = new SkippedTime();
    const { clock, sleep } = time;
    const retrying = withRetries(http.send, { budget: 60_000, clock, random: half, sleep });
    const delivery = webhookDelivery(options({ url: server.origin, http: retrying, clock: () => new Date() }));
    await delivery.deliver(report({ changes: [change(finding())] }));
    const judge = new Webhook(secret);
    for (const { headers, body } of server.received)
      expect(judge.verify(body, headers as Record<string, string>)).toMatchObject({ class_uid: 2004 });
    expect(new Set(server.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect([server.received.length, time.waits]).toEqual([3, [500, 7000]]);
  });

  test('is of no use after 4 minutes', async () => {
    const now = new Date('2026-11-30T12:18:00Z');
    const sent: HttpRequest[] = [];
    const http = async (request: HttpRequest) => {
      sent.push(request);
      return { status: 200, headers: {}, body: new Uint8Array() };
    };
    await webhookDelivery(options({ http, clock: () => now })).deliver(report({ changes: [change(finding())] }));
    expect(sent[0]).toMatchObject({
      usefulUntil: new Date('2026-11-30T12:22:00Z'),
      timeoutMilliseconds: 20_000,
      maxBodyLength: 65_536,
    });
  });
});

describe('a receiver that', () => {
  const deliver = async (status: number, headers: Record<string, string> = {}) => {
    let requests = 0;
    await using server = await serve((_, response) => {
      requests++;
      response.writeHead(status, headers).end(JSON.stringify({ message: `repeats ${secret}` }));
    });
    using http = openHttp('test', undefined, { addresses: 'public' });
    const error = await failure(
      webhookDelivery(options({ url: server.origin, http: http.send })).deliver(fullReport()),
    );
    expect(requests).toBe(1);
    expect(JSON.stringify([error.message, error.remedy])).not.toContain('whsec');
    return error;
  };

  test('redirects is not followed', async () => {
    for (const status of [301, 302, 307, 308])
      expect(await deliver(status, { location: 'http://127.0.0.1:1/' })).toMatchObject({
        code: 'SERVICE_REFUSED',
        message: expect.stringContaining('redirects, which is not followed'),
      });
  });

  test('is gone, refuses or is down is reported', async () => {
    expect(await deliver(410)).toMatchObject({
      code: 'SERVICE_REFUSED',
      remedy: expect.stringContaining('Remove the webhook'),
    });
    expect(await deliver(401)).toMatchObject({
      code: 'SERVICE_REFUSED',
      message: expect.stringMatching(/responded with 401$/),
    });
    expect(await deliver(503)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});

describe('refuses', () => {
  test.each([
    ['no URL', 'hooks.example', 'the URL of the webhook is invalid'],
    ['http', 'http://hooks.example/', 'the URL of the webhook is not an https URL'],
    ['http to a private address', 'http://10.0.0.1/', 'the URL of the webhook is not an https URL'],
    ['another scheme', 'ftp://hooks.example/', 'the URL of the webhook is not an https URL'],
    [
      'a password',
      'https://user:hunter2@hooks.example/',
      'the URL of the webhook has a user name or password, which is not supported',
    ],
    [
      'a user name',
      'https://user@hooks.example/',
      'the URL of the webhook has a user name or password, which is not supported',
    ],
  ])('%s', async (_, url, message) => {
    const error = await failure(Promise.resolve().then(() => webhookDelivery(options({ url }))));
    expect(error).toMatchObject({ code: 'USAGE', message });
    expect(`${error.message} ${error.remedy}`).not.toContain('hunter2');
  });

  test.each([
    ['no secret', ' \n', 'no secret of the webhook specified'],
    ['no prefix', secret.slice(6), 'a secret of the webhook is invalid'],
    ['no Base64', 'whsec_*', 'a secret of the webhook is invalid'],
    ['a short secret', `whsec_${Buffer.alloc(23).toString('base64')}`, 'a secret of the webhook is invalid'],
    ['a long secret', `whsec_${Buffer.alloc(65).toString('base64')}`, 'a secret of the webhook is invalid'],
    ['a valid and an invalid secret', `${secret} whsec_AAAA`, 'a secret of the webhook is invalid'],
    ['too many', Array.from({ length: 6 }, () => secret).join(' '), 'more than 5 secrets of the webhook'],
  ])('%s', async (_, secrets, message) => {
    const error = await failure(
      Promise.resolve().then(() => webhookDelivery(options({ secrets: new Secret(secrets) }))),
    );
    expect(error).toMatchObject({ code: 'USAGE', message });
    expect(error.message).not.toContain('whsec_');
    expect(error.remedy).toContain('COUNTERSIGN_WEBHOOK_SECRET');
  });
});

test('the name shows only the origin, and tells receivers at one origin apart', () => {
  const names = ['https://hooks.example/token-1', 'https://hooks.example/token-2'].map(
    (url) => webhookDelivery(options({ url })).name,
  );
  expect(names[0]).toMatch(/^webhook https:\/\/hooks\.example [0-9a-f]{8}$/);
  expect(new Set(names).size).toBe(2);
});
