import { describe, expect, test } from '@jest/globals';
import type { CountersignError } from '../../../src/core/errors/index.ts';
import { explainFailure } from '../../../src/services/http/explain-failure.ts';
import { type Http, withRetries } from '../../../src/services/http/index.ts';
import { failure } from '../loopback.ts';
import { half, SkippedTime } from '../time.ts';

const now = new Date('2026-11-23T12:00:00Z');
const request = { service: 'the tested service', url: new URL('https://service.example/x?secret') };

/** Errors as the system reports them: what a machine's network does cannot be arranged for a test. */
function explained(code: string): CountersignError {
  const error = explainFailure(request, { code }, { proxy: undefined, environment: {}, now });
  if (error === undefined) throw new Error('no explanation');
  return error;
}

test.each(['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EAI_AGAIN'])(
  'without a network (%s), this machine is named, and no outage',
  async (code) => {
    const error = explained(code);
    expect(error).toMatchObject({
      code: 'NETWORK_UNAVAILABLE',
      exitCode: 9,
      message: `the tested service (https://service.example) cannot be reached: ${code}`,
      remedy: 'Check the network connection of this machine.',
    });
    const down: Http = async () => {
      throw error;
    };
    const time = new SkippedTime();
    const options = { budget: 3000, clock: time.clock, random: half, sleep: time.sleep };
    const sent = { method: 'GET', headers: {}, timeoutMilliseconds: 1, maxBodyLength: 1, ...request } as const;
    const final = await failure(withRetries(down, options)(sent));
    // It may come back, so it is waited for.
    expect(time.waits).not.toEqual([]);
    expect(final).toMatchObject({ code: 'NETWORK_UNAVAILABLE', exitCode: 9 });
    expect(final.message).toMatch(/cannot be reached: E\w+ \(tried 3 times/);
    expect(final.message).not.toContain('outage');
    expect(final.remedy).toContain('Check the network connection of this machine.');
  },
);

describe('a certificate', () => {
  test.each(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED'])('out of its time (%s) may be due to the clock', (code) => {
    const { code: ours, remedy } = explained(code);
    expect(ours).toBe('SERVICE_UNAVAILABLE');
    expect(remedy).toMatch(/^Check the clock of this machine; it shows 2026-11-23T12:00:00\.000Z\./);
  });

  test('of another name is not called an outage', () => {
    expect(explained('ERR_TLS_CERT_ALTNAME_INVALID').remedy).toMatch(/certificate is not for service\.example/);
  });

  test.each([
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('of an unknown authority (%s) names NODE_EXTRA_CA_CERTS', (code) => {
    expect(explained(code).remedy).toContain('NODE_EXTRA_CA_CERTS');
  });
});

test('a connection that is refused may be an outage', () => {
  expect(explained('ECONNREFUSED')).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    remedy: expect.stringMatching(/outage/),
  });
});

test('another error is none of the network’s', () => {
  expect(explainFailure(request, new Error('a defect'), { proxy: undefined, environment: {}, now })).toBeUndefined();
});
