/** The sandbox's registry: whom it asks for what. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, type Sandbox, startSandbox } from '../index.ts';
import { type Answer, ask, RepositoryClient, refusal } from './registry-client.ts';

let now = new Date('2030-01-01T00:00:00Z');
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => now });
  await repository().pushImage('latest');
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.registry.configure({ authentication: 'none', anonymousPull: true }));

function repository(authorization?: string): RepositoryClient {
  return new RepositoryClient(sandbox.urls.registry, 'app', authorization === undefined ? {} : { authorization });
}

function basic({ username, password }: Account): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

const pull = (authorization?: string): Promise<Answer> => repository(authorization).ask('manifests/latest');
const push = (authorization?: string): Promise<Answer> => repository(authorization).pushBlob('{}');
const challengeOf = ({ headers }: Answer): string | null => headers.get('www-authenticate');

describe('Basic', () => {
  test('is asked for, and lets each account do what it may', async () => {
    const { registry } = sandbox;
    registry.configure({ authentication: 'basic' });
    for (const answer of [await ask(`${registry.origin}/v2/`), await pull(), await push()]) {
      expect(refusal(answer)).toEqual([401, 'UNAUTHORIZED']);
      expect(challengeOf(answer)).toBe(`Basic realm="${registry.host}"`);
    }
    expect([(await pull(basic(registry.reader))).status, (await pull(basic(registry.writer))).status]).toEqual([
      200, 200,
    ]);
    expect(refusal(await push(basic(registry.reader)))).toEqual([403, 'DENIED']);
    expect((await push(basic(registry.writer))).status).toBe(201);
  });

  test.each(['Basic', 'Basic !', 'Basic YTpi', 'Bearer a', ''])('%j is nobody', async (authorization) => {
    sandbox.registry.configure({ authentication: 'basic' });
    expect(refusal(await pull(authorization))).toEqual([401, 'UNAUTHORIZED']);
  });
});

/** Asks the token endpoint, as a challenge says. */
async function token(scopes: readonly string[], account?: Account): Promise<string> {
  const { origin, host } = sandbox.registry;
  const query = new URLSearchParams([['service', host], ...scopes.map((scope) => ['scope', scope])]);
  const headers: Readonly<Record<string, string>> = account === undefined ? {} : { authorization: basic(account) };
  const { status, text } = await ask(`${origin}/token?${query}`, { headers });
  expect(status).toBe(200);
  return `Bearer ${JSON.parse(text).token}`;
}

describe('Bearer', () => {
  const scope = 'repository:app:pull,push';

  test('is asked for with what is needed', async () => {
    const { registry } = sandbox;
    registry.configure({ authentication: 'bearer' });
    const challenge = `Bearer realm="${registry.origin}/token",service="${registry.host}"`;
    expect(challengeOf(await ask(`${registry.origin}/v2/`))).toBe(challenge);
    const [pulled, pushed] = [await pull(), await push()];
    expect([refusal(pulled), refusal(pushed)]).toEqual(Array(2).fill([401, 'UNAUTHORIZED']));
    expect(challengeOf(pulled)).toBe(`${challenge},scope="repository:app:pull"`);
    expect(challengeOf(pushed)).toBe(`${challenge},scope="repository:app:pull,push"`);
    expect(challengeOf(await pull('Bearer another'))).toBe(
      `${challenge},scope="repository:app:pull",error="invalid_token"`,
    );
    expect(refusal(await pull(basic(registry.writer)))).toEqual([401, 'UNAUTHORIZED']);
  });

  test('is a token for what was asked for and may be had', async () => {
    const { registry } = sandbox;
    registry.configure({ authentication: 'bearer' });
    const writer = await token([scope], registry.writer);
    expect([(await pull(writer)).status, (await push(writer)).status]).toEqual([200, 201]);
    expect((await ask(`${registry.origin}/v2/`, { headers: { authorization: writer } })).status).toBe(200);
    for (const limited of [
      await token([scope], registry.reader),
      await token([scope]),
      await token(['repository:app:pull'], registry.writer),
    ]) {
      expect((await pull(limited)).status).toBe(200);
      const denied = await push(limited);
      expect(refusal(denied)).toEqual([403, 'DENIED']);
      expect(challengeOf(denied)).toMatch(/,scope="repository:app:pull,push",error="insufficient_scope"$/);
    }
  });

  test('is for those repositories that were named', async () => {
    const { writer } = sandbox.registry;
    sandbox.registry.configure({ authentication: 'bearer' });
    expect(refusal(await pull(await token([], writer)))).toEqual([403, 'DENIED']);
    expect(refusal(await pull(await token(['repository:other:pull', 'registry:catalog:*'], writer)))[0]).toBe(403);
    const several = [await token(['repository:other:pull', scope], writer), await token([`x ${scope}`], writer)];
    for (const one of [...several, await token(['repository:app:*'], writer)]) {
      expect((await push(one)).status).toBe(201);
    }
  });

  test('ends after as long as was said', async () => {
    const { registry } = sandbox;
    registry.configure({ authentication: 'bearer' });
    const issued = await ask(`${registry.origin}/token?scope=repository:app:pull`);
    const { token: text, ...rest } = JSON.parse(issued.text);
    expect(rest).toEqual({ access_token: text, expires_in: 300, issued_at: '2030-01-01T00:00:00Z' });
    now = new Date('2030-01-01T00:04:59Z');
    expect((await pull(`Bearer ${text}`)).status).toBe(200);
    now = new Date('2030-01-01T00:05:00Z');
    expect(refusal(await pull(`bearer ${text}`))).toEqual([401, 'UNAUTHORIZED']);
  });

  test('is not for those whose credentials are wrong, nor for another service, nor, if told so, for nobody', async () => {
    const { registry } = sandbox;
    registry.configure({ authentication: 'bearer' });
    const url = `${registry.origin}/token`;
    const wrong = { authorization: basic({ username: 'writer', password: 'wrong' }) };
    const refused = await ask(url, { headers: wrong });
    expect([refusal(refused), challengeOf(refused)]).toEqual([[401, 'UNAUTHORIZED'], `Basic realm="${registry.host}"`]);
    expect(refusal(await ask(`${url}?service=another`))).toEqual([400, 'UNSUPPORTED']);
    registry.configure({ anonymousPull: false });
    expect(refusal(await ask(url))).toEqual([401, 'UNAUTHORIZED']);
    expect((await ask(url, { headers: { authorization: basic(registry.reader) } })).status).toBe(200);
  });
});

test('the oldest of a thousand tokens is forgotten', async () => {
  const { registry } = sandbox;
  registry.configure({ authentication: 'bearer' });
  const first = await token(['repository:app:pull']);
  const second = await token(['repository:app:pull']);
  for (let count = 0; count < 999; count++) await ask(`${registry.origin}/token`);
  expect([(await pull(first)).status, (await pull(second)).status]).toEqual([401, 200]);
});

test('the two registries are told apart', async () => {
  sandbox.registry.configure({ authentication: 'basic' });
  expect((await ask(`${sandbox.urls.registryWithoutReferrers}/v2/`)).status).toBe(200);
  expect(sandbox.registryWithoutReferrers.writer.password).not.toBe(sandbox.registry.writer.password);
  expect(() => sandbox.registry.configure({ referrersPageSize: 0 })).toThrow(RangeError);
});
