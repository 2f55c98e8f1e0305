import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Workplace } from '../run/workplace.ts';
import { failure } from '../services/loopback.ts';
import { findIn, signIn } from './sign-with.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const projected = '/var/run/sigstore/cosign/oidc-token';

async function tokenFile(claims: Readonly<Record<string, unknown>> = {}, audience = 'sigstore'): Promise<string> {
  const path = join(place.folder, '.oidc-token');
  const token = await place.sandbox.kubernetesTokens.token(audience, { claims: claims as Record<string, string> });
  await writeFile(path, token);
  return path;
}

describe('a Kubernetes service account', () => {
  test('signs with its projected token', async () => {
    const where = { machine: { [projected]: await tokenFile() } };
    expect(await findIn(place, where)).toMatchObject({ title: 'Kubernetes', isDetected: true });
    const { signed, unsigned } = await signIn(place, where);
    expect(unsigned).toEqual([]);
    expect(signed[0]?.verdict.signer).toMatchObject({
      identity: {
        subjectAlternativeName: 'https://kubernetes.io/namespaces/release/serviceaccounts/signer',
        issuer: place.sandbox.urls.kubernetesIssuer,
      },
    });
  });

  test('signs with a token that is projected to another path', async () => {
    const file = await tokenFile();
    for (const where of [{ file }, { file, provider: 'kubernetes' }] as const)
      expect((await signIn(place, where)).signed).toHaveLength(1);
  });

  test('does not sign with the token for the API server, nor without a projected token', async () => {
    const file = await tokenFile({}, 'https://kubernetes.default.svc');
    expect(await failure(signIn(place, { file, provider: 'kubernetes' }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: 'the audience of the identity token is not "sigstore"',
    });
    expect(await failure(signIn(place, { provider: 'kubernetes' }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: 'the projected token of the service account cannot be read: ENOENT',
      remedy: expect.any(String),
    });
  });

  test.each([null, 'release', undefined])('does not sign with a token of another kind (%j)', async (claim) => {
    const file = await tokenFile({ 'kubernetes.io': claim });
    expect(await failure(signIn(place, { file, provider: 'kubernetes' }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringContaining('not of Kubernetes'),
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test.each<[what: string, claims: Readonly<Record<string, unknown>>, message: string]>([
    ['a namespace', { 'kubernetes.io': { serviceaccount: { name: 'signer' } } }, 'no claim namespace'],
    ['a service account', { 'kubernetes.io': { namespace: 'release' } }, 'no claim name'],
  ])('does not sign without %s in the token', async (_, claims, message) => {
    const error = await failure(signIn(place, { file: await tokenFile(claims) }));
    expect(error).toMatchObject({ code: 'TOKEN_INVALID', message: expect.stringContaining(message) });
    expect(place.count('fulcio')).toBe(0);
  });
});
