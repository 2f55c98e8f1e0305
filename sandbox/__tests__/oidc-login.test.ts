/** The authorization code flow over HTTP, as sigstore-python and cosign go through it. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
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

// The example of RFC 7636, appendix B.
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const redirectUri = 'http://localhost:61234/auth/callback';
const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';

type Changes = Readonly<Record<string, string | undefined>>;

function parameters(right: Readonly<Record<string, string>>, changes: Changes): URLSearchParams {
  const entries = Object.entries({ ...right, ...changes });
  return new URLSearchParams(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Opens the page that a client sends the browser to. */
async function open(changes: Changes = {}, more = ''): Promise<Response> {
  const query = parameters(
    {
      response_type: 'code',
      client_id: 'sigstore',
      client_secret: '',
      scope: 'openid email',
      redirect_uri: redirectUri,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state: 'the state',
      nonce: 'the nonce',
    },
    changes,
  );
  return fetch(`${sandbox.urls.personIssuer}/authorize?${query}${more}`, { redirect: 'manual' });
}

const ticketIn = (page: string): string => /name="login" value="([^"]+)"/.exec(page)?.[1] ?? '';

/** Fills in the form of a page. */
function send(page: string, fields: Changes = {}, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const right = { login: ticketIn(page), email: 'dev@example.com', decision: 'approve' };
  return fetch(`${sandbox.urls.personIssuer}/authorize`, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: parameters(right, fields),
  });
}

/** Returns the target of a redirect, with its query parsed. */
function answerOf(response: Response): Readonly<Record<string, string>> {
  expect(response.status).toBe(303);
  const location = new URL(response.headers.get('location') ?? '');
  expect(location.origin + location.pathname).toBe(redirectUri);
  return Object.fromEntries(location.searchParams);
}

async function signIn(changes: Changes = {}): Promise<string> {
  return answerOf(await send(await (await open(changes)).text())).code ?? '';
}

const sigstore = { authorization: `Basic ${btoa('sigstore:')}` };

/** Takes a code to the token endpoint, with the client's name in the header as sigstore-python has it. */
function redeem(
  code: string,
  changes: Changes = {},
  headers: Readonly<Record<string, string>> = sigstore,
): Promise<Response> {
  const right = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  return fetch(`${sandbox.urls.personIssuer}/token`, { method: 'POST', headers, body: parameters(right, changes) });
}

async function refusal(answer: Promise<Response>): Promise<{ readonly status: number; readonly error: string }> {
  const response = await answer;
  const { error, error_description } = await response.json();
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(typeof error_description).toBe('string');
  return { status: response.status, error };
}

