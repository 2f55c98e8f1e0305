/** The login among the providers of tokens: when it is used, and which tokens it may return. */

import * as fs from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { findTokens } from '../../../src/identity/index.ts';
import { Secret } from '../../../src/node/index.ts';
import { failure } from '../../services/loopback.ts';

/** A world without a network and programs, and without the machine's own projected tokens and firmware. */
const world = {
  http: (): never => {
    throw new Error('a request was sent');
  },
  run: async () => ({ kind: 'failed', problem: 'cannot be started (ENOENT)' }) as const,
  files: {
    ...fs,
    stat: async () => Promise.reject(new Error('ENOENT')),
    readFile: async () => Promise.reject(new Error('ENOENT')),
  },
};

describe('a login', () => {
  const login = { clientId: 'own-client', request: async () => new Secret('of the login') };
  const requested = async (settings: Pick<Parameters<typeof findTokens>[0], 'environment' | 'provider'>) => {
    const found = await findTokens({ file: undefined, login, ...settings }, world);
    return (await found.request()).reveal();
  };

  test('is the last resort, and never in a CI job', async () => {
    expect(await requested({ environment: {} })).toBe('of the login');
    expect(await requested({ environment: { SIGSTORE_ID_TOKEN: 'eyJ.of.variable' } })).toBe('eyJ.of.variable');
    for (const variable of ['CI', 'TF_BUILD', 'JENKINS_URL'])
      expect(await failure(requested({ environment: { [variable]: 'True' } }))).toMatchObject({
        code: 'TOKEN_INVALID',
        message: 'no identity token found',
      });
  });

  test('comes first if it is named', async () => {
    const environment = { SIGSTORE_ID_TOKEN: 'eyJ.of.variable' };
    expect(await requested({ environment, provider: 'login' })).toBe('of the login');
  });

  test('is refused where the caller offers none', async () => {
    const found = findTokens({ file: undefined, environment: {}, provider: 'login' }, world);
    expect(await failure(found)).toMatchObject({ code: 'LOGIN_UNAVAILABLE' });
  });

  test('returns tokens of people, for the client of the login', async () => {
    const found = await findTokens({ file: undefined, environment: {}, login }, world);
    const token = (claims: object) => {
      const parts = [{ alg: 'RS256' }, { iss: 'https://issuer.example.test', exp: 2_000_000_000, ...claims }];
      return new Secret(`${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.x`);
    };
    const now = new Date('2026-11-23T12:00:00Z');
    const read = (claims: object) => found.read(token(claims), now, 'https://github.com');
    const person = { sub: '1', email: 'dev@example.com', email_verified: true };
    expect(read({ ...person, aud: 'own-client' }).certificateIdentity).toBe('dev@example.com');
    for (const claims of [
      { ...person, aud: 'sigstore' },
      { sub: 'https://example.test/me', aud: 'own-client' },
    ])
      expect(() => read(claims)).toThrow(expect.objectContaining({ code: 'TOKEN_INVALID' }));
  });
});
