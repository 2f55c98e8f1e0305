import { expect, test } from '@jest/globals';
import { Secret } from '../../../src/node/index.ts';
import { webhookDelivery } from '../../../src/notify/index.ts';
import { openWatchServices } from '../../../src/run/watch/index.ts';
import { systemWorld } from '../../../src/run/world/index.ts';
import { type Http, withRetries } from '../../../src/services/http/index.ts';
import { change, finding, report } from '../../report/watch-reports.ts';
import { answering, failure } from '../../services/loopback.ts';
import { half, SkippedTime } from '../../services/time.ts';

const none = { token: undefined, apiUrl: undefined, webhookSecrets: undefined };
const secrets = new Secret(`whsec_${Buffer.alloc(32, 1).toString('base64')}`);
const changed = report({ changes: [change(finding())] });

test('a webhook that is down is asked again within the retry budget of the run', async () => {
  const answers = [{ status: 503 }, { status: 204 }];
  await using server = await answering(() => answers.shift() ?? { status: 500 });
  const time = new SkippedTime();
  const retrying = (http: Http): Http => withRetries(http, { ...time, budget: 60_000, random: half });
  using world = systemWorld();
  using services = openWatchServices(none, { ...world, retrying });
  const { publicHttp: http } = services;
  const delivery = webhookDelivery({ url: server.origin, secrets, clock: world.clock, http, version: '1.2.3' });
  await delivery.deliver(changed);
  expect([server.received.length, time.waits]).toEqual([2, [500]]);
});

test('without a budget, a webhook is asked once', async () => {
  await using server = await answering({ status: 503 });
  using world = systemWorld();
  using services = openWatchServices(none, world);
  const { publicHttp: http } = services;
  const delivery = webhookDelivery({ url: server.origin, secrets, clock: world.clock, http, version: '1.2.3' });
  expect(await failure(delivery.deliver(changed))).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    message: expect.stringContaining('retries are disabled'),
  });
  expect(server.received).toHaveLength(1);
});

test('the webhook is reached at public addresses only, whatever the world can reach', async () => {
  using world = systemWorld();
  using services = openWatchServices(none, world);
  const request = {
    url: new URL('http://10.0.0.1/'),
    method: 'POST',
    headers: {},
    body: '',
    service: 'the webhook',
  } as const;
  const error = await failure(services.publicHttp({ ...request, timeoutMilliseconds: 1000, maxBodyLength: 10 }));
  expect(error.message).toContain('is not a public address');
});
