import { expect, test } from '@jest/globals';
import { withoutRepeats } from '../../../src/run/world/network.ts';
import type { RetryNotice } from '../../../src/services/http/index.ts';

const notice: RetryNotice = {
  service: 'the transparency log',
  origin: 'https://log.example.test',
  attempt: 1,
  wait: 1000,
  reason: 'responded with 503',
};

test('requests that wait for the same service are reported once per attempt', () => {
  const seen: RetryNotice[] = [];
  let now = 0;
  const onRetry = withoutRepeats(
    (each) => seen.push(each),
    () => new Date(now),
  );
  const send = (changes: Partial<RetryNotice>): void => onRetry({ ...notice, ...changes });
  for (let request = 0; request < 60; request++) send({});
  for (let request = 0; request < 60; request++) send({ attempt: 2 });
  send({ attempt: 1 });
  expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2]);

  send({ origin: 'https://fulcio.example.test' });
  send({ service: 'the certificate authority' });
  expect(seen).toHaveLength(4);

  now += 60_000;
  send({});
  expect(seen).toHaveLength(5);
});
