/** Logging in at the sandbox's issuer: each method, and each answer that is refused. */

import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type MisbehaviourName, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { outOfBand } from '../../../src/identity/login/authorization.ts';
import { logIn } from '../../../src/identity/login/log-in.ts';
import type { LoginSettings, LoginWorld } from '../../../src/identity/login/settings.ts';
import { type HttpConnections, type HttpRequest, openHttp, sleep } from '../../../src/services/http/index.ts';
import { copyCode, fillIn, logIn as logInWithPage, redirectOf } from '../../kit/person.ts';
import { answering, failure } from '../../services/loopback.ts';

let sandbox: Sandbox;
let connections: HttpConnections;
/** The milliseconds by which the clocks of the sandbox and of the client differ from the system's. */
let ahead = { sandbox: 0, client: 0 };
beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => new Date(Date.now() + ahead.sandbox) });
  connections = openHttp('countersign-test');
});
afterEach(() => {
  ahead = { sandbox: 0, client: 0 };
  sandbox.behave();
});
afterAll(async () => {
  connections[Symbol.dispose]();
  await sandbox.close();
});

const settings = (changes: Partial<LoginSettings> = {}): LoginSettings => ({
  method: 'browser',
  issuer: async () => sandbox.urls.personIssuer,
  clientId: 'sigstore',
  redirectUrl: undefined,
  instance: 'public-good',
  isAgreed: true,
  ...changes,
});

interface TestWorld extends LoginWorld {
  readonly printed: readonly string[];
  readonly opened: readonly URL[];
}

/** A world in which a person logs in as soon as a browser opens. */
function worldOf(changes: Partial<LoginWorld> = {}, answers: readonly (string | undefined)[] = []): TestWorld {
  const [printed, opened, left]: [string[], URL[], (string | undefined)[]] = [[], [], [...answers]];
  return {
    printed,
    opened,
    http: connections.send,
    clock: () => new Date(Date.now() + ahead.client),
    random: randomBytes,
    cancellation: new AbortController().signal,
    environment: { DISPLAY: ':0' },
    terminal: {
      isInteractive: true,
      print: (line) => void printed.push(line),
      ask: async (question) => {
        printed.push(question);
        return left.shift();
      },
    },
    openBrowser: async (url) => {
      opened.push(url);
      void logInWithPage(url);
      return undefined;
    },
    sleep: async (milliseconds) => {
      ahead.sandbox += milliseconds;
    },
    timeout: () => new AbortController().signal,
    ...changes,
  };
}

/** A terminal at which nobody answers, until the signal is aborted. */
const silentTerminal = (asked: () => void): LoginWorld['terminal'] => ({
  isInteractive: true,
  print: () => undefined,
  ask: (_, end) =>
    new Promise((_, reject) => {
      end.addEventListener('abort', () => reject(end.reason));
      asked();
    }),
});

const urlIn = (line = ''): URL => new URL(/https?:\S+/.exec(line)?.[0] ?? '');

