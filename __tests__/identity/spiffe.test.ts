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

async function svid(sub?: string): Promise<string> {
  const path = join(place.folder, '.svid');
  await writeFile(
    path,
    await place.sandbox.spiffeTokens.token('sigstore', sub === undefined ? {} : { claims: { sub } }),
  );
  return path;
}

describe('a SPIFFE workload', () => {
  test('signs with the JWT-SVID in a file', async () => {
    const where = { file: await svid(), provider: 'spiffe' } as const;
    expect(await findIn(place, where)).toMatchObject({ title: 'SPIFFE', isDetected: false });
    const { signed, unsigned } = await signIn(place, where);
    expect(unsigned).toEqual([]);
    expect(signed[0]?.verdict.signer).toMatchObject({
      identity: {
        subjectAlternativeName: 'spiffe://example.org/ns/release/sa/signer',
        issuer: place.sandbox.urls.spiffeIssuer,
      },
    });
  });

  test('does not sign without a file, nor with a token of another kind', async () => {
    expect(await failure(findIn(place, { provider: 'spiffe' }))).toMatchObject({
      code: 'USAGE',
      remedy: expect.stringContaining('`identity-token`'),
    });
    const file = await svid('not-a-spiffe-id');
    expect(await failure(signIn(place, { file, provider: 'spiffe' }))).toMatchObject({ code: 'TOKEN_INVALID' });
    expect(place.count('fulcio')).toBe(0);
  });

  test('of a trust domain that the certificate authority does not accept gets no certificate', async () => {
    const { signed, unsigned } = await signIn(place, { file: await svid('spiffe://stranger.example/x') });
    expect(signed).toEqual([]);
    expect(unsigned[0]?.error).toMatchObject({
      code: 'SERVICE_REFUSED',
      remedy: expect.stringContaining('identity token'),
    });
  });
});