describe('signing in', () => {
  test('gives an identity token that Fulcio makes a certificate of', async () => {
    const page = await open();
    expect(page.status).toBe(200);
    const back = answerOf(await send(await page.text()));
    expect(back).toMatchObject({ state: 'the state', iss: sandbox.urls.personIssuer });
    const response = await redeem(back.code ?? '');
    expect(response.status).toBe(200);
    expect([response.headers.get('cache-control'), response.headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    const answer = await response.json();
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'openid email' });
    const discovery = await (await fetch(`${sandbox.urls.personIssuer}/.well-known/openid-configuration`)).json();
    const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
    const { payload } = await jwtVerify(answer.id_token, keys, {
      issuer: sandbox.urls.personIssuer,
      audience: 'sigstore',
      currentDate: now,
    });
    expect(payload).toMatchObject({
      email: 'dev@example.com',
      email_verified: true,
      nonce: 'the nonce',
      at_hash: createHash('sha256').update(answer.access_token).digest().subarray(0, 16).toString('base64url'),
    });
    for (const claim of Object.keys(payload)) expect(discovery.claims_supported).toContain(claim);
    for (const token of [answer.id_token, answer.access_token]) {
      const [leaf] = await certificateChain(sandbox, newKey(), token);
      expect(leaf?.subjectAltName).toBe('email:dev@example.com');
    }
  });

  test('is found by discovery', async () => {
    const { personIssuer } = sandbox.urls;
    expect(await (await fetch(`${personIssuer}/.well-known/openid-configuration`)).json()).toMatchObject({
      issuer: personIssuer,
      authorization_endpoint: `${personIssuer}/authorize`,
      token_endpoint: `${personIssuer}/token`,
      device_authorization_endpoint: `${personIssuer}/device/code`,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
      code_challenge_methods_supported: ['S256'],
      scopes_supported: ['openid', 'email'],
    });
  });

  test('gives no nonce to a client that sent none, and knows a client by its form too', async () => {
    const code = await signIn({ nonce: undefined });
    const response = await redeem(code, { client_id: 'sigstore' }, {});
    expect(claimsOf((await response.json()).id_token)).not.toHaveProperty('nonce');
  });

  test.each(['http://127.0.0.1:8080/cb?x=1', 'http://[::1]:8080/', 'http://localhost/a/b'])(
    'sends the browser back to %s',
    async (address) => {
      const page = await open({ redirect_uri: address });
      // A browser holds the redirect after a form to this policy; it cannot name an address of IPv6.
      const source = address.includes('[') ? 'http:' : new URL(address).origin;
      expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${source};`);
      const location = (await send(await page.text())).headers.get('location') ?? '';
      expect(location.startsWith(address)).toBe(true);
      const code = new URL(location).searchParams.get('code') ?? '';
      expect((await redeem(code, { redirect_uri: address })).status).toBe(200);
    },
  );

  test('shows the code to a person whom no browser can send back', async () => {
    const page = await (await open({ redirect_uri: outOfBand })).text();
    const shown = await send(page);
    expect(shown.status).toBe(200);
    const code = /id="code">([\w-]+)</.exec(await shown.text())?.[1] ?? '';
    expect((await redeem(code, { redirect_uri: outOfBand })).status).toBe(200);
  });

  test('can be declined', async () => {
    const answer = answerOf(await send(await (await open()).text(), { decision: 'deny', email: '' }));
    expect(answer).toMatchObject({ error: 'access_denied', state: 'the state' });
    expect(answer).not.toHaveProperty('code');
  });

  test('asks again for an address that is none, in a form that works', async () => {
    for (const email of ['', 'nobody', 'a b@example.com', 'ü@example.com', `${'a'.repeat(250)}@example.com`]) {
      const again = await send(await (await open()).text(), { email });
      expect(again.status).toBe(400);
      const page = await again.text();
      expect(page).toContain('role="alert"');
      expect(answerOf(await send(page)).code).toBeDefined();
    }
  });
});

describe('the page', () => {
  test('says who asks, where it leads, and that it is a sandbox with no password', async () => {
    const page = await (await open({ login_hint: 'dev@example.com' })).text();
    expect(page).toMatch(/<dd>sigstore<\/dd>/);
    expect(page).toContain(`<dd>${redirectUri}</dd>`);
    expect(page).toContain('This is a sandbox for testing.');
    expect(page).toContain('no password');
    expect(page).toContain('value="dev@example.com"');
    expect(page).toContain('<label for="email">');
    expect(page).not.toMatch(/type="password"|<script|https?:\/\/(?!localhost)/);
  });

  test('may load and run nothing, and be framed by nobody', async () => {
    const { headers } = await open();
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(part);
    }
    const page = await (await open()).text();
    const style = /<style>(.*)<\/style>/s.exec(page)?.[1] ?? '';
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}';`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  const attacks = [
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '</style><script>alert(1)</script>',
    'javascript:alert(1)',
    '&quot;&gt;<svg/onload=alert(1)>',
    '" onfocus="alert(1)',
  ];

  test.each(attacks)('shows %s as text wherever it comes from', async (attack) => {
    const pages = [
      await open({ login_hint: attack }),
      await open({ client_id: attack }),
      await open({ redirect_uri: attack }),
      await open({ redirect_uri: `http://localhost:1/${attack}` }),
      await open({ redirect_uri: `http://localhost:1/;script-src *?${attack}` }),
      await open({ redirect_uri: outOfBand, scope: attack }),
      await open({ state: attack, nonce: attack }),
      await send(await (await open()).text(), { email: attack }),
      await send('', { login: attack }),
    ];
    for (const response of pages) {
      const page = await response.text();
      expect(page).not.toMatch(/<script|<img|<svg|onfocus="|(?:href|src|action)="javascript/);
      expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(response.headers.get('content-security-policy')).not.toContain('script-src');
    }
    // The state goes back as it came, and into nothing but the query.
    const answer = answerOf(await send(await (await open({ state: `${attack}\r\nx: y` })).text()));
    expect(answer.state).toBe(`${attack}\r\nx: y`);
  });
});

describe('nobody is sent anywhere', () => {
  test.each([
    ['a client that is not known', { client_id: 'other' }],
    ['no client', { client_id: undefined }],
    ['no redirect_uri', { redirect_uri: undefined }],
    ['another host', { redirect_uri: 'http://example.com/auth/callback' }],
    ['a host that begins as loopback', { redirect_uri: 'http://localhost.example.com/' }],
    ['a user name that looks like loopback', { redirect_uri: 'http://localhost:80@example.com/' }],
    ['a user name before loopback', { redirect_uri: 'http://user@localhost/' }],
    ['a password before loopback', { redirect_uri: 'http://:secret@localhost/' }],
    ['another scheme', { redirect_uri: 'https://localhost/auth/callback' }],
    ['a script', { redirect_uri: 'javascript:alert(1)//localhost' }],
    ['a fragment', { redirect_uri: 'http://localhost/#x' }],
    ['another out-of-band form', { redirect_uri: `${outOfBand}:auto` }],
  ])('for %s', async (_what, changes) => {
    const response = await open(changes);
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).not.toContain('name="login"');
  });

  test.each(['client_id=sigstore', `redirect_uri=${encodeURIComponent(redirectUri)}`])(
    'for a second %s',
    async (second) => {
      expect((await open({}, `&${second}`)).status).toBe(400);
    },
  );
});

describe('the client learns by redirect', () => {
  test.each([
    ['of no challenge', { code_challenge: undefined }, 'invalid_request'],
    ['of a challenge that is no SHA-256', { code_challenge: 'short' }, 'invalid_request'],
    ['of no method, which would be plain', { code_challenge_method: undefined }, 'invalid_request'],
    ['of the method plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['of another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['of a scope without openid', { scope: 'email' }, 'invalid_scope'],
    ['of a scope without email', { scope: 'openid profile' }, 'invalid_scope'],
    ['that nobody is signed in', { prompt: 'none' }, 'login_required'],
  ])('%s', async (_what, changes, error) => {
    expect(answerOf(await open(changes))).toMatchObject({ error, state: 'the state', iss: sandbox.urls.personIssuer });
  });

  test('of a parameter that is there twice', async () => {
    expect(answerOf(await open({}, '&state=another')).error).toBe('invalid_request');
  });
});

describe('a form is refused', () => {
  test('that was sent already', async () => {
    const page = await (await open()).text();
    expect((await send(page)).status).toBe(303);
    expect((await send(page)).status).toBe(400);
  });

  test('that is too old', async () => {
    const page = await (await open()).text();
    later(601);
    expect((await send(page)).status).toBe(400);
  });

  test("that comes from another site's page", async () => {
    const page = await (await open()).text();
    for (const origin of ['http://example.com', 'null']) {
      expect((await send(page, {}, { origin })).status).toBe(403);
    }
    expect((await send(page, {}, { origin: new URL(sandbox.urls.personIssuer).origin })).status).toBe(303);
  });

  test('that is none', async () => {
    const response = await fetch(`${sandbox.urls.personIssuer}/authorize`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(400);
  });
});

describe('a code is refused', () => {
  const invalidGrant = { status: 400, error: 'invalid_grant' };

  test('that was never issued', async () => {
    expect(await refusal(redeem('x'))).toEqual(invalidGrant);
  });

  test('that was used already', async () => {
    const code = await signIn();
    expect((await redeem(code)).status).toBe(200);
    expect(await refusal(redeem(code))).toEqual(invalidGrant);
  });

  test('with the verifier of another challenge, and from then on', async () => {
    const code = await signIn();
    expect(await refusal(redeem(code, { code_verifier: 'x'.repeat(43) }))).toEqual(invalidGrant);
    expect(await refusal(redeem(code))).toEqual(invalidGrant);
  });

  test('with the challenge itself, and a verifier that is too short, though it is the right one', async () => {
    expect(await refusal(redeem(await signIn(), { code_verifier: challenge }))).toEqual(invalidGrant);
    const short = 'too-short';
    const itsChallenge = createHash('sha256').update(short).digest('base64url');
    const code = await signIn({ code_challenge: itsChallenge });
    expect(await refusal(redeem(code, { code_verifier: short }))).toEqual(invalidGrant);
  });

  test('for another redirect_uri', async () => {
    const code = await signIn();
    expect(await refusal(redeem(code, { redirect_uri: `${redirectUri}/` }))).toEqual(invalidGrant);
  });

  test('two minutes later', async () => {
    const code = await signIn();
    later(121);
    expect(await refusal(redeem(code))).toEqual(invalidGrant);
  });
});

describe('a token request is refused', () => {
  test.each(['code', 'redirect_uri', 'code_verifier', 'grant_type'])('without %s, and spends no code', async (name) => {
    const code = await signIn();
    expect(await refusal(redeem(code, { [name]: undefined }))).toEqual({ status: 400, error: 'invalid_request' });
    expect((await redeem(code)).status).toBe(200);
  });

  test.each([
    ['an unknown client', { authorization: `Basic ${btoa('other:')}` }],
    ['a secret, where there is none', { authorization: `Basic ${btoa('sigstore:secret')}` }],
    ['another scheme', { authorization: 'Bearer x' }],
    ['no client', {}],
  ])('of %s', async (_what, headers) => {
    const response = redeem(await signIn(), {}, headers);
    expect(await refusal(response)).toEqual({ status: 401, error: 'invalid_client' });
    expect((await response).headers.get('www-authenticate')).toMatch(/^Basic /);
  });

  test('of a client of two names, or with a secret in the form', async () => {
    expect(await refusal(redeem(await signIn(), { client_id: 'other' }))).toMatchObject({ error: 'invalid_request' });
    const secret = { client_id: 'sigstore', client_secret: 'secret' };
    expect(await refusal(redeem(await signIn(), secret, {}))).toMatchObject({ error: 'invalid_client' });
  });

  test('for another grant', async () => {
    const answer = refusal(redeem('x', { grant_type: 'password' }));
    expect(await answer).toEqual({ status: 400, error: 'unsupported_grant_type' });
  });

  test('that is JSON, or names a parameter twice', async () => {
    const post = (body: string, type: string): Promise<Response> =>
      fetch(`${sandbox.urls.personIssuer}/token`, {
        method: 'POST',
        headers: { ...sigstore, 'content-type': type },
        body,
      });
    expect(await refusal(post('{}', 'application/json'))).toMatchObject({ error: 'invalid_request' });
    const twice = 'grant_type=authorization_code&code=a&code=b&redirect_uri=x&code_verifier=y';
    expect(await refusal(post(twice, 'application/x-www-form-urlencoded'))).toMatchObject({ error: 'invalid_request' });
  });
});

test('of more than a thousand open forms the oldest is forgotten', async () => {
  const first = await (await open()).text();
  for (let number = 0; number < 1000; number++) await open();
  expect((await send(first)).status).toBe(400);
  expect((await send(await (await open()).text())).status).toBe(303);
});
