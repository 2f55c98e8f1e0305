/** Users whose tokens have a name and no email address. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Workplace } from '../run/workplace.ts';
import { type Answer, answering, failure } from '../services/loopback.ts';
import { signIn } from './sign-with.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

async function tokenFile(claims: Readonly<Record<string, string>> = {}): Promise<string> {
  const path = join(place.folder, '.token');
  await writeFile(path, await place.sandbox.usernameTokens.token('sigstore', { claims }));
  return path;
}

describe('a user without an email address', () => {
  test('signs with the name, at the domain that the certificate authority is configured with', async () => {
    const { signed, unsigned } = await signIn(place, { file: await tokenFile() });
    expect(unsigned).toEqual([]);
    expect(signed[0]?.verdict.signer).toMatchObject({
      identity: { subjectAlternativeName: 'example-user!example.org', issuer: place.sandbox.urls.usernameIssuer },
    });
  });

  test('signs again where the bundle of an earlier run is', async () => {
    const file = await tokenFile();
    expect((await signIn(place, { file }, { overwrite: false })).signed).toHaveLength(1);
    expect((await signIn(place, { file }, { overwrite: false })).signed).toMatchObject([{ resumed: true }]);
  });

  test.each<[what: string, issuers: readonly object[], message: string]>([
    ['does not list the issuer', [], 'does not accept identity tokens of'],
    ['requires an email address', [{ issuerType: 'email' }], 'has no email address'],
    ['certifies other names', [{ issuerType: 'ci-provider' }], 'are not supported'],
    ['has no domain for it', [{ issuerType: 'username' }], 'are not supported'],
    ['has an invalid domain', [{ issuerType: 'username', subjectDomain: 'example.org!x' }], 'are not supported'],
  ])('gets an error if the certificate authority %s', async (_, issuers, message) => {
    const issuerUrl = place.sandbox.urls.usernameIssuer;
    const error = await failure(
      signAt({ body: JSON.stringify({ issuers: issuers.map((one) => ({ issuerUrl, ...one })) }) }),
    );
    expect(error).toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringContaining(message),
      remedy: expect.stringMatching(/./),
    });
  });

  test('gets an error if the certificate authority does not show its configuration', async () => {
    expect(await failure(signAt({ status: 404 }))).toMatchObject({ code: 'SERVICE_REFUSED' });
    expect(await failure(signAt({ body: '[]' }))).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID' });
  });

  /** Signs at an authority with this configuration. It is not asked for anything else. */
  async function signAt(configuration: Answer): Promise<unknown> {
    await using authority = await answering(configuration);
    const { signingConfig } = place.instance;
    const certificateAuthorities = signingConfig.certificateAuthorities.map((one) => ({
      ...one,
      url: authority.origin,
    }));
    const instance = { ...place.instance, signingConfig: { ...signingConfig, certificateAuthorities } };
    try {
      return await signIn(place, { file: await tokenFile() }, { instance });
    } finally {
      expect(authority.received.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /api/v2/configuration']);
    }
  }
});
