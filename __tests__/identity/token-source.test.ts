import { expect, test } from '@jest/globals';
import { cachedTokens, type IdentityToken } from '../../src/identity/index.ts';
import { Secret } from '../../src/node/index.ts';

const now = new Date('2026-11-23T12:00:00Z');

function source(lifetimeSeconds: number) {
  let time = now.getTime();
  const given: IdentityToken[] = [];
  const tokens = cachedTokens(
    async () => {
      const token: IdentityToken = {
        token: new Secret(`token ${given.length}`),
        issuer: 'https://issuer.example.test',
        expiresAt: new Date(time + lifetimeSeconds * 1000),
        challenge: 'subject',
        certificateIdentity: 'identity',
        claims: {},
        certificateClaims: {},
      };
      given.push(token);
      return token;
    },
    () => new Date(time),
  );
  return {
    tokens,
    given,
    pass: (seconds: number) => {
      time += seconds * 1000;
    },
  };
}

test('a token is requested once, however many ask at once', async () => {
  const { tokens, given } = source(300);
  const all = await Promise.all(Array.from({ length: 20 }, tokens));
  expect(given).toHaveLength(1);
  expect(new Set(all).size).toBe(1);
});

test('it is used until its last minute, and then replaced, once', async () => {
  const { tokens, given, pass } = source(300);
  await tokens();
  pass(239);
  await tokens();
  expect(given).toHaveLength(1);
  pass(1);
  const all = await Promise.all(Array.from({ length: 20 }, tokens));
  expect(given).toHaveLength(2);
  expect(all.every((token) => token === given[1])).toBe(true);
});

test('a request that failed is made again for whoever asks next', async () => {
  let asked = 0;
  const tokens = cachedTokens(
    () => Promise.reject(new Error(`failure ${++asked}`)),
    () => now,
  );
  await expect(Promise.all([tokens(), tokens()])).rejects.toThrow('failure 1');
  await expect(tokens()).rejects.toThrow('failure 2');
});
