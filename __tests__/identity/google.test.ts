import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Http } from '../../src/services/http/index.ts';
import { Workplace } from '../run/workplace.ts';
import { type Answering, answering, failure, serve } from '../services/loopback.ts';
import { findIn, signIn } from './sign-with.ts';

const account = 'signer@example-project.iam.gserviceaccount.com';
const path = '/computeMetadata/v1/instance/service-accounts/default';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const hostOf = ({ origin }: { readonly origin: string }): string => new URL(origin).host;

/** The metadata server of a machine whose service account has a token with these claims. */
function metadataServer(claims: Parameters<typeof place.sandbox.personTokens.token>[1] = {}): Promise<Answering> {
  return answering(async ({ url, headers }) => {
    if (headers['metadata-flavor'] !== 'Google') return { status: 403 };
    if (url === `${path}/identity?audience=sigstore&format=full`)
      return { body: await place.sandbox.personTokens.token(account, claims) };
    if (url.startsWith(`${path}/token?scopes=`)) return { body: '{"access_token":"s3cr3t-access"}' };
    return { status: 404 };
  });
}

describe('a machine of Google Cloud', () => {
  test('signs as its service account', async () => {
    await using server = await metadataServer();
    const environment = { GCE_METADATA_HOST: hostOf(server) };
    expect(await findIn(place, { environment })).toMatchObject({ title: 'Google Cloud', isDetected: true });
    const { signed, unsigned } = await signIn(place, { environment });
    expect(unsigned).toEqual([]);
    expect(signed[0]?.verdict.signer).toMatchObject({
      identity: { subjectAlternativeName: account, issuer: place.sandbox.urls.personIssuer },
    });
  });

  test.each<[what: string, where: Parameters<typeof findIn>[1], title: string | undefined]>([
    ['its firmware', { machine: { '/sys/class/dmi/id/product_name': 'Google Compute Engine\n' } }, 'Google Cloud'],
    ['the firmware of Cloud Run', { machine: { '/sys/class/dmi/id/product_name': 'Google\n' } }, 'Google Cloud'],
    ['the name of another account', { environment: { GOOGLE_SERVICE_ACCOUNT_NAME: account } }, 'Google Cloud'],
    ['other firmware', { machine: { '/sys/class/dmi/id/product_name': 'Googly\n' } }, undefined],
    ['nothing', {}, undefined],
    [
      'its firmware, unless NO_GCE_CHECK is set',
      { machine: { '/sys/class/dmi/id/product_name': 'Google' }, environment: { NO_GCE_CHECK: 'true' } },
      undefined,
    ],
  ])('is recognized by %s', async (_, where, title) => {
    expect((await findIn(place, where)).title).toBe(title);
  });

  test('whose metadata server does not answer gets an error', async () => {
    // It accepts the connection and says nothing.
    await using server = await serve(() => undefined);
    const world = place.world({ timeoutMilliseconds: 50 });
    const where = { environment: { GCE_METADATA_HOST: hostOf(server) }, http: world.http };
    expect(await failure(signIn(place, where))).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining(`Google's metadata server (${server.origin}) did not respond within`),
      remedy: expect.any(String),
    });
    const { origin } = await serve(() => undefined).then(async (closed) => {
      await closed[Symbol.asyncDispose]();
      return closed;
    });
    expect(await failure(signIn(place, { environment: { GCE_METADATA_HOST: new URL(origin).host } }))).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      remedy: expect.any(String),
    });
  });

  test.each<[what: string, answer: { status?: number; body?: string }, code: string]>([
    ['404', { status: 404 }, 'SERVICE_REFUSED'],
    ['no body', {}, 'SERVICE_RESPONSE_INVALID'],
    ['a page', { body: '<html>' }, 'TOKEN_INVALID'],
  ])('whose metadata server sends %s gets an error', async (_, answer, code) => {
    await using server = await answering(answer);
    expect(await failure(signIn(place, { environment: { GCE_METADATA_HOST: hostOf(server) } }))).toMatchObject({
      code,
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test('whose metadata server has an invalid name gets an error', async () => {
    expect(await failure(signIn(place, { environment: { GCE_METADATA_HOST: 'not a host' } }))).toMatchObject({
      code: 'USAGE',
      message: 'GCE_METADATA_HOST is not a host',
    });
  });

  test('does not sign with an address that is not verified, or without one', async () => {
    await using unverified = await metadataServer({ email_verified: false });
    expect(await failure(signIn(place, { environment: { GCE_METADATA_HOST: hostOf(unverified) } }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: 'the email address in the identity token is not verified (email_verified)',
      remedy: expect.stringContaining('Verify the email address'),
    });
    await using nameless = await metadataServer({ email: '', sub: '104' });
    expect(await failure(signIn(place, { environment: { GCE_METADATA_HOST: hostOf(nameless) } }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: 'the identity token of Google Cloud has no email address',
      remedy: expect.stringContaining('email'),
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test('signs as another service account, for which its own may request tokens', async () => {
    await using server = await metadataServer();
    const another = 'release@example-project.iam.gserviceaccount.com';
    await using api = await answering(async () => ({
      body: JSON.stringify({ token: await place.sandbox.personTokens.token(another) }),
    }));
    const environment = { GCE_METADATA_HOST: hostOf(server), GOOGLE_SERVICE_ACCOUNT_NAME: another };
    const { signed } = await signIn(place, { environment, http: toLoopback(api) });
    expect(signed[0]?.verdict.signer).toMatchObject({ identity: { subjectAlternativeName: another } });
    expect(api.received).toMatchObject([
      {
        method: 'POST',
        url: `/v1/projects/-/serviceAccounts/${another}:generateIdToken`,
        headers: { authorization: 'Bearer s3cr3t-access' },
      },
    ]);
    expect(JSON.parse(String(api.received[0]?.body))).toEqual({ audience: 'sigstore', includeEmail: true });
  });

  test('that may not act for the other account is told which role it lacks', async () => {
    await using server = await metadataServer();
    await using api = await answering({ status: 403, body: '{"error":{"message":"s3cr3t-access"}}' });
    const environment = { GCE_METADATA_HOST: hostOf(server), GOOGLE_SERVICE_ACCOUNT_NAME: account };
    const error = await failure(signIn(place, { environment, http: toLoopback(api) }));
    expect(error).toMatchObject({
      code: 'SERVICE_REFUSED',
      remedy: expect.stringContaining('roles/iam.serviceAccountOpenIdTokenCreator'),
    });
    expect(`${error.message} ${error.remedy}`).not.toContain('s3cr3t');
    for (const name of ['not an address', 'a/b@example.test', 'x@y/../z'])
      expect(
        await failure(signIn(place, { environment: { ...environment, GOOGLE_SERVICE_ACCOUNT_NAME: name } })),
      ).toMatchObject({ code: 'USAGE', message: expect.stringContaining('GOOGLE_SERVICE_ACCOUNT_NAME') });
  });
});

/** Sends what is meant for Google's API to a server on loopback. */
function toLoopback({ origin }: { readonly origin: string }): Http {
  const { http } = place.world();
  return (request) => {
    const { hostname, pathname, search } = request.url;
    return http(
      hostname === 'iamcredentials.googleapis.com'
        ? { ...request, url: new URL(`${origin}${pathname}${search}`) }
        : request,
    );
  };
}
