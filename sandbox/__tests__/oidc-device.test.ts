/** The device flow (RFC 8628) over HTTP, as cosign goes through it. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../index.ts';
import { certificateChain, claimsOf, newKey } from './client.ts';

let sandbox: Sandbox;
let now: Date;
beforeAll(async () => {
  now = new Date();
  sandbox = await startSandbox({ clock: () => now });
});
beforeEach(() => {
  now = new Date();
});
afterAll(() => sandbox.close());

const later = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000);
};

const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = createHash('sha256').update(verifier).digest('base64url');

type Fields = Readonly<Record<string, string>>;

const post = (path: string, fields: Fields, headers: Fields = {}): Promise<Response> =>
  fetch(`${sandbox.urls.personIssuer}/${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) });

interface Device {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly interval: number;
  readonly expires_in: number;
}

async function begin(more: Fields = { code_challenge: challenge, code_challenge_method: 'S256' }): Promise<Device> {
  const response = await post('device/code', { client_id: 'sigstore', scope: 'openid email', ...more });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.json();
}

async function poll(device_code: string, more: Fields = { code_verifier: verifier }) {
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  const response = await post('token', {
    grant_type,
    client_id: 'sigstore',
    scope: 'openid email',
    device_code,
    ...more,
  });
  return { status: response.status, ...(await response.json()) };
}

const decide = (user_code: string, fields: Fields = {}, headers: Fields = {}): Promise<Response> =>
  post('device', { user_code, email: 'dev@example.com', decision: 'approve', ...fields }, headers);

test('a program waits until somebody has signed in, and then gets one token', async () => {
  const device = await begin();
  expect(device).toMatchObject({
    user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
    verification_uri: `${sandbox.urls.personIssuer}/device`,
    verification_uri_complete: `${sandbox.urls.personIssuer}/device?user_code=${device.user_code}`,
    expires_in: 600,
    interval: 1,
  });
  expect(await poll(device.device_code)).toMatchObject({ status: 400, error: 'authorization_pending' });
  const page = await (await fetch(device.verification_uri_complete)).text();
  expect(page).toContain(`value="${device.user_code}"`);
  expect(page).toContain('<dd>sigstore</dd>');
  expect((await decide(device.user_code)).status).toBe(200);
  later(1);
  const { status, id_token } = await poll(device.device_code);
  expect(status).toBe(200);
  expect(claimsOf(id_token)).toMatchObject({ email: 'dev@example.com', aud: 'sigstore' });
  const [leaf] = await certificateChain(sandbox, newKey(), id_token);
  expect(leaf?.subjectAltName).toBe('email:dev@example.com');
  later(1);
  expect(await poll(device.device_code)).toMatchObject({ error: 'invalid_grant' });
});

test('the code may be typed in small letters, without the hyphen', async () => {
  const { user_code, device_code } = await begin({});
  expect((await decide(user_code.replace('-', '').toLowerCase())).status).toBe(200);
  expect(await poll(device_code, {})).toMatchObject({ status: 200 });
});

test('who asks too often is slowed down, by five seconds more each time', async () => {
  const { device_code } = await begin();
  expect(await poll(device_code)).toMatchObject({ error: 'authorization_pending' });
  expect(await poll(device_code)).toMatchObject({ error: 'slow_down' });
  later(5);
  expect(await poll(device_code)).toMatchObject({ error: 'slow_down' });
  later(11);
  expect(await poll(device_code)).toMatchObject({ error: 'authorization_pending' });
});

test('who declines is known to have', async () => {
  const { user_code, device_code } = await begin();
  expect((await decide(user_code, { decision: 'deny', email: '' })).status).toBe(200);
  expect(await poll(device_code)).toMatchObject({ status: 400, error: 'access_denied' });
  expect((await decide(user_code)).status).toBe(400);
});

describe('after ten minutes', () => {
  test('the program is told so', async () => {
    const { device_code } = await begin();
    later(600);
    expect(await poll(device_code)).toMatchObject({ status: 400, error: 'expired_token' });
  });

  test('nobody can sign in any more', async () => {
    const { user_code } = await begin();
    later(600);
    expect((await decide(user_code)).status).toBe(400);
  });
});

describe('a program is refused', () => {
  test('with a device code that is not known, or none', async () => {
    expect(await poll('x')).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await poll('')).toMatchObject({ status: 400, error: 'invalid_request' });
  });

  test('that does not know what the challenge was made of', async () => {
    const { user_code, device_code } = await begin();
    await decide(user_code);
    expect(await poll(device_code, { code_verifier: 'x'.repeat(43) })).toMatchObject({ error: 'invalid_grant' });
    expect(await poll(device_code, {})).toMatchObject({ error: 'invalid_grant' });
  });

  test.each([
    ['that is not known', { client_id: 'other' }, 'invalid_client'],
    ['with no scope', { scope: '' }, 'invalid_scope'],
    [
      'with a challenge of the method plain',
      { code_challenge: challenge, code_challenge_method: 'plain' },
      'invalid_request',
    ],
    ['with a challenge that is none', { code_challenge: 'x', code_challenge_method: 'S256' }, 'invalid_request'],
  ])('%s', async (_what, changes, error) => {
    const response = await post('device/code', { client_id: 'sigstore', scope: 'openid email', ...changes });
    expect((await response.json()).error).toBe(error);
    expect(response.status).toBe(error === 'invalid_client' ? 401 : 400);
  });
});

describe('a form is refused', () => {
  test('with a code that nobody waits for, or was decided already', async () => {
    expect((await decide('BCDF-GHJK')).status).toBe(400);
    const { user_code } = await begin();
    expect((await decide(user_code)).status).toBe(200);
    expect((await decide(user_code)).status).toBe(400);
  });

  test('with an address that is none, and the program goes on waiting', async () => {
    const { user_code, device_code } = await begin();
    expect((await decide(user_code, { email: 'nobody' })).status).toBe(400);
    expect(await poll(device_code)).toMatchObject({ error: 'authorization_pending' });
  });

  test("from another site's page", async () => {
    const { user_code, device_code } = await begin();
    expect((await decide(user_code, {}, { origin: 'http://example.com' })).status).toBe(403);
    expect(await poll(device_code)).toMatchObject({ error: 'authorization_pending' });
  });
});

test('the page shows as text what it is called with', async () => {
  const attack = '"><script>alert(1)</script>';
  const pages = [
    await fetch(`${sandbox.urls.personIssuer}/device?user_code=${encodeURIComponent(attack)}`),
    await decide(attack, { email: attack }),
  ];
  for (const response of pages) {
    expect(await response.text()).not.toContain('<script');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  }
});

test('of more than a hundred waiting programs the oldest is forgotten', async () => {
  const first = await begin();
  for (let number = 0; number < 100; number++) await begin();
  expect(await poll(first.device_code)).toMatchObject({ error: 'invalid_grant' });
});
