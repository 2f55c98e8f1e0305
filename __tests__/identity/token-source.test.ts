import { describe, expect, test } from '@jest/globals';
import { cachedTokens, type IdentityToken, type TokenRequest, type TokenSource } from '../../src/identity/index.ts';
import { emailAddresses } from '../../src/identity/people.ts';
import { Secret } from '../../src/node/index.ts';
import { canReach } from '../kit/reachable.ts';

const now = new Date('2026-11-23T12:00:00Z');

function source(lifetimeSeconds: number) {
  let time = now.getTime();
  const given: IdentityToken[] = [];
  const tokens = cachedTokens(
    async () => {
      const token = { ...tokenOf(`token ${given.length}`), expiresAt: new Date(time + lifetimeSeconds * 1000) };
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

test('a token that is valid for one minute in all, as that of a login, is used for most of it', async () => {
  const { tokens, given, pass } = source(60);
  await tokens();
  pass(44);
  await tokens();
  expect(given).toHaveLength(1);
  pass(1);
  await tokens();
  expect(given).toHaveLength(2);
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

describe('a source that was disposed of', () => {
  test('has emptied every token that it returned', async () => {
    const { tokens, given, pass } = source(300);
    await tokens();
    pass(240);
    await tokens();
    tokens[Symbol.dispose]();
    expect(given).toHaveLength(2);
    for (const { token } of given)
      expect(() => token.reveal()).toThrow(expect.objectContaining({ code: 'KEY_DISPOSED' }));
  });

  test('requests nothing any more', async () => {
    const { tokens, given } = source(300);
    tokens[Symbol.dispose]();
    await expect(tokens()).rejects.toMatchObject({ code: 'KEY_DISPOSED' });
    expect(given).toEqual([]);
  });

  test('empties a token that arrives afterwards, and does not return it', async () => {
    const { tokens, given } = source(300);
    const asked = Promise.allSettled([tokens(), tokens()]);
    await Promise.resolve();
    tokens[Symbol.dispose]();
    expect(await asked).toMatchObject(Array(2).fill({ status: 'rejected', reason: { code: 'KEY_DISPOSED' } }));
    for (const { token } of given)
      expect(() => token.reveal()).toThrow(expect.objectContaining({ code: 'KEY_DISPOSED' }));
  });

  test.each<[from: string, of: (tokens: TokenSource, token: IdentityToken) => object]>([
    ['the source', (tokens) => tokens],
    ['the token', (_, token) => token],
    ['the secret', (_, { token }) => token],
  ])('has no way to the text of the token from %s', async (_, of) => {
    const text = `header.payload.${'signature'.repeat(3)}`;
    const { request } = holding(text);
    const tokens = cachedTokens(request, () => now);
    const token = await tokens();
    expect(await canReach(of(tokens, token), text)).toBe(true);
    tokens[Symbol.dispose]();
    expect(await canReach(of(tokens, token), text)).toBe(false);
  });
});

/** Returns a request that holds the text itself, as one does that has read a pipe. */
function holding(text: string): { readonly request: TokenRequest } {
  return { request: async () => tokenOf(text) };
}

function tokenOf(text: string): IdentityToken {
  return {
    token: new Secret(text),
    kind: emailAddresses,
    issuer: 'https://issuer.example.test',
    certificateIssuer: 'https://issuer.example.test',
    expiresAt: new Date(now.getTime() + 300_000),
    challenge: 'subject',
    certificateIdentity: 'identity',
    claims: {},
    certificateClaims: {},
  };
}