describe('in a browser', () => {
  test('returns the token of the person, and the browser shows that the window can be closed', async () => {
    let page: Promise<Response> | undefined;
    const world = worldOf({
      openBrowser: async (url) => {
        page = logInWithPage(url);
        return undefined;
      },
    });
    const token = await logIn(settings(), world, false);
    expect(decodeJwt(token.reveal())).toMatchObject({ email: 'dev@example.com', aud: 'sigstore' });
    const shown = await page;
    expect(shown?.status).toBe(200);
    expect(await shown?.text()).toContain('You can close this window');
    expect(inspect(token)).not.toContain('eyJ');
    expect(world.printed.join('\n')).not.toContain('eyJ');
  });

  test('requests a code for this login alone: PKCE with S256, a new state and a new nonce', async () => {
    const world = worldOf();
    await logIn(settings(), world, false);
    await logIn(settings(), world, false);
    const [first, second] = world.opened.map(({ searchParams }) => searchParams);
    expect(Object.fromEntries(first ?? [])).toMatchObject({
      response_type: 'code',
      client_id: 'sigstore',
      scope: 'openid email',
      code_challenge_method: 'S256',
      redirect_uri: expect.stringMatching(/^http:\/\/localhost:\d+\/auth\/callback$/),
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first?.get(name)).toMatch(/^[\w-]{43}$/);
      expect(first?.get(name)).not.toBe(second?.get(name));
    }
  });

  test.each<[MisbehaviourName, string, RegExp]>([
    ['oidc:another-state', 'LOGIN_INVALID', /"state"/],
    ['oidc:another-nonce', 'LOGIN_INVALID', /"nonce"/],
    ['oidc:another-redirect-issuer', 'LOGIN_INVALID', /"iss"/],
    ['oidc:without-redirect-issuer', 'LOGIN_INVALID', /"iss".* missing/],
    ['oidc:another-issuer', 'LOGIN_INVALID', /"iss"/],
    ['oidc:another-audience', 'LOGIN_INVALID', /"aud"/],
    ['oidc:expired-token', 'LOGIN_INVALID', /"exp"/],
    ['oidc:failed-login', 'LOGIN_REFUSED', /: server_error$/],
    ['oidc:refused-code', 'LOGIN_REFUSED', /: invalid_grant$/],
    ['oidc:without-email', 'TOKEN_INVALID', /did not provide an email address/],
    ['oidc:unverified-email', 'TOKEN_INVALID', /has not verified the email address/],
    ['oidc:503', 'SERVICE_UNAVAILABLE', /identity provider/],
    ['oidc:redirect', 'SERVICE_REFUSED', /identity provider/],
    ['oidc:garbage', 'SERVICE_RESPONSE_INVALID', /discovery document/],
  ])('%s is refused with %s, and the browser shows a failure', async (name, code, message) => {
    // The clock that checks the token is an argument, too.
    ahead.client = name === 'oidc:expired-token' ? 120_000 : 0;
    sandbox.misbehave(name);
    let page: Promise<Response> | undefined;
    const world = worldOf({
      openBrowser: async (url) => {
        page = logInWithPage(url);
        return undefined;
      },
    });
    const error = await failure(logIn(settings(), world, false));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    if (/^LOGIN|^TOKEN/.test(code)) expect(error.remedy).toMatch(/\.$/);
    expect(inspect(error, { depth: 10 })).not.toMatch(/eyJ|code_verifier/);
    if (page !== undefined) {
      const shown = await page;
      expect([shown.status, await shown.text()]).toEqual([400, expect.stringContaining('The login failed')]);
    }
  });

  test('a person who declines is told how to go on', async () => {
    const openBrowser = async (url: URL) => {
      void logInWithPage(url, { decision: 'deny' });
      return undefined;
    };
    expect(await failure(logIn(settings(), worldOf({ openBrowser }), false))).toMatchObject({
      code: 'LOGIN_REFUSED',
      message: `${sandbox.urls.personIssuer} refused the login: access_denied`,
      remedy: expect.stringContaining('accept'),
    });
  });

  test('a second, different answer is refused while the first one is handled', async () => {
    let pages: readonly Promise<Response>[] = [];
    const world = worldOf({
      openBrowser: async (url) => {
        const first = await redirectOf(url);
        const second = new URL(first);
        second.searchParams.set('code', 'of somebody else');
        let isRedeemed = false;
        redeem = () => {
          if (!isRedeemed) pages = [...pages, fetch(second)];
          isRedeemed = true;
        };
        pages = [fetch(first)];
        return undefined;
      },
      http: (request: HttpRequest) => {
        if (request.method !== 'POST') return connections.send(request);
        redeem();
        // The code is never redeemed: only the second answer ends the login.
        return new Promise(() => undefined);
      },
    });
    let redeem = (): void => undefined;
    expect(await failure(logIn(settings(), world, false))).toMatchObject({
      code: 'LOGIN_INVALID',
      message: expect.stringContaining('answered twice'),
      remedy: expect.stringContaining('interferes'),
    });
    expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([400, 400]);
  });

  test('the same answer again, as from a reloaded page, is none', async () => {
    const world = worldOf({
      openBrowser: async (url) => {
        const answer = await redirectOf(url);
        // The login may have ended, and its server too, before the second is answered.
        for (let times = 0; times < 2; times++) fetch(answer).catch(() => undefined);
        return undefined;
      },
    });
    expect((await logIn(settings(), world, false)).reveal()).toMatch(/^eyJ/);
  });

  test('where the browser cannot be opened, the person copies a code', async () => {
    const world: TestWorld = worldOf({ openBrowser: async () => 'xdg-open cannot be started (ENOENT)' });
    const ask = async () => copyCode(urlIn(world.printed.at(-1)));
    const token = await logIn(settings(), { ...world, terminal: { ...world.terminal, ask } }, false);
    expect(decodeJwt(token.reveal()).email).toBe('dev@example.com');
    expect(world.printed).toContain('The browser cannot be opened: xdg-open cannot be started (ENOENT).');
  });

  test('with a redirect URL of its own, the person opens the page instead', async () => {
    const redirectUrl = 'http://127.0.0.1:0/own/path';
    const world: TestWorld = worldOf({ openBrowser: async () => 'nothing can be opened' });
    const print = (line: string): void => {
      world.terminal.print(line);
      if (line.startsWith('Open the page yourself')) void logInWithPage(urlIn(world.printed.at(-3)));
    };
    const token = await logIn(settings({ redirectUrl }), { ...world, terminal: { ...world.terminal, print } }, false);
    expect(token.reveal()).toMatch(/^eyJ/);
    expect(world.printed.join('\n')).toMatch(/redirect_uri=http%3A%2F%2F127.0.0.1%3A\d+%2Fown%2Fpath/);
  });
});

describe('with a code that the person copies', () => {
  /** A person at a terminal, who opens the page that was printed last. */
  function atTerminal(typed: (code: string) => string, changes: Partial<LoginWorld> = {}): TestWorld {
    const world = worldOf(changes);
    const ask = async () => typed(await copyCode(urlIn(world.printed.at(-1))));
    return { ...world, terminal: { ...world.terminal, ask } };
  }

  test.each([
    [{ method: 'code' as const }, {}],
    [{ redirectUrl: outOfBand }, {}],
    [{ method: undefined }, { DISPLAY: ':0', SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' }],
    [{ method: undefined }, {}],
  ])('%j in %j', async (changes, environment) => {
    const world = atTerminal((code) => ` ${code} `, { environment });
    const token = await logIn(settings(changes), world, false);
    expect(decodeJwt(token.reveal())).toMatchObject({ email: 'dev@example.com', nonce: expect.any(String) });
    expect(world.opened).toEqual([]);
  });

  test.each([
    ['', 'LOGIN_INVALID', 'not the code'],
    ['two words', 'LOGIN_INVALID', 'not the code'],
    ['http://localhost/?code=x', 'LOGIN_INVALID', 'not the code'],
    ['x'.repeat(1025), 'LOGIN_INVALID', 'not the code'],
    ['wrong', 'LOGIN_REFUSED', 'invalid_grant'],
  ])('%j is refused with %s', async (typed, code, message) => {
    const world = atTerminal(() => typed);
    const error = await failure(logIn(settings({ method: 'code' }), world, false));
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    if (typed !== '') expect(error.message).not.toContain(typed);
  });

  test('a token with another nonce is refused', async () => {
    sandbox.misbehave('oidc:another-nonce');
    expect(
      await failure(
        logIn(
          settings({ method: 'code' }),
          atTerminal((code) => code),
          false,
        ),
      ),
    ).toMatchObject({
      code: 'LOGIN_INVALID',
      message: expect.stringContaining('"nonce"'),
    });
  });

  test('without an input, another way is named', async () => {
    expect(await failure(logIn(settings({ method: 'code' }), worldOf({}, [undefined]), false))).toMatchObject({
      code: 'LOGIN_UNAVAILABLE',
      remedy: expect.stringContaining('`device`'),
    });
  });
});

describe('on another device', () => {
  /** A person who opens the page when the program has asked for the token so many times. */
  function withDevice(after: number, answers = {}): TestWorld {
    let slept = 0;
    const world: TestWorld = worldOf({
      environment: {},
      sleep: async (milliseconds) => {
        ahead.sandbox += milliseconds;
        if (slept++ === after) await fillIn(urlIn(world.printed.at(-2)), answers);
      },
    });
    return world;
  }

  test('returns the token when the person has logged in', async () => {
    const world = withDevice(2);
    const token = await logIn(settings({ method: 'device' }), world, false);
    expect(decodeJwt(token.reveal()).email).toBe('dev@example.com');
    expect(world.printed.at(-1)).toMatch(/^Continue there only if it shows the code [A-Z]{4}-[A-Z]{4}\.$/);
  });

  test('waits longer each time that the provider asks for it', async () => {
    const waits: number[] = [];
    const world = withDevice(3);
    const sleep: LoginWorld['sleep'] = async (milliseconds, end) => {
      waits.push(milliseconds);
      await world.sleep(milliseconds, end);
      // The second question comes too early.
      if (waits.length === 2) ahead.sandbox -= 1000;
    };
    await logIn(settings({ method: 'device' }), { ...world, sleep }, false);
    expect(waits).toEqual([1000, 1000, 6000, 6000]);
  });

  test.each([
    [0.001, 1000],
    [1e9, 60_000],
    [undefined, 5000],
  ])('an interval of %j s is taken as %d ms', async (interval, expected) => {
    await using server = await answering(({ url }) => {
      const { origin } = server;
      const device = {
        device_code: 'd',
        user_code: 'u',
        verification_uri: `${origin}/login`,
        expires_in: 600,
        interval,
      };
      const endpoints = { device_authorization_endpoint: `${origin}/device`, token_endpoint: `${origin}/token` };
      return {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(url === '/device' ? device : { issuer: origin, ...endpoints }),
      };
    });
    const waits: number[] = [];
    const sleep: LoginWorld['sleep'] = async (milliseconds) => {
      waits.push(milliseconds);
      throw new Error('woken');
    };
    const issuer = async () => server.origin;
    await expect(logIn(settings({ method: 'device', issuer }), worldOf({ sleep }), false)).rejects.toThrow('woken');
    expect(waits).toEqual([expected]);
  });

  test.each<[string, () => TestWorld, string]>([
    ['the person declines', () => withDevice(1, { decision: 'deny' }), 'LOGIN_REFUSED'],
    ['the code expires', () => withDevice(10_000), 'LOGIN_TIMEOUT'],
  ])('%s', async (_, world, code) => {
    expect(await failure(logIn(settings({ method: 'device' }), world(), false))).toMatchObject({
      code,
      remedy: expect.any(String),
    });
  });

  test.each<[MisbehaviourName, string]>([
    ['oidc:another-audience', 'LOGIN_INVALID'],
    ['oidc:unverified-email', 'TOKEN_INVALID'],
  ])('%s is refused with %s', async (name, code) => {
    sandbox.misbehave(name);
    expect(await failure(logIn(settings({ method: 'device' }), withDevice(0), false))).toMatchObject({ code });
  });

  test('a provider without the device flow is named', async () => {
    await using server = await answering(({ url }) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ issuer: server.origin, token_endpoint: `${server.origin}/token`, url }),
    }));
    const issuer = async () => server.origin;
    expect(await failure(logIn(settings({ method: 'device', issuer }), worldOf(), false))).toMatchObject({
      code: 'LOGIN_UNAVAILABLE',
      message: expect.stringContaining('does not offer the device flow'),
      remedy: expect.stringContaining('`browser`'),
    });
  });
});

describe('the provider', () => {
  test.each(['not a URL', 'http://issuer.example.test', 'ftp://issuer.example.test'])(
    'is not contacted at %s',
    async (url) => {
      const http = (): never => {
        throw new Error('a request was sent');
      };
      const issuer = async () => url;
      expect(await failure(logIn(settings({ issuer }), worldOf({ http }), false))).toMatchObject({
        code: 'USAGE',
        remedy: expect.stringContaining('oidc-issuer'),
      });
    },
  );

  test.each<[string, object, string]>([
    ['another issuer', { issuer: 'https://other.example.test' }, 'SERVICE_RESPONSE_INVALID'],
    [
      'a page that a browser would execute',
      { authorization_endpoint: 'javascript:alert(1)' },
      'SERVICE_RESPONSE_INVALID',
    ],
    ['an unencrypted page', { authorization_endpoint: 'http://login.example.test' }, 'SERVICE_RESPONSE_INVALID'],
    ['no page', { authorization_endpoint: undefined }, 'SERVICE_RESPONSE_INVALID'],
  ])('is not trusted with %s', async (_, changes, code) => {
    await using server = await answering(() => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ issuer: server.origin, authorization_endpoint: `${server.origin}/a`, ...changes }),
    }));
    const world = worldOf();
    const issuer = async () => server.origin;
    expect(await failure(logIn(settings({ issuer }), world, false))).toMatchObject({ code });
    expect(world.opened).toEqual([]);
  });

  test('is sent no code without encryption', async () => {
    await using server = await answering(() => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        issuer: server.origin,
        authorization_endpoint: `${server.origin}/a`,
        token_endpoint: 'http://tokens.example.test/token',
      }),
    }));
    const openBrowser = async (url: URL) => {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.search = String(new URLSearchParams({ code: 'c', state: url.searchParams.get('state') ?? '' }));
      void fetch(back);
      return undefined;
    };
    const issuer = async () => server.origin;
    expect(await failure(logIn(settings({ issuer }), worldOf({ openBrowser }), false))).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining('http://tokens.example.test'),
    });
  });

  test('refuses a client that it does not know', async () => {
    const world = worldOf({}, []);
    const openBrowser = async (url: URL) => {
      // The sandbox shows the person an error, and redirects nowhere.
      expect((await fetch(url)).status).toBe(400);
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      const parts = { error: 'unauthorized_client', state: url.searchParams.get('state') ?? '' };
      back.search = String(new URLSearchParams({ ...parts, iss: sandbox.urls.personIssuer }));
      void fetch(back);
      return undefined;
    };
    expect(await failure(logIn(settings({ clientId: 'other' }), { ...world, openBrowser }, false))).toMatchObject({
      code: 'LOGIN_REFUSED',
      remedy: expect.stringContaining('oidc-client-id'),
    });
  });

  test('is not quoted: an error that no specification defines is not shown', async () => {
    const openBrowser = async (url: URL) => {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      const parts = { error: 's3cr3t', error_description: 's3cr3t', state: url.searchParams.get('state') ?? '' };
      back.search = String(new URLSearchParams({ ...parts, iss: sandbox.urls.personIssuer }));
      void fetch(back);
      return undefined;
    };
    const error = await failure(logIn(settings(), worldOf({ openBrowser }), false));
    expect(error.code).toBe('LOGIN_REFUSED');
    expect(inspect(error, { depth: 10 })).not.toContain('s3cr3t');
  });
});

describe('the token', () => {
  /** Logs in on another device, at a provider that returns these members and an identity token with these claims. */
  async function receive(claims: object | undefined, members: object = {}) {
    await using server = await answering(({ url }) => {
      const { origin } = server;
      const now = Math.floor(Date.now() / 1000);
      const payload = { iss: origin, aud: 'sigstore', sub: '1', iat: now, exp: now + 300, ...claims };
      const token = [{ alg: 'RS256' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
      const bodies: Readonly<Record<string, object>> = {
        '/device': { device_code: 'd', user_code: 'u', verification_uri: `${origin}/login`, expires_in: 600 },
        '/token': {
          access_token: 'a',
          token_type: 'Bearer',
          ...(claims !== undefined && { id_token: `${token.join('.')}.c2ln` }),
          ...members,
        },
      };
      const discovery = {
        issuer: origin,
        device_authorization_endpoint: `${origin}/device`,
        token_endpoint: `${origin}/token`,
      };
      return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(bodies[url] ?? discovery) };
    });
    const issuer = async () => server.origin;
    return await logIn(settings({ method: 'device', issuer }), worldOf(), false);
  }

  test.each([true, 'true'])('with email_verified %j is accepted', async (email_verified) => {
    const token = await receive({ email: 'dev@example.com', email_verified });
    expect(decodeJwt(token.reveal()).email).toBe('dev@example.com');
  });

  test.each<[string, object | undefined, string]>([
    ['an empty email address', { email: '', email_verified: true }, 'TOKEN_INVALID'],
    ['an email address that is no text', { email: ['dev@example.com'], email_verified: true }, 'TOKEN_INVALID'],
    ['an email address of which nothing is known', { email: 'dev@example.com' }, 'TOKEN_INVALID'],
    ['another party', { email: 'dev@example.com', email_verified: true, aud: ['sigstore', 'b'] }, 'LOGIN_INVALID'],
    ['no expiration', { email: 'dev@example.com', email_verified: true, exp: undefined }, 'LOGIN_INVALID'],
    ['none at all', undefined, 'LOGIN_INVALID'],
  ])('with %s is refused', async (_, claims, code) => {
    expect(await failure(receive(claims))).toMatchObject({ code });
  });

  test('of another type is refused, and not shown', async () => {
    const error = await failure(receive({ email: 'dev@example.com', email_verified: true }, { token_type: 's3cr3t' }));
    expect(error).toMatchObject({ code: 'LOGIN_INVALID' });
    expect(inspect(error, { depth: 10 })).not.toMatch(/s3cr3t|eyJ/);
  });
});

describe('the agreement', () => {
  test.each([
    ['public-good', /transparency log.*public-good.* public: .*nothing in it can ever be deleted/],
    ['staging', /transparency log.*staging.* public: .*nothing in it can ever be deleted/],
    ['custom', /cannot be deleted\. Everyone with access/],
    ['sandbox', /The sandbox keeps them on this machine/],
  ])('for %s says what is published, before anything else', async (instance, text) => {
    const world = worldOf({}, ['y']);
    await logIn(settings({ instance, isAgreed: false }), world, false);
    expect(world.printed.slice(0, 3)).toEqual([
      `To sign, log in at ${sandbox.urls.personIssuer}.`,
      expect.stringMatching(/^The email address and the ID of your account become part of the signature/),
      'Continue? [y/N] ',
    ]);
    expect(world.printed[1]).toMatch(text);
  });

  test.each(['', 'n', 'no', 'yess', undefined])('is not given by %j', async (answer) => {
    const world = worldOf({}, [answer]);
    expect(await failure(logIn(settings({ isAgreed: false }), world, false))).toMatchObject({
      code: 'LOGIN_REFUSED',
      message: 'you did not agree to the publication of your email address',
    });
    expect(world.opened).toEqual([]);
  });

  test.each(['y', 'Y', ' yes '])('is given by %j', async (answer) => {
    await logIn(settings({ isAgreed: false }), worldOf({}, [answer]), false);
  });

  test('is given by an option, and is still announced', async () => {
    const world = worldOf();
    await logIn(settings(), world, false);
    expect(world.printed[1]).toContain('email address');
    expect(world.printed).not.toContain('Continue? [y/N] ');
  });

  test('is asked for once in a run', async () => {
    const world = worldOf();
    await logIn(settings({ isAgreed: false }), world, true);
    expect(world.printed.join('\n')).not.toContain('email address');
  });

  test('needs a terminal or the option', async () => {
    const world = worldOf();
    const terminal = { ...world.terminal, isInteractive: false };
    expect(await failure(logIn(settings({ isAgreed: false }), { ...world, terminal }, false))).toMatchObject({
      code: 'LOGIN_UNAVAILABLE',
      remedy: expect.stringContaining('`yes`'),
    });
    expect(world.opened).toEqual([]);
  });
});

test.each([
  { GITHUB_ACTIONS: 'true' },
  { GITLAB_CI: 'true' },
  { BUILDKITE: 'true' },
  { CIRCLECI: 'true' },
  { CI: '1' },
  { JENKINS_URL: 'https://jenkins.example.test' },
  { TF_BUILD: 'True' },
])('nobody logs in where %j, and the error says what to set', async (environment) => {
  for (const method of [undefined, 'browser', 'code', 'device'] as const) {
    const world = worldOf({ environment: { DISPLAY: ':0', ...environment } });
    expect(await failure(logIn(settings({ method }), world, false))).toMatchObject({
      code: 'LOGIN_UNAVAILABLE',
      message: expect.stringContaining('inside of a CI job'),
      remedy: expect.stringMatching(/`id-token: write`.*`id_tokens`.*`identity-token`.*SIGSTORE_ID_TOKEN/),
    });
    expect([world.opened, world.printed]).toEqual([[], []]);
  }
});

test('CI=false is no CI job', async () => {
  await logIn(settings(), worldOf({ environment: { DISPLAY: ':0', CI: 'false' } }), false);
});

describe('a login that nobody finishes', () => {
  /** Worlds in which nobody does anything, with what each waits for. */
  const waiting: readonly (readonly [string, Partial<LoginSettings>, (begun: () => void) => Partial<LoginWorld>])[] = [
    [
      'in a browser',
      { method: 'browser' },
      (begun) => ({
        openBrowser: async () => {
          begun();
          return undefined;
        },
      }),
    ],
    ['with a code', { method: 'code' }, (begun) => ({ terminal: silentTerminal(begun) })],
    ['without an agreement', { isAgreed: false }, (begun) => ({ terminal: silentTerminal(begun) })],
    [
      'on another device',
      { method: 'device' },
      (begun) => ({
        // The timer of the system, which is aborted with an error of its own.
        sleep: (milliseconds, end) => {
          begun();
          return sleep(milliseconds, end);
        },
      }),
    ],
  ];

  test.each(waiting)('%s ends after five minutes', async (_, changes, parts) => {
    const timeout = new AbortController();
    let requested = 0;
    const world = worldOf({
      ...parts(() => queueMicrotask(() => timeout.abort())),
      timeout: (milliseconds) => {
        requested = milliseconds;
        return timeout.signal;
      },
    });
    expect(await failure(logIn(settings(changes), world, false))).toMatchObject({
      code: 'LOGIN_TIMEOUT',
      message: expect.stringContaining('within 5 minutes'),
      remedy: expect.any(String),
    });
    expect(requested).toBe(300_000);
  });

  test('is reported as it ended, if it ended at the same time', async () => {
    const timeout = new AbortController();
    const world = worldOf({ timeout: () => timeout.signal });
    const ask = async () => {
      timeout.abort();
      return 'n';
    };
    const terminal = { ...world.terminal, ask };
    expect(await failure(logIn(settings({ isAgreed: false }), { ...world, terminal }, false))).toMatchObject({
      code: 'LOGIN_REFUSED',
    });
  });

  test.each(waiting)('%s ends when the run is cancelled', async (_, changes, parts) => {
    const cancellation = new AbortController();
    const world = worldOf({
      ...parts(() => queueMicrotask(() => cancellation.abort())),
      cancellation: cancellation.signal,
    });
    expect(await failure(logIn(settings(changes), world, false))).toMatchObject({
      code: 'CANCELLED',
      message: 'cancelled while waiting for the login',
    });
  });
});
